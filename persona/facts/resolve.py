"""What becomes of what is known when something new is found: nothing is ever overwritten."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Final, Literal

from persona.facts.kinds import SINGLE, Fact, Slot, aspect
from persona.facts.sameness import same, tells_more

_DATED: Final[frozenset[Slot]] = frozenset(("plan",))
"""Slots of which the date is a part: the same thing on another day is another thing."""
_OPPOSITE: Final[tuple[tuple[Slot, Slot], ...]] = (("likes", "dislikes"), ("dislikes", "likes"))


@dataclass(frozen=True, slots=True)
class Known:
    """What is held already, since it was so (*since*) and until it was over; said last *at* then.

    *since* is the time of what is found where nobody told another.
    """

    id: int
    subject: str
    slot: Slot
    norm: str
    since: datetime
    at: datetime
    until: datetime | None = None
    negated: bool = False
    hearsay: bool = False


@dataclass(frozen=True, slots=True)
class Resolution:
    """What to do.

    `add` a row; `confirm` the target, which was said again; `supersede`: add a row and let the
    targets end at *ends*, superseded by it; `close`: let the targets end at *ends*, add no row;
    `nothing`. *over* is when what is added ended itself, for something newer is known.
    """

    kind: Literal["add", "confirm", "supersede", "close", "nothing"]
    targets: tuple[int, ...] = ()
    ends: datetime | None = None
    over: datetime | None = None


_NOTHING: Final = Resolution("nothing")


def resolve(current: Sequence[Known], found: Fact, at: datetime) -> Resolution:
    """What *found*, said *at* that time, changes in what is *current*."""
    holding = [one for one in current if _holds(one, found, at)]
    equal = [one for one in holding if one.slot == found.slot and _same(one, found)]
    if found.negated:
        return _denied(holding, equal, found, at)
    first_hand = [one for one in equal if not one.negated and _firm(one, found)]
    if first_hand:
        return _again(first_hand[0], found, at)
    return _changed(holding, equal, found, at)


def _holds(one: Known, found: Fact, at: datetime) -> bool:
    """Whether it is of the same subject and not over."""
    return one.subject == found.subject and (one.until is None or one.until > at)


def _same(one: Known, found: Fact) -> bool:
    if found.slot in _DATED and found.valid_from and one.since.date() != found.valid_from.date():
        return False
    return same(found.slot, one.norm, found.norm)


def _firm(one: Known, found: Fact) -> bool:
    """Whether *one* is as good a source: who it is about tells it better than another."""
    return found.hearsay or not one.hearsay


def _again(one: Known, found: Fact, at: datetime) -> Resolution:
    if tells_more(found.slot, found.norm, one.norm) and at >= one.at:
        return _superseded([one], found, at)
    return Resolution("confirm", (one.id,))


def _denied(
    holding: Iterable[Known], equal: Sequence[Known], found: Fact, at: datetime
) -> Resolution:
    """It is not so, or no longer: what said that it is ends; the denial itself is kept once."""
    said_so = [one for one in _meant(holding, equal, found) if not one.negated]
    ended = [one for one in said_so if one.at <= at and (one.hearsay or not found.hearsay)]
    if ended:
        return Resolution("close", tuple(one.id for one in ended), _end(ended, found, at))
    if said_so or not found.norm:
        return _NOTHING
    known = next((one.id for one in equal if one.negated), None)
    return Resolution("add") if known is None else Resolution("confirm", (known,))


def _meant(holding: Iterable[Known], equal: Sequence[Known], found: Fact) -> list[Known]:
    """What a denial is about: the same value, or all of a slot or an aspect that it names alone."""
    side = aspect(found.norm)
    if found.norm and found.norm != f"{side}:":
        return list(equal)
    return [one for one in holding if one.slot == found.slot and side in {"", aspect(one.norm)}]


def _changed(
    holding: Sequence[Known], equal: Iterable[Known], found: Fact, at: datetime
) -> Resolution:
    """It is new: what it contradicts ends, unless that was said later or at first hand."""
    against = list({one.id: one for one in chain(equal, _rivals(holding, found))}.values())
    if found.hearsay and any(not one.hearsay for one in against):
        return _NOTHING
    later = [one.since for one in against if one.at > at]
    if later:
        return Resolution("add", over=max(min(later), _start(found, at)))
    return _superseded(against, found, at) if against else Resolution("add")


def _rivals(holding: Iterable[Known], found: Fact) -> list[Known]:
    """What cannot be true together with *found*."""
    return [one for one in holding if not one.negated and _excludes(one, found)]


def _excludes(one: Known, found: Fact) -> bool:
    if one.slot == found.slot:
        return one.slot in SINGLE and aspect(one.norm) == aspect(found.norm)
    return (one.slot, found.slot) in _OPPOSITE and same(one.slot, one.norm, found.norm)


def _superseded(ended: Sequence[Known], found: Fact, at: datetime) -> Resolution:
    return Resolution("supersede", tuple(one.id for one in ended), _end(ended, found, at))


def _end(ended: Iterable[Known], found: Fact, at: datetime) -> datetime:
    """When they end: when the new thing began, and never before they did."""
    return max(_start(found, at), *(one.since for one in ended))


def _start(found: Fact, at: datetime) -> datetime:
    return found.valid_from or at
