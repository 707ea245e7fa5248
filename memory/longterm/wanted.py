"""What somebody may want forgotten, what is found of it, and what they are told when it is gone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal
from unicodedata import normalize

from memory.longterm.erasing import Erased


@dataclass(frozen=True, slots=True)
class Ids:
    """These memories, and the lines that facts and episodes among them come from."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """What has all the words of *text*."""

    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """What was said in the place of that *id*; None: where it is asked."""

    id: int | None = None


@dataclass(frozen=True, slots=True)
class Everything:
    """All that these *speakers* ever said, wherever, to whomever of the house."""

    speakers: tuple[str, ...]


What = Ids | Matching | Place | Everything

Kind = Literal[
    "lines",
    "answers",
    "facts",
    "episodes",
    "vectors",
    "notes",
    "threads",
    "reminders",
    "relations",
    "wishes",
    "links",
    "shared",
]
"""*answers* are lines of ours. *shared* are those that stay, because they answered others, too."""

Remains = Literal["backups", "souls", "platform", "shared", "log", "server"]
"""What cannot be undone: copies of the database, souls that were trained on it, what the platform
shows, answers that belong to others as well; a *log* that somebody is reading still; and pages of a
*server* that overwrites them in its own time."""

ALWAYS: Final[tuple[Remains, ...]] = ("backups", "souls", "platform")


@dataclass(frozen=True, slots=True)
class Found:
    """How much would go of each kind, and the first words of it that may be shown here."""

    counts: Mapping[Kind, int] = field(default_factory=dict)
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """How much has gone of each kind, and what is out of our reach."""

    counts: Mapping[Kind, int]
    erased: Erased
    remains: tuple[Remains, ...] = ALWAYS


def has_words(text: str, wanted: str) -> bool:
    """Whether all words of *wanted* stand in *text*, however wide or large they are written."""
    within = plain(text)
    words = plain(wanted).split()
    return bool(words) and all(word in within for word in words)


def plain(text: str) -> str:
    """*text* with letters, widths and gaps made alike."""
    return " ".join(normalize("NFKC", text).casefold().split())
