"""What the talk of one version comes to, in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from memory.tables import feedback, turn

_NEWEST: Final = 1000
"""As many answers tell how quick a version is; what was measured long ago says little of today."""

_TURNS: Final = (
    select(turn.c.outcome, func.count(), func.sum(turn.c.slips))
    .where(
        turn.c.soul == bindparam("which"),
        turn.c.outcome.in_(("answered", "refused", "failed")),
    )
    .group_by(turn.c.outcome)
)
_VERDICTS: Final = (
    select(feedback.c.verdict, func.count())
    .where(feedback.c.soul == bindparam("which"))
    .group_by(feedback.c.verdict)
)
_FIRST_WORDS: Final = (
    select(turn.c.first_s)
    .where(
        turn.c.soul == bindparam("which"),
        turn.c.outcome == "answered",
        turn.c.first_s.is_not(None),
    )
    .order_by(turn.c.id.desc())
    .limit(_NEWEST)
)


@dataclass(frozen=True, slots=True)
class Figures:
    """How often one version answered and how that went; *first_*: seconds to the first word.

    *slips* are lines that would have broken the spell and were caught. Without an answer there is
    no time of one, and it is told as 0.
    """

    answers: int = 0
    good: int = 0
    bad: int = 0
    unlike: int = 0
    first_median_s: float = 0.0
    first_p95_s: float = 0.0
    refused: int = 0
    failed: int = 0
    slips: int = 0


def figures(connection: Connection, name: str) -> Figures:
    """The figures of the version *name*; all are 0 where it never spoke."""
    which = {"which": name}
    turns = {row[0]: (row[1], int(row[2])) for row in connection.execute(_TURNS, which)}
    verdicts = {row[0]: row[1] for row in connection.execute(_VERDICTS, which)}
    waits = sorted(connection.execute(_FIRST_WORDS, which).scalars())
    count = {outcome: times for outcome, (times, _) in turns.items()}
    return Figures(
        answers=count.get("answered", 0),
        good=verdicts.get("good", 0),
        bad=verdicts.get("bad", 0),
        unlike=verdicts.get("unlike", 0),
        first_median_s=median(waits) if waits else 0.0,
        first_p95_s=_p95(waits),
        refused=count.get("refused", 0),
        failed=count.get("failed", 0),
        slips=sum(slips for _, slips in turns.values()),
    )


def _p95(waits: Sequence[float]) -> float:
    """The wait that 19 of 20 do not exceed."""
    return waits[ceil(0.95 * len(waits)) - 1] if waits else 0.0
