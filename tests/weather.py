"""Random weather for ring 0: what people do and what breaks, and when."""

from dataclasses import dataclass, field
from functools import partial

from hypothesis import strategies as st

from anima.errors import BackendUnavailable, SlowDown, Undelivered, Unreachable
from tests.cast import Script, place
from tests.stage import Stage

CHATS = "abc"
"""The conversations."""
STEP_S = 0.37
"""The grid of time on which things happen, one at each instant."""


@dataclass(frozen=True)
class Message:
    """Somebody says *texts* in *chat*, or had said them so long ago."""

    chat: str
    texts: tuple[str, ...]
    addressed: bool
    age_s: float

    async def befall(self, stage: Stage) -> None:
        chat = place(self.chat)
        await stage.hears(*self.texts, where=chat, addressed=self.addressed, age_s=self.age_s)


@dataclass(frozen=True)
class Death:
    """The process does nothing more."""

    async def befall(self, stage: Stage) -> None:
        stage.dies()


@dataclass(frozen=True)
class Outage:
    """The process does not reach the ledger, or reaches it again."""

    away: bool

    async def befall(self, stage: Stage) -> None:
        stage.ledger.away = self.away


Event = Message | Death | Outage


@dataclass(frozen=True)
class Weather:
    """*events* at steps of time, each to one of the processes, and what goes wrong in each."""

    events: dict[int, tuple[int, Event]]
    faults: list[list[Exception | None]]
    scripts: list[list[list[str | float | Exception]]] = field(default_factory=list)

    @property
    def violence(self) -> int:
        """How many things happened after which a bubble in flight may have to be sent again."""
        return sum(not isinstance(event, Message) for _, event in self.events.values())

    def fall_on(self, stage: Stage, number: int) -> None:
        """Let all go wrong in the process that shall go wrong there."""
        stage.phone.faults = list(self.faults[number])
        stage.actor.scripts = [played(stage, script) for script in self.scripts[number]]


def played(stage: Stage, script: list[str | float | Exception]) -> Script:
    """A script in which a number is time that passes."""
    return [partial(stage.clock.sleep, one) if isinstance(one, float) else one for one in script]


_texts = st.lists(st.sampled_from(["hi", "so", "/help"]), min_size=1, max_size=3).map(tuple)
messages = st.builds(
    Message,
    st.sampled_from(CHATS),
    _texts,
    st.sampled_from([True, True, False]),
    st.sampled_from([0.0, 0.0, 0.0, 1000.0]),
)
_events = st.one_of(
    messages, messages, messages, st.builds(Death), st.builds(Outage, st.booleans())
)
_faults = st.lists(
    st.sampled_from(
        [None, None, SlowDown(7), Unreachable("?"), Undelivered("no"), ValueError("bug")]
    ),
    max_size=8,
)
_answer: list[str | float | Exception] = [0.5, "one", 2.0, "two|three", "four"]
_scripts = st.lists(
    st.sampled_from(
        [
            _answer,
            [*_answer[:3], BackendUnavailable("cut")],
            [*_answer[:3], ValueError("bug")],
            [BackendUnavailable("dead", connection=True)],
            [30.0, "late"],
        ]
    ),
    max_size=8,
)


def weather(
    processes: int, events: st.SearchStrategy[Event] = _events
) -> st.SearchStrategy[Weather]:
    """All that may happen to so many *processes*."""
    whose = st.integers(0, processes - 1)
    return st.builds(
        Weather,
        st.dictionaries(st.integers(0, 150), st.tuples(whose, events), max_size=14),
        st.lists(_faults, min_size=processes, max_size=processes),
        st.lists(_scripts, min_size=processes, max_size=processes),
    )
