"""Counts that are remembered: most of a prompt was counted in the turn before."""

from typing import Final

from persona.tokens import Counting

_MOST: Final = 32_768
"""So many texts are known at least: the lines of some hundred talks, in about five megabytes."""


class Counted:
    """The port `Counting`: asks *count* once for each text, and knows the last *most* or more.

    What is kept is numbers alone, by the hash of a text; what people say is not.
    """

    def __init__(self, count: Counting, most: int = _MOST) -> None:
        self._count = count
        self._most = most
        self._recent: dict[int, int] = {}
        self._before: dict[int, int] = {}

    def __call__(self, text: str) -> int:
        """What *text* costs."""
        key = hash(text)
        known = self._recent.get(key)
        return self._found(key, text) if known is None else known

    def _found(self, key: int, text: str) -> int:
        """Keep what *text* costs; when there is too much, what was not asked for lately goes."""
        cost = self._before.get(key)
        if len(self._recent) >= self._most:
            self._recent, self._before = {}, self._recent
        self._recent[key] = cost = self._count(text) if cost is None else cost
        return cost
