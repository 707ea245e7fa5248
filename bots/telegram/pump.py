"""Hearing from Telegram by long polling: committed first, confirmed then."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from aiogram import Bot
from aiogram.exceptions import AiogramError

from anima.errors import SlowDown, Unavailable, Unreachable
from anima.pace import backoff_s
from anima.ports import Clock, Witness
from bots.telegram.client import GetRawUpdates
from bots.telegram.ear import Ear
from bots.telegram.incoming import ALLOWED
from bots.telegram.refusals import of_listening

T = TypeVar("T")

_POLL_S = 25
_ANSWER_S = 40
_DEAF_S = 90.0
"""Without a poll answered for so long we hear nothing, whatever the reason."""
_COURTESY_S = 0.02
"""A poll costs as much as a third of the way to the model: who was just heard goes first."""

_LONGEST_BACKOFF = 6
"""The sixth wait is as long as it gets: half a minute."""


class Pump:
    """The port `Bot` by polling.

    `getUpdates` confirms all that came before its offset, so the next one is called only when the
    ledger has it. Whatever goes wrong, it goes on; only a token that is not good ends it.
    """

    def __init__(self, bot: Bot, ear: Ear, clock: Clock, witness: Witness) -> None:
        self._bot = bot
        self._ear = ear
        self._clock = clock
        self._witness = witness
        self._offset: int | None = None
        self._failures = 0
        self._trouble = "not connected yet"
        self._answered_at: float | None = None

    async def run(self) -> None:
        while True:
            batch = await self._patiently(self._poll)
            if batch:
                await self._patiently(partial(self._ear.take, batch))
                await self._confirm(batch)
                await self._clock.sleep(_COURTESY_S)

    async def probe(self) -> None:
        """Raise `Unreachable` when we are deaf."""
        heard_at = self._answered_at
        if heard_at is None or self._failures:
            raise Unreachable(self._trouble)
        if (silent_s := self._clock.elapsed() - heard_at) > _DEAF_S:
            raise Unreachable(f"no poll was answered for {silent_s:.0f} s")

    async def _poll(self) -> Sequence[Any]:
        """The next batch. The first poll does not wait, so that we know at once whether we hear."""
        poll = GetRawUpdates(
            offset=self._offset,
            timeout=0 if self._answered_at is None else _POLL_S,
            limit=100,
            allowed_updates=list(ALLOWED),
        )
        try:
            batch = await self._bot(poll, request_timeout=_ANSWER_S)
        except AiogramError as error:
            raise of_listening(error) from error
        self._answered_at = self._clock.elapsed()
        return batch

    async def _confirm(self, batch: Sequence[Any]) -> None:
        """Let the next poll confirm *batch*; without any number in it there is nothing to do so."""
        numbers = [number for raw in batch if isinstance(number := _number(raw), int)]
        if numbers:
            self._offset = max(numbers) + 1
        else:
            await self._clock.sleep(backoff_s(_LONGEST_BACKOFF))

    async def _patiently(self, deed: Callable[[], Awaitable[T]]) -> T:
        while True:
            try:
                result = await deed()
            except SlowDown as error:
                await self._wait(str(error), error.retry_after)
            except Unavailable as error:
                await self._wait(str(error), backoff_s(min(self._failures + 1, _LONGEST_BACKOFF)))
            else:
                if self._failures:
                    self._witness.note("poll recovered")
                self._failures = 0
                return result

    async def _wait(self, trouble: str, seconds: float) -> None:
        if trouble != self._trouble or not self._failures:
            self._witness.note("poll failed", reason=trouble)
        self._failures += 1
        self._trouble = trouble
        await self._clock.sleep(seconds)


def _number(raw: object) -> object:
    return raw.get("update_id") if isinstance(raw, dict) else None
