"""What comes to mind in a turn: looked up in long-term memory, in little time or not at all."""

import asyncio
from collections.abc import Sequence
from typing import Final, Protocol

from anima.errors import LedgerUnavailable
from anima.model import Scene, Soul
from anima.ports import Witness
from anima.remembered import Remembered
from memory.longterm.asking import Asked
from memory.longterm.packing import pack
from memory.longterm.recall import Hit, Recalled
from memory.longterm.scope import Viewer
from persona.brief import small
from persona.tokens import estimate

DEADLINE_S: Final = 0.5
"""Longer nobody who waits for an answer waits for a memory."""
TOKENS: Final = 600
_ASKED_FOR: Final = 1000
"""Where somebody asks for what was, more of it is told."""
_SMALL: Final = 120
"""A small mind takes a page of memories for the talk."""
_SHARE: Final = 6
_MOST: Final = 50


class Views(Protocol):
    """Tells what decides over what may be told. Raises `LedgerUnavailable`."""

    async def of(self, persona: str, place: int, speakers: Sequence[str]) -> Viewer: ...


class LongTerm(Protocol):
    """Searches what may be told. Raises `LedgerUnavailable`."""

    async def recall(self, viewer: Viewer, asked: Asked, limit: int = 50) -> Recalled: ...


class Recollecting:
    """The port `Recollects`."""

    def __init__(self, views: Views, longterm: LongTerm, witness: Witness) -> None:
        self._views = views
        self._longterm = longterm
        self._witness = witness

    async def recollect(self, scene: Scene) -> tuple[Remembered, ...]:
        if not scene.heard or not scene.place:
            return ()
        try:
            async with asyncio.timeout(DEADLINE_S):
                return await self._recollect(scene)
        except (LedgerUnavailable, TimeoutError) as error:
            self._witness.note("nothing came to mind", reason=str(error) or "it took too long")
            return ()
