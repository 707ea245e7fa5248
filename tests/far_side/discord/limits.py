"""How often a call may be made: buckets that tell what is left, and refuse when nothing is."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from math import ceil

from aiohttp import web

from tests.far_side.discord.wire import Json, answered

WORDS = "You are being rate limited."


@dataclass(slots=True)
class Bucket:
    """*limit* calls in *per_s* seconds of the loop's time, for each place apart."""

    name: str
    limit: int
    per_s: float
    _used: dict[str, deque[float]] = field(default_factory=dict)

    def use(self, place: str) -> web.Response | None:
        """Count one call in *place*; the refusal when it is one too many."""
        used = self._fresh(place)
        if len(used) >= self.limit:
            response = too_many(self.left_s(place), scope="user")
            response.headers.update(self.headers(place))
            return response
        used.append(asyncio.get_running_loop().time())
        return None

    def headers(self, place: str) -> dict[str, str]:
        """What every answer tells about the bucket."""
        left = self.left_s(place)
        return {
            "X-RateLimit-Bucket": self.name,
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(max(self.limit - len(self._fresh(place)), 0)),
            "X-RateLimit-Reset": str(left),
            "X-RateLimit-Reset-After": f"{left:.3f}",
        }

    def left_s(self, place: str) -> float:
        """How long until the oldest call of *place* counts no more."""
        used = self._fresh(place)
        return max(used[0] + self.per_s - asyncio.get_running_loop().time(), 0) if used else 0

    def _fresh(self, place: str) -> deque[float]:
        used = self._used.setdefault(place, deque())
        while used and used[0] + self.per_s <= asyncio.get_running_loop().time():
            used.popleft()
        return used


def too_many(retry_after: float, *, everywhere: bool = False, scope: str = "") -> web.Response:
    """The refusal of a call that came too soon."""
    body: Json = {"message": WORDS, "retry_after": round(retry_after, 3), "global": everywhere}
    response = answered(body, 429)
    response.headers["Retry-After"] = str(ceil(retry_after))
    response.headers["Via"] = "1.1 google"
    response.headers["X-RateLimit-Scope"] = "global" if everywhere else scope or "user"
    if everywhere:
        response.headers["X-RateLimit-Global"] = "true"
    return response
