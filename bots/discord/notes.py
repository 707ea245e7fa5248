"""Voice messages on Discord, for channels in which we may speak; in others they are files."""

from collections import OrderedDict
from dataclasses import replace
from typing import Final

import discord

from anima.ports import Witness
from anima.sound import VoiceNote
from bots.discord.message import VOICE_FILE, Outbound

_REMEMBERED: Final = 10_000
"""Channels in which we may not speak; of more, the first is asked again."""
_FORBIDDEN: Final = 403
_REFUSED: Final = frozenset({400, _FORBIDDEN, 413})


class Notes:
    """Speaks where it may."""

    def __init__(self, witness: Witness) -> None:
        self._witness = witness
        self._silent: OrderedDict[int, None] = OrderedDict()

    async def speak(self, message: Outbound, note: VoiceNote) -> str:
        """Send *note* where *message* would have gone, and what no longer fitted after it.

        The id of the note, or nothing where it cannot be heard there. Both are known by the key of
        *message*, so that none of them is there twice. Raises what the client raises.
        """
        if message.channel in self._silent:
            return ""
        spoken = replace(message, note=note)
        try:
            said = await self._posted(spoken)
        except discord.HTTPException as error:
            if error.status not in _REFUSED:
                raise
            self._refused(message, error)
            return ""
        if note.rest:
            await replace(message, text=note.rest, reply_to="", part="r").post()
        return said

    def as_file(self, message: Outbound, note: VoiceNote) -> None:
        """Let *message* bring the note as a file, with the words that no longer fitted."""
        message.file = (VOICE_FILE, note.ogg)
        message.spare, message.text = message.text, note.rest
        message.wordless = not note.rest

    async def _posted(self, spoken: Outbound) -> str:
        """What it answers may be what Discord quarrels with."""
        try:
            return await spoken.post()
        except discord.HTTPException as error:
            if error.status not in _REFUSED or not spoken.reply_to:
                raise
        return await replace(spoken, reply_to="").post()

    def _refused(self, message: Outbound, error: discord.HTTPException) -> None:
        if error.status == _FORBIDDEN:
            self._silent[message.channel] = None
            if len(self._silent) > _REMEMBERED:
                self._silent.popitem(last=False)
        self._witness.note("note refused", said=message.key, reason=error.text)
