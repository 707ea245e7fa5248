"""How much one person, one group and everybody together may have of us."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime, time
from typing import Final, Literal, Protocol

from anima.ids import first_of
from anima.model import Claim, Heard
from anima.orders import Order
from anima.ports import Clock
from memory.standing import Counted, lately
from service.settings_manners import Limits

Limit = Literal["person", "group", "day", "house"]
"""*person* and *group* are of a minute; *day* is a person's of a day, *house* everybody's."""

FRESH_S: Final = 10.0
"""So long we believe what we knew of somebody's tokens: other processes answer them, too."""
_MOST_KNOWN: Final = 10_000
MOST_COUNTED: Final = 1000
"""A limit beyond that is none, for nobody speaks so fast; counting so far would take long."""


class Spending(Protocol):
    """What turns cost, in tokens, and whether people were told. Raises `LedgerUnavailable`."""

    async def of(self, address: str, since: int) -> int: ...

    async def all(self, since: int) -> int: ...

    async def told_here(self, place: int, reason: str, since: int) -> bool: ...

    async def told(self, address: str, reason: str, since: int) -> bool: ...


class Measure:
    """Compares what was with *limits*.

    Turns of the last minute come with the messages themselves, counted when they were claimed. The
    tokens of a day are asked for, and only where they are limited.
    """

    def __init__(self, limits: Limits, spending: Spending, clock: Clock) -> None:
        self._limits = limits
        self._spending = spending
        self._clock = clock
        self._known: OrderedDict[tuple[str, int], tuple[int, float]] = OrderedDict()

    async def excess(self, claim: Claim, heard: Sequence[Heard]) -> Limit | Literal[""]:
        """The limit that an answer to *heard* would pass."""
        newest, limits = heard[-1], self._limits
        if newest.lately >= limits.per_minute:
            return "person"
        if not claim.private and newest.crowd >= limits.per_group_minute:
            return "group"
        if limits.tokens_per_day and await self._spent(newest) >= limits.tokens_per_day:
            return "day"
        total = limits.tokens_per_day_total
        return "house" if total and await self._spent(None) >= total else ""

    async def told(self, order: Order, limit: Limit, reason: str) -> bool:
        """Whether it was said within the minute, or on the day, that there is this *limit*."""
        now = self._clock.now()
        since = lately(now) if limit in {"person", "group"} else _today(now)
        if limit in {"group", "house"}:
            return await self._spending.told_here(order.claim.id, reason, since)
        return await self._spending.told(order.heard.speaker.address, reason, since)

    async def _spent(self, heard: Heard | None) -> int:
        """The tokens of today: somebody's, or everybody's."""
        address = heard.speaker.address if heard else ""
        since = _today(self._clock.now())
        tokens, until = self._known.get((address, since), (0, 0.0))
        if self._clock.elapsed() >= until:
            spending = self._spending
            tokens = await (spending.of(address, since) if address else spending.all(since))
            self._known[address, since] = tokens, self._clock.elapsed() + FRESH_S
            self._known.move_to_end((address, since))
            if len(self._known) > _MOST_KNOWN:
                self._known.popitem(last=False)
        return tokens


def counted(limits: Limits) -> Counted:
    """How far turns must be counted to know whether they are too many."""
    return Counted(_within(limits.per_minute), _within(limits.per_group_minute))


def _within(limit: int) -> int:
    return limit if limit <= MOST_COUNTED else 0


def _today(now: datetime) -> int:
    """The first turn of the day, which begins at midnight UTC."""
    return first_of(datetime.combine(now.date(), time(), now.tzinfo))
