"""What of a model's notes holds, and what does not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from persona.facts.kinds import Precision, Slot

Deed = Literal["add", "supersede", "retract", "confirm"]


@dataclass(frozen=True, slots=True)
class Noted:
    """An operation that holds: *speaker* said in *line* what *text* says of *subject*.

    *subject* is empty where somebody speaks of themself. *target* is the known fact that it
    replaces, ends or confirms.
    """

    deed: Deed
    line: int
    speaker: str
    subject: str
    slot: Slot
    value: str
    text: str
    language: str
    quote: str
    target: int | None
    valid_from: datetime | None
    valid_to: datetime | None
    precision: Precision
    negated: bool
    hearsay: bool
    confidence: float
    importance: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """An operation that does not hold. *reason* is one word, *why* tells the model."""

    number: int
    reason: str
    why: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What of an answer holds, and what does not; *found*: there was a list at all."""

    noted: tuple[Noted, ...]
    dropped: tuple[Dropped, ...]
    found: bool = True

    @property
    def complaints(self) -> tuple[str, ...]:
        """What to tell the model; empty when all of it holds."""
        if not self.found:
            return ('there is no JSON object with a list "ops"',)
        return tuple(f"op {one.number}: {one.why}" for one in self.dropped)


@dataclass(frozen=True, slots=True)
class Distilled:
    """What a stretch of talk came to; *finder* is who distilled it."""

    noted: tuple[Noted, ...]
    episode: str
    finder: str
