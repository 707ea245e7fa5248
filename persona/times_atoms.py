"""What a time is made up of in a sentence: days, parts of the day, times of the clock."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final, NamedTuple, TypeVar

from persona.days import Stretch
from persona.hours import PERIODS, Period
from persona.tense import is_past
from persona.times_dense import DENSE
from persona.times_english import ENGLISH
from persona.times_rule import FIGURES, Rule, Today

_NUMERAL: Final = r"(?:\d{1,2}|[一二两兩三四五六七八九十]{1,3})"
_CLOCK = re.compile(
    r"(?<![\d:.])(?:(?P<at>\b(?:at|by|until|till|around)|@)\s?)?"
    r"(?:(?P<h>\d{1,2}):(?P<m>\d{2})(?![\d:])"
    rf"|(?P<hour>{_NUMERAL})\s?(?P<sign>[点點時])(?!間)(?P<whole>钟|鐘|整)?"
    rf"(?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<minute>{_NUMERAL})分?)?"
    r"|(?P<bare>\d{1,2}|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)"
    r"(?P<oclock> ?o'?clock)?(?![\d:.,]\d))"
    r"(?: ?(?P<half_day>[ap])\.?m\b\.?)?"
)
_PERIOD = re.compile("|".join(f"({words})" for words in PERIODS))
_KINDS: Final = tuple(PERIODS.values())
_SENTENCE_END = re.compile(r"[.!?。!?\n;；]")
_SENTENCE: Final = 120
"""Letters on either side that may belong to the same sentence."""
_LATIN = re.compile(r"[a-z]")
_CJK = re.compile(r"[\u3040-\u9fff]")

T = TypeVar("T")


class Atom(NamedTuple):
    """One of a day, a part of a day, and a time of the clock, and where it stands."""

    start: int
    end: int
    day: Stretch | None = None
    period: Period | None = None
    clock: re.Match[str] | None = None


def atoms(said: str, now: datetime) -> list[Atom]:
    """Those of *said*, in order and none inside another; of what may be both, days come first."""
    taken = bytearray(len(said))
    days = sorted(_days(said), key=lambda hit: (hit[0].start(), -hit[0].end()))
    read = [_day(said, hit, rule, now) for hit, rule in _free(taken, days)]
    clocks = [Atom(*hit.span(), clock=hit) for hit, _ in _free(taken, _clocks(said))]
    periods = [Atom(*hit.span(), period=kind) for hit, kind in _free(taken, _periods(said))]
    return sorted([*filter(None, read), *clocks, *periods], key=lambda atom: atom.start)


def is_told_of(said: str, start: int, end: int) -> bool:
    """Whether the sentence around these letters tells of what was."""
    before = _SENTENCE_END.split(said[max(0, start - _SENTENCE) : start])[-1]
    behind = _SENTENCE_END.split(said[end : end + _SENTENCE], maxsplit=1)[0]
    return is_past(before + said[start:end] + behind)


def _free(
    taken: bytearray, hits: Iterable[tuple[re.Match[str], T]]
) -> Iterator[tuple[re.Match[str], T]]:
    """Those of *hits* whose letters were not *taken*; from now on they are."""
    for hit, meant in hits:
        start, end = hit.span()
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            yield hit, meant


def _days(said: str) -> Iterator[tuple[re.Match[str], Rule]]:
    rules = [
        FIGURES,
        *(ENGLISH if _LATIN.search(said) else ()),
        *(DENSE if _CJK.search(said) else ()),
    ]
    return ((hit, rule) for rule in rules for hit in rule.pattern.finditer(said))


def _day(said: str, hit: re.Match[str], rule: Rule, now: datetime) -> Atom | None:
    today = Today(now, is_told_of(said, *hit.span()))
    try:
        return Atom(*hit.span(), day=rule.read(hit, today))
    except (OverflowError, ValueError):  # the thirtieth of February, or beyond all calendars
        return None


def _clocks(said: str) -> Iterator[tuple[re.Match[str], None]]:
    """Times of the clock; a bare number is one only where a word beside it says so."""
    for hit in _CLOCK.finditer(said):
        if hit["bare"] is None or hit["at"] or hit["half_day"] or hit["oclock"]:
            yield hit, None


def _periods(said: str) -> Iterator[tuple[re.Match[str], Period]]:
    return ((hit, _KINDS[(hit.lastindex or 1) - 1]) for hit in _PERIOD.finditer(said))
