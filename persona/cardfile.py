"""Reads `persona.toml` and explains every mistake by line, key and what would be right."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from anima.errors import ConfigError
from persona.naturefile import (
    CharacterTable,
    HabitsTable,
    PaceTable,
    Phrase,
    RelationTable,
    ShowsTable,
)
from persona.reactions import FACES, face
from persona.slip_words import Stance
from persona.timbre import VoiceTable
from persona.tools import TOOLS

LONGEST_WORD: Final = 60
LONGEST_GREETING: Final = 20_000
"""A greeting may be the opening scene of a novel; the cards that people share have such."""

_Word = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_WORD, strip_whitespace=True)
]
_Code = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
_Text = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
_Texts = dict[_Code, _Text]
_Greeting = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_GREETING, strip_whitespace=True)
]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class SorryTable(_Table):
    """Its own words for trouble; what is missing gets the house's."""

    server: _Texts = {}
    connection: _Texts = {}
    refused: _Texts = {}
    late: _Texts = {}
    forbidden: _Texts = {}


class AiTable(_Table):
    """What it says of being an AI: that it is one, or nothing at all."""

    stance: Stance = "open"


class CardFile(_Table):
    """What may stand in `persona.toml`."""

    name: _Word
    languages: list[_Code] = Field(min_length=1)
    feedback: bool = False
    tools: list[str] = []
    reactions: list[str] = []
    names: dict[_Code, list[_Word]] = {}
    address: dict[_Code, _Word] = {}
    manners: _Texts = {}
    greeting: dict[_Code, _Greeting] = Field(min_length=1)
    ai: AiTable = AiTable()
    sorry: SorryTable = SorryTable()
    character: CharacterTable = CharacterTable()
    habits: HabitsTable = HabitsTable()
    tone: dict[_Code, Phrase] = {}
    relation: RelationTable = RelationTable()
    boundaries: list[Phrase] = []
    pace: PaceTable = PaceTable()
    voice: VoiceTable = VoiceTable()


_Place = tuple[str, ...]
_TABLES: Final[Mapping[_Place, type[BaseModel]]] = MappingProxyType(
    {
        ("sorry",): SorryTable,
        ("ai",): AiTable,
        ("character",): CharacterTable,
        ("character", "shows"): ShowsTable,
        ("habits",): HabitsTable,
        ("relation",): RelationTable,
        ("pace",): PaceTable,
        ("voice",): VoiceTable,
    }
)
_TYPE: Final = ("character", "mbti")  # the only pattern that is not of a language
_KEY = re.compile(r"\s*([\w.\"-]+)\s*=")
_HEADER = re.compile(r"\s*\[\[?\s*([\w.\"-]+)\s*\]")


def parse(text: str, file: Path) -> CardFile:
    """The settings in *text*, the content of *file*. Raises `ConfigError`, a line a mistake."""
    try:
        card = CardFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: not TOML: {_lower(str(error))}") from error
    except ValidationError as error:
        told = [_told(mistake, text, file) for mistake in _telling(error.errors())]
        raise ConfigError("\n".join(told)) from error
    if wrong := [*_impossible(card, text, file), *_strange(card, text, file)]:
        raise ConfigError("\n".join(wrong))
    return card


def _told(mistake: ErrorDetails, text: str, file: Path) -> str:
    place = tuple(str(part) for part in mistake["loc"] if part != "[key]")
    return f"{_where(text, file, place)}: {_said(mistake, place)}"


def _impossible(card: CardFile, text: str, file: Path) -> Iterator[str]:
    for wrong in (name for name in card.tools if name not in TOOLS):
        yield f"{_where(text, file, ('tools',))}: no tool {wrong!r}; {_near(wrong, TOOLS)}"
    for wrong in (one for one in card.reactions if face(one) not in FACES):
        place = _where(text, file, ("reactions",))
        yield f"{place}: no reaction {wrong!r}; they are {' '.join(FACES)}"


def _strange(card: CardFile, text: str, file: Path) -> Iterator[str]:
    for strange in _unspoken(card):
        yield (
            f"{_where(text, file, strange)}: {'.'.join(strange)} speaks a language that is not"
            f" among languages = {card.languages}; add {strange[-1]!r} there or take this out"
        )


def _unspoken(card: CardFile) -> Iterator[_Place]:
    """The places that use a language which the persona does not speak."""
    tables: dict[_Place, dict[str, object]] = {
        (name,): dict(getattr(card, name)) for name in ("names", "address", "manners", "greeting")
    }
    tables |= {("sorry", trouble): dict(texts) for trouble, texts in card.sorry}
    tables |= {("tone",): dict(card.tone)}
    tables |= {("habits", "particles"): dict(card.habits.particles)}
    tables |= {("habits", "punctuation"): dict(card.habits.punctuation)}
    for place, texts in tables.items():
        yield from ((*place, code) for code in texts if code not in card.languages)


def _telling(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """The *errors* to speak of: a misspelt key also makes the right one seem missing."""
    strange = [str(error["loc"][-1]) for error in errors if error["type"] == "extra_forbidden"]
    return [
        error
        for error in errors
        if error["type"] != "missing" or not get_close_matches(str(error["loc"][-1]), strange)
    ]


def _said(error: ErrorDetails, place: _Place) -> str:
    key = ".".join(place)
    match error["type"]:
        case "extra_forbidden":
            return f"unknown key {key!r}; {_nearest(place)}"
        case "missing":
            return f"{key!r} is missing"
        case "string_pattern_mismatch" if place != _TYPE:
            right = str(error["input"]).replace("_", "-").split("-")[0].lower()
            return f"{key!r} names no language; write a code of two or three letters, as {right!r}"
        case _:
            return f"{key!r} is {error['input']!r}; {_lower(error['msg'])}"


def _nearest(place: _Place) -> str:
    return _near(place[-1], _TABLES.get(place[:-1], CardFile).model_fields)


def _near(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, known := list(known), n=1)
    return f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"


def _where(text: str, file: Path, place: _Place) -> str:
    """The *file*, and the line in which *place* stands, or the nearest table around it."""
    lines = dict(reversed([*_places(text)]))
    for end in range(len(place), 0, -1):
        if place[:end] in lines:
            return f"{file}, line {lines[place[:end]]}"
    return str(file)


def _places(text: str) -> Iterator[tuple[_Place, int]]:
    table: _Place = ()
    quoted = False
    for number, line in enumerate(text.splitlines(), 1):
        if not quoted and (header := _HEADER.match(line)):
            table = _parts(header[1])
            yield table, number
        elif not quoted and (key := _KEY.match(line)):
            yield (*table, *_parts(key[1])), number
        quoted ^= (line.count('"""') + line.count("'''")) % 2 == 1


def _parts(dotted: str) -> _Place:
    return tuple(part.strip('"') for part in dotted.split("."))


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]
