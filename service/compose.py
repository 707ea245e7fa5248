"""The one place where concrete parts meet. Every part can be handed in instead."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC
from functools import partial

import structlog
from prometheus_client import CollectorRegistry

from anima.attend import Attendant
from anima.audible import Ears, Reach
from anima.bells import Bells
from anima.clock import SystemClock
from anima.ids import Ids
from anima.mandate import Mandates
from anima.offers import Offers
from anima.parts import Parts
from anima.ports import (
    Backend,
    Bot,
    BotName,
    Channel,
    Clock,
    Deeds,
    Embedder,
    Fetches,
    Hearing,
    Persona,
    Transcript,
    Voice,
    Witness,
)
from anima.sight import Sight
from backend.standing import Standing
from memory.acquaintance import language_in
from memory.address import to_url
from memory.announcing import Announcer
from memory.arrived import Arrived
from memory.database import Database
from memory.holder import Holder
from memory.impressions import Impressions
from memory.ledger import SqlLedger
from memory.mandates import SqlMandates
from memory.notes import Notes
from memory.past import Past
from memory.places import SqlPlaces
from memory.register import Register
from memory.reloads import Reloads, adopt
from memory.reminders import Reminders
from memory.schema import current, upgrade
from memory.shortterm import LocalTail, ShortTerm, Tail
from memory.spoken import SqlSpoken
from memory.transcript import SqlTranscript
from persona.card import Card
from persona.emotes import shown
from persona.engine import Engine
from persona.tokens import Counting
from service.aftermath import Aftermath, Overheard
from service.commands.choices import Choices
from service.commands.offering import offers
from service.commands.thread import Opens
from service.company import Company, cards_of
from service.counting import countings
from service.deeds import HouseDeeds
from service.embedders import embedders_of
from service.health import Health, Probe
from service.house import FrontDoor
from service.longterm import remembrance, sleep_of
from service.minds import Mind, minds_of, souls_of, written_souls
from service.owner import Overhearing, Owner
from service.paces import pace_of
from service.reloading import Reloading
from service.reminders import Reminding
from service.settings import Settings
from service.shelf import Shelf
from service.shown import ShownTranscript
from service.souls import Souls
from service.speaking import Speaking, Tidying
from service.voices import hearing_of, voice_of
from service.witness import LoggedWitness

log = structlog.stdlib.get_logger("anima")

_TAIL_TTL_S = 7 * 24 * 3600
"""A talk that rests for a week is read from the ledger again."""


@dataclass(slots=True)
class House:
    """All parts of one process, ready to run. *bots* listen, *channels* send."""

    company: Company
    ledger: SqlLedger
    mandates: Mandates
    transcript: Transcript
    places: SqlPlaces
    attendant: Attendant
    clock: Clock
    ids: Ids
    witness: Witness
    registry: CollectorRegistry
    offers: Offers
    choices: Choices
    arrived: Arrived
    openers: dict[BotName, Opens]
    shelf: Shelf
    progress: Callable[[], Standing | None]
    prepare: Sequence[Callable[[], Awaitable[object]]]
    beside: Sequence[Bot] = ()
    """What runs beside the attendant, until that is done."""
    watching: list[Bot] = field(default_factory=list)
    """What runs in every process, whether or not it answers."""
    bots: list[Bot] = field(default_factory=list)
    channels: dict[BotName, Channel] = field(default_factory=dict)
    fetches: dict[BotName, Fetches] = field(default_factory=dict)
    """By which what came with a message is had, of those bots that can."""
    probes: list[Probe] = field(default_factory=list)

    def health(self) -> Health:
        """Whether every part answers."""
        return Health(self.probes, self.clock)


@asynccontextmanager
async def composed(
    settings: Settings,
    *,
    clock: Clock | None = None,
    mind: Mind | None = None,
    voice: Voice | None = None,
    hearing: Hearing | None = None,
    works: bool = True,
) -> AsyncIterator[House]:
    """Everything that *settings* name, open while entered. Raises `ConfigError` at what is wrong.

    One that only listens or serves pages (*works* is false) answers nobody. The database comes
    first and goes last: whatever else stops may still have to write.
    """
    clock = clock or SystemClock()
    registry = CollectorRegistry()
    witness = LoggedWitness(registry)
    cards = cards_of(settings)
    counts = await countings(settings) if works else {}
    bells, ids = Bells(), Ids(clock)
    async with AsyncExitStack() as stack:
        url = to_url(settings.database.url.get_secret_value())
        database = await stack.enter_async_context(Database(url))
        if await upgrade(database):
            witness.note("database migrated")
        pace = pace_of(settings)
        ledger = SqlLedger(database, clock, Holder.me(), lease_s=pace.lease_s, rang=bells.ring)
        if freed := await ledger.bury():
            witness.note("leases of the dead freed", count=freed)
        register = Register(database, clock)
        await register.enrol(written_souls(settings))
        channels: dict[BotName, Channel] = {}
        fetches: dict[BotName, Fetches] = {}
        owner = Owner(
            settings.access.admins,
            channels,
            Announcer(database, clock, ids, bells.ring),
            partial(language_in, database),
            clock,
        )
        cache, probe = await _tail(settings, witness, clock, stack)
        if mind is None:
            mind = await stack.enter_async_context(
                minds_of(settings, clock, Overhearing(witness, owner), works=works)
            )
        reminders = Reminders(database, clock, ids, bells.ring)
        reminding = Reminding(reminders, clock, witness)
        embedders = await stack.enter_async_context(
            _embedders(settings, witness, clock, works=works)
        )
        shelf = Shelf(settings.data / "voice", settings.voice.keep_s, clock)
        sounds = Tidying(shelf, SqlSpoken(database), clock, witness)
        speech = _speech(settings, clock, witness, voice, hearing, works=works)
        voice, hearing = await stack.enter_async_context(speech)
        mandates = SqlMandates(database)
        longterm = remembrance(
            database,
            clock,
            witness,
            tail=cache,
            embedders=embedders,
            exports=settings.data / "exports",
            sounds=sounds,
            ids=ids,
            rang=bells.ring,
        )
        deeds = HouseDeeds(Notes(database, clock), reminders, UTC, reminding.ring, longterm.finds)
        alive = partial(_alive, mind.backend, clock, witness, deeds, counts=counts)
        company = Company(settings, cards, alive, witness)
        await adopt(database, company.main)
        souls = Souls(souls_of(settings), company.souls)
        looks = (longterm, Impressions(database, company.impression))
        aftermath = Aftermath(looks, longterm, clock)
        openers: dict[BotName, Opens] = {}
        door = FrontDoor(
            settings,
            company,
            souls,
            register,
            Past(database),
            longterm.memories,
            ids,
            clock,
            mandates,
            openers=openers,
            voicing=settings.voice.mode if voice else None,
        )
        late_s = settings.voice.late_s
        parts = Parts(
            ledger=ledger,
            memory=Overheard(ShortTerm(ledger, cache), aftermath),
            longterm=longterm.recollects,
            sight=Sight(fetches, witness),
            cast=company,
            house=door,
            souls=souls,
            clock=clock,
            witness=witness,
            ids=ids,
            pace=pace,
            ears=Ears(fetches, hearing, witness, _reach(settings)) if hearing else None,
            notes=Speaking(voice, shelf, witness, late_s=late_s) if voice else None,
            voicing=settings.voice.mode,
        )
        attendant = Attendant(parts, channels, bells)
        sleeping = sleep_of(
            settings,
            database,
            clock,
            witness,
            backend=mind.backend,
            souls=souls_of(settings),
            called=company.title,
            busy=lambda: attendant.busy,
        )
        yield House(
            company=company,
            ledger=ledger,
            mandates=mandates,
            transcript=ShownTranscript(SqlTranscript(database), shown),
            places=SqlPlaces(database),
            attendant=attendant,
            clock=clock,
            ids=ids,
            witness=witness,
            registry=registry,
            offers=offers(door.table),
            choices=Choices(souls, company, settings.access.admins.__contains__),
            arrived=Arrived(database),
            openers=openers,
            shelf=shelf,
            progress=mind.progress,
            prepare=(mind.prepare, longterm.prepare),
            channels=channels,
            fetches=fetches,
            beside=[owner, reminding, aftermath, *longterm.workers, sleeping, sounds],
            watching=[Reloading(company, Reloads(database), clock, witness)],
            probes=[
                Probe("database", lambda: database.read(current)),
                Probe("redis", probe),
                Probe("backend", mind.probe),
            ],
        )


@asynccontextmanager
async def _embedders(
    settings: Settings, witness: Witness, clock: Clock, *, works: bool
) -> AsyncIterator[Sequence[Embedder]]:
    """What finds memories by their meaning; who answers nobody needs none."""
    if not works:
        yield ()
        return
    async with embedders_of(settings, witness, clock) as embedders:
        yield embedders


@asynccontextmanager
async def _speech(
    settings: Settings,
    clock: Clock,
    witness: Witness,
    voice: Voice | None,
    hearing: Hearing | None,
    *,
    works: bool,
) -> AsyncIterator[tuple[Voice | None, Hearing | None]]:
    """What speaks and what listens; who answers nobody needs neither."""
    if not works:
        yield None, None
        return
    speaks: AbstractAsyncContextManager[Voice | None] = nullcontext(voice)
    listens: AbstractAsyncContextManager[Hearing | None] = nullcontext(hearing)
    if voice is None:
        speaks = voice_of(settings.voice, settings.data, witness, clock)
    if hearing is None:
        listens = hearing_of(settings.hearing)
    async with speaks as mouth, listens as ear:
        yield mouth, ear


def _reach(settings: Settings) -> Reach:
    """How far we listen. Fetching takes some of the time, too."""
    return Reach(most_s=settings.hearing.max_s, within_s=settings.hearing.late_s)


def _alive(
    backend: Backend,
    clock: Clock,
    witness: Witness,
    deeds: Deeds,
    card: Card,
    *,
    counts: Mapping[str, Counting],
) -> Persona:
    return Engine(card, backend, clock, witness, deeds=deeds, counts=counts)


async def _tail(
    settings: Settings, witness: Witness, clock: Clock, stack: AsyncExitStack
) -> tuple[Tail, Callable[[], Awaitable[object]] | None]:
    """The cache of short-term memory and how to ask after it."""
    url = settings.redis.url.get_secret_value()
    if not url:
        return LocalTail(), None
    # nobody without Redis shall wait for its client to load
    from memory.redis_tail import RedisTail  # noqa: PLC0415

    shared = RedisTail(url, settings.redis.prefix, _TAIL_TTL_S, witness, clock)
    stack.push_async_callback(shared.aclose)
    return shared, shared.probe
