"""How a text feels, told by its words and signs in English, Chinese and Japanese.

Small and deterministic: a hint of how somebody is, never a judgement. Words that command a feeling
are words like all others.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from math import sqrt
from typing import Final

from persona.denial import REACH, is_denied
from persona.feeling_words import Word, found
from persona.folding import folded

MOST: Final = 500
"""Letters of a text that are read, its last ones."""

_WORDS: Final = 40
_DENIED: Final = -0.5  # who is not happy is less sad than who is sad
_SHOUT: Final = 0.15
_SHOUTS: Final = 3
_CAPITALS: Final = 8
_ADDRESS = re.compile(r"\w+://\S+|\bwww\.\S+")


@dataclass(frozen=True, slots=True)
class Feeling:
    """Each from -1 to 1: *pleasure*, *energy*, and *warmth* to the one who is spoken to."""

    pleasure: float = 0.0
    energy: float = 0.0
    warmth: float = 0.0


def feeling(text: str) -> Feeling:
    """How *text* feels; where no word of it is known, like nothing."""
    written = _ADDRESS.sub(" ", text[-MOST:])
    said = folded(written)
    felt = [
        _scaled(word, _DENIED if _denied(word, said, at) else 1.0)
        for at, word in islice(found(said), _WORDS)
        if word.pleasure or word.energy or word.warmth
    ]
    shouts = min(_SHOUTS, said.count("!") + _is_shouted(written))
    return Feeling(
        _joined([one.pleasure for one in felt]),
        _bounded(_joined([one.energy for one in felt]) + shouts * _SHOUT),
        _joined([one.warmth for one in felt]),
    )


def _denied(word: Word, said: str, at: int) -> bool:
    end = at + len(word.text)
    return is_denied(said[max(0, at - REACH) : at], said[end : end + REACH])


def _scaled(word: Word, by: float) -> Feeling:
    return Feeling(word.pleasure * by, word.energy * by, word.warmth * by)


def _is_shouted(written: str) -> bool:
    return written.isupper() and sum(map(str.isupper, written)) >= _CAPITALS


def _joined(values: Sequence[float]) -> float:
    """Several together are stronger than one, and less than their sum."""
    return _bounded(sum(values) / sqrt(len(values))) if values else 0.0


def _bounded(value: float) -> float:
    return max(-1.0, min(1.0, value))
