"""What Discord's gateway tells, as plain fields, and how they are read without trusting them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

Fields = Mapping[str, Any]

_EPOCH: Final = datetime.fromisoformat("2015-01-01T00:00:00+00:00")


class UnreadableError(ValueError):
    """An event does not have the form that Discord documents."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event: Discord's name of its *kind*, and its *fields*.

    *session* and *number* name it among all that one connection told, also when it tells it again.
    """

    kind: str
    fields: Fields
    session: str = ""
    number: int = 0


def number(fields: Fields, name: str) -> str:
    """The id under *name*, as text. Raises `UnreadableError` where there is none."""
    value = fields.get(name)
    text = str(value) if isinstance(value, int | str) else ""
    if not (text.isascii() and text.isdecimal()):
        raise UnreadableError(f"{name} is no id")
    return text


def perhaps(fields: Fields, name: str) -> str:
    """The id under *name*, or nothing."""
    return number(fields, name) if fields.get(name) is not None else ""


def words(fields: Fields, name: str) -> str:
    """The text under *name*, or nothing. Raises `UnreadableError` for what is no text."""
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise UnreadableError(f"{name} is no text")
    return value or ""


def within(fields: Fields, name: str) -> Fields:
    """The object under *name*, or an empty one."""
    value = fields.get(name)
    return value if isinstance(value, Mapping) else {}


def each(fields: Fields, name: str) -> Iterator[Fields]:
    """The objects in the list under *name*."""
    value = fields.get(name)
    return (
        (one for one in value if isinstance(one, Mapping)) if isinstance(value, list) else iter(())
    )


def moment(id_: str) -> datetime:
    """When what has this id was made."""
    return _EPOCH + timedelta(milliseconds=int(id_) >> 22)


def first_id(at: datetime) -> int:
    """The lowest id of what is made from *at* on."""
    return max(0, int((at - _EPOCH) / timedelta(milliseconds=1))) << 22
