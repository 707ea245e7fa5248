"""Ids that rise with time and need no database to be unique."""

from datetime import datetime
from secrets import randbits

from anima.ports import Clock

_CHANCE_BITS = 20
"""A million ids a millisecond and process before chance could repeat one."""


def first_of(at: datetime) -> int:
    """No id that is given from *at* on is lower."""
    return int(at.timestamp() * 1000) << _CHANCE_BITS


class Ids:
    """Gives 63-bit ids: milliseconds since 1970, then chance; each larger than the one before."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        """The next id."""
        millisecond = int(self._clock.now().timestamp() * 1000)
        self._last = max(self._last + 1, millisecond << _CHANCE_BITS | randbits(_CHANCE_BITS))
        return self._last
