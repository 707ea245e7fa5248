"""What of the shelves of a viewer fits best to what was asked: one job of the database."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import log
from typing import Any, Final

from sqlalchemy import Connection

from memory.longterm.asking import Asked
from memory.longterm.fusing import Fusion
from memory.longterm.held import Held
from memory.longterm.hits import Hit, read
from memory.longterm.lexical import search
from memory.longterm.slots import marks_asked
from memory.longterm.weighing import weighed
from memory.longterm.when import time_asked

_SPARE: Final = 15
"""More are read than are wanted: some will be told by another, or rise."""

_FOLLOWED: Final = 12
"""Of so many the line that followed is read, too; there is never room for more."""

_COVER: Final = 0.6
"""By words alone: who shares less than that with a question shares what everybody says."""

_SHARE: Final = 0.2
_RARE: Final = 0.06
_RARE_MOST: Final = 3.0
"""A memory that has all words of a question is as near as one that is so much nearer in meaning,
and so is one with a rare word of it, by each of them."""

_NEAR: Final = 0.215
"""What has to do with a question is no less near to it."""

_NEAR_OF_FEW: Final = 0.18
_FEW: Final = 4
_MANY: Final = 40
"""The fewer there are, the less comes near by chance. Measured with 546 questions in stories of ten
lines in three languages: 81 of a hundred that have an answer are found, and 36 of those without."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """What was found, the best first, with the help of which *embedder*; none: by words alone.

    *abstained*: nothing fits, and nothing is better than something. *after* has the line that
    followed, for each line that was found and had one.
    """

    hits: tuple[Hit, ...] = ()
    embedder: str = ""
    abstained: bool = False
    after: dict[int, Hit] = field(default_factory=dict)


def recalled(
    connection: Connection,
    shelves: Sequence[Held],
    likeness: Sequence[Sequence[Any]],
    usual: Sequence[float | None],
    asked: Asked,
    *,
    limit: int,
    told: Collection[int] = (),
) -> Recalled:
    """The *limit* best on *shelves*, with their *likeness* to what was *asked*.

    What was just *told*, by id, is left out. *usual* is, for each embedder, the likeness of what
    has nothing to do with each other.
    """
    count = sum(map(len, shelves))
    if not count:
        return Recalled(abstained=True)
    then = time_asked(asked.text, asked.at)
    _left_out(shelves, likeness, told)
    lexical = search(connection, shelves, asked.whole, marks_asked(asked.text), told)
    fusion = Fusion(asked, shelves, lexical, likeness, told)
    wanted = asked.anyway or then is not None
    if not (wanted or _fits(fusion, usual)):
        return Recalled(abstained=True)
    span = then and (then[0].timestamp(), then[1].timestamp())
    scores = fusion.ranked(span, limit + _SPARE)
    after = _followers(shelves, islice(scores, _FOLLOWED), told)
    ids = list(dict.fromkeys((*scores, *after.values())))
    found = read(connection, [one.state.id for one in shelves], ids)
    best = list(islice(weighed(found, scores, asked.text, asked.at, then), limit))
    following = {
        number: found.hit(after[number], 0.0)
        for number, _ in best
        if after.get(number) in found.memories
    }
    hits = tuple(found.hit(number, score) for number, score in best)
    return Recalled(hits, abstained=not hits, after=following)


def _left_out(
    shelves: Sequence[Held], likeness: Sequence[Sequence[Any]], told: Collection[int]
) -> None:
    """What was *told* has no likeness to anything."""
    for which, shelf in enumerate(shelves):
        places = [place for one in told if (place := shelf.place(one)) is not None]
        for each in likeness:
            each[which][places] = 0


def _fits(fusion: Fusion, usual: Sequence[float | None]) -> bool:
    """Whether anything has to do with the question."""
    lexical, near = fusion.lexical, fusion.nearness(usual)
    if near is None:
        return lexical.cover >= _COVER
    count = sum(map(len, fusion.shelves))
    near += _SHARE * lexical.share + _RARE * min(lexical.cover, _RARE_MOST)
    return bool(fusion.of_kind) or near >= _near(count)


def _near(count: int) -> float:
    """How near one of *count* memories has to be."""
    many = log(max(count, _FEW) / _FEW) / log(_MANY / _FEW)
    return _NEAR_OF_FEW + (_NEAR - _NEAR_OF_FEW) * min(1.0, many)


def _followers(
    shelves: Sequence[Held], ids: Iterable[int], told: Collection[int]
) -> dict[int, int]:
    """The line after each of *ids*, where there is one in the same sitting that was not *told*."""
    found: dict[int, int] = {}
    for number in ids:
        for shelf in shelves:
            place = shelf.place(number)
            if place is not None and shelf.after[place] >= 0:
                found[number] = shelf.ids[shelf.after[place]]
    return {number: next_ for number, next_ in found.items() if next_ not in told}
