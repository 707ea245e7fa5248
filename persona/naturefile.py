"""The tables of `persona.toml` that say what a persona is like, and the values made of them."""

from types import MappingProxyType
from typing import Annotated, Final, Protocol

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from persona.nature import Habits, Nature, Often, Rhythm, Trait

Code = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Phrase = Annotated[str, StringConstraints(min_length=1, max_length=400, strip_whitespace=True)]
_Particle = Annotated[str, StringConstraints(min_length=1, max_length=20, strip_whitespace=True)]
_Percent = Annotated[int, Field(ge=0, le=100)]
_Type = Annotated[str, StringConstraints(pattern=r"^[EI][SN][TF][JP]$")]
_LONGEST_PAUSE_S: Final = 10


class Table(BaseModel):
    """A table of the file: keys that it does not know are mistakes."""

    model_config = ConfigDict(extra="forbid", strict=True)


class ShowsTable(Table):
    """Its own words for how a trait shows."""

    extraversion: Phrase | None = None
    agreeableness: Phrase | None = None
    conscientiousness: Phrase | None = None
    neuroticism: Phrase | None = None
    openness: Phrase | None = None


class CharacterTable(Table):
    """The Big Five, 0 to 100, and the type."""

    extraversion: _Percent | None = None
    agreeableness: _Percent | None = None
    conscientiousness: _Percent | None = None
    neuroticism: _Percent | None = None
    openness: _Percent | None = None
    mbti: _Type | None = None
    shows: ShowsTable = ShowsTable()


class HabitsTable(Table):
    """Habits of writing."""

    particles: dict[Code, list[_Particle]] = {}
    punctuation: dict[Code, Phrase] = {}
    emoji: Often | None = None
    kaomoji: Often | None = None
    emotes: Often | None = None
    markdown: bool = True


class RelationTable(Table):
    """How it stands to people."""

    owner: Phrase | None = None
    strangers: Phrase | None = None


class PaceTable(Table):
    """How it types."""

    characters: Annotated[int, Field(ge=10, le=2000)] | None = None
    per_second: Annotated[float, Field(ge=1, le=200, strict=False)] | None = None
    pause_s: Annotated[float, Field(ge=0, le=_LONGEST_PAUSE_S, strict=False)] | None = None
    bubbles: Annotated[int, Field(ge=1, le=20)] | None = None


class NatureTables(Protocol):
    """The tables that `persona.toml` has for this."""

    character: CharacterTable
    habits: HabitsTable
    tone: dict[str, str]
    relation: RelationTable
    boundaries: list[str]
    pace: PaceTable


def nature_of(file: NatureTables) -> Nature:
    """What *file* says of its nature, as values."""
    return Nature(
        traits=_traits(file.character),
        shows=_shown(file.character.shows),
        mbti=file.character.mbti or "",
        tone=MappingProxyType(file.tone),
        owner=file.relation.owner or "",
        strangers=file.relation.strangers or "",
        boundaries=tuple(file.boundaries),
        habits=_habits(file.habits),
        rhythm=Rhythm(**file.pace.model_dump()),
    )


def _traits(table: CharacterTable) -> MappingProxyType[Trait, int]:
    given: dict[Trait, int | None] = {
        "extraversion": table.extraversion,
        "agreeableness": table.agreeableness,
        "conscientiousness": table.conscientiousness,
        "neuroticism": table.neuroticism,
        "openness": table.openness,
    }
    return MappingProxyType({trait: x for trait, x in given.items() if x is not None})


def _shown(table: ShowsTable) -> MappingProxyType[Trait, str]:
    given: dict[Trait, str | None] = {
        "extraversion": table.extraversion,
        "agreeableness": table.agreeableness,
        "conscientiousness": table.conscientiousness,
        "neuroticism": table.neuroticism,
        "openness": table.openness,
    }
    return MappingProxyType({trait: text for trait, text in given.items() if text is not None})


def _habits(table: HabitsTable) -> Habits:
    return Habits(
        particles=MappingProxyType({code: tuple(all_) for code, all_ in table.particles.items()}),
        punctuation=MappingProxyType(table.punctuation),
        emoji=table.emoji or "",
        kaomoji=table.kaomoji or "",
        emotes=table.emotes or "",
        markdown=table.markdown,
    )
