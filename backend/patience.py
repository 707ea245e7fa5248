"""How long we wait for a far side, at the price of one timer for many short waits."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Patience:
    """Bounds each of many waits that mostly end at once.

    It promises what `asyncio.timeout` does. That one arms and disarms a timer for each wait, which
    for the deltas of one answer took a fifth of all the time spent on reading it; here the timer
    stays armed and looks, when it fires, whether anybody still waits and since when.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[Any] | None = None
        self._until = 0.0
        self._late = False

    async def wait(self, coming: Coroutine[Any, Any, T], seconds: float) -> T:
        """What *coming* brings. Raises `TimeoutError` when that takes longer than *seconds*."""
        task = asyncio.current_task()
        cancels = task.cancelling() if task is not None else 0
        self._task, self._late = task, False
        self._until = self._loop.time() + seconds
        self._arm()
        try:
            return await coming
        except asyncio.CancelledError:
            if self._late and task is not None and task.uncancel() <= cancels:
                raise TimeoutError(f"nothing for {seconds:g} s") from None
            raise
        finally:
            self._task = None

    def close(self) -> None:
        """Leave no timer behind."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _arm(self) -> None:
        if self._timer is not None:
            if self._timer.when() <= self._until:
                return
            self._timer.cancel()
        self._timer = self._loop.call_at(self._until, self._look)

    def _look(self) -> None:
        self._timer = None
        if self._task is None:
            return
        if self._loop.time() < self._until:
            self._arm()
        else:
            self._late = True
            self._task.cancel()
