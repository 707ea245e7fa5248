"""A channel in which the answer to a command stands where Discord keeps a place for it."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from anima.model import NOTHING, Beside, Conversation, Sticker, is_owed
from anima.ports import Channel, Reacts, Speaks, Witness
from bots.discord.interaction_answers import Answers, Said
from bots.discord.keyboard import keyboard


class Sends(Channel, Reacts, Speaks, Protocol):
    """What an account of Discord does where no place is kept."""

    async def private_with(self, person: str) -> str: ...


class Answering:
    """The ports `Channel`, `Reacts` and `Speaks`.

    What answers an interaction goes by *answers*, all else by *channel*.
    """

    def __init__(self, channel: Sends, answers: Answers, witness: Witness) -> None:
        self._channel = channel
        self._answers = answers
        self._witness = witness

    def drafts_in(self, conversation: Conversation) -> bool:
        return self._channel.drafts_in(conversation)

    def pieces(self, text: str) -> Sequence[str]:
        return self._channel.pieces(text)

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
        owed = is_owed(reply_to)
        if owed:
            view = keyboard(key, text, beside.buttons, asks=asks)
            file = await self._file(key, sticker, beside)
            wordless = file is not None and beside.document is None
            said = Said(text, key, view if view.children else None, file, wordless)
            if sent := await self._answers.send(reply_to, said):
                return sent
        return await self._channel.send(
            conversation,
            text,
            key=key,
            reply_to="" if owed else reply_to,
            asks=asks,
            sticker=sticker,
            beside=beside,
        )

    async def _file(
        self, key: int, sticker: Sticker | None, beside: Beside
    ) -> tuple[str, bytes] | None:
        """What comes along, by the name that people see; one that is gone costs no words."""
        path: Path | None = beside.document or (sticker.file if sticker else None)
        if path is None:
            return None
        try:
            content = await asyncio.to_thread(path.read_bytes)
        except OSError as error:
            self._witness.note("file lost", said=key, reason=str(error))
            return None
        return beside.called if beside.document else path.name, content

    async def react(self, conversation: Conversation, message: str, face: str) -> bool:
        """Of what was asked by a command there is no message to react to."""
        return not is_owed(message) and await self._channel.react(conversation, message, face)

    async def private_with(self, person: str) -> str:
        """The channel in which *person* is alone with us. Raises what `send` raises."""
        return await self._channel.private_with(person)

    def speaks_in(self, conversation: Conversation) -> bool:
        return self._channel.speaks_in(conversation)

    async def recording(self, conversation: Conversation) -> None:
        await self._channel.recording(conversation)

    async def typing(self, conversation: Conversation, *, mark: int = 0) -> None:
        await self._channel.typing(conversation, mark=mark)

    async def draft(self, conversation: Conversation, text: str, *, mark: int) -> None:
        await self._channel.draft(conversation, text, mark=mark)
