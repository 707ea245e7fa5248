"""The updates that the bot has not confirmed, and the one poll that waits for more."""

import asyncio
from collections import deque
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Final

from tests.far_side.botapi.wire import Json, Refusal, dumps

# Left out unless a bot names them: the platform's own rule.
_ON_DEMAND: Final = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_MOST: Final = 100
_LONGEST_POLL_S: Final = 50
_CONFLICT: Final = "Conflict: "
_OTHER: Final = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
_HOOKED: Final = (
    "can't use getUpdates method while webhook is active;"
    " use deleteWebhook to delete the webhook first"
)


@dataclass(frozen=True, slots=True)
class Pending:
    """One update, written once; *id* is 0 when it is such nonsense that it has none."""

    id: int
    body: bytes


class Inbox:
    """Updates in order. *allowed* is what the bot asked for last; None: the platform's default."""

    def __init__(self, turned: Callable[[], None]) -> None:
        self.allowed: frozenset[str] | None = None
        self.confirmed = 0
        self.hooked = asyncio.Event()
        self._turned = turned
        self._last = 0
        self._queue: deque[Pending] = deque()
        self._repeats: deque[Pending] = deque()
        self._poll: asyncio.Future[None] | None = None

    def __len__(self) -> int:
        return len(self._queue) + len(self._repeats)

    def next_id(self) -> int:
        """An id that no update has had."""
        return self._last + 1

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for updates of this kind."""
        return kind not in _ON_DEMAND if self.allowed is None else kind in self.allowed

    def ask_for(self, kinds: Collection[str] | None) -> None:
        """Remember what the bot wants from now on; None changes nothing, nothing is the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def queue(self, update: object) -> None:
        """Add *update* at the end, whatever it is."""
        number = update.get("update_id") if isinstance(update, dict) else None
        if isinstance(number, int):
            self._last = max(self._last, number)
        else:
            number = self._last
        self._queue.append(Pending(number, dumps(update)))
        self._wake()

    def repeat(self, update: Json) -> None:
        """Deliver *update* once more, confirmed or not."""
        self._repeats.append(Pending(update["update_id"], dumps(update)))
        self._wake()

    async def poll(
        self, offset: int, limit: int, timeout_s: int, heard: Callable[[], bool]
    ) -> bytes:
        """The JSON list of what waits from *offset* on; ends an older poll that still waits.

        *heard* tells whether the bot is still there for the answer, or was killed meanwhile.
        """
        if self.hooked.is_set():
            raise Refusal(409, _CONFLICT + _HOOKED)
        self._end_poll(_OTHER)
        self._confirm(offset)
        if not self and timeout_s > 0:
            await self._wait(min(timeout_s, _LONGEST_POLL_S))
        if not heard():
            return b"[]"
        return self._batch(min(max(limit, 1), _MOST))

    def hook(self, *, active: bool) -> None:
        """Switch between pushing and polling."""
        if not active:
            self.hooked.clear()
            return
        self.hooked.set()
        self._end_poll("terminated by setWebhook request")

    def first(self) -> Pending | None:
        """What is to be pushed next."""
        line = self._repeats or self._queue
        return line[0] if line else None

    def pushed(self, update: Pending) -> None:
        """*update* has been taken by the bot."""
        for line in (self._repeats, self._queue):
            if line and line[0] is update:
                line.popleft()
                self.confirmed = max(self.confirmed, update.id)
        self._turned()

    def clear(self) -> None:
        """Drop all that waits."""
        self._queue.clear()
        self._repeats.clear()
        self._turned()

    def _wake(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        self._turned()

    def _end_poll(self, reason: str) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(Refusal(409, _CONFLICT + reason))

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = self._queue[max(offset, -len(self._queue))].id if self._queue else 0
        dropped = False
        while self._queue and self._queue[0].id < offset:
            self.confirmed = max(self.confirmed, self._queue.popleft().id)
            dropped = True
        if dropped:
            self._turned()

    async def _wait(self, timeout_s: int) -> None:
        mine = self._poll = asyncio.get_running_loop().create_future()
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(timeout_s):
                    await mine
        finally:
            if self._poll is mine:
                self._poll = None

    def _batch(self, limit: int) -> bytes:
        repeats = [self._repeats.popleft() for _ in range(min(limit, len(self._repeats)))]
        rest = islice(self._queue, limit - len(repeats))
        return b"[" + b",".join(one.body for one in (*repeats, *rest)) + b"]"
