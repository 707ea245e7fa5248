"""Sending to Discord: Markdown as it is, within its limits, and never twice."""

import asyncio
from collections.abc import Sequence
from typing import Final

import discord
from discord.http import HTTPClient

from anima.errors import AnimaError, SlowDown
from anima.model import NOTHING, Beside, Conversation, Sticker
from anima.ports import Witness
from bots.discord.keyboard import keyboard
from bots.discord.masks import Masks
from bots.discord.message import Outbound, id_of
from bots.discord.notes import Notes
from bots.discord.reactions import Reactions
from bots.discord.refusals import TROUBLES, of_sending
from bots.gate import Gates
from bots.splitting import pieces
from bots.text import utf16_len

LONGEST: Final = 2000
"""Characters in one message. An emoji may count for two, so it does here."""
_ANSWER_S: Final = 30


class Outgoing:
    """The ports `Channel`, `Reacts` and `Speaks` for one account.

    Each bubble carries its key, by which Discord knows it again: sent a second time, it gives the
    id of the first. *masks* speak for personas that are not at home there.
    """

    def __init__(
        self, http: HTTPClient, gates: Gates, witness: Witness, masks: Masks | None = None
    ) -> None:
        self._masks = masks
        self._http = http
        self._gates = gates
        self._witness = witness
        self._reactions = Reactions(http, witness)
        self._notes = Notes(witness)

    def pieces(self, text: str) -> Sequence[str]:
        return pieces(text, LONGEST, utf16_len)

    def drafts_in(self, conversation: Conversation) -> bool:
        del conversation
        return False

    async def send(
        self,
        conversation: Conversation,
        text: str,
        *,
        key: int,
        reply_to: str,
        asks: bool = False,
        sticker: Sticker | None = None,
        beside: Beside = NOTHING,
    ) -> str:
        if wait := self._gates.closed_s(conversation.chat):
            raise SlowDown(wait)
        view = keyboard(key, text, beside.buttons, asks=asks)
        message = Outbound(self._http, int(conversation.chat), key, text, reply_to, view)
        try:
            return await self._say(conversation, message, sticker, beside)
        except TROUBLES as error:
            raise self._refused(conversation, error) from error

    async def react(self, conversation: Conversation, message: str, face: str) -> bool:
        if wait := self._gates.closed_s(conversation.chat):
            raise SlowDown(wait)
        if self._masks and await self._masks.worn(conversation):
            return False  # only the account itself can react, which is somebody else there
        try:
            return await self._reactions.react(conversation, message, face)
        except TROUBLES as error:
            raise self._refused(conversation, error) from error

    async def private_with(self, person: str) -> str:
        """The channel in which *person* is alone with us; it is made when it is first asked for.

        Raises what `send` raises.
        """
        try:
            async with asyncio.timeout(_ANSWER_S):
                return id_of(await self._http.start_private_message(int(person)))
        except TROUBLES as error:
            raise of_sending(error) from error

    async def _say(
        self, conversation: Conversation, message: Outbound, sticker: Sticker | None, beside: Beside
    ) -> str:
        if note := beside.note:
            masked = self._masks is not None and await self._masks.worn(conversation)
            # a webhook has no voice of its own
            spoken = "" if masked else await self._notes.speak(message, note)
            if spoken:
                return spoken
            self._notes.as_file(message, note)
        else:
            await self._bring(message, sticker, beside)
        sent = await self._masks.send(conversation, message) if self._masks else ""
        return sent or await self._send(message)

    def speaks_in(self, conversation: Conversation) -> bool:
        del conversation  # where nobody may speak, the note is a file
        return True

    async def recording(self, conversation: Conversation) -> None:
        await self.typing(conversation)  # Discord shows nothing else

    async def _bring(self, message: Outbound, sticker: Sticker | None, beside: Beside) -> None:
        """Add the file, if there is one and it can be read."""
        path = beside.document or (sticker.file if sticker else None)
        if path is None:
            return
        name = beside.called if beside.document else path.name
        try:
            message.file = (name, await asyncio.to_thread(path.read_bytes))
        except OSError as error:
            self._lost(message, str(error))
        else:
            message.wordless = beside.document is None

    async def _send(self, message: Outbound) -> str:
        """Send, and again without what Discord quarrels with: the words come first."""
        try:
            return await message.post()
        except discord.HTTPException as error:
            dropped = message.without(error)
            if not dropped:
                raise
            if dropped == "file":
                self._lost(message, error.text)
        return await self._send(message)

    def _lost(self, message: Outbound, reason: str) -> None:
        self._witness.note("file lost", said=message.key, reason=reason)

    async def typing(self, conversation: Conversation, *, mark: int = 0) -> None:
        del mark  # nobody can stop us here
        if self._gates.closed_s(conversation.chat):
            return
        try:
            async with asyncio.timeout(_ANSWER_S):
                await self._http.send_typing(int(conversation.chat))
        except TROUBLES as error:
            self._refused(conversation, error)

    def _refused(self, conversation: Conversation, error: Exception) -> AnimaError:
        refusal = of_sending(error)
        if isinstance(refusal, SlowDown):
            self._gates.close(conversation.chat, refusal.retry_after)
        return refusal

    async def draft(self, conversation: Conversation, text: str, *, mark: int) -> None:
        del conversation, text, mark
