"""Reads `persona.toml` and explains every mistake by line, key and what would be right."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from anima.errors import ConfigError
from persona.slip_words import Stance
from persona.tools import TOOLS

_Word = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
_Code = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
_Text = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
_Texts = dict[_Code, _Text]


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
    names: dict[_Code, list[_Word]] = {}
    address: dict[_Code, _Word] = {}
    manners: _Texts = {}
    greeting: _Texts = Field(min_length=1)
    ai: AiTable = AiTable()
    sorry: SorryTable = SorryTable()


_Place = tuple[str, ...]
_KEY = re.compile(r"\s*([\w.\"-]+)\s*=")
_HEADER = re.compile(r"\s*\[\[?\s*([\w.\"-]+)\s*\]")


def parse(text: str, file: Path) -> CardFile:
    """The settings in *text*, which is the content of *file*. Raises `ConfigError`."""
    try:
        card = CardFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: not TOML: {_lower(str(error))}") from error
    except ValidationError as error:
        first = _telling(error.errors())
        place = tuple(str(part) for part in first["loc"] if part != "[key]")
        raise ConfigError(f"{_where(text, file, place)}: {_said(first, place)}") from error
    if wrong := next((name for name in card.tools if name not in TOOLS), None):
        raise ConfigError(
            f"{_where(text, file, ('tools',))}: no tool {wrong!r}; {_near(wrong, TOOLS)}"
        )
    if strange := next(_unspoken(card), None):
        raise ConfigError(
            f"{_where(text, file, strange)}: {'.'.join(strange)} speaks a language that is not"
            f" among languages = {card.languages}; add {strange[-1]!r} there or take this out"
        )
    return card


def _unspoken(card: CardFile) -> Iterator[_Place]:
    """The places that use a language which the persona does not speak."""
    tables: dict[_Place, dict[str, object]] = {
        (name,): dict(getattr(card, name)) for name in ("names", "address", "manners", "greeting")
    }
    tables |= {("sorry", trouble): dict(texts) for trouble, texts in card.sorry}
    for place, texts in tables.items():
        yield from ((*place, code) for code in texts if code not in card.languages)


def _telling(errors: list[ErrorDetails]) -> ErrorDetails:
    """The error to speak of first: a misspelt key also makes the right one seem missing."""
    return next((error for error in errors if error["type"] == "extra_forbidden"), errors[0])


def _said(error: ErrorDetails, place: _Place) -> str:
    key = ".".join(place)
    match error["type"]:
        case "extra_forbidden":
            return f"unknown key {key!r}; {_nearest(place)}"
        case "missing":
            return f"{key!r} is missing"
        case "string_pattern_mismatch":
            right = str(error["input"]).replace("_", "-").split("-")[0].lower()
            return f"{key!r} names no language; write a code of two or three letters, as {right!r}"
        case _:
            return f"{key!r} is {error['input']!r}; {_lower(error['msg'])}"


def _nearest(place: _Place) -> str:
    tables: dict[str, type[_Table]] = {"sorry": SorryTable, "ai": AiTable}
    table = tables.get(place[0], CardFile) if len(place) > 1 else CardFile
    return _near(place[-1], table.model_fields)


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
