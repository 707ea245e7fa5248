"""A model distils talks: it is asked for notes and for an episode, and checked on both."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Protocol

from anima.errors import BackendUnavailable, Refused
from anima.model import Prompt, Soul
from anima.ports import Backend, Clock, Witness
from memory.budget import Spent
from memory.longterm.portions import Portion
from memory.longterm.spans import Span
from persona.brief import small
from persona.distil.asked import again, asked
from persona.distil.episode import asked_episode, extracted, written, wrong
from persona.distil.noted import Distilled, Noted
from persona.distil.ops import checked
from persona.distil.rollup import asked_rollup
from persona.distil.told import Told
from persona.think import Thoughts
from persona.tokens import estimate

CALLS: Final = 200
TOKENS: Final = 600_000
"""What may be spent a day, prompts and answers together; a talk costs some six thousand."""

PURPOSE: Final = "distilling"
"""What it is counted as, among all that models do while nobody waits."""
_A_TALK: Final = 4
"""Calls for one talk at most: notes and episode, each once more when they do not hold."""
_TEMPERATURE: Final = 0.2
_NOTES_TOKENS: Final = 1500
_EPISODE_TOKENS: Final = 600
"""Room for the words, and for thoughts before them that are thrown away."""
_LONGEST: Final = 60_000
_GLANCE_S: Final = 0.25
"""How often we look whether somebody waits while a model works for nobody."""


@dataclass(slots=True)
class Budget:
    """What may be spent until midnight UTC. What others spend is learned by *know*."""

    clock: Clock
    calls: int = CALLS
    tokens: int = TOKENS
    _day: date = date.min
    _spent: Counter[str] = field(default_factory=Counter)

    def affords(self) -> bool:
        """Whether there is enough left for another talk."""
        self._today()
        within = self._spent["calls"] + _A_TALK <= self.calls
        return within and self._spent["tokens"] < self.tokens

    def spend(self, tokens: int) -> None:
        """Count a call of so many *tokens*."""
        self._today()
        self._spent.update(calls=1, tokens=tokens)

    def know(self, calls: int, tokens: int) -> None:
        """So much was spent today, by all processes; less is an account that lags behind ours."""
        self._today()
        self._spent |= Counter(calls=calls, tokens=tokens)

    def _today(self) -> None:
        today = self.clock.now().date()
        if today != self._day:
            self._day = today
            self._spent.clear()


class Spends(Protocol):
    """Keeps what was spent, over restarts. Raises `LedgerUnavailable`."""

    async def spend(
        self, speaker: str, purpose: str, *, calls: int = 1, tokens: int = 0
    ) -> None: ...

    async def today(self) -> Sequence[Spent]: ...


class _Awaited(Exception):
    """Somebody waits for an answer, so the model is left to them."""


class Distilling:
    """The port `Distils` over *backend*. *soul_of* knows a version by its name, or who speaks else.

    While somebody waits, as *busy* tells, no answer is waited for: it is dropped where it stands.
    """

    def __init__(
        self,
        backend: Backend,
        soul_of: Callable[[str], Soul],
        clock: Clock,
        witness: Witness,
        *,
        busy: Callable[[], bool],
        budget: Budget,
        spends: Spends | None = None,
    ) -> None:
        self._backend = backend
        self._soul_of = soul_of
        self._clock = clock
        self._witness = witness
        self._busy = busy
        self._budget = budget
        self._spends = spends
        self._away = False

    def affords(self) -> bool:
        return self._budget.affords()

    async def distil(self, portion: Portion) -> Distilled | None:
        soul = self._soul_of(portion.soul)
        if small(soul):  # who cannot hold a card in mind takes no notes that hold
            return Distilled((), extracted(portion.lines, portion.ours), "")
        try:
            noted = await self._notes(portion, soul)
            prompt = asked_episode(portion.lines, portion.ours)
            episode = await self._told(prompt, portion.lines, portion.ours, soul)
        except _Awaited:
            return None
        return Distilled(noted, episode or extracted(portion.lines, portion.ours), soul.name)

    async def roll_up(self, span: Span) -> str | None:
        soul = self._soul_of(span.soul)
        if small(soul):
            return ""
        prompt = asked_rollup(span.episodes, span.ours, span.kind)
        try:
            return await self._told(prompt, span.episodes, span.ours, soul)
        except _Awaited:
            return None

    async def _notes(self, portion: Portion, soul: Soul) -> tuple[Noted, ...]:
        """What holds of the notes, in two attempts."""
        prompt = asked(portion.lines, portion.known, portion.ours)
        answer = await self._ask(prompt, soul, _NOTES_TOKENS)
        first = checked(answer, portion.lines, portion.known, portion.ours)
        if not first.complaints:
            return first.noted
        answer = await self._ask(again(prompt, answer, first.complaints), soul, _NOTES_TOKENS)
        second = checked(answer, portion.lines, portion.known, portion.ours)
        dropped = Counter(one.reason for one in (*first.dropped, *second.dropped))
        dropped.update(
            ["nothing found"] * (not first.found) + ["nothing found"] * (not second.found)
        )
        self._witness.note("notes dropped", soul=soul.name, **_plain(dropped))
        return tuple(dict.fromkeys((*first.noted, *second.noted)))

    async def _told(self, prompt: Prompt, lines: tuple[Told, ...], ours: str, soul: Soul) -> str:
        """An episode that holds, in two attempts; empty: neither did."""
        for _ in range(2):
            answer = await self._ask(prompt, soul, _EPISODE_TOKENS)
            episode = written(answer)
            why = wrong(episode, lines, ours)
            if not why:
                return episode
            prompt = again(prompt, answer, [why])
        reason = "invented" if why.startswith("nobody said") else why  # what was said is no fact
        self._witness.note("episode dropped", soul=soul.name, reason=reason)
        return ""

    async def _ask(self, prompt: Prompt, soul: Soul, most: int) -> str:
        """What is said, thoughts left out. Raises `_Awaited`, and what the backend raises."""
        asked_soul = replace(
            soul, temperature=_TEMPERATURE, max_tokens=most, fallback=(), tools=(), form="off"
        )
        await self._recall()
        async with asyncio.TaskGroup() as group:
            asking = group.create_task(self._answer(prompt, asked_soul))
            watching = group.create_task(self._watch(asking))
            asking.add_done_callback(lambda _: watching.cancel())
        if asking.cancelled():
            raise _Awaited
        answer = asking.result()
        if self._spends:
            cost = _cost(prompt, answer if isinstance(answer, str) else "")
            await self._spends.spend("", PURPOSE, tokens=cost)
        return self._heard(answer)

    async def _recall(self) -> None:
        """Know what was spent today, also before this process began, and by others."""
        if self._spends:
            ours = [one for one in await self._spends.today() if one.purpose == PURPOSE]
            calls, tokens = sum(one.calls for one in ours), sum(one.tokens for one in ours)
            self._budget.know(calls, tokens)

    async def _watch(self, asking: asyncio.Task[str | BackendUnavailable | Refused]) -> None:
        while not self._busy():
            await self._clock.sleep(_GLANCE_S)
        asking.cancel()

    async def _answer(self, prompt: Prompt, soul: Soul) -> str | BackendUnavailable | Refused:
        thoughts, said, strays = Thoughts(), "", 0
        try:
            async with aclosing(self._backend.stream(prompt, soul)) as deltas:
                async for delta in deltas:
                    more = thoughts.feed(delta.text)
                    said = more if thoughts.strays > strays else said + more
                    strays = thoughts.strays
                    if len(said) > _LONGEST:
                        break
        except (BackendUnavailable, Refused) as error:
            return error
        finally:
            self._budget.spend(_cost(prompt, said))
        return said + thoughts.close()

    def _heard(self, answer: str | BackendUnavailable | Refused) -> str:
        """*answer*; a model that goes away, and one that comes back, is told of once."""
        if isinstance(answer, str):
            if self._away:
                self._witness.note("distilling goes on")
            self._away = False
            return answer
        if not self._away:
            self._witness.note("distilling stopped", reason=str(answer))
        self._away = True
        raise answer


def _cost(prompt: Prompt, said: str) -> int:
    return sum(estimate(one.content) for one in prompt) + estimate(said)


def _plain(counted: Counter[str]) -> dict[str, int]:
    """The names of facts are words."""
    return {reason.replace(" ", "_"): count for reason, count in counted.items()}
