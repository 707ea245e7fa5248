"""What time it is with somebody who has not said so: guessed from the hours in which they write."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

LEAST: Final = 30
"""Messages that a guess rests on,"""
LEAST_DAYS: Final = 5
"""of so many days."""

_NIGHT: Final = 7
"""Hours in a row in which people sleep,"""
_MIDDLE: Final = 3.5
"""and the hour by their clock in the middle of it."""
_NOISE: Final = 0.03
"""The share of messages that a sleepless night may bring."""
_HALF: Final = 12


def guessed(written: Sequence[datetime]) -> timezone | None:
    """The zone of somebody who has *written* at these times; None: nothing to be sure of."""
    if len(written) < LEAST or len({at.astimezone(UTC).date() for at in written}) < LEAST_DAYS:
        return None
    by_hour = Counter(at.astimezone(UTC).hour for at in written)
    nights = {hour: sum(by_hour[(hour + n) % 24] for n in range(_NIGHT)) for hour in range(24)}
    least = min(nights.values())
    quietest = [hour for hour, count in nights.items() if count == least]
    if least > _NOISE * len(written) or not _is_one_run(quietest):
        return None
    return timezone(timedelta(hours=_offset(_middle(quietest))))


def _is_one_run(hours: Sequence[int]) -> bool:
    """Whether *hours* stand side by side round the clock, and tell one night."""
    gaps = [(after - hour) % 24 for hour, after in zip(hours, [*hours[1:], hours[0]], strict=True)]
    return len(hours) <= _HALF // 2 and sum(gap > 1 for gap in gaps) <= 1


def _middle(hours: Sequence[int]) -> float:
    """The middle hour of the night, in UTC, over all nights that begin at one of *hours*."""
    begins = next((hour for hour in hours if (hour - 1) % 24 not in hours), hours[0])
    return begins + (len(hours) - 1) / 2 + _NIGHT / 2


def _offset(middle: float) -> int:
    """Hours that are ahead of UTC where *middle* is half past three."""
    ahead = round(_MIDDLE - middle) % 24
    return ahead - 24 if ahead > _HALF else ahead
