"""Keys of lore, made ready once, and where in a talk they were said."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from persona.lore_pattern import SPACED, Pattern, pattern, shaped

_LETTER: Final = re.compile(f"[{SPACED}]")
_MOST_SEEN: Final = 2000
"""Characters of one message in which a word is looked for."""

_MOST_SEEN_IN_ALL: Final = 32_000
_MOST_TRIED: Final = 500
"""Characters of one message that a pattern is tried on, for it may be slow."""

_MOST_TRIED_IN_ALL: Final = 2000


@dataclass(frozen=True, slots=True)
class Word:
    """What is looked for as it stands. On a side where it is *bound* no letter may touch it.

    Only letters of scripts that part their words are ever bound: `cat` is not in `concat`, and 猫
    is in 小猫咪.
    """

    needle: str
    cased: bool
    bound: tuple[bool, bool]


Key = Word | Pattern


def key(written: str, *, cased: bool = False, loose: bool = False) -> Key:
    """The key that is *written* so. Raises `ConfigError` for a pattern that we do not take."""
    if shaped(written):
        return pattern(written)
    seen = " ".join(unicodedata.normalize("NFKC", written).split())
    needle = seen if cased else seen.casefold()
    ends = (needle[:1], needle[-1:])
    left, right = (not loose and _LETTER.fullmatch(end) is not None for end in ends)
    return Word(needle, cased, (left, right))


class Spoken:
    """*texts*, the oldest first, to look for keys in. Bit n of what is found stands for text n.

    Of very long texts the beginning is looked at, and of very many the newest.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = [unicodedata.normalize("NFKC", text[:_MOST_SEEN]) for text in texts]
        for at in range(len(self._texts)):
            if sum(map(len, self._texts[at:])) <= _MOST_SEEN_IN_ALL:
                break
            self._texts[at] = ""

    def find(self, one: Key) -> int:
        """The texts that *one* was said in."""
        if isinstance(one, Pattern):
            search = one.compiled.search
            return sum(bit for bit, text in self._tried if search(text))
        return (self._cased if one.cased else self._folded).find(one)

    @cached_property
    def _cased(self) -> "_Page":
        return _Page(self._texts)

    @cached_property
    def _folded(self) -> "_Page":
        return _Page([text.casefold() for text in self._texts])

    @cached_property
    def _tried(self) -> Sequence[tuple[int, str]]:
        """What patterns are tried on, each with its bit, until they have seen enough."""
        tried, left = list[tuple[int, str]](), _MOST_TRIED_IN_ALL
        for at in range(len(self._texts) - 1, -1, -1):
            text = self._texts[at][: min(_MOST_TRIED, left)]
            tried.append((1 << at, text))
            left -= len(text)
            if left <= 0:
                break
        return tried


class _Page:
    """Texts as one, so that most words cost a single search."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._whole = "\n".join(texts)
        self._starts = [0, *accumulate(len(text) + 1 for text in texts)]

    def find(self, word: Word) -> int:
        found, at = 0, self._whole.find(word.needle)
        while at >= 0:
            after = at + 1
            if self._unbound(word, at):
                text = bisect_right(self._starts, at) - 1
                found |= 1 << text
                after = self._starts[text + 1]
            at = self._whole.find(word.needle, after)
        return found

    def _unbound(self, word: Word, at: int) -> bool:
        """Whether no letter touches *word* at a side where it is bound."""
        left, right = word.bound
        return not (left and at and _LETTER.match(self._whole, at - 1)) and not (
            right and _LETTER.match(self._whole, at + len(word.needle))
        )
