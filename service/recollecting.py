"""What comes to mind in a turn: looked up in long-term memory, in little time or not at all."""

import asyncio
from collections.abc import Sequence
from typing import Final, Protocol, cast

from anima.errors import LedgerUnavailable
from anima.model import Scene, Soul
from anima.ports import Witness
from anima.remembered import Kind, Remembered
from memory.longterm.asking import Asked
from memory.longterm.packing import BUDGET, PAST_BUDGET, Packed, packed, told
from memory.longterm.recall import Hit, Recalled
from memory.longterm.viewing import Party
from memory.longterm.when import past_is_asked
from persona.brief import small
from persona.tokens import estimate

DEADLINE_S: Final = 0.5
"""Longer nobody who waits for an answer waits for a memory."""
_SMALL: Final = 120
"""A small mind takes a page of memories for the talk."""
_SHARE: Final = 6
_FOUND: Final = 24
_MOST: Final = 12
"""Nobody has more in mind at once."""
_NEAR: Final = 0.35
"""What fits so much worse than the best was found for want of anything better."""


class LongTerm(Protocol):
    """Searches what may be told. Raises `LedgerUnavailable`."""

    async def recall(self, who: Party, asked: Asked, limit: int = 50) -> Recalled: ...

    async def warm(self, who: Party) -> None:
        """Read ahead what *who* may be told."""
        ...


class Recollecting:
    """The port `Recollects`. While it runs, it reads ahead what was not to be had in time."""

    def __init__(self, longterm: LongTerm, witness: Witness) -> None:
        self._longterm = longterm
        self._witness = witness
        self._late: dict[Party, None] = {}
        self._bell = asyncio.Event()

    async def run(self) -> None:
        """Read for those who did not wait, so that the next time they need not."""
        while True:
            await self._bell.wait()
            self._bell.clear()
            while self._late:
                who = next(iter(self._late))
                try:
                    await self._longterm.warm(who)
                except LedgerUnavailable as error:
                    self._witness.note("memory not read ahead", reason=str(error))
                del self._late[who]

    async def recollect(self, scene: Scene) -> tuple[Remembered, ...]:
        if not scene.heard or not scene.place:
            return ()
        try:
            async with asyncio.timeout(DEADLINE_S):
                return await self._recollect(scene)
        except (LedgerUnavailable, TimeoutError) as error:
            self._witness.note("nothing came to mind", reason=str(error) or "it took too long")
            return ()

    async def find(self, scene: Scene, words: str) -> tuple[Remembered, ...]:
        """What has to do with *words*, the best first. Raises `LedgerUnavailable`."""
        recalled = await self._longterm.recall(_party(scene), Asked(words, at=scene.now), _FOUND)
        hits = _near(recalled.hits)[:_MOST]
        return tuple(_remembered(told(hit)) for hit in hits)

    async def _recollect(self, scene: Scene) -> tuple[Remembered, ...]:
        asked = _asked(scene)
        if asked.is_nothing:
            return ()
        who = _party(scene)
        try:
            recalled = await self._longterm.recall(who, asked, _FOUND)
        except asyncio.CancelledError:
            self._late[who] = None
            self._bell.set()
            raise
        hits = _near([hit for hit in recalled.hits if _is_for(scene.souls[0], asked, hit)])
        tokens = _budget(scene.souls[0], asked)
        return tuple(map(_remembered, packed(hits[:_MOST], tokens, estimate, recalled.after)))


def _party(scene: Scene) -> Party:
    speakers = dict.fromkeys(one.speaker.address for one in scene.heard)
    return Party(scene.persona, scene.place, tuple(speakers))


def _asked(scene: Scene) -> Asked:
    """What was just heard, and what stood before it."""
    text = "\n".join(one.text for one in scene.heard)
    before = scene.lines[-1].text if scene.lines else ""
    since = scene.lines[0].at if scene.lines else min(one.at for one in scene.heard)
    last = scene.heard[-1]
    return Asked(text, before=before, at=last.at, by=last.speaker.name, since=since)


def _near(hits: Sequence[Hit]) -> Sequence[Hit]:
    """Those of *hits* that fit nearly as well as the best."""
    least = max((hit.score for hit in hits), default=0.0) * _NEAR
    return [hit for hit in hits if hit.score >= least]


def _is_for(soul: Soul, asked: Asked, hit: Hit) -> bool:
    """Whether *soul* can tell what to do with it: a small mind takes what is over for true."""
    over = hit.fact is not None and not hit.fact.current
    return not (over and small(soul)) or past_is_asked(asked.text)


def _budget(soul: Soul, asked: Asked) -> int:
    """The tokens that memories may cost: never much of what *soul* has room for."""
    if small(soul):
        return _SMALL
    wanted = PAST_BUDGET if past_is_asked(asked.text) else BUDGET
    return min(wanted, (soul.context - soul.max_tokens) // _SHARE)


def _remembered(one: Packed) -> Remembered:
    kind = cast("Kind", one.kind)
    return Remembered(one.id, kind, one.text, one.at, one.name, hearsay=one.hearsay, over=one.over)
