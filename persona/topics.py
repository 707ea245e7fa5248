"""What a persona has something to say about: the words that it is known by."""

import re
from collections.abc import Iterable

from persona.card import Card
from persona.lore_pattern import shaped
from persona.lore_shelf import shelf

_LATIN = re.compile(r"\w", re.ASCII)
_NOTHING = re.compile(r"(?!)")


class Topics:
    """Finds the first of *words* in a text; each side that is Latin ends where a word ends."""

    def __init__(self, words: Iterable[str]) -> None:
        known = sorted({word.strip() for word in words if word.strip()}, key=len, reverse=True)
        self._pattern = (
            re.compile("|".join(map(_bounded, known)), re.IGNORECASE) if known else _NOTHING
        )

    def in_(self, text: str) -> str:
        """The word that *text* touches on, or nothing."""
        found = self._pattern.search(text)
        return found[0] if found else ""


def topics(card: Card) -> Topics:
    """What *card* is known by: its names, and the words that bring its lore to mind."""
    keys = (key for entry in shelf(card).lore.entries for key in entry.keys)
    return Topics([*card.called, *(key for key in keys if not shaped(key))])


def _bounded(word: str) -> str:
    before = r"(?<![A-Za-z0-9_])" if _LATIN.match(word) else ""
    after = r"(?![A-Za-z0-9_])" if _LATIN.match(word[-1]) else ""
    return before + re.escape(word) + after
