"""What a line tells, without what it tells twice."""

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Final

from persona.facts.kinds import Fact, Found, Slot, Wish, aspect
from persona.facts.made import NAMED
from persona.facts.rule import Draft

_TAKEN: Final[frozenset[Slot]] = NAMED | {"allergy"}
_LESS: Final[frozenset[Slot]] = frozenset(("name", "likes", "dislikes"))


def different(told: Iterable[Draft]) -> Iterator[Draft]:
    """Those of *told* that no better one speaks of: the name of a pet is nobody else's."""
    drafts = list(told)
    taken = {one.value for one in drafts if one.slot in _TAKEN}
    seen = set()
    for one in drafts:
        key = one.slot, one.value, one.subject
        if key not in seen and not (one.slot in _LESS and one.value in taken):
            seen.add(key)
            yield one


def once(found: Sequence[Found]) -> Iterator[Found]:
    """*found* without what is told twice, and without cats and sons where one is named."""
    seen: set[object] = set()
    sides = [(one.slot, aspect(one.norm)) for one in found if isinstance(one, Fact) and _names(one)]
    harmful = {one.norm for one in found if isinstance(one, Fact) and one.slot == "allergy"}
    for one in found:
        key = one if isinstance(one, Wish) else (one.slot, one.subject, one.norm, one.negated)
        if key not in seen and not (isinstance(one, Fact) and _told_better(one, sides, harmful)):
            seen.add(key)
            yield one


def _names(one: Fact) -> bool:
    """Whether it is the name of a pet or of somebody near."""
    return one.slot in NAMED and ":" in one.norm.rstrip(":")


def _told_better(one: Fact, sides: Iterable[tuple[Slot, str]], harmful: Container[str]) -> bool:
    """Whether the line names who it is, or says that one cannot bear what one dislikes."""
    if one.slot == "dislikes":
        return one.norm in harmful
    if one.negated or _names(one):
        return False
    return any(slot == one.slot and side in one.norm for slot, side in sides)
