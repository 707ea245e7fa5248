"""What a persona is like, as numbers and lists: its traits, its habits of writing, its rhythm."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

Trait = Literal["extraversion", "agreeableness", "conscientiousness", "neuroticism", "openness"]
"""The Big Five, each 0 to 100."""

TRAITS: Final[tuple[Trait, ...]] = get_args(Trait)

Often = Literal["never", "rarely", "sometimes", "often"]
"""How often somebody writes a sign of a kind."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How it types; what is `None` is as the house has it.

    *characters* after which a bubble ends with its sentence, a CJK one counting nearly three;
    *per_second* are letters; *pause_s* goes by before it types; *bubbles* are most in an answer.
    """

    characters: int | None = None
    per_second: float | None = None
    pause_s: float | None = None
    bubbles: int | None = None


@dataclass(frozen=True, slots=True)
class Habits:
    """How it writes. *particles* and *punctuation* are by language; `""`: nothing is said of it."""

    particles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    punctuation: Mapping[str, str] = field(default_factory=dict)
    emoji: Often | Literal[""] = ""
    kaomoji: Often | Literal[""] = ""
    emotes: Often | Literal[""] = ""
    markdown: bool = True


@dataclass(frozen=True, slots=True)
class Nature:
    """All of it. *shows* are its own words for a trait, *tone* is its register by language.

    *owner* and *strangers* say how it stands to them, *boundaries* where it stops.
    """

    traits: Mapping[Trait, int] = field(default_factory=dict)
    shows: Mapping[Trait, str] = field(default_factory=dict)
    mbti: str = ""
    tone: Mapping[str, str] = field(default_factory=dict)
    owner: str = ""
    strangers: str = ""
    boundaries: tuple[str, ...] = ()
    habits: Habits = field(default_factory=Habits)
    rhythm: Rhythm = field(default_factory=Rhythm)
