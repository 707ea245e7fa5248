"""What a turn costs in the process itself, before anybody is asked: steps with a bar in time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from statistics import median
from time import thread_time
from types import MappingProxyType
from typing import Final

from anima.model import Conversation, Heard, Line, Scene, Soul, Speaker
from persona.card import Card, load
from persona.compose import compose
from persona.language import guess
from persona.room import weigh
from persona.topics import topics
from tests.bench.contender import ROOT
from tests.bench.table import table

_ROUNDS: Final = 60
_AT: Final = datetime(2026, 11, 21, 10, 48, tzinfo=UTC)
_ANN: Final = Speaker("telegram", "1", "Ann", "en")
_BO: Final = Speaker("telegram", "2", "小波", "zh")
_SOUL: Final = Soul("KU5.0", "default", context=32768)
_LINES: Final = 100
_ENTRIES: Final = 50
_MIXED: Final = "先生、今日は天気がいいですね。老师说明天考试 and I have not read it, what now?"


@dataclass(frozen=True, slots=True)
class Pure:
    """A step that waits for nothing. *bar*: milliseconds that it may take at most."""

    name: str
    bar: float
    run: Callable[[], object]

    def took(self, rounds: int = _ROUNDS) -> float:
        """Milliseconds of processor time, the median of many; what is kept ready is ready."""
        self.run()
        return median(self._once() for _ in range(rounds)) * 1000

    def _once(self) -> float:
        began = thread_time()
        self.run()
        return thread_time() - began


def steps() -> Sequence[Pure]:
    """The steps that have a bar."""
    card = knowing(_ENTRIES)
    return (
        Pure(
            f"compose {_LINES} lines with {_ENTRIES} entries of lore",
            2.0,
            partial(compose, card, talk(_LINES), Soul("KU5.0", "default", context=32768)),
        ),
        Pure("guess a language", 0.2, partial(guess, _MIXED * 3)),
        Pure("decide whether to speak in a group", 0.5, partial(weigh, room(), 3, topics(card))),
    )


def measured(told: Sequence[Pure], rounds: int = _ROUNDS) -> tuple[str, list[str]]:
    """A table of all *told* steps, and the names of those that take too long."""
    took = [(step, step.took(rounds)) for step in told]
    rows = [
        (step.name, f"{ms:.2f}", f"≤ {step.bar:g}", "yes" if ms <= step.bar else "NO")
        for step, ms in took
    ]
    missed = [step.name for step, ms in took if ms > step.bar]
    return table(("step", "ms", "bar", "holds"), rows), missed


def room() -> Scene:
    """The same talk, in which nobody spoke to us."""
    return replace(talk(_LINES), unasked=True)


def knowing(entries: int) -> Card:
    """A shipped persona that knows so much, of every kind."""
    files = {f"lore/e{number:02}.md": _file(number) for number in range(entries)}
    return replace(load(ROOT / "personas" / "kokoro"), lore=MappingProxyType(files))


def talk(lines: int) -> Scene:
    """A talk of two in a group, in which entries come up now and then."""
    return Scene(
        Conversation("telegram", "ku", "7"),
        private=False,
        title="Club",
        lines=tuple(_line(number) for number in range(lines)),
        heard=(Heard(1, _ANN, "so what about dragon7 and 龙8?", _AT, _AT, "1"),),
        now=_AT,
        souls=(),
    )


def _line(number: int) -> Line:
    speaker = (None, _ANN, _BO)[number % 3]
    return Line(speaker, f"line {number}: 今天天气真好 and dragon{number % 50} is here", _AT)


def _file(number: int) -> str:
    more = ("sticky: 3", "cooldown: 2", "not: rain, 雨")[number % 3]
    pattern = f", /drag[oa]n ?{number}/i" if number % 5 == 0 else ""
    keys = f"dragon{number}, 龙{number}, りゅう{number}{pattern}"
    return f"keys: {keys}\n{more}\n\nThe dragon {number} lives in the north and eats fish."
