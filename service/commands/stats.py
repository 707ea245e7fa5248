"""`/stats`: how the house did today and in the last seven days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Protocol

from anima.orders import Obeyed
from anima.ports import Clock
from memory.days import Days
from service.commands import stats_words as say
from service.commands.table import Wish
from service.commands.words import Language, Words, listed

_WEEK: Final = timedelta(days=6)


class Counts(Protocol):
    """Counts what happened. Raises `LedgerUnavailable`."""

    async def since(self, then: datetime) -> Days: ...


@dataclass(frozen=True, slots=True)
class Spent:
    """Calls of the model that nobody waited for: those of today, and how many there may be."""

    used: int
    most: int


@dataclass(frozen=True, slots=True)
class Stats:
    """Tells the figures. *spent* knows the calls that this process made for memory."""

    counts: Counts
    spent: Callable[[], Spent]
    clock: Clock

    async def stats(self, wish: Wish) -> Obeyed:
        """`/stats`: days begin at midnight UTC."""
        now, language = self.clock.now(), wish.language
        today = datetime.combine(now.date(), time(), now.tzinfo)
        lines = [
            *self._told(say.TODAY, await self.counts.since(today), language),
            *self._told(say.WEEK, await self.counts.since(today - _WEEK), language),
        ]
        spent = self.spent()
        lines.append(say.BACKGROUND.to(language, used=spent.used, most=spent.most))
        return Obeyed("\n".join(lines))

    def _told(self, title: Words, days: Days, language: Language) -> list[str]:
        turns = [
            say.TURNS.to(language, outcome=word.to(language), count=days.turns[kind])
            for kind, word in say.OUTCOMES.items()
            if days.turns.get(kind)
        ]
        first = say.SECONDS.to(language, seconds=f"{days.first_s:.1f}") if days.first_s else "–"
        lines = [
            title.to(language),
            say.PEOPLE.to(language, people=days.people, places=days.places),
            say.ALL_TURNS.to(language, turns=listed(turns, language) or "–"),
            say.TOKENS.to(language, prompt=f"{days.prompt:,}", completion=f"{days.completion:,}"),
            say.FIRST.to(language, first=first),
        ]
        return lines if days.whole else [*lines, say.NEWEST.to(language)]
