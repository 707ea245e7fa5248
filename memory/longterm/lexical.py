"""Which lines hold the words of a question: candidates by the index, ranked by our own BM25.

Both databases find the same candidates, so they rank alike. Of a word that stands in more lines
than a thousand only the newest are candidates, and how frequent it is, is told from how far back
these reach: no question reads fifty thousand rows, however common its words.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from math import log
from typing import Final

from sqlalchemy import Connection

from memory.bulk import among
from memory.longterm import index
from memory.longterm.held import Held
from memory.longterm.words import asked

_WORDS: Final = 40
"""Words of a question that are looked for: its last ones."""

_FEWEST: Final = 30
"""Of fewer nobody can tell which words are frequent: one that is in both of two says something."""
_POSTINGS: Final = 1_000
_CANDIDATES: Final = 60
_ENOUGH: Final = 300
"""Where the rarer words have found as many, those that hold nothing but common ones are left."""

_NEARLY: Final = 0.99
_K1: Final = 0.9
_B: Final = 0.4
_TOKENS: Final = "SELECT memory_id, words FROM worded WHERE memory_id {}"


@dataclass(frozen=True, slots=True)
class Lexical:
    """The *scores* of those that hold words of a question.

    *gate* is how much of what the question says is said in scope at all, and *share* how much of
    it the best one has. *cover* is what that shares with it, where a word that is in no other is 1,
    and so is the whole question. *of_kind* are facts of the kind it is after.
    """

    scores: Mapping[int, float]
    gate: float = 0.0
    share: float = 0.0
    cover: float = 0.0
    of_kind: Collection[int] = ()


def search(
    connection: Connection,
    shelves: Sequence[Held],
    question: str,
    marks: Sequence[str] = (),
    told: Collection[int] = (),
) -> Lexical:
    """What on *shelves* holds the words of *question*, or *marks* under which facts are found.

    What was just *told* is left out.
    """
    terms, postings = _postings(connection, shelves, asked(question)[-_WORDS:], marks)
    count = sum(len(one) for one in shelves)
    if not (terms and count):
        return Lexical({})
    usual = max(count, _FEWEST)
    weights = [_weight(usual, _frequency(found, shelves, count)) for found in postings]
    totals = _totals(postings, weights)
    others = (one for one in totals if one not in told)
    best = sorted(others, key=totals.__getitem__, reverse=True)[:_CANDIDATES]
    if not best:
        return Lexical({})
    seen = sum(weight for weight, found in zip(weights, postings, strict=True) if found)
    average = sum(one.state.words for one in shelves) / count
    held = among(connection, _TOKENS, best)
    words = [one for one in zip(terms, weights, postings, strict=True) if one[2]]
    scores = _bm25(held, words, average)
    most, whole = totals[best[0]], sum(weights)
    cover = max(most / _weight(usual, 1), float(most > _NEARLY * whole))
    kinds = (found for term, found in zip(terms, postings, strict=True) if term in marks)
    of_kind = frozenset(one for found in kinds for one in found)
    return Lexical(scores, seen / whole, most / whole, cover, of_kind)


def _postings(
    connection: Connection, shelves: Sequence[Held], words: Sequence[str], marks: Sequence[str]
) -> tuple[Sequence[str], Sequence[Sequence[int]]]:
    """What is looked for and which memories hold it; a mark that none holds is not."""
    terms = (*words, *marks)
    found = index.newest(connection, [one.state.id for one in shelves], terms, _POSTINGS)
    needed = [bool(each) or term not in marks for term, each in zip(terms, found, strict=True)]
    return tuple(compress(terms, needed)), list(compress(found, needed))


def _frequency(found: Sequence[int], shelves: Sequence[Held], count: int) -> float:
    """In how many of all *count* memories a word stands whose newest were *found*."""
    if len(found) < _POSTINGS:
        return len(found)
    return len(found) * count / max(1, sum(one.since(found[-1]) for one in shelves))


def _weight(count: int, frequency: float) -> float:
    """The rarer a word, the more it says; of one that is nowhere nobody knows how rare it is."""
    if not frequency:
        return log(1 + count)
    return log(1 + max(0.0, count - frequency + 0.5) / (frequency + 0.5))


def _totals(postings: Sequence[Sequence[int]], weights: Sequence[float]) -> Mapping[int, float]:
    totals: dict[int, float] = {}
    for weight, found in sorted(zip(weights, postings, strict=True), key=_rare_first):
        if len(totals) >= _ENOUGH:
            for number in totals.keys() & set(found):
                totals[number] += weight
        elif totals:
            for number in found:
                totals[number] = totals.get(number, 0.0) + weight
        else:
            totals = dict.fromkeys(found, weight)
    return totals


def _rare_first(one: tuple[float, Sequence[int]]) -> tuple[float, int]:
    return -one[0], len(one[1])


def _bm25(
    held: Sequence[tuple[int, str]],
    words: Sequence[tuple[str, float, Sequence[int]]],
    average: float,
) -> Mapping[int, float]:
    """What *words* are worth to each that is *held*. A word has a space on either side there."""
    scores = {number: 0.0 for number, _ in held}
    texts = {number: f" {words} " for number, words in held}
    norms = {
        number: _K1 * (1 - _B + _B * (text.count(" ") - 1) / average)
        for number, text in texts.items()
    }
    for term, weight, found in words:
        bound = f" {term} "
        for number in found if len(found) < len(texts) else texts:
            if number in texts and (times := texts[number].count(bound)):
                scores[number] += weight * times * (_K1 + 1) / (times + norms[number])
    return scores
