"""A fact made of its draft: how it is read, how it is compared, since when it is so."""

# one rule a row
# fmt: off
# ruff: noqa: E501

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from persona.facts.birthdays import birthday
from persona.facts.kinds import Fact, Precision, Slot, normal
from persona.facts.rule import Clause, Draft, Tongue
from persona.facts.sides import plain_side
from persona.times_within import dates_in

NAMED: Final[frozenset[Slot]] = frozenset(("family", "partner", "pet"))
"""Slots of those who have a name."""

_WEIGHTS: Final[Mapping[str, int]] = MappingProxyType(
    {"allergy": 5, "boundary": 5, "owns": 2, "other": 2} | dict.fromkeys(("name", "birthday", "lives_in", "job", "partner", "family", "health"), 4)
)
_USUAL: Final = 3
_SINCE: Final[frozenset[Slot]] = frozenset(
    ("lives_in", "job", "school", "partner", "pet", "owns", "likes", "health", "other")
)
"""Slots of which a date beside the value tells when it began, or ended."""
_DATED = re.compile(
    r"\d|day|week|month|年|月|日|昨|先|上|去|今|周|週|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_DENSE = re.compile(r"[\u3040-\u9fff]")
_LOOKS = re.compile(
    r"\A(?:(?:new|little|old|cute|tiny|small|big|black|white|orange|gr[ae]y|rescue|sweet|dumb|fat|chubby|lazy|ginger|fluffy|pet|baby) )+"
)
_UNTOLD: Final[Precision] = ""
_NAME: Final = "name"  # whoever it is: a new one takes the place of the one before


def made(draft: Draft, quote: str, language: str, at: datetime) -> Fact:
    """The fact of *draft*, which *quote* tells, said *at* that time."""
    begun, precision = _since(quote, at) if draft.slot in _SINCE else (None, _UNTOLD)
    return Fact(
        subject=draft.subject,
        slot=draft.slot,
        value=_whole(draft),
        norm=_norm(draft),
        text=quote.strip(),
        language=language,
        quote=quote.strip(),
        valid_from=begun,
        precision=precision,
        negated=draft.negated,
        importance=_WEIGHTS.get(draft.slot, _USUAL),
        hearsay=draft.hearsay,
    )


def born(clause: Clause, tongue: Tongue, at: datetime) -> Iterator[Draft]:
    """The birthday that *clause* tells, and whose it is."""
    whose = tongue.born(clause.said)
    day, start, end = ("", 0, 0) if whose is None else birthday(clause.text, at)
    if day:
        yield Draft(
            "birthday", clause.text[start:end].removeprefix("on "), subject=whose or "", norm=day
        )


def _whole(draft: Draft) -> str:
    """The value as one reads it: whose name it is stands before a name."""
    value = draft.value.strip()
    if not (value and draft.slot in NAMED) or draft.side in {"", _NAME}:
        return value
    return f"{draft.side}{'' if _DENSE.match(draft.side) else ' '}{value}"


def _norm(draft: Draft) -> str:
    if draft.norm is not None:
        return draft.norm
    plain = normal(draft.value)
    if draft.slot == "pet" and plain and not draft.side:
        return f"{plain_side(_LOOKS.sub('', plain))}:"
    if draft.slot == "partner" and draft.side:
        return f"{_NAME}:{plain}"
    return f"{plain_side(normal(draft.side))}:{plain}" if draft.side else plain


def _since(quote: str, at: datetime) -> tuple[datetime | None, Precision]:
    """When it began or ended, where the clause names a time that is not ahead."""
    times = dates_in(quote, at, at.tzinfo) if at.tzinfo and _DATED.search(quote) else ()
    begun = next((one for one in times if one.moment <= at), None)
    return (begun.moment, begun.precision) if begun else (None, _UNTOLD)
