"""The one place where concrete parts meet. Every part can be handed in instead."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC
from functools import partial

import structlog
from prometheus_client import CollectorRegistry

from anima.attend import Attendant
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
from memory.audience import Audience
from memory.broadcasts import Broadcasts
from memory.clocks import lived_by
from memory.database import Database
from memory.foresight import Foresight, Unlooked
from memory.glimpse import Glimpses
from memory.holder import Holder
from memory.impressions import Impressions
from memory.impulses import Impulses
from memory.intents import Intents
from memory.ledger import SqlLedger
from memory.mandates import SqlMandates
from memory.manners import Manners
from memory.notes import Notes
from memory.past import Past
from memory.places import SqlPlaces
from memory.register import Register
from memory.reloads import Reloads, adopt
from memory.schedule import Schedule
from memory.schema import current, upgrade
from memory.shortterm import LocalTail, ShortTerm, Tail
from memory.transcript import SqlTranscript
from persona.card import Card
from persona.emotes import shown
from persona.engine import Engine
from persona.tokens import Counting
from service.aftermath import Aftermath, EitherBehind, Overheard
from service.bell import Bell
from service.broadcasting import Broadcasting
from service.commands.choices import Choices
from service.commands.initiative import First, question
from service.commands.later import Later
from service.commands.offered import offered
from service.commands.offering import offers
from service.commands.saying import reported
from service.commands.thread import Opens
from service.company import Company, cards_of
from service.counting import countings
from service.deeds import HouseDeeds
from service.embedders import embedders_of
from service.entry import entry_of
from service.health import Health, Probe
from service.house import FrontDoor
from service.initiative import Initiative, limits_of
from service.limits import counted
from service.longterm import remembrance, sleep_of
from service.minds import Mind, minds_of, souls_of, written_souls
from service.owner import Overhearing, Owner
from service.paces import pace_of
from service.reloading import Reloading
from service.schedule import Scheduling
from service.settings import Settings
from service.shelf import Shelf
from service.shown import ShownTranscript
from service.souls import Souls
from service.speech import speech_of
from service.witness import LoggedWitness
from service.wording import Worded

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
        ledger = SqlLedger(
            database,
            clock,
            Holder.me(),
            lease_s=pace.lease_s,
            rang=bells.ring,
            counted=counted(settings.limits),
        )
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
        schedule, bell, many = Schedule(database, clock, ids, bells.ring), Bell(), Bell()
        embedders = await stack.enter_async_context(
            _embedders(settings, witness, clock, works=works)
        )
        speech = await stack.enter_async_context(
            speech_of(
                settings,
                database,
                clock,
                witness,
                fetches,
                voice=voice,
                hearing=hearing,
                works=works,
            )
        )
        mandates = SqlMandates(database)
        longterm = remembrance(
            database,
            clock,
            witness,
            tail=cache,
            embedders=embedders,
            cached_mb=settings.memory.cached_mb,
            exports=settings.data / "exports",
            sounds=speech.sounds,
            ids=ids,
            rang=bells.ring,
        )
        deeds = HouseDeeds(Notes(database, clock), schedule, UTC, bell.ring, longterm.finds)
        alive = partial(_alive, mind.backend, clock, witness, deeds, counts=counts)
        company = Company(settings, cards, alive, witness)
        await adopt(database, company.main)
        souls = Souls(souls_of(settings), company.souls)
        scheduling = Scheduling(
            schedule,
            Worded(Glimpses(database).of, company, souls, clock),
            channels,
            clock,
            witness,
            bell,
            catch_up_s=settings.initiative.catch_up_s,
        )
        entry = entry_of(settings, database, clock, ids, bells.ring, channels)
        await entry.pardon(settings.access.admins)
        looks = (longterm, Impressions(database, company.impression), Foresight(database, lived_by))
        aftermath = Aftermath(looks, EitherBehind(longterm, Unlooked(database, clock)), clock)
        broadcasts = Broadcasts(database, clock, ids, bells.ring, reported)
        later = Later(schedule, Audience(database), broadcasts, channels, bell.ring, many.ring)
        openers: dict[BotName, Opens] = {}
        manners, intents = Manners(database), Intents(database, clock, lived_by)
        door = FrontDoor(
            company,
            souls,
            entry.doorway,
            offered(
                company,
                souls,
                register,
                Past(database),
                longterm.memories,
                ids,
                clock,
                entry,
                mandates,
                openers,
                later,
                First(manners, intents, enabled=settings.initiative.enabled),
                voicing=speech.voicing,
            ),
        )
        impulses = Impulses(
            database,
            clock,
            ids,
            bells.ring,
            limits_of(settings.initiative),
            admits=door.admits_address,
            question=question,
            zone_of=lived_by,
        )
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
            ears=speech.ears,
            notes=speech.notes,
            voicing=speech.mode,
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
            shelf=speech.shelf,
            progress=mind.progress,
            prepare=(mind.prepare, longterm.prepare),
            channels=channels,
            fetches=fetches,
            beside=[
                owner,
                scheduling,
                Broadcasting(broadcasts, channels, clock, witness, many),
                aftermath,
                *longterm.workers,
                sleeping,
                Initiative(impulses, clock, witness),
                speech.sounds,
            ],
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
