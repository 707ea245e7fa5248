"""Whether two values of a slot say the same, decided by their letters alone."""

import re
from typing import Final

from persona.facts.kinds import Slot

_ALIKE: Final = 0.8
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_MONTH_AND_DAY: Final = 5  # letters of 05-12


def same(slot: Slot, one: str, other: str) -> bool:
    """Whether the norms *one* and *other* are of one thing: equal numbers, nearly equal letters."""
    if one == other:
        return True
    if slot == "birthday":
        return bool(one and other) and _same_day(one, other)
    if sorted(_NUMBER.findall(one)) != sorted(_NUMBER.findall(other)):
        return False
    return alike(one, other) >= _ALIKE


def tells_more(slot: Slot, one: str, than: str) -> bool:
    """Whether *one* is the birthday *than* with its year."""
    return slot == "birthday" and len(one) > len(than) >= _MONTH_AND_DAY and _same_day(one, than)


def alike(one: str, other: str) -> float:
    """How many of their pairs of letters both have, of 1."""
    ours, theirs = _pairs(one), _pairs(other)
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


def _same_day(one: str, other: str) -> bool:
    """Months and days are equal, and years where both tell one."""
    short = min(len(one), len(other))
    return short >= _MONTH_AND_DAY and one[-short:] == other[-short:]


def _pairs(norm: str) -> frozenset[str]:
    return frozenset(norm[at : at + 2] for at in range(len(norm) - 1))
