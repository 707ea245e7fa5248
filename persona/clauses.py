"""A text cut into clauses, so that what is said of one thing is not taken for another."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from itertools import pairwise
from typing import Final

from persona.sentences import ends
from persona.times_within import Dated, dates_in

MOST: Final = 600
"""Letters of a text that are read, its first ones."""

_CUT = re.compile(
    r"(?<=[\u4e00-\u9fff])[，,;；]"  # Chinese strings its sentences together
    r"|(?<=[a-z0-9!?')])(?:[,;] (?:but |so |and |because )?| (?:but|so|because) )"
    r"|(?<=[だですよねしたけどてが])、"
    r"|\n"
)
_NOTHING = re.compile(r"[\W_]|\b(?:on|at|in|by|so|and|but)\b|[的のにではは]")


def clauses(text: str, now: datetime, zone: tzinfo) -> Iterator[str]:
    """The clauses of *text*; a time at the head of one stays with it: on Friday, I fly."""
    read = text[:MOST]
    for start, end in pairwise((0, *ends(read, 0), len(read))):
        yield from _cut(read[start:end], dates_in(read[start:end], now, zone))


def _cut(sentence: str, times: Sequence[Dated]) -> Iterator[str]:
    begun = 0
    for cut in _CUT.finditer(sentence):
        inside = any(one.start < cut.start() < one.end for one in times)
        if not inside and _tells(sentence, begun, cut.start(), times):
            yield sentence[begun : cut.start()].strip()
            begun = cut.end()
    yield sentence[begun:].strip()


def _tells(sentence: str, start: int, end: int, times: Sequence[Dated]) -> bool:
    """Whether there is more between these letters than a time."""
    at, rest = start, ""
    for one in times:
        if start <= one.start < end:
            rest += sentence[at : one.start]
            at = one.end
    return bool(_NOTHING.sub("", rest + sentence[at:end]))
