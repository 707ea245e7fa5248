"""A small house for a rehearsal of writing first: the real parts, and a clock that we move."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Final

from sqlalchemy import URL, Connection

from anima.errors import Undelivered
from anima.ids import Ids
from anima.model import (
    NOTHING,
    Arrival,
    Beside,
    Claim,
    Conversation,
    Heard,
    Incoming,
    Prompt,
    Scene,
    Seen,
    Speaker,
    Sticker,
)
from anima.orders import Obeyed, Order
from anima.pace import Pace
from anima.parts import Parts
from anima.ports import Persona
from anima.remembered import Remembered
from anima.roles import Role
from anima.visit import Visit
from backend.scripted import Scripted
from memory.database import Database
from memory.foresight import Foresight
from memory.holder import Holder
from memory.impressions import Impressions
from memory.impulses import Impulses, Weighed
from memory.intents import Intents
from memory.ledger import SqlLedger
from memory.manners import Manners
from memory.schema import upgrade
from memory.shortterm import LocalTail, ShortTerm
from persona.card import Card
from persona.engine import Engine
from persona.impression import Impression
from persona.initiative.manners import Limits
from persona.initiative.wishes import wants_peace
from service.commands import reading
from service.commands.initiative import First, initiative, question
from service.commands.table import Who, Wish
from service.commands.words import client_language
from service.doctor_house import Unheard
from service.souls import Souls

BOT: Final = ("discord", "rehearsal")
"""A platform that knows a bubble by its key, so that a crash shows nothing twice."""
LEASE_S: Final = 20.0


@dataclass(slots=True)
class Watch:
    """The port Clock: it shows what it is set to, and nobody who sleeps is waited for."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def elapsed(self) -> float:
        return self.at.timestamp()

    async def sleep(self, seconds: float) -> None:
        """Others go on; the time of a rehearsal is moved by its story."""
        del seconds
        await asyncio.sleep(0)


@dataclass(slots=True)
class Post:
    """The port Channel: what arrived, once for each key. *killed* is raised where it says so."""

    watch: Watch
    killed: Callable[[str], None]
    arrived: dict[int, tuple[datetime, Conversation, str]] = field(default_factory=dict)

    def drafts_in(self, conversation: Conversation) -> bool:
        del conversation
        return False

    def pieces(self, text: str) -> Sequence[str]:
        return [text]

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
        del reply_to, asks, sticker, beside
        if not text:
            raise Undelivered("nothing to send")
        self.killed("before sending")
        self.arrived.setdefault(key, (self.watch.at, conversation, text))
        self.killed("after sending")
        return f"m{key}"

    async def typing(self, conversation: Conversation, *, mark: int = 0) -> None:
        del conversation, mark

    async def draft(self, conversation: Conversation, text: str, *, mark: int) -> None:
        del conversation, text, mark


class Door:
    """The port House, which admits all and knows the commands of writing first."""

    def __init__(self, first: First, watch: Watch, admins: frozenset[str]) -> None:
        self._admins = admins
        self._table = initiative(first, watch, self._who)

    def _who(self, heard: Heard) -> Who:
        return "admins" if heard.speaker.address in self._admins else "everyone"

    def admits(self, heard: Heard) -> bool:
        del heard
        return True

    def owned_by(self, heard: Heard) -> bool:
        return self._who(heard) == "admins"

    async def excess(self, claim: Claim, heard: Sequence[Heard]) -> str:
        del claim, heard
        return ""

    async def refuse(self, order: Order, reason: str) -> Obeyed:
        del order, reason
        return Obeyed("")

    def commands(self, heard: Heard) -> bool:
        return self._found(heard) is not None

    async def obey(self, order: Order) -> Obeyed:
        found, language = self._found(order.heard), client_language(order.heard)
        meant = found and reading.narrowed(found, language)
        if not isinstance(meant, reading.Meant):
            return Obeyed("")
        given = reading.arguments(meant, language, ())
        if isinstance(given, reading.Wrong):
            return Obeyed(given.text)
        return await meant.command.how(Wish(order, language, given))

    def _found(self, heard: Heard) -> reading.Meant | None:
        text = "/quiet forever" if wants_peace(heard.text) else heard.text
        return reading.find(self._table, text)


class _Blank:
    """The ports Recollects and Sees, where nothing comes to mind and nothing is looked at."""

    async def recollect(self, scene: Scene) -> tuple[Remembered, ...]:
        del scene
        return ()

    async def see(self, scene: Scene) -> tuple[Seen, ...]:
        del scene
        return ()


@dataclass(slots=True)
class _Alone:
    """The port Cast with one persona."""

    persona: Persona
    pace: Pace

    def of(self, claim: Claim) -> Role:
        del claim
        return Role("kokoro", self.persona, self.pace)


@dataclass(slots=True)
class Rehearsal:
    """One process. What people say is heard, answered, looked at; what is due is weighed."""

    watch: Watch
    post: Post
    database: Database
    ledger: SqlLedger
    parts: Parts
    impulses: Impulses
    looks: tuple[Impressions, Foresight]

    async def hears(self, key: str, who: Speaker, where: Conversation, text: str) -> None:
        """Somebody says *text*, once for each *key*."""
        private = not where.chat.startswith("-")
        said = Incoming(where, who, text, self.watch.at, key, private, addressed=True)
        await self.ledger.hear([Arrival("discord:rehearsal", key, text, said)])
        await self.attends()

    async def weighs(self) -> tuple[Weighed, ...]:
        """Weigh what is due and write what may be written."""
        weighed = await self.impulses.weigh()
        self.post.killed("weighed")
        await self.attends()
        return weighed

    async def attends(self) -> None:
        """Visit all places in which something is due."""
        while claims := await self.ledger.claim(20, (BOT,)):
            for claim in claims:
                await Visit(claim, self.parts, self.post, asyncio.Event()).pay()
                for look in self.looks:
                    while await look.catch_up(claim.id):
                        pass


@asynccontextmanager
async def rehearsal(
    url: URL,
    watch: Watch,
    post: Post,
    card: Card,
    answers: Callable[[Prompt], str],
    *,
    souls: Souls,
    zones: Mapping[str, tzinfo],
    limits: Limits,
    admins: frozenset[str] = frozenset(),
) -> AsyncIterator[Rehearsal]:
    """A process over the database at *url*, open while entered."""

    def zone_of(connection: Connection, address: str) -> tzinfo | None:
        del connection
        return zones.get(address)

    async with Database(url) as database:
        await upgrade(database)
        ids, pace, witness = Ids(watch), Pace(linger_s=0, typing=False), Unheard()
        ledger = SqlLedger(database, watch, Holder.me(), lease_s=LEASE_S, rang=lambda _: None)
        engine = Engine(card, Scripted(answers), watch, witness)
        first = First(Manners(database), Intents(database, watch, zone_of))
        parts = Parts(
            ledger=ledger,
            memory=ShortTerm(ledger, LocalTail()),
            longterm=_Blank(),
            sight=_Blank(),
            cast=_Alone(engine, pace),
            house=Door(first, watch, admins),
            souls=souls,
            clock=watch,
            witness=witness,
            ids=ids,
            pace=pace,
        )
        impulses = Impulses(
            database,
            watch,
            ids,
            lambda _: None,
            limits,
            admits=lambda *_: True,
            question=question,
            zone_of=zone_of,
        )
        looks = (
            Impressions(database, lambda _: Impression(card.nature)),
            Foresight(database, zone_of),
        )
        yield Rehearsal(watch, post, database, ledger, parts, impulses, looks)
