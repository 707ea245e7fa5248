"""Commands that people choose from Discord's own list, heard as if they had been written."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from anima.errors import LedgerUnavailable, Refused, SlowDown, Unavailable
from anima.model import Arrival, Conversation, Incoming, Speaker
from anima.offers import Kind, Offer, Offers, on
from anima.ports import Ledger, Witness
from anima.spelling import spelled
from bots.discord.events import Fields
from bots.discord.incoming import PLATFORM
from bots.discord.interaction import COMMAND, COMPLETION, Interaction
from bots.discord.interaction_answers import key_of, message_of
from bots.discord.interaction_wire import InteractionWire
from bots.discord.interaction_words import GONE, LATER, in_language
from bots.discord.slash_forms import LONGEST, MOST_CHOICES
from bots.text import as_text

_COMMIT_S: Final = 2.0
"""Discord wants a word within three seconds."""

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
    """Takes the interactions of the account *me* that are no buttons.

    *titled* tells what people call the place where they are.
    """

    def __init__(  # noqa: PLR0917 - each is one part of the house
        self,
        wire: InteractionWire,
        me: str,
        offers: Offers,
        completes: Completes,
        ledger: Ledger,
        witness: Witness,
        titled: Title = lambda _channel, _guild: "",
    ) -> None:
        self._wire = wire
        self._me = me
        self._known: Mapping[str, Offer] = {
            path: leaf for one in on(PLATFORM, offers) for path, leaf in one.leaves()
        }
        self._completes = completes
        self._ledger = ledger
        self._witness = witness
        self._titled = titled

    async def take(self, interaction: Fields) -> None:
        """Keep a command that somebody used, or tell what they may choose from.

        It is in the ledger before Discord is told that the answer will come. It never raises.
        """
        try:
            asked = Interaction.model_validate(interaction)
        except ValidationError:
            self._witness.note("interaction not understood", id=str(interaction.get("id", "")))
            return
        try:
            if asked.type == COMMAND and asked.person:
                await self._used(asked, interaction)
            elif asked.type == COMPLETION and asked.person:
                await self._complete(asked)
        except (Refused, SlowDown, Unavailable) as error:
            self._witness.note("interaction not answered", reason=str(error))

    async def _used(self, asked: Interaction, interaction: Fields) -> None:
        offer = self._known.get(asked.path)
        if offer is None:
            await self._tell(asked, GONE)
        elif await self._keep(asked, offer, interaction):
            await self._wire.later(asked.id, asked.token, quietly=not offer.aloud)
        else:
            await self._tell(asked, LATER)

    async def _keep(self, asked: Interaction, offer: Offer, interaction: Fields) -> bool:
        """Whether it is in the ledger; Discord never brings it again."""
        text = spelled(asked.path, offer, asked.given)
        raw = as_text({"t": "INTERACTION_CREATE", "d": interaction})
        heard = self._heard(asked, text, quietly=not offer.aloud)
        arrival = Arrival(f"{PLATFORM}:{self._me}", key_of(asked.id), raw, heard)
        try:
            async with asyncio.timeout(_COMMIT_S):
                await self._ledger.hear([arrival])
        except (LedgerUnavailable, TimeoutError) as error:
            self._witness.note("interaction not kept", reason=str(error) or "it took too long")
            return False
        return True

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

    async def _tell(self, asked: Interaction, words: Mapping[str, str]) -> None:
        await self._wire.tell(asked.id, asked.token, in_language(words, asked.locale))


def _speaker(asked: Interaction) -> Speaker:
    number = asked.person.id if asked.person else ""
    return Speaker(PLATFORM, number, asked.name, asked.locale)
