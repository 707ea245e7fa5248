"""A loop that jumps over waiting, and the clock that goes with it."""

import asyncio
import selectors
import threading
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

START: Final = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)

PATIENCE_S: Final = 0.01
"""How long a socket or a thread may take before time moves; loopback answers in microseconds."""

QUIET_S: Final = 0.001
"""The same where nothing came since the last jump: timers that wake nobody come by hundreds."""

DESPAIR_S: Final = 5.0
"""How long we wait for a socket or a thread when no timer is left."""


class DeadlockError(RuntimeError):
    """Everybody waits for somebody else, for ever."""


class _Jumper(selectors.DefaultSelector):
    """Lets the loop's time jump where an ordinary selector would wait."""

    loop: "JumpingLoop"
    talking = False

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        events = super().select(0)
        if not events and timeout != 0:
            events = self._wait(timeout)
        self.talking = self.talking or any(key.fileobj is not self.wakeup for key, _ in events)
        return events

    @property
    def wakeup(self) -> object:
        """By which threads wake the loop: it was registered first."""
        return next(iter(self.get_map().values())).fileobj

    def _wait(self, timeout: float | None) -> list[tuple[selectors.SelectorKey, int]]:
        if self.loop.jobs:
            return super().select(DESPAIR_S)
        if self._outside_is_busy():
            events = super().select(self._patience_s() if timeout is not None else DESPAIR_S)
        else:  # a thread that ended between the two looks woke us before it did
            events = super().select(0)
        if not events:
            self.talking = False
            self.loop.jump(timeout)
        return events

    def _patience_s(self) -> float:
        return PATIENCE_S if self.talking else QUIET_S

    def _outside_is_busy(self) -> bool:
        wakeup_pipe = 1
        return len(self.get_map()) > wakeup_pipe or threading.active_count() > self.loop.threads


class JumpingLoop(asyncio.SelectorEventLoop):
    """When nothing is ready, time jumps to the next timer; without one it is a `DeadlockError`.

    Time moves by nothing else, so a test sees the same instants in each run. Work given to an
    executor is waited for. Sockets and threads of the test's own get `PATIENCE_S` of real time
    before each jump, which is plenty for both ends of a loopback line in one loop; what talks to
    another process belongs on an ordinary loop.
    """

    def __init__(self) -> None:
        self.jobs = 0
        self.threads = threading.active_count()
        self._time = 0.0
        selector = _Jumper()
        selector.loop = self
        super().__init__(selector)

    def time(self) -> float:
        return self._time

    def jump(self, seconds: float | None) -> None:
        """Move on by *seconds*; None when there is nothing to move to."""
        if seconds is None:
            raise DeadlockError("nothing will ever happen; waiting: " + self._waiting())
        self._time += seconds

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts
    ) -> asyncio.Future[T]:
        """As the loop does it, and time stands still until the work is done."""
        job = super().run_in_executor(executor, func, *args)
        self.jobs += 1
        job.add_done_callback(self._finished)
        return job

    def _finished(self, _job: asyncio.Future[Any]) -> None:
        self.jobs -= 1

    def _waiting(self) -> str:
        return "; ".join(sorted(_place(task) for task in asyncio.all_tasks(self))) or "no task"


def _place(task: asyncio.Task[Any]) -> str:
    frames = task.get_stack()
    where = f"{frames[-1].f_code.co_filename}:{frames[-1].f_lineno}" if frames else "not begun"
    return f"{task.get_name()} at {where}"


class JumpClock:
    """The port Clock over the running loop's time: it begins at `START`."""

    def now(self) -> datetime:
        return START + timedelta(seconds=self.elapsed())

    def elapsed(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
