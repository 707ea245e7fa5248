"""What a failure before the first word says about the server it came from."""

import re
from typing import Final

from anima.errors import BackendUnavailable
from backend.reasons import Passing, TooLong

FAILING: Final = range(500, 600)
ANSWERED: Final = range(400, 500)

IN_STREAM: Final = re.compile(r"broke off with (\d+):")
"""A server that has begun its stream can name a status only inside of it."""


class Resting(BackendUnavailable):
    """The server failed lately and is left alone; nothing was waited for, somebody else may do."""


class AdapterRefused(BackendUnavailable):
    """The server is well and does not take the soul's adapter; the reason is for the owner."""


def status(error: BackendUnavailable) -> int:
    """The HTTP status behind *error*, or 0 where the server named none."""
    answered = getattr(error.__cause__, "status_code", None)
    if isinstance(answered, int):
        return answered
    named = IN_STREAM.search(str(error))
    return int(named[1]) if named else 0


def dead(error: BackendUnavailable) -> bool:
    """Whether nobody is there: no line, or silence until we gave up."""
    return error.connection


def failing(error: BackendUnavailable) -> bool:
    """Whether it is the server's own failure, which once is no proof of anything.

    A server that is busy is well, and so is one that cannot take this prompt or this adapter.
    """
    if status(error) in FAILING:
        return not isinstance(error, AdapterRefused)
    return not status(error) and not isinstance(error, AdapterRefused | Passing | TooLong)


def elsewhere(error: BackendUnavailable) -> bool:
    """Whether another replica may do better with the same question."""
    if isinstance(error, AdapterRefused | Passing | Resting):
        return True
    return status(error) not in ANSWERED and not isinstance(error, TooLong)
