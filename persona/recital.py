"""Knows when a model recites the page that tells it who it is, which is nobody's to read."""

from collections.abc import Iterable
from typing import Final

from anima.model import Message
from persona.card import Card
from persona.lore_shelf import shelf

_TELLING_BYTES: Final = 40
"""What is shorter may be said by chance. In UTF-8, so that 14 Chinese characters weigh as much."""


class Recital:
    """The lines of *page* that are never said; what *card* offers as its own words may be."""

    def __init__(self, page: Message, card: Card) -> None:
        known = (entry.text for entry in shelf(card).lore.always)
        own = set(_lines([*card.greeting.values(), card.examples, *known]))
        lines = [line for line in _lines([page.content]) if line not in own]
        self._page = "\n".join(lines)
        self._long = [line for line in lines if _telling(line)]
        self._headings = tuple(line for line in lines if line.startswith("#"))

    def holds(self, bubble: str) -> bool:
        """Whether *bubble* begins with a heading of the page, or has a long line of it."""
        lines = _lines([bubble])
        return (
            bool(self._headings and lines and lines[0].startswith(self._headings))
            or any(_telling(line) and line in self._page for line in lines)
            or any(line in bubble for line in self._long)
        )


def _lines(texts: Iterable[str]) -> list[str]:
    lines = (line.removeprefix("- ").strip() for text in texts for line in text.splitlines())
    return [line for line in lines if line]


def _telling(line: str) -> bool:
    return len(line.encode("utf-8", "surrogatepass")) >= _TELLING_BYTES
