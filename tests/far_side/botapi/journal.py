"""What the platform saw: every call, every message that was taken, and who waits for them."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tests.far_side.botapi.wire import Json, Params

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it came in."""

    method: str
    params: Params
    at_monotonic: float


@dataclass(frozen=True, slots=True)
class Sent:
    """One message of the bot, as people see it; *file_id* is the one of what came along."""

    chat_id: int
    text: str
    message_id: int
    at_monotonic: float
    entities: tuple[Json, ...] = ()
    reply_to: int | None = None
    kind: str = "text"
    file_id: str = ""
    thread: int | None = None
    connection: str = ""
    buttons: tuple[Json, ...] = ()


class Journal:
    """Lists that only grow, and a way to wait for something to be in them."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.calls: list[Call] = []
        self.count: Counter[str] = Counter()
        self._watchers = 0
        self._turned = asyncio.Event()

    def called(self, method: str, params: Params) -> None:
        """Keep a call."""
        self.calls.append(Call(method, params, time.monotonic()))
        self.count[method] += 1
        self.turned()

    def took(self, sent: Sent) -> None:
        """Keep a message of the bot."""
        self.sent.append(sent)
        self.turned()

    def turned(self) -> None:
        """Something has changed: whoever waits looks again."""
        if self._watchers:
            self._turned.set()
            self._turned = asyncio.Event()

    async def until(self, condition: Callable[[], T | None], timeout: float | None = 10) -> T:
        """What *condition* returns as soon as that is true; it is asked after every change."""
        self._watchers += 1
        try:
            async with asyncio.timeout(timeout):
                while not (value := condition()):
                    await self._turned.wait()
                return value
        except TimeoutError:
            raise AssertionError(self._missed(timeout)) from None
        finally:
            self._watchers -= 1

    def clear(self) -> None:
        """Forget everything; the lists stay the same objects."""
        self.sent.clear()
        self.calls.clear()
        self.count.clear()
        self.turned()

    def _missed(self, timeout: float | None) -> str:
        last = [(sent.chat_id, sent.text[:60]) for sent in self.sent[-5:]]
        return f"not within {timeout} s; calls: {dict(self.count)}; last sent: {last}"
