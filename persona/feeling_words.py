"""The words and signs that tell a feeling, found in a text in one pass."""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from persona.feeling_chinese import CHINESE
from persona.feeling_english import ENGLISH
from persona.feeling_japanese import JAPANESE
from persona.feeling_signs import SIGNS
from persona.folding import folded

_Row = tuple[float, float, float, str]

_ENDINGS: Final = frozenset("いくかすそっけさみげきー")
"""With these an adjective that was given without its い goes on."""

_LATIN: Final = re.compile("[a-z0-9]+", re.IGNORECASE)


class Word(NamedTuple):
    """A word or a sign and how it feels; *bends*: one of an adjective's endings has to follow."""

    text: str
    bends: bool
    pleasure: float
    energy: float
    warmth: float


def found(said: str) -> Iterator[tuple[int, Word]]:
    """The words in *said*, which is folded, and where they begin; none inside another."""
    at = 0
    while at < len(said):
        words = _INDEX.get(said[at : at + 2]) or _INDEX.get(said[at], ())
        there = (one for one in words if said.startswith(one.text, at))
        word = next((one for one in there if _is_whole(one, said, at)), None)
        if word:
            yield at, word
        at += len(word.text) if word else _passed(said, at)


def _passed(said: str, at: int) -> int:
    """How many letters from *at* on begin no word: none inside of a word in Latin letters does."""
    run = _LATIN.match(said, at)
    return len(run[0]) if run else 1


def _words(rows: Iterable[_Row]) -> Iterator[Word]:
    for pleasure, energy, warmth, words in rows:
        for word in filter(None, words.split("|")):
            bends = word.endswith("~")
            yield Word(folded(word.removesuffix("~")), bends, pleasure, energy, warmth)


def _rows(text: str) -> Iterator[_Row]:
    for line in text.strip().splitlines():
        pleasure, energy, warmth, words = line.split(" ", 3)
        yield float(pleasure), float(energy), float(warmth), words


def _index(rows: Iterable[_Row]) -> Mapping[str, tuple[Word, ...]]:
    """Each word by how it begins, the longest first; of two that are spelled alike, the later."""
    known = {word.text: word for word in _words(rows)}
    index: dict[str, list[Word]] = {}
    for word in sorted(known.values(), key=lambda one: len(one.text), reverse=True):
        start = word.text[:2] if word.text[:2].isascii() else word.text[0]
        index.setdefault(start, []).append(word)
    return MappingProxyType({start: tuple(words) for start, words in index.items()})


_INDEX: Final = _index((*_rows(ENGLISH), *_rows(CHINESE), *_rows(JAPANESE), *SIGNS))


def _is_whole(word: Word, said: str, at: int) -> bool:
    end = at + len(word.text)
    if word.bends:
        return said[end : end + 1] in _ENDINGS
    return not _goes_on(said[max(0, at - 1) : at + 1]) and not _goes_on(said[end - 1 : end + 1])


def _goes_on(pair: str) -> bool:
    """Whether a word of Latin letters has no end between these two."""
    return len(pair) > 1 and pair.isascii() and pair.isalnum()
