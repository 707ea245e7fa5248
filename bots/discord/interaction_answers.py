"""The answer to an interaction: in the place that Discord keeps for it, as long as it does."""

import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import discord
from discord.http import MultipartParameters, handle_message_parameters
from discord.ui import View
from pydantic import BaseModel, ValidationError

from anima.errors import Gone, Refused, Undelivered
from anima.model import INTERACTION
from anima.ports import Clock, Witness
from bots.discord.events import Fields, moment
from bots.discord.interaction import Interaction
from bots.discord.interaction_wire import InteractionWire

Kept = Callable[[str, str], Awaitable[str]]
"""The raw text of what arrived from a source under a key, or nothing."""

QUIET: Final = "quiet"
_LOADING: Final = 1 << 7
_LASTS: Final = timedelta(minutes=15)
_SOON: Final = timedelta(seconds=5)
"""So long it may take until Discord knows that we answer at all."""
_AGAIN_S: Final = 0.2


def message_of(asked: str, *, quietly: bool) -> str:
    """The name under which the interaction is heard, and by which its answer finds it."""
    return f"{INTERACTION}{asked}{f':{QUIET}' if quietly else ''}"


def key_of(asked: str) -> str:
    """What its arrival is called."""
    return f"i{asked}"


class _Raw(BaseModel):
    d: Interaction


@dataclass(frozen=True, slots=True)
class Said:
    """One bubble: its words, and the buttons and the *file* that come with them.

    *wordless*: the file stands for the words.
    """

    text: str
    key: int
    view: View | None = None
    file: tuple[str, bytes] | None = None
    wordless: bool = False

    def fields(self, *, quietly: bool = False, keyed: bool = False) -> MultipartParameters:
        """As Discord takes it, each time anew. It calls nobody."""
        unset = discord.utils.MISSING
        return handle_message_parameters(
            content=unset if self.wordless else self.text,
            flags=discord.MessageFlags(ephemeral=True) if quietly else unset,
            nonce=str(self.key) if keyed else None,
            view=self.view or unset,
            file=self._uploaded() or unset,
            allowed_mentions=discord.AllowedMentions.none(),
        )

    def _uploaded(self) -> discord.File | None:
        if self.file is None:
            return None
        name, content = self.file
        return discord.File(io.BytesIO(content), filename=name)


class Answers:
    """Sends what answers an interaction of the account *me*. *kept* knows how it arrived."""

    def __init__(
        self, wire: InteractionWire, me: str, kept: Kept, clock: Clock, witness: Witness
    ) -> None:
        self._wire = wire
        self._source = f"discord:{me}"
        self._kept = kept
        self._clock = clock
        self._witness = witness

    async def send(self, reply_to: str, said: Said) -> str | None:
        """Send *said* to who asked and return Discord's id of it.

        None where its place is gone and it may be said to all: then it is an ordinary message.
        What is for one person goes to them in private. Raises `Undelivered`, `SlowDown` or
        `Unreachable`.
        """
        asked, _, manner = reply_to.removeprefix(INTERACTION).partition(":")
        quietly = manner == QUIET
        arrived = await self._arrived(asked)
        sent = await self._in_its_place(arrived, said, quietly=quietly) if arrived else ""
        if sent or not quietly:
            return sent or None
        return await self._in_private(arrived, said)

    async def _arrived(self, asked: str) -> Interaction | None:
        """The interaction, if it is not forgotten: its token lives nowhere else."""
        raw = await self._kept(self._source, key_of(asked))
        try:
            return _Raw.model_validate_json(raw).d if raw else None
        except ValidationError:
            return None

    async def _in_its_place(self, asked: Interaction, said: Said, *, quietly: bool) -> str:
        """Where Discord keeps a place; the id of what was sent, or nothing if it does not."""
        application, token = asked.application_id, asked.token
        original = await self._original(asked)
        if original is None:
            return ""
        if original.get("content") == said.text and not _is_empty(original):
            return str(original["id"])  # it was sent, and only Discord's word for it was lost
        try:
            if _is_empty(original):
                sent = await self._wire.fill(application, token, said.fields())
            else:
                sent = await self._wire.follow(application, token, said.fields(quietly=quietly))
        except Gone:
            return ""
        return str(sent["id"])

    async def _original(self, asked: Interaction) -> Fields | None:
        """What stands there now. One who answers fast may be there before the place is."""
        while (age := self._clock.now() - moment(asked.id)) < _LASTS:
            try:
                return await self._wire.original(asked.application_id, asked.token)
            except Gone:
                if age > _SOON:
                    break
            await self._clock.sleep(_AGAIN_S)
        return None

    async def _in_private(self, asked: Interaction | None, said: Said) -> str:
        """To who asked and to nobody else, or not at all."""
        if asked is None or asked.person is None:
            self._witness.note("answer told nobody", reason="who asked is forgotten")
            raise Undelivered("nobody knows any more who asked")
        try:
            sent = await self._wire.to_person(asked.person.id, said.fields(keyed=True))
        except Refused as error:
            self._witness.note("answer told nobody", reason=str(error))
            raise Undelivered(str(error)) from error
        return str(sent["id"])


def _is_empty(original: Fields) -> bool:
    return bool(int(original.get("flags") or 0) & _LOADING)
