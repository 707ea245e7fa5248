"""`/memory export`: all that is remembered of somebody, as files of their own."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from anima.model import Beside
from anima.orders import Obeyed
from memory.longterm.scope import Viewer
from service.commands import memory_words as say
from service.commands.remembering import Eyes
from service.commands.table import Wish
from service.commands.words import Language


class Exports(Protocol):
    """Writes down what is remembered, and takes it away. Raises `LedgerUnavailable`."""

    async def export(self, viewer: Viewer, turn: int, language: Language) -> "Exported": ...

    def drop(self, speakers: Collection[str]) -> None: ...


@dataclass(frozen=True, slots=True)
class Exported:
    """The *file*, what people call it, and how much is in it."""

    file: Path
    name: str
    lines: int
    facts: int


@dataclass(frozen=True, slots=True)
class Exporting:
    """Hands people what is theirs."""

    exports: Exports
    eyes: Eyes

    async def export(self, wish: Wish) -> Obeyed:
        """`/memory export`."""
        viewer = await self.eyes.of(wish)
        done = await self.exports.export(viewer, wish.order.turn, wish.language)
        text = say.EXPORTED.to(wish.language, lines=done.lines, facts=done.facts)
        return Obeyed(text, beside=Beside(document=done.file, name=done.name))
