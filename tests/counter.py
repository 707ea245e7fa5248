"""The parts behind the house's commands, as tests see them: no database and no model."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from anima.ids import Ids
from anima.model import (
    Account,
    Bubble,
    Choice,
    Claim,
    Conversation,
    Decision,
    Draft,
    Heard,
    Line,
    Scene,
    Soul,
    Speaker,
    Speech,
)
from anima.orders import Obeyed, Order
from anima.ports import BotName, Persona, Trouble
from anima.roles import Role
from memory.figures import Figures
from memory.past import PastTurn
from memory.reasons import Decided
from memory.register import Version
from service.access import Invitations
from service.commands.access import Letting
from service.commands.audit import Auditing
from service.commands.casting import Known
from service.commands.initiative import First
from service.commands.later import Later
from service.commands.memory import Memories
from service.commands.offered import offered
from service.commands.stats import Stats
from service.commands.thread import Opens
from service.commands.whom import Whom
from service.doorway import Doorway
from service.entry import Entry
from service.house import FrontDoor
from service.limits import Measure
from service.settings import Settings
from service.souls import Souls
from tests.mandate_book import Book
from tests.persona_fakes import NOW, HandClock

ANN: Final = Speaker("telegram", "7", "Ann", "en")
LI: Final = Speaker("telegram", "8", "小丽", "zh-hans")
KEN: Final = Speaker("telegram", "9", "健", "ja")
NOBODY: Final = Speaker("telegram", "10", "?")
ADMINS: Final = ("telegram:7", "telegram:8", "telegram:9")
HOME: Final = Conversation("telegram", "ku", "7")
TURN: Final = 4711

SOULS: Final = (
    Soul("KU1.0", "default", "ku-1"),
    Soul("KU5.0", "default", "ku-5", temperature=0.8, fallback=("KU1.0",)),
    Soul("KU6.0", "gpu", "ku-6", adapter="adapters/ku6", top_p=0.9, form="native"),
)


class _Sealed:
    """Nothing is asked of it."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"nobody asks memory for {name} here")


_sealed: Any = _Sealed()
SEALED: Final = Memories(_sealed, _sealed, _sealed, _sealed, _sealed, _sealed, _sealed, _sealed)
"""Memories for commands that have nothing to do with them."""

SEALED_FIRST: Final = First(_sealed, _sealed)
UNUSED: Final = Later(_sealed, _sealed, _sealed, {}, list, list)
"""A schedule for commands that have nothing to do with it."""

Play = Sequence[str | Draft | Account | Exception | float]


class Voice:
    """The port `Persona`: each soul plays its script; a number lets so many seconds pass."""

    def __init__(self, clock: HandClock, plays: dict[str, Play]) -> None:
        self.clock = clock
        self.plays = plays
        self.scenes: list[Scene] = []
        self.closed = 0

    async def speak(self, scene: Scene) -> AsyncGenerator[Speech, None]:
        self.scenes.append(scene)
        try:
            for step in self.plays.get(scene.souls[0].name, ()):
                if isinstance(step, Exception):
                    raise step
                if isinstance(step, float):
                    self.clock.at += step
                else:
                    yield Bubble(step) if isinstance(step, str) else step
        finally:
            self.closed += 1

    def weigh(self, scene: Scene, dial: int) -> Decision:
        return Decision(speaks=not scene.unasked, reason=f"dial {dial}")

    async def ponder(self, scene: Scene, decision: Decision) -> Decision:
        raise AssertionError("a command decides nothing")

    def sorry(self, trouble: Trouble, heard: Sequence[Heard], reference: str) -> str:
        return f"sorry ({trouble}) {heard[-1].speaker.language}{heard[-1].text}{reference}"

    def greeting(self, heard: Heard) -> str:
        return f"welcome ({heard.speaker.language}){heard.text}"


class Shelf:
    """The register of souls in a list."""

    def __init__(self, *versions: Version, **figures: Figures) -> None:
        self.kept = versions
        self.told = figures

    async def versions(self) -> Sequence[Version]:
        return self.kept

    async def figures(self, name: str) -> Figures:
        return self.told.get(name.replace(".", "_"), Figures())


class Diary:
    """The turns of one place."""

    def __init__(self, place: int = 0, *turns: PastTurn) -> None:
        self.place = place
        self.turns = turns
        self.asked: list[str] = []
        self.decided: Decided | None = None

    async def last(self, place: int, limit: int) -> Sequence[PastTurn]:
        return self.turns[:limit] if place == self.place else ()

    async def turn(self, place: int, reference: str) -> PastTurn | None:
        self.asked.append(reference)
        known = {one.reference: one for one in self.turns}
        if place != self.place:
            return None
        return self.turns[0] if reference == "last" else known.get(reference)

    async def why(self, place: int) -> Decided | None:
        return self.decided if place == self.place else None


class Players:
    """The company of the house: Kokoro, and Harrow beside her."""

    def __init__(self, persona: Persona) -> None:
        self.roles = {name: Role(name, persona) for name in ("kokoro", "harrow")}
        self.wrong: list[str] = []
        self.reloads = 0

    def of(self, claim: Claim) -> Role:
        return self.roles.get(claim.role) or self.roles["kokoro"]

    def known(self) -> Sequence[Known]:
        return Known("kokoro", "Kokoro", ("telegram",)), Known("harrow", "Harrow")

    async def reload(self) -> Sequence[str]:
        self.reloads += 1
        return self.wrong


class Counter:
    """A front door with all that stands behind it, and a claim to send orders under.

    A *persona* of one's own speaks in the place of the voice.
    """

    def __init__(
        self,
        *,
        souls: Sequence[Soul] = SOULS,
        register: Shelf | None = None,
        past: Diary | None = None,
        plays: dict[str, Play] | None = None,
        persona: Persona | None = None,
        openers: Mapping[BotName, Opens] | None = None,
        later: Later | None = None,
        first: First | None = None,
        **access: object,
    ) -> None:
        self.clock = HandClock()
        self.voice = Voice(self.clock, plays or {})
        self.past = past or Diary()
        self.souls = Souls(souls)
        self.players = Players(persona or self.voice)
        settings = Settings.model_validate({"access": {"admins": ADMINS, **access}})
        self.book = Book()
        measure = Measure(settings.limits, _sealed, self.clock)
        doorway = self.doorway = Doorway(settings.access, _sealed, measure, self.clock)
        table = offered(
            self.players,
            self.souls,
            register or Shelf(),
            self.past,
            SEALED,
            Ids(self.clock),
            self.clock,
            _entry(doorway, self.clock),
            self.book,
            openers or {},
            later or UNUSED,
            first or SEALED_FIRST,
        )
        self.door = FrontDoor(self.players, self.souls, doorway, table)

    async def obey(
        self,
        text: str,
        *choices: Choice,
        speaker: Speaker = ANN,
        conversation: Conversation = HOME,
        private: bool = True,
    ) -> Obeyed:
        """What comes of a command that was heard where these *choices* hold."""
        claim = replace(claimed(*choices), conversation=conversation, private=private)
        return await self.door.obey(Order(claim, says(text, speaker), TURN))

    async def told(self, text: str, *choices: Choice, speaker: Speaker = ANN) -> str:
        """What is said to it."""
        return (await self.obey(text, *choices, speaker=speaker)).text


def _entry(doorway: Doorway, clock: HandClock) -> Entry:
    invitations = Invitations(doorway, _sealed, {})
    letting = Letting(_sealed, _sealed, Whom(_sealed), invitations, doorway.is_admin, clock)
    stats = Stats(_sealed, _sealed, 0, clock)
    return Entry(doorway, invitations, letting, Auditing(_sealed), stats, _sealed)


def says(text: str, speaker: Speaker = ANN) -> Heard:
    """A message of *speaker*."""
    return Heard(1, speaker, text, NOW, NOW, "1")


def claimed(*choices: Choice) -> Claim:
    """A claim on Ann's private conversation."""
    return Claim(3, HOME, 1, private=True, title="", waiting=(), choices=choices)


def version(name: str, **facts: object) -> Version:
    """A version as the register keeps it."""
    plain = Version(name=name, backend="old", registered_at=datetime(2026, 1, 5, 8, tzinfo=UTC))
    return replace(plain, **facts)  # type: ignore[arg-type]  # each test names fields of it


def past_turn(
    number: int, soul: str, heard: str, *said: str, lines: Sequence[str] = ()
) -> PastTurn:
    """A turn that is over."""
    earlier = tuple(Line(ANN, text, NOW) for text in lines)
    asked = (says(heard),) if heard else ()
    return PastTurn(number, soul, NOW.replace(year=2025), asked, said, earlier)
