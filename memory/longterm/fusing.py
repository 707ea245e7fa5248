"""The words of a question and its meaning find together, and a talk is read as a talk.

The sum of z-scores finds more than a fusion of ranks does (70 to 57 of a hundred), and what stands
beside a good line is often what was asked for: an answer follows its question.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib import import_module
from math import sqrt
from operator import itemgetter
from typing import Any, Final

from memory.longterm.held import Held
from memory.longterm.lexical import Lexical

_BEST: Final = 300
"""By its meaning as many are looked at closely."""

_WORDS: Final = 1.3
_WEIGHTS: Final[Mapping[int, float]] = {1: 1.0, 2: 0.8}
_BEFORE: Final = 0.3
_AFTER: Final = 0.15
_NAMED: Final = 0.3
_SITTING: Final = 0.15
_THREE: Final = 3
_SPELLED: Final = re.compile("[a-z0-9]")
_DATED: Final = 100

Place = tuple[int, int]
"""The shelf of a memory, and its place there."""


class Fusion:
    """One question over *shelves*: what its words found, and how near it is to each memory.

    *likeness* has, for each embedder, the numbers of each shelf; 0 where there is no vector.
    """

    def __init__(
        self, shelves: Sequence[Held], lexical: Lexical, likeness: Sequence[Sequence[Any]]
    ) -> None:
        self._shelves = shelves
        self._weight = _WEIGHTS.get(len(likeness), 1.0)
        self._z = [_standard(each) for each in likeness]
        self._words = self._standard_words(lexical)
        self.highest = max((z for each in self._z for z in _tops(each)), default=0.0)

    def ranked(
        self, question: str, within: tuple[float, float] | None, most: int
    ) -> list[tuple[int, float]]:
        """The ids of the *most* best, with their scores; of those *within* a time, too."""
        first = self._candidates(within)
        near = {other for one in first for other in self._beside(one)}
        places = list(first | near)
        around = {other for one in near - first for other in self._beside(one)}
        plain = self._plain({*places, *around})
        smooth = {one: self._smooth(one, plain) for one in places}
        named = self._named(question)
        scores = {
            one: score + (_NAMED if self._who(one) in named else 0) for one, score in smooth.items()
        }
        lifted = self._with_sittings(scores)
        found = {self._shelves[shelf].ids[place]: score for (shelf, place), score in lifted.items()}
        return sorted(found.items(), key=itemgetter(1, 0), reverse=True)[:most]

    def _standard_words(self, lexical: Lexical) -> Mapping[Place, float]:
        """The z-score of each that holds words, over all memories: most hold none."""
        count = sum(len(one) for one in self._shelves)
        scores = lexical.scores.values()
        mean = sum(scores) / max(1, count)
        square = sum(one * one for one in scores) / max(1, count)
        spread = sqrt(max(0.0, square - mean * mean)) or 1.0
        return {
            (which, place): _WORDS * lexical.gate * score / spread
            for number, score in lexical.scores.items()
            for which, shelf in enumerate(self._shelves)
            if (place := shelf.place(number)) is not None
        }

    def _candidates(self, within: tuple[float, float] | None) -> set[Place]:
        found = set(self._words)
        for each in self._z:
            found |= _largest(each)
        if within:
            for which, shelf in enumerate(self._shelves):
                then = [p for p, at in enumerate(shelf.at) if within[0] <= at < within[1]]
                found |= {(which, place) for place in then[:_DATED]}
        return found

    def _beside(self, one: Place) -> Iterable[Place]:
        which, place = one
        shelf = self._shelves[which]
        return ((which, other) for other in (shelf.before[place], shelf.after[place]) if other >= 0)

    def _plain(self, places: Collection[Place]) -> Mapping[Place, float]:
        """What each is worth by itself."""
        scores = {one: self._words.get(one, 0.0) for one in places}
        for z in self._z:
            for which, numbers in enumerate(z):
                here = [place for shelf, place in places if shelf == which]
                for place, score in zip(here, numbers[here].tolist(), strict=True):
                    scores[which, place] += self._weight * score
        return scores

    def _smooth(self, one: Place, plain: Mapping[Place, float]) -> float:
        which, place = one
        shelf = self._shelves[which]
        before = plain.get((which, shelf.before[place]), 0.0)
        return plain[one] + _BEFORE * before + _AFTER * plain.get((which, shelf.after[place]), 0.0)

    def _who(self, one: Place) -> Place:
        return one[0], self._shelves[one[0]].who[one[1]]

    def _named(self, question: str) -> Collection[Place]:
        """The speakers whom *question* names."""
        asked = question.casefold()
        return {
            (which, code)
            for which, shelf in enumerate(self._shelves)
            for name, code in shelf.names.items()
            if _is_named(name.casefold(), asked)
        }

    def _with_sittings(self, scores: Mapping[Place, float]) -> Mapping[Place, float]:
        """Each is worth more in a sitting whose three best are good."""
        sittings: dict[Place, list[float]] = {}
        for (which, place), score in scores.items():
            sittings.setdefault((which, self._shelves[which].sitting[place]), []).append(score)
        bonus = {
            one: _SITTING * sum(sorted(each, reverse=True)[:_THREE]) / min(len(each), _THREE)
            for one, each in sittings.items()
            if one[1] >= 0
        }
        return {
            (which, place): score + bonus.get((which, self._shelves[which].sitting[place]), 0.0)
            for (which, place), score in scores.items()
        }


def _is_named(name: str, question: str) -> bool:
    if not name or name not in question:
        return False
    if not _SPELLED.match(name):
        return True
    return re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", question) is not None


def _standard(likeness: Sequence[Any]) -> list[Any]:
    """The z-scores over all shelves; of what has no vector it is 0, as if it were ordinary."""
    numpy = import_module("numpy")
    known = [each[each != 0] for each in likeness]
    count = sum(len(each) for each in known)
    if not count:
        return [numpy.zeros(len(each), numpy.float32) for each in likeness]
    mean = sum(float(each.sum(dtype="f8")) for each in known) / count
    square = sum(float((each**2).sum(dtype="f8")) for each in known) / count
    spread = sqrt(max(0.0, square - mean * mean)) or 1.0
    return [numpy.where(each != 0, (each - mean) / spread, 0) for each in likeness]


def _largest(z: Sequence[Any]) -> set[Place]:
    """The best of all shelves."""
    numpy = import_module("numpy")
    found = set[Place]()
    for which, each in enumerate(z):
        if len(each) <= _BEST:
            places = range(len(each))
        else:
            places = numpy.argpartition(each, -_BEST)[-_BEST:].tolist()
        found |= {(which, place) for place in places}
    return found


def _tops(z: Sequence[Any]) -> Iterable[float]:
    return (float(each.max()) for each in z if len(each))
