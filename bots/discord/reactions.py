"""Reactions to people's messages on Discord."""

import asyncio
from typing import Final

import discord
from discord.http import HTTPClient

from anima.model import Conversation
from anima.ports import Witness

_ANSWER_S: Final = 30
_REFUSED: Final = range(400, 429)
_UNKNOWN: Final = 10014
_COLOURED: Final = "\ufe0f"
"""Some faces are known to Discord only with it, and to others only without."""


class Reactions:
    """Reacts for one account."""

    def __init__(self, http: HTTPClient, witness: Witness) -> None:
        self._http = http
        self._witness = witness

    async def react(self, conversation: Conversation, message: str, face: str) -> bool:
        """Show *face* on *message*; whether it is there now.

        Raises what the client raises, but where Discord says no: we may not react there, or the
        message is gone. That closes no place to our words.
        """
        try:
            await self._put(int(conversation.chat), int(message), face)
        except discord.HTTPException as error:
            if error.status not in _REFUSED:
                raise
            self._witness.note("not reacted", reason=error.text)
            return False
        return True

    async def _put(self, channel: int, message: int, face: str) -> None:
        try:
            await self._add(channel, message, face)
        except discord.HTTPException as error:
            if error.code != _UNKNOWN:
                raise
            await self._add(channel, message, face + _COLOURED)

    async def _add(self, channel: int, message: int, face: str) -> None:
        async with asyncio.timeout(_ANSWER_S):
            await self._http.add_reaction(channel, message, face)
