"""How a persona stands to one person: near or far, since when, and when they last met.

It grows slowly and by meeting on many days: neither a thousand messages nor the warmest words of
one evening make a friend, and no quarrel of one day ends a friendship.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import isfinite
from types import MappingProxyType
from typing import Final, Literal

from anima.bonds import Relation
from persona.feeling import feeling
from persona.spans import days_until, span

Stage = Literal["stranger", "acquaintance", "friend", "close"]

STEP: Final = 0.03
"""By so much one turn changes closeness at most, either way."""
DAY: Final = 0.03
"""So much it grows at once at most; then it takes a day until as much may come again."""
DAY_LOST: Final = 0.06
"""So much of it is lost at once at most, and again after a day."""

_AGAIN: Final = 0.012  # for meeting again after a night
_TURN: Final = 0.003
_ASIDE: Final = 0.0005  # of a turn in a group that was not said to us
_WARM: Final = 0.01
_HOSTILE: Final = 0.02
_READ: Final = 30
_NIGHT: Final = timedelta(hours=8)
_A_DAY: Final = timedelta(days=1)

_PATIENCE: Final = timedelta(days=30)
"""So long a silence costs nothing."""
_HALF: Final = timedelta(days=540)
_KEPT: Final = 0.5  # the share of it that no silence takes

_STAGES: Final[tuple[tuple[float, Stage], ...]] = (
    (0.65, "close"),
    (0.3, "friend"),
    (0.06, "acquaintance"),
)
_TOLD: Final[Mapping[Stage, str]] = MappingProxyType(
    {
        "stranger": "still a stranger",
        "acquaintance": "an acquaintance",
        "friend": "a friend",
        "close": "close to you",
    }
)
_AT_ONCE: Final = timedelta(hours=6)
"""After so short a pause midnight makes no difference."""


def stage(relation: Relation) -> Stage:
    """What people would call it."""
    return next((name for least, name in _STAGES if relation.closeness >= least), "stranger")


def met(
    relation: Relation | None, texts: Sequence[str], at: datetime, *, addressed: bool
) -> Relation:
    """*relation* after a turn in which the person said *texts*, to us where *addressed*."""
    if relation is None:
        relation = Relation(0.0, 0, at, at)
    now = faded(relation, at)
    again = not relation.turns or at - relation.last_at >= _NIGHT
    wanted = _change(texts, now.closeness, again=again) if addressed else _ASIDE
    change = _within(now.lately + _within(wanted, -STEP, STEP), -DAY_LOST, DAY) - now.lately
    closeness = _within(now.closeness + change, 0.0, 1.0)
    return replace(
        now,
        closeness=closeness,
        turns=now.turns + 1,
        last_at=max(now.last_at, at.astimezone(UTC)),
        lately=now.lately + closeness - now.closeness,
    )


def faded(relation: Relation, now: datetime) -> Relation:
    """*relation* as a silence until *now* leaves it: after long, a little farther, never gone."""
    gap = max(timedelta(), now - relation.last_at)
    left = _KEPT + (1 - _KEPT) * 0.5 ** (max(timedelta(), gap - _PATIENCE) / _HALF)
    lately = _within(relation.lately, -DAY_LOST, DAY)
    back = (DAY if lately > 0 else DAY_LOST) * (gap / _A_DAY)
    return replace(
        relation,
        closeness=_within(relation.closeness, 0.0, 1.0) * left,
        last_at=relation.last_at.astimezone(UTC),
        lately=max(0.0, lately - back) if lately > 0 else min(0.0, lately + back),
    )


def stands(relation: Relation | None, now: datetime, *, owner: bool) -> str:
    """The English line on where they stand; *now* tells the days, by the zone that it is in."""
    belongs = ["the one you belong to"] if owner else []
    if relation is None:
        return "; ".join([*(belongs or ["a stranger"]), "these are their first words to you"])
    near = stage(faded(relation, now))
    told = [] if owner and near in {"stranger", "acquaintance"} else [_TOLD[near]]
    return "; ".join([*belongs, *told, *_known(relation, now)])


def _known(relation: Relation, now: datetime) -> Iterator[str]:
    """Since when they know each other, and when they last met unless that is a moment ago."""
    known = -days_until(relation.first_at, now)
    gap = -days_until(relation.last_at, now)
    if known > max(gap, 0):
        yield f"you have known each other for {span(known)}"
    elif gap <= 0:
        yield "you met today"
    if gap == 1 and now - relation.last_at > _AT_ONCE:
        yield "last met yesterday"
    elif gap > 1:
        yield f"you meet again after {span(gap)}"


def _change(texts: Sequence[str], closeness: float, *, again: bool) -> float:
    """What a turn that is said to us brings; hostile words bring nothing but their harm."""
    warmth = _within(sum(feeling(text).warmth for text in texts[-_READ:]), -1.0, 1.0)
    if warmth < 0:
        return _HOSTILE * warmth
    return (1 - closeness) * (_TURN + _AGAIN * again + _WARM * warmth)


def _within(value: float, least: float, most: float) -> float:
    """*value* within its bounds; what is no number is nothing."""
    return max(least, min(most, value)) if isfinite(value) else 0.0
