"""Says what somebody wanted to be reminded of, when it is due."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final, Protocol

from anima.errors import LedgerUnavailable
from anima.ports import Clock, Witness
from memory.reminders import Reminder

POLL_S: Final = 15.0
"""Another process may have been told of one, which does not ring here."""

_LEAST_S: Final = 1.0  # one that cannot be told yet shall not keep us running
_BATCH: Final = 20

_LINES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": "You wanted me to remind you: {}",
        "zh": "你让我提醒你：{}",
        "ja": "リマインドのお約束でした：{}",
        "ko": "알려 달라고 하셨던 일이에요: {}",
        "de": "Ich sollte dich erinnern: {}",
        "fr": "Tu voulais que je te rappelle : {}",
        "es": "Querías que te recordara: {}",
        "ru": "Ты просил напомнить: {}",
    }
)


class Waiting(Protocol):
    """The reminders that wait; all of it raises `LedgerUnavailable`."""

    async def due(self, now: datetime, limit: int) -> tuple[Reminder, ...]: ...

    async def next_due(self) -> datetime | None: ...

    async def tell(self, reminder: Reminder, line: str) -> bool: ...


class Reminding:
    """A worker. Any number of processes may run one: whoever tells a reminder first has told it."""

    def __init__(self, reminders: Waiting, clock: Clock, witness: Witness) -> None:
        self._reminders = reminders
        self._clock = clock
        self._witness = witness
        self._rung = asyncio.Event()
        self._away = False

    def ring(self) -> None:
        """There is a new one, which may be due before we look again."""
        self._rung.set()

    async def run(self) -> None:
        """Tell each reminder when it is due, until cancelled."""
        while True:
            self._rung.clear()
            await self._rest(await self._round())

    async def _round(self) -> float:
        """Tell what is due; return after how many seconds to look again."""
        try:
            pause_s = await self._tell_all()
        except LedgerUnavailable as error:
            if not self._away:
                self._witness.note("reminders wait for the database", reason=str(error))
            self._away = True
            return POLL_S
        if self._away:
            self._witness.note("reminders go on")
        self._away = False
        return pause_s

    async def _tell_all(self) -> float:
        for reminder in await self._reminders.due(self._clock.now(), _BATCH):
            if await self._reminders.tell(reminder, line(reminder)):
                self._witness.note("reminded", reminder=reminder.id)
        due = await self._reminders.next_due()
        if due is None:
            return POLL_S
        return min(max((due - self._clock.now()).total_seconds(), _LEAST_S), POLL_S)

    async def _rest(self, seconds: float) -> None:
        async with asyncio.TaskGroup() as group:
            waits = [
                group.create_task(self._clock.sleep(seconds)),
                group.create_task(self._ringing()),
            ]
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            for wait in waits:
                wait.cancel()

    async def _ringing(self) -> None:
        await self._rung.wait()


def line(reminder: Reminder) -> str:
    """The persona's line for *reminder*, in the person's language or in English."""
    return _LINES.get(reminder.language, _LINES["en"]).format(reminder.text)
