"""`/stats`: how the house did today and in the last seven days."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Protocol

from anima.orders import Obeyed
from anima.ports import Clock
from memory.budget import Spent
from memory.days import Days
from memory.impulses import PURPOSE as INITIATIVE
from service.commands import stats_words as say
from service.commands.table import Wish
from service.commands.words import Language, Words, listed
from service.distilling import PURPOSE as DISTILLING

_WEEK: Final = timedelta(days=6)


class Counts(Protocol):
    """Counts what happened. Raises `LedgerUnavailable`."""

    async def since(self, then: datetime) -> Days: ...


class Accounts(Protocol):
    """What models were asked for today while nobody waited. Raises `LedgerUnavailable`."""

    async def today(self) -> Sequence[Spent]: ...


@dataclass(frozen=True, slots=True)
class Stats:
    """Tells the figures. *most*: so many calls there may be for memory in a day."""

    counts: Counts
    accounts: Accounts
    most: int
    clock: Clock

    async def stats(self, wish: Wish) -> Obeyed:
        """`/stats`: days begin at midnight UTC."""
        now, language = self.clock.now(), wish.language
        today = datetime.combine(now.date(), time(), now.tzinfo)
        lines = [
            *self._told(say.TODAY, await self.counts.since(today), language),
            *self._told(say.WEEK, await self.counts.since(today - _WEEK), language),
        ]
        spent: Counter[str] = Counter()
        for one in await self.accounts.today():
            spent[one.purpose] += one.calls
        memory, first = spent[DISTILLING], spent[INITIATIVE]
        told = say.BACKGROUND.to(language, memory=memory, most=self.most, first=first)
        lines.append(told)
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
