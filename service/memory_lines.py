"""Files of JSON Lines for measuring memory, read line by line and understood as values."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from anima.errors import ConfigError

_WRITTEN: Final = ("%I:%M %p on %d %B, %Y", "%Y/%m/%d (%a) %H:%M", "%Y/%m/%d %H:%M", "%Y/%m/%d")
"""How the known public corpora write a time, besides ISO 8601 and seconds."""
_MILLISECONDS: Final = 10**11
"""A number as large as this counts them and no seconds, for at least the next thousand years."""
_SHOWN: Final = 60


def _moment(given: Any) -> datetime:
    if isinstance(given, int | float) and not isinstance(given, bool):
        seconds = given / 1000 if abs(given) >= _MILLISECONDS else given
        return datetime.fromtimestamp(0, UTC) + timedelta(seconds=seconds)
    if isinstance(given, str):
        found = _read(given.strip())
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    raise ValueError("a time is like 2026-03-02T19:00:00Z")


def _read(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        for form in _WRITTEN:
            try:
                return datetime.strptime(text, form)  # noqa: DTZ007 - it is put into UTC above
            except ValueError:
                continue
    raise ValueError("a time is like 2026-03-02T19:00:00Z")


def _name(given: Any) -> str:
    """An id may be written as a number."""
    if isinstance(given, str) or (isinstance(given, int) and not isinstance(given, bool)):
        return str(given)
    raise ValueError("an id is a text or a number")


Moment = Annotated[datetime, BeforeValidator(_moment)]
Name = Annotated[str, BeforeValidator(_name)]


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class CorpusLine(_Line):
    """Something that was said, by a person of the sample or by another."""

    sample_id: Name
    id: Name
    session: Name = ""
    time: Moment
    speaker: str = ""
    text: str = ""
    caption: str | None = None

    @property
    def whole(self) -> str:
        """The words, and what the picture shows that came with them."""
        return f"{self.text} [{self.caption}]".strip() if self.caption else self.text


class Question(_Line):
    """What is asked in the scope of a sample."""

    sample_id: Name
    qid: Name
    question: str


class Said(_Line):
    """Somebody says something in a chat; *user* `bot` is us."""

    op: Literal["msg"]
    id: Name
    chat: Name
    chat_type: Literal["dm", "group"]
    user: Name
    name: str = ""
    time: Moment
    text: str


class What(_Line):
    """What shall be forgotten: messages by *ids*, a *chat*, or *all*."""

    ids: tuple[Name, ...] | None = None
    all: bool = False
    chat: Name | None = None


class Forget(_Line):
    """Somebody wants something forgotten."""

    op: Literal["forget"]
    user: Name
    chat: Name
    time: Moment
    what: What


class Ask(_Line):
    """What comes to mind when somebody asks *query* in a chat."""

    op: Literal["ask"]
    id: Name
    user: Name
    chat: Name
    chat_type: Literal["dm", "group"]
    query: str
    time: Moment


class Scenario(_Line):
    """Events in their order, for a store of its own."""

    scenario: Name
    events: tuple[Annotated[Said | Forget | Ask, Field(discriminator="op")], ...]


L = TypeVar("L", bound=_Line)


def lines(file: Path, kind: type[L]) -> Iterator[L]:
    """The lines of *file* as *kind* reads them. Raises `ConfigError` at the first that is wrong."""
    try:
        with file.open(encoding="utf-8-sig") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield _understood(line, f"{file}, line {number}", kind)
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: not UTF-8; save the file as UTF-8") from error


def _understood(line: str, place: str, kind: type[L]) -> L:
    try:
        return kind.model_validate(json.loads(line))
    except ValidationError as error:
        raise ConfigError(f"{place}: {_mistake(error)}") from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{place}: no JSON; a line is one object") from error


def _mistake(error: ValidationError) -> str:
    first = error.errors()[0]
    key = ".".join(str(one) for one in first["loc"]) or "the line"
    told = first["msg"].removeprefix("Value error, ")
    return f"{key} is wrong ({told}): {repr(first['input'])[:_SHOWN]}"
