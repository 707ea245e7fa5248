"""Commands that people choose from Discord's own list, heard as if they had been written."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from pydantic import ValidationError

from anima.errors import LedgerUnavailable, Refused, SlowDown, Unavailable
from anima.model import Arrival, Conversation, Incoming, Speaker
from anima.offers import Kind, Offer, Offers, on
from anima.ports import Clock, Ledger, Witness
from anima.spelling import spelled
from bots.discord.interaction import COMMAND, COMPLETION, Interaction
from bots.discord.interaction_answers import key_of, message_of
from bots.discord.interaction_raw import as_text
from bots.discord.interaction_wire import InteractionWire
from bots.discord.interaction_words import GONE, LATER, in_language
from bots.discord.slash_forms import LONGEST, MOST_CHOICES, PLATFORM
from bots.discord.slash_sync import synced

_AFTER_S: Final = 5.0
"""Hearing people comes first."""
_COMMIT_S: Final = 2.0
"""Discord wants a word within three seconds."""
_MOST_WAITING: Final = 200

Title = Callable[[str, str], str]
"""What people call a place, by its channel and its server."""


@dataclass(frozen=True, slots=True)
class Typing:
    """Somebody types what is to stand for an argument of this *kind*."""

    kind: Kind
    typed: str
    speaker: Speaker
    conversation: Conversation


Completes = Callable[[Typing], Sequence[str]]
"""What may stand there."""


class Commands:
    """The port `Bot` for the account *me*: whatever brings interactions hands them to `take`.

    *titled* tells what people call the place where they are.
    """

    def __init__(  # noqa: PLR0917 - each is one part of the house
        self,
        wire: InteractionWire,
        me: str,
        offers: Offers,
        completes: Completes,
        ledger: Ledger,
        clock: Clock,
        witness: Witness,
        titled: Title = lambda _channel, _guild: "",
    ) -> None:
        self._wire = wire
        self._me = me
        self._offers = offers
        self._known: Mapping[str, Offer] = {
            path: leaf for one in on(PLATFORM, offers) for path, leaf in one.leaves()
        }
        self._completes = completes
        self._ledger = ledger
        self._clock = clock
        self._witness = witness
        self._titled = titled
        self._answers: asyncio.Queue[Callable[[], Awaitable[None]]] = asyncio.Queue(_MOST_WAITING)

    async def run(self) -> None:
        """Tell Discord that we heard, beside whatever else is going on, until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._sync())
            while True:
                answer = await self._answers.get()
                group.create_task(self._quietly(answer))

    async def take(self, payload: Mapping[str, Any]) -> None:
        """Keep a command that somebody used, or have ready what they may choose from.

        It is in the ledger when this returns; Discord is told by `run`.
        """
        try:
            asked = Interaction.model_validate(payload)
        except ValidationError:
            self._witness.note("interaction not understood", id=str(payload.get("id", "")))
            return
        if asked.type == COMMAND and asked.person:
            await self._used(asked, payload)
        elif asked.type == COMPLETION and asked.person:
            self._answer(partial(self._complete, asked))

    async def _used(self, asked: Interaction, payload: Mapping[str, Any]) -> None:
        offer = self._known.get(asked.path)
        if offer is None:
            return self._tell(asked, GONE)
        quietly = not offer.aloud
        text = spelled(asked.path, offer, asked.given)
        raw = as_text({"t": "INTERACTION_CREATE", "d": payload})
        heard = self._heard(asked, text, quietly=quietly)
        arrival = Arrival(f"{PLATFORM}:{self._me}", key_of(asked.id), raw, heard)
        try:
            async with asyncio.timeout(_COMMIT_S):
                await self._ledger.hear([arrival])
        except (LedgerUnavailable, TimeoutError) as error:
            self._witness.note("interaction not kept", reason=str(error) or "it took too long")
            return self._tell(asked, LATER)
        self._answer(partial(self._wire.later, asked.id, asked.token, quietly=quietly))
        return None

    def _heard(self, asked: Interaction, text: str, *, quietly: bool) -> Incoming:
        return Incoming(
            conversation=self._where(asked),
            speaker=_speaker(asked),
            text=text,
            at=asked.at,
            message=message_of(asked.id, quietly=quietly),
            private=asked.private,
            title=self._titled(asked.channel_id, asked.guild_id or "") or asked.channel.name or "",
        )

    def _where(self, asked: Interaction) -> Conversation:
        return Conversation(PLATFORM, self._me, asked.channel_id)

    async def _complete(self, asked: Interaction) -> None:
        offer, typing = self._known.get(asked.path), asked.typing
        kinds = {one.name: one.kind for one in offer.arguments} if offer else {}
        offered: Sequence[str] = ()
        if typing and typing.name in kinds:
            typed = str(typing.value or "")
            wanted = Typing(kinds[typing.name], typed, _speaker(asked), self._where(asked))
            offered = self._completes(wanted)
        fit = [one for one in offered if 0 < len(one) <= LONGEST]
        await self._wire.choices(asked.id, asked.token, fit[:MOST_CHOICES])

    def _tell(self, asked: Interaction, words: Mapping[str, str]) -> None:
        line = in_language(words, asked.locale)
        self._answer(partial(self._wire.tell, asked.id, asked.token, line))

    def _answer(self, answer: Callable[[], Awaitable[None]]) -> None:
        try:
            self._answers.put_nowait(answer)
        except asyncio.QueueFull:
            self._witness.note("interaction not answered", reason="too many wait")

    async def _quietly(self, answer: Callable[[], Awaitable[None]]) -> None:
        """Whether Discord takes it or not, the next one is answered."""
        try:
            await answer()
        except (Refused, SlowDown, Unavailable) as error:
            self._witness.note("interaction not answered", reason=str(error))

    async def _sync(self) -> None:
        await self._clock.sleep(_AFTER_S)
        await synced(self._wire, self._offers, self._clock, self._witness)


def _speaker(asked: Interaction) -> Speaker:
    number = asked.person.id if asked.person else ""
    return Speaker(PLATFORM, number, asked.name, asked.locale)
