"""The words of a question and its meaning find together, and a talk is read as a talk.

The sum of z-scores finds more than a fusion of ranks does (70 to 57 of a hundred), and what stands
beside a good line is often what was asked for: an answer follows its question.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from memory.longterm import dense
from memory.longterm.asking import Asked
from memory.longterm.held import Held
from memory.longterm.lexical import Lexical
from memory.longterm.naming import is_named, is_of_who_asks, speaks_to_us

_BEST: Final = 150
"""As many are looked at closely."""

_WORDS: Final = 0.5
_SHARED: Final = 1.0
"""Words weigh the more, the more of a question one memory has. Who asks in other words than were
said finds by meaning what the few common ones would hide."""

_WEIGHTS: Final[Mapping[int, float]] = MappingProxyType({1: 1.0, 2: 0.8})
_BESIDE: Final = dense.Weights(before=0.15, after=0.15, asked=0.55)
_NAMED: Final = 0.6
_OURS: Final = 0.7
"""We answer what we are told, so our lines are near to it and tell little."""

_KIND: Final = 1.0
"""A fact of the kind that is asked for may share no word with the question, and be far from it."""

_SITTING: Final = 0.15
_THREE: Final = 3

Span = tuple[float, float]
Sitting = tuple[int, int]
"""A shelf, and the number of a sitting there."""
Scored = tuple[float, int, int]
"""What a memory is worth; its shelf, and its place there."""


@dataclass(frozen=True)
class Fusion:
    """One question over *shelves*: what its words found, and how near it is to each memory.

    *asked* is the question. *likeness* has, for each embedder, the numbers of each shelf; 0 where
    there is no vector. What was just *told* is not found.
    """

    asked: Asked
    shelves: Sequence[Held]
    lexical: Lexical
    likeness: Sequence[Sequence[Any]]
    told: Collection[int] = ()

    def nearness(self, usual: Sequence[float | None]) -> float | None:
        """How near in meaning the nearest memory is, between 0 and 1, by what is *usual*.

        None where no embedder helped, or has read too little.
        """
        each = zip(self.likeness, usual, strict=True)
        near = (dense.nearness(found, one) for found, one in each)
        return max((one for one in near if one is not None), default=None)

    def ranked(self, within: Span | None, most: int) -> dict[int, float]:
        """The ids of the *most* best, with their scores; of those *within* a time, too."""
        scored = [one for which in range(len(self.shelves)) for one in self._scored(which, within)]
        scored.sort(reverse=True)
        best = sorted(self._with_sittings(scored), reverse=True)[:most]
        return {self.shelves[which].ids[place]: score for score, which, place in best}

    @cached_property
    def _z(self) -> list[list[Any]]:
        return [dense.standard(each) for each in self.likeness]

    @cached_property
    def _words(self) -> Sequence[Mapping[int, float]]:
        """What the words are worth, by the places of each shelf; of all others it is 0."""
        count = max(1, sum(len(one) for one in self.shelves))
        scores = self.lexical.scores.values()
        spread = dense.spread(sum(scores) / count, sum(one * one for one in scores) / count)
        worth = (_WORDS + _SHARED * self.lexical.share) * self.lexical.gate / spread
        return [
            {
                place: worth * score
                for number, score in self.lexical.scores.items()
                if (place := shelf.place(number)) is not None
            }
            for shelf in self.shelves
        ]

    def _scored(self, which: int, within: Span | None) -> Iterator[Scored]:
        """The best of a shelf, with what it counts who told them, and of which kind they are."""
        shelf, by, kin, told = self.shelves[which], self._by_teller(which), self.of_kind, self.told
        for place, score in self._smooth(which, within).items():
            number, worth = shelf.ids[place], by.get(shelf.who[place], 0.0)
            if worth < 0 and shelf.sitting[place] < 0:  # made of many lines, it is nobody's
                worth = 0.0
            if number not in told:
                yield score + worth + _KIND * (number in kin), which, place

    def _smooth(self, which: int, within: Span | None) -> Mapping[int, float]:
        """The best places of a shelf, with a part of what their neighbours are worth."""
        shelf = self.shelves[which]
        if not self._z:
            return _sparse(shelf, self._words[which], within)
        weight = _WEIGHTS.get(len(self._z), 1.0)
        near = sum(weight * each[which] for each in self._z)
        scores = dense.smooth(shelf, self._words[which], near, _BESIDE)
        return dense.best(scores, shelf, _BEST, within)

    @cached_property
    def _named(self) -> Sequence[Collection[int]]:
        """Of each shelf the speakers whom the question is about, as far as it tells."""
        text = self.asked.text.casefold()
        by = self.asked.by if is_of_who_asks(text) else None
        return [
            [
                code
                for name, code in shelf.names.items()
                if name and (name == by or is_named(name, text))
            ]
            for shelf in self.shelves
        ]

    @cached_property
    def of_kind(self) -> Collection[int]:
        """Facts of the kind that the question is after, where it is after those of who asks."""
        own = not any(self._named) or is_of_who_asks(self.asked.text)
        return self.lexical.of_kind if own else ()

    def _by_teller(self, which: int) -> Mapping[int, float]:
        """What a memory is worth by who told it: somebody who is meant, or we, who are not."""
        names = self.shelves[which].names
        ours = "" in names and not speaks_to_us(self.asked.text)
        by = {names[""]: -_OURS} if ours else {}
        return by | dict.fromkeys(self._named[which], _NAMED)

    def _with_sittings(self, scored: Sequence[Scored]) -> Iterable[Scored]:
        """Each of *scored*, best first, is worth more in a sitting whose three best are good."""
        its = [(which, self.shelves[which].sitting[place]) for _, which, place in scored]
        sittings: dict[Sitting, list[float]] = {one: [] for one in its if one[1] >= 0}
        for (score, *_), one in zip(scored, its, strict=True):
            if one in sittings and len(sittings[one]) < _THREE:
                sittings[one].append(score)
        bonus = {one: _SITTING * sum(best) / len(best) for one, best in sittings.items()}
        return (
            (score + bonus.get(one, 0.0), which, place)
            for (score, which, place), one in zip(scored, its, strict=True)
        )


def _sparse(shelf: Held, words: Mapping[int, float], within: Span | None) -> dict[int, float]:
    """By words alone: those that hold some, and what stands beside them."""
    places = {*words, *_beside(shelf, words)}
    if within:
        places.update(shelf.between(*within, _BEST))
    return {
        place: words.get(place, 0.0)
        + _lent(shelf, words, shelf.before[place])
        + _BESIDE.after * words.get(shelf.after[place], 0.0)
        for place in places
    }


def _lent(shelf: Held, words: Mapping[int, float], before: int) -> float:
    """What the line *before* another is worth to it."""
    if before not in words:
        return 0.0
    return words[before] * (_BESIDE.before + _BESIDE.asked * shelf.asks[before])


def _beside(shelf: Held, places: Iterable[int]) -> Iterable[int]:
    near = (other for one in places for other in (shelf.before[one], shelf.after[one]))
    return (other for other in near if other >= 0)
