"""What a backend needs of the house, in the form that tests can look into."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

NOW: Final = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


class Notes:
    """The port Witness: keeps what it is told."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, dict[str, object]]] = []

    @property
    def told(self) -> list[tuple[object, object]]:
        """Which server went away for which reason, or came back for none."""
        told = [facts for event, facts in self.noted if event.startswith("backend ")]
        return [(facts["backend"], facts.get("reason", "")) for facts in told if "backend" in facts]

    def note(self, event: str, **facts: object) -> None:
        self.noted.append((event, facts))

    def broke(self, event: str, **facts: object) -> None:
        self.noted.append((event, facts))

    @contextmanager
    def about(self, **facts: object) -> Iterator[None]:
        yield


class HastyClock:
    """The port Clock: it is always `NOW`, and sleep is over at once and written down."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def now(self) -> datetime:
        return NOW

    def elapsed(self) -> float:
        return sum(self.slept)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)
