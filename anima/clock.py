"""The clock on the wall."""

import asyncio
import time
from datetime import UTC, datetime


class SystemClock:
    """Time as the machine tells it; *elapsed* is not moved by a corrected wall clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def elapsed(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
