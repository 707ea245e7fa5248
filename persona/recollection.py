"""How a persona is told what comes to mind: whose words, and when they were said."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from anima.remembered import Remembered
from persona.late import Aside, day
from persona.names import clean

_LONGEST: Final = 600
"""Characters of one memory; of a longer one its beginning is told."""


def recollected(memories: Sequence[Remembered], now: datetime) -> Iterator[Aside]:
    """A line for each of *memories*, which are told by age."""
    return (Aside("memory", _told(one, now)) for one in memories)


def _told(one: Remembered, now: datetime) -> str:
    text = one.text if len(one.text) <= _LONGEST else f"{one.text[:_LONGEST]}…"
    when = said_on(one.at, now)
    if one.kind == "episode":
        return f"({when}, a talk) {text}"
    marks = ", ".join([when, *["hearsay"] * one.hearsay, *["no longer so"] * one.over])
    who = clean(one.name)
    if one.kind == "fact":
        return f"({marks}) {who}: {text}" if who else f"({marks}) {text}"
    return f"({marks}) {who or 'you'}: “{text}”"


def said_on(at: datetime, now: datetime) -> str:
    """The day of *at*, as near as it is."""
    local = at.astimezone(now.tzinfo)
    match (now.date() - local.date()).days:
        case 0:
            return f"today {local:%H:%M}"
        case 1:
            return "yesterday"
        case _:
            return day(local)
