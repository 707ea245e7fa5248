"""Sleep: while nobody waits, talks become episodes and facts, and episodes weeks and months.

What it does is done in small steps. A step that is cut short, by a person who comes or by a crash,
leaves nothing behind and is done again.
"""

from asyncio import CancelledError
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, Protocol

from sqlalchemy import Connection

from anima.errors import Refused, Unavailable
from anima.ports import Clock
from memory.database import Database
from memory.longterm.keeping_facts import Episode, keep_episode
from memory.longterm.noting import note, stands
from memory.longterm.portions import Portion, due, give_back, has_more, is_ours, settle, take
from memory.longterm.spans import Span, Spans, keep_span
from persona.distil.episode import extracted
from persona.distil.noted import Distilled
from persona.distil.rollup import extracted_rollup
from persona.distil.told import language_of

TRIES: Final = 3
"""After so many in vain a talk is summed up without a model."""
RESTS: Final = timedelta(minutes=10)
"""How long a talk rests after the first failure; thrice as long after each other one."""
PATIENCE: Final = timedelta(days=1)
"""A talk that waited so long for a budget is summed up without a model."""

_FEWEST: Final = 3
"""Lines of an episode; less than that is no talk, and stands for itself."""


class Distils(Protocol):
    """A model that notes what a talk holds. Raises `Unavailable` and `Refused`."""

    def affords(self) -> bool:
        """Whether the budget of the day allows for another talk."""

    async def distil(self, portion: Portion) -> Distilled | None:
        """What *portion* holds, checked; None: somebody came who waits, so it was left."""

    async def roll_up(self, span: Span) -> str | None:
        """What a week or a month was about, checked, or empty; None as above."""


class Sleep:
    """Works in steps on what long-term memory holds, also beside others on the same database.

    *busy* tells whether somebody waits for an answer, *called* what a persona of the house is
    called; *zone* is where people's clocks are. Without *distils* it does without a model.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        busy: Callable[[], bool],
        called: Callable[[str], str] = str,
        distils: Distils | None = None,
        zone: tzinfo = UTC,
    ) -> None:
        self._database = database
        self._clock = clock
        self._busy = busy
        self._called = called
        self._distils = distils
        self._zone = zone
        self._spans = Spans(zone)

    async def step(self) -> bool:
        """Do one thing; False: there is nothing to do now. Raises `LedgerUnavailable`."""
        if self._busy():
            return False
        now = self._clock.now()
        waits = self._distils is not None and not self._distils.affords()
        rested = now - PATIENCE if waits else now
        portion = await self._database.read(lambda found: self._due(found, now, rested))
        if portion is not None:
            return await self._take(portion)
        span = await self._database.read(lambda found: self._spans.next(found, now))
        return span is not None and await self._roll_up(span)

    def _due(self, connection: Connection, now: datetime, rested: datetime) -> Portion | None:
        portion = due(connection, now, self._zone, rested)
        if portion is None:
            return None
        known = stands(connection, portion).shown(portion.lines, now)
        return replace(portion, ours=self._called(portion.persona), known=tuple(known))

    async def _take(self, portion: Portion) -> bool:
        now = self._clock.now()
        mine = await self._database.write(lambda found: take(found, portion, now), lasting=False)
        return await self._distil(mine) if mine else True

    async def _distil(self, portion: Portion) -> bool:
        if not self._asks(portion):
            return await self._keep(portion, self._plain(portion))
        try:
            distilled = await self._distils.distil(portion) if self._distils else None
        except (Unavailable, Refused):
            if portion.tries >= TRIES:
                return await self._keep(portion, self._plain(portion))
            rests = self._clock.now() + RESTS * 3 ** (portion.tries - 1)
            return await self._give_back(portion, portion.tries, rests)
        except CancelledError:  # we are stopped, which is no fault of this talk
            await self._give_back(portion, portion.tries - 1, portion.before)
            raise
        if distilled is None:
            return await self._give_back(portion, portion.tries - 1, portion.before)
        return await self._keep(portion, distilled)

    def _asks(self, portion: Portion) -> bool:
        """Whether a model is asked; a talk at which we died thrice is not tried again."""
        return self._distils is not None and self._distils.affords() and portion.tries <= TRIES

    def _plain(self, portion: Portion) -> Distilled:
        return Distilled((), extracted(portion.lines, portion.ours), "")

    async def _give_back(self, portion: Portion, tries: int, until: datetime | None) -> bool:
        await self._database.write(
            lambda found: give_back(found, portion, tries=tries, until=until), lasting=False
        )
        return False

    async def _keep(self, portion: Portion, distilled: Distilled) -> bool:
        now = self._clock.now()
        await self._database.write(
            lambda found: _write(found, portion, distilled, now), lasting=False
        )
        return True

    async def _roll_up(self, span: Span) -> bool:
        text: str | None = ""
        if self._distils is not None and self._distils.affords():
            try:
                text = await self._distils.roll_up(replace(span, ours=self._called(span.persona)))
            except (Unavailable, Refused):
                text = ""
        if text is None:
            return False
        kept = text or extracted_rollup(span.episodes) or span.episodes[0].text
        await self._database.write(lambda found: keep_span(found, span, kept), lasting=False)
        return True


def _write(connection: Connection, portion: Portion, distilled: Distilled, now: datetime) -> None:
    """Keep what came of *portion*, all in one; nothing if a line of it was forgotten meanwhile."""
    if not is_ours(connection, portion):
        give_back(connection, portion, tries=portion.tries - 1, until=portion.before)
        return
    note(connection, portion, distilled.noted, distilled.finder, now)
    text = distilled.episode
    if text and (len(portion.lines) >= _FEWEST or has_more(connection, portion)):
        origins = [portion.origin(line) for line in portion.lines]
        at = portion.lines[-1].at
        episode = Episode(text, at, portion.sitting, language_of(portion.lines))
        keep_episode(connection, origins, episode, portion.ids)
    settle(connection, portion)
