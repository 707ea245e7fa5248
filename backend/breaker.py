"""A server that died is left alone and looked after, so that nobody waits for it in vain."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import aclosing
from contextvars import Context
from types import TracebackType
from typing import Any, Final, Self

from anima.errors import BackendUnavailable, Refused
from anima.model import Delta, Prompt, Soul
from anima.ports import Clock, Witness
from backend.checkup import checkup
from backend.later import Server
from backend.signs import Resting, dead, failing

IN_A_ROW: Final = 3
"""So many answers that are the server's own failure make it a dead one."""

APART_S: Final = 1.0
"""However many ask for it, a server that is away is not looked at more often."""

PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 30.0


class Breaker:
    """The port Backend over one *server*, which is not asked while it is away.

    It is away after it was silent, after a dead line, or after a row of failures, each before the
    first delta. A question with somebody else to ask then fails at once with `Resting`; one
    without waits for a short look at the server that all share. It is looked at in the background
    too; the witness hears when it goes and when it is back. To be entered before the first
    question; the server is closed by whoever built it.
    """

    def __init__(
        self,
        server: Server,
        name: str,
        *,
        clock: Clock,
        witness: Witness,
    ) -> None:
        self.name = name
        self._server = server
        self._clock = clock
        self._witness = witness
        self._trouble: BackendUnavailable | None = None
        self._since = 0.0
        self._looked: float | None = None
        self._row = 0
        self._life = 0  # questions of an earlier one say nothing about the server of today
        self._soul: Soul | None = None
        self._group = asyncio.TaskGroup()
        self._watching: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[None] | None = None
        self._over = False

    @property
    def away(self) -> str:
        """Why the server is not asked; empty while it is."""
        return "" if self._trouble is None else str(self._trouble) or "it gave no reason"

    def resting(self) -> Resting | None:
        """What a question fails with while it is away."""
        trouble = self._trouble
        return None if trouble is None else Resting(self.away, connection=trouble.connection)

    async def stream(self, prompt: Prompt, soul: Soul) -> AsyncGenerator[Delta, None]:
        await self._admit(soul)
        life, begun = self._life, False
        try:
            async with aclosing(self._server.stream(prompt, soul)) as deltas:
                async for delta in deltas:
                    if not begun:
                        begun = True
                        self._answered(life)
                    yield delta
        except BackendUnavailable as error:
            if not begun:
                self._failed(error, soul, life)
            raise
        except Refused:
            self._answered(life)
            raise
        self._answered(life)

    async def probe(self) -> None:
        """Raise `BackendUnavailable` while it is away, or when it does not answer now."""
        self._check()
        await self._server.probe()

    async def look(self) -> None:
        """See now whether the server is back, together with all who ask meanwhile."""
        if self._looking is None or self._looking.done():
            if self._over or self._soul is None or not self._due():
                return
            self._looking = self._begin(self._look(self._soul))
        await asyncio.wait({self._looking})

    async def __aenter__(self) -> Self:
        await self._group.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over = True
        for task in (self._watching, self._looking):
            if task is not None:
                task.cancel()
        # an error of the body goes on as it is, not wrapped in a group; being cancelled is a
        # matter between the task and its group
        if not isinstance(error, asyncio.CancelledError):
            kind = error = trace = None
        await self._group.__aexit__(kind, error, trace)

    async def _admit(self, soul: Soul) -> None:
        if self._trouble and not soul.fallback:
            await self.look()
        self._check()

    def _check(self) -> None:
        if resting := self.resting():
            raise resting from self._trouble

    def _answered(self, life: int) -> None:
        if life == self._life:
            self._row = 0

    def _failed(self, error: BackendUnavailable, soul: Soul, life: int) -> None:
        if self._trouble or life != self._life:
            return
        self._row = self._row + 1 if failing(error) else 0
        if dead(error) or self._row >= IN_A_ROW:
            self._leave(error, soul)

    def _leave(self, error: BackendUnavailable, soul: Soul) -> None:
        self._trouble = error
        self._soul, self._since, self._looked = soul, self._clock.elapsed(), None
        self._witness.note("backend away", backend=self.name, reason=self.away)
        if not self._over:
            self._watching = self._begin(self._watch())

    def _return(self) -> None:
        self._trouble, self._row, self._life = None, 0, self._life + 1
        if self._watching is not None:
            self._watching.cancel()
        seconds = round(self._clock.elapsed() - self._since, 1)
        self._witness.note("backend back", backend=self.name, seconds=seconds)

    async def _watch(self) -> None:
        """Look after the server, ever less often, until it is back."""
        pause_s = PAUSE_S
        while True:
            await self._clock.sleep(pause_s)
            await self.look()
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)

    def _due(self) -> bool:
        long_ago = self._looked is None or self._clock.elapsed() - self._looked >= APART_S
        return self._trouble is not None and long_ago

    async def _look(self, soul: Soul) -> None:
        trouble = await checkup(self._server, soul)
        self._looked = self._clock.elapsed()
        if trouble is None:
            self._return()
        else:
            self._trouble = trouble

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Ours to end, and nothing of the conversation in which it began clings to it."""
        return self._group.create_task(work, context=Context())
