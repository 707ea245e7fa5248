"""How any server of models is asked: with patience, again where that may help, and no longer."""

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, suppress
from typing import Any, Final, Protocol

from anima.errors import AnimaError, BackendUnavailable
from anima.model import Delta, Prompt
from anima.ports import Clock, Witness
from backend.limits import TAIL_S, Limits
from backend.patience import Patience
from backend.reasons import Passing, TooLong
from backend.trimming import trimmed

PAUSE_S: Final = 0.5
LONGEST_PAUSE_S: Final = 8.0

TRIMS: Final = 4
"""A prompt of which a sixteenth is still too long has another trouble than its length."""


class Answering(Protocol):
    """A server that has taken a question. It raises our errors and no others."""

    def next(self) -> Coroutine[Any, Any, Delta | None]:
        """The next delta, or None when the answer is whole."""

    def hear_out(self) -> Coroutine[Any, Any, None]:
        """Wait for what may follow a whole answer."""

    def left(self) -> tuple[Delta, ...]:
        """What came and was not given out."""

    async def close(self) -> None:
        """Hang up at once, in mid-answer too."""


Ask = Callable[[Prompt], Awaitable[Answering]]
"""Puts one question to the server. Raises our errors and no others."""


class Asking:
    """Turns one way to *ask* into what the port Backend promises, within *limits*.

    Before the first delta it asks again: after a pause where the trouble may pass, and at once with
    less talk where the prompt is too long. After the first delta each trouble is told.
    """

    def __init__(
        self,
        limits: Limits,
        clock: Clock,
        witness: Witness,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._limits = limits
        self._clock = clock
        self._witness = witness
        self._chance = chance

    async def deltas(self, prompt: Prompt, ask: Ask) -> AsyncGenerator[Delta, None]:
        """The answer as it is made."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        answering, delta = await self._begin(prompt, ask)
        left_s = self._limits.total_s - (loop.time() - began)
        between_s = self._limits.between_s
        patience = Patience()
        try:
            while delta is not None:
                yield delta
                began = loop.time()
                try:
                    delta = await patience.wait(answering.next(), min(left_s, between_s))
                except TimeoutError as error:
                    raise BackendUnavailable("the server fell silent", connection=True) from error
                left_s -= loop.time() - began
            # the answer is whole: what comes now are counts, and no trouble makes it less
            with suppress(TimeoutError, AnimaError):
                await patience.wait(answering.hear_out(), TAIL_S)
            for delta in answering.left():
                yield delta
        finally:
            patience.close()
            await answering.close()

    async def _begin(self, prompt: Prompt, ask: Ask) -> tuple[Answering, Delta | None]:
        """An answer and its first delta, after as many attempts as the limits allow."""
        limit_s = min(self._limits.first_s, self._limits.total_s)
        deadline = asyncio.get_running_loop().time() + limit_s
        try:
            async with asyncio.timeout_at(deadline):
                return await self._persist(prompt, ask, deadline)
        except TimeoutError as error:
            raise BackendUnavailable(f"no word in {limit_s:g} s", connection=True) from error

    async def _persist(
        self, prompt: Prompt, ask: Ask, deadline: float
    ) -> tuple[Answering, Delta | None]:
        attempt = trims = 0
        while True:
            try:
                return await _begun(prompt, ask)
            except TooLong:
                shorter = trimmed(prompt) if trims < TRIMS else None
                if shorter is None:
                    raise
                trims += 1
                self._witness.note("prompt trimmed", dropped=len(prompt) - len(shorter))
                prompt = shorter
                continue
            except Passing as trouble:
                attempt += 1
                pause_s = self._pause_s(attempt, trouble)
                left_s = deadline - asyncio.get_running_loop().time()
                if attempt > self._limits.retries or pause_s >= left_s:
                    raise
                reason = str(trouble)
                self._witness.note("backend retry", attempt=attempt, reason=reason)
            await self._clock.sleep(pause_s)

    def _pause_s(self, attempt: int, trouble: Passing) -> float:
        """As long as the server asks for, else ever longer, and not in step with others."""
        if trouble.after_s is not None:
            return trouble.after_s
        pause_s = min(PAUSE_S * 2.0 ** (attempt - 1), LONGEST_PAUSE_S)
        return pause_s * (0.75 + self._chance() / 2)


async def _begun(prompt: Prompt, ask: Ask) -> tuple[Answering, Delta | None]:
    """An answer that has come to its first delta; what fails until then is closed."""
    answering = await ask(prompt)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(answering.close)
        delta = await answering.next()
        stack.pop_all()
    return answering, delta
