"""What is measured, which way is better, and how good is good enough."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the table. *bar*: what anima's value may be at most, as a part of the bare bot's.

    With *more* it is what it must be at least; without a bar the row is there to be read.
    """

    name: str
    unit: str
    bar: float | None = None
    more: bool = False

    def holds(self, ratio: float) -> bool:
        """Whether *ratio* is on the right side of the bar."""
        if self.bar is None:
            return True
        return ratio >= self.bar if self.more else ratio <= self.bar


PROCESSOR: Final = Measure("processor time a message", "ms", 0.8)
WORDS: Final = Measure("the same, word by word", "ms", 0.8)
WALL: Final = Measure("time a message", "ms")
ADDED: Final = Measure("added before the model is asked", "ms", 1.0)
RATE: Final = Measure("messages a second, many chats", "/s", 1.2, more=True)
QUEUE: Final = Measure("300 chats waiting on a slow model", "s", 0.7)
FRESH_MEMORY: Final = Measure("memory after the start", "MB", 1.25)
MEMORY: Final = Measure("memory after the talk", "MB", 1.25)
FIRST_START: Final = Measure("first poll, new database", "s", 1.3)
START: Final = Measure("first poll, second start", "s", 1.3)
START_COST: Final = Measure("processor time until then", "s")
TALKS: Final = (PROCESSOR, WORDS, WALL, ADDED, RATE, QUEUE)
LIVES: Final = (FRESH_MEMORY, MEMORY, FIRST_START, START, START_COST)
ALL: Final = TALKS + LIVES

Key = tuple[Measure, str]


@dataclass(slots=True)
class Results:
    """Every value that was measured, by measure and bot, a round each."""

    values: dict[Key, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, measure: Measure, bot: str, value: float) -> None:
        """Keep the *value* of one more round."""
        self.values[measure, bot].append(value)

    def middle(self, measure: Measure, bot: str) -> float:
        """The median over the rounds."""
        return median(self.values[measure, bot])

    def ratio(self, measure: Measure, bot: str, yardstick: str) -> float:
        """The median of *bot* as a part of the median of *yardstick*."""
        return self.middle(measure, bot) / self.middle(measure, yardstick)

    def ratios(self, measure: Measure, bot: str, yardstick: str) -> Sequence[float]:
        """The same, round by round: how far they lie apart is the machine's noise."""
        pairs = zip(self.values[measure, bot], self.values[measure, yardstick], strict=True)
        return [ours / theirs for ours, theirs in pairs]
