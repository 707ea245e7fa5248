"""How often somebody may do something."""

from collections import OrderedDict, deque

from anima.ports import Clock

_KNOWN = 10_000
"""Whom we have not seen for so many others may begin again."""


class Rate:
    """At most *most* times within *within_s*, for each name."""

    def __init__(self, clock: Clock, most: int, within_s: float) -> None:
        self._clock = clock
        self._most = most
        self._within_s = within_s
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def allows(self, name: str) -> bool:
        """Whether *name* may once more; then it counts."""
        now = self._clock.elapsed()
        times = self._times.setdefault(name, deque())
        self._times.move_to_end(name)
        if len(self._times) > _KNOWN:
            self._times.popitem(last=False)
        while times and now - times[0] >= self._within_s:
            times.popleft()
        if len(times) >= self._most:
            return False
        times.append(now)
        return True
