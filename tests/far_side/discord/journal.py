"""What the platform saw: every call, every message of the bot, and who waits for them."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tests.far_side.discord.wire import Call, Json

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sent:
    """One message of the bot that was taken, as it was then; *raw* is the protocol's object."""

    channel_id: int
    text: str
    id: int
    nonce: str
    reply_to: int | None
    ephemeral: bool
    name: str
    raw: Json


class Journal:
    """Lists that only grow, and a way to wait for something to be in them."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.calls: list[Call] = []
        self.count: Counter[str] = Counter()
        self._turned = asyncio.Event()

    def called(self, call: Call) -> None:
        """Keep a call."""
        self.calls.append(call)
        self.count[call.name] += 1
        self.turned()

    def took(self, sent: Sent) -> None:
        """Keep a message of the bot."""
        self.sent.append(sent)
        self.turned()

    def turned(self) -> None:
        """Something has changed: whoever waits looks again."""
        turned, self._turned = self._turned, asyncio.Event()
        turned.set()

    async def until(self, condition: Callable[[], T | None], timeout: float) -> T:
        """What *condition* returns as soon as that is true; it is asked after every change."""
        try:
            async with asyncio.timeout(timeout):
                while not (value := condition()):
                    await self._turned.wait()
                return value
        except TimeoutError:
            raise AssertionError(self._missed(timeout)) from None

    def clear(self) -> None:
        """Forget everything; the lists stay the same objects."""
        self.sent.clear()
        self.calls.clear()
        self.count.clear()
        self.turned()

    def _missed(self, timeout: float) -> str:
        last = [(sent.channel_id, sent.text[:60]) for sent in self.sent[-5:]]
        return f"not within {timeout} s; calls: {dict(self.count)}; last sent: {last}"
