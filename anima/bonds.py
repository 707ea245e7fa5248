"""What lies between a persona and those it talks with: a mood, closeness, what is still open."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Mood:
    """How a persona felt in one conversation, as of *at*: both from -1 to 1."""

    pleasure: float
    energy: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Relation:
    """How a persona stands to somebody: *closeness* from 0 to 1, after so many *turns*.

    *lately* is by how much it has just changed, fading within a day, so that bounds can be held.
    """

    closeness: float
    turns: int
    first_at: datetime
    last_at: datetime
    lately: float = 0.0


@dataclass(frozen=True, slots=True)
class Thread:
    """Something ahead that somebody spoke of *at*, in their words; over when it was *due*."""

    text: str
    due: datetime | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Bond:
    """What *persona* has with the speaker at *address*, and which *threads* are open there."""

    persona: str
    address: str
    relation: Relation
    threads: tuple[Thread, ...] = ()
