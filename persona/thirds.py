"""Counting by thirds of a talk: rates, how they move, and lines that should not be there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_FAR: Final = 0.35
"""A rate that has moved by so much between the first third and the last is another habit."""
LEAST: Final = 3
"""Fewer cases in a third say nothing of a habit."""
_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Reply:
    """All that the persona said at once, from *line* on, *asked* in one language, in *code*."""

    line: int
    text: str
    asked: str
    code: str


@dataclass(frozen=True, slots=True)
class Row:
    """A measure by thirds, `None` where there was nothing to count; *share*: of one."""

    name: str
    thirds: tuple[float | None, ...]
    share: bool = True


Measured = tuple[Row | None, list[str]]
"""A row of the table, and what it finds."""


def thirds(replies: Sequence[Reply]) -> list[Sequence[Reply]]:
    """*replies* cut in three, the first, the middle and the last."""
    ends = [round(len(replies) * part / 3) for part in range(4)]
    return [replies[start:end] for start, end in pairwise(ends)]


def _rate(replies: Sequence[Reply], holds: Callable[[Reply], bool]) -> float | None:
    return sum(map(holds, replies)) / len(replies) if replies else None


def by_thirds(
    name: str,
    replies: Sequence[Reply],
    holds: Callable[[Reply], bool],
    counts: Callable[[Reply], bool] = lambda _: True,
) -> tuple[Row, list[str]]:
    """The share of replies that hold something among those that count, and how it has moved."""
    counted = [[reply for reply in third if counts(reply)] for third in thirds(replies)]
    rates = [_rate(third, holds) for third in counted]
    enough = min(len(counted[0]), len(counted[-1])) >= LEAST
    return Row(name, tuple(rates)), moved(name, rates) if enough else []


def moved(name: str, rates: Sequence[float | None]) -> list[str]:
    """A finding if a rate is far from what it was at first."""
    first, last = rates[0], rates[-1]
    if first is None or last is None or abs(last - first) < _FAR:
        return []
    return [f"{name}: {first:.0%} of the first third, {last:.0%} of the last"]


def each(name: str, replies: Iterable[Reply]) -> list[str]:
    """One finding for all *replies* of a kind that should not be there."""
    lines = [str(reply.line) for reply in replies]
    if not lines:
        return []
    more = f" and {len(lines) - _SHOWN} more" if len(lines) > _SHOWN else ""
    return [f"{name}: line {', '.join(lines[:_SHOWN])}{more}"]
