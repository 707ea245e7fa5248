"""Where the clauses of a sentence begin, whom they are about, and how far they are meant."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final, NamedTuple

from persona.facts.rule import Tongue, Who
from persona.glance import asks

EDGE: Final = " \t\n,.;:!?~·…“”\"'「」『』()[]、。，！？（）～"
"""Marks around a value that are no part of it."""
_AWAY: Final[frozenset[Who]] = frozenset(("other", "kin", "named"))
_MARK: Final = re.compile(r"[?]\W*\Z")


class Clause(NamedTuple):
    """Where one begins, where its predicate does, and whom it is about."""

    start: int
    body: int
    who: Who
    name: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it was written and as it is read, letter for letter, and its circumstances."""

    text: str
    said: str
    at: datetime
    zone: tzinfo
    tongue: Tongue


def is_asked(said: str) -> bool:
    """Whether *said* asks something."""
    return bool(_MARK.search(said)) or asks(said)


def meant(tongue: Tongue, said: str) -> int:
    """Where what is told is over: at what is unreal, at what is asked."""
    end = len(said)
    shut = tongue.shut.search(said)
    if shut:
        own = shut.lastgroup == "own"
        end = shut.start() if own else _begin(tongue, said, shut.start())
    if is_asked(said):
        end = min(end, _begin(tongue, said, len(said.rstrip(EDGE))))
    return end


def _begin(tongue: Tongue, said: str, place: int) -> int:
    """Where the clause begins in which *place* is."""
    heads = tongue.head.finditer(said)
    ends = [one.start() for one in heads if one.end() <= place and one[0].strip(" \t")]
    return ends[-1] if ends else 0


def begins(tongue: Tongue, said: str) -> Iterator[tuple[int, int]]:
    """Where clauses may begin, each with where it does behind what says nothing."""
    for head in (0, *(one.end() for one in tongue.head.finditer(said))):
        filled = tongue.fill.match(said, head)
        yield head, filled.end() if filled else head


def clauses(tongue: Tongue, said: str, end: int) -> Iterator[Clause]:
    """The clauses that begin before *end*, each as often as it can be read."""
    before: Clause | None = None
    for head, start in begins(tongue, said):
        if start >= end or (before and start <= before.start):
            continue
        first, *more = _readings(tongue, said, start, before)
        if first.who != "bare" or before is None or _anew(said, before, start):
            yield from (first, *more, *_whole(said, head, start))
            before = first


def _whole(said: str, head: int, start: int) -> Iterator[Clause]:
    """The clause with what may be skipped, for it may be a part of it: today is my birthday."""
    place = start - len(said[head:start].lstrip())
    if place < start:
        yield Clause(place, place, "bare")


def _anew(said: str, before: Clause, start: int) -> bool:
    """Whether a clause without a subject is not of whom the clause *before* it was about."""
    theirs = before.who in _AWAY or (before.who == "mine" and before.body == before.start)
    return not theirs or ":" in said[before.start : start]


def _readings(tongue: Tongue, said: str, start: int, before: Clause | None) -> Iterator[Clause]:
    """All that the beginning of a clause may be about."""
    none = True
    for subject in tongue.subjects:
        found = subject.pattern.match(said, start)
        if found is None or (subject.who == "other" and not none):
            continue
        clause = _clause(found, subject.who, before)
        none = none and subject.who == "mine" and clause.body == start
        yield clause
    if none:
        yield Clause(start, start, "bare")


def _clause(found: re.Match[str], who: Who, before: Clause | None) -> Clause:
    start, body = found.span()
    if who == "same" and before and before.who == "kin":
        return Clause(start, body, "kin", before.name)
    if who in {"same", "other"}:
        return Clause(start, start, "other")
    groups = found.groupdict()
    name = (groups.get("s") or groups.get("s2") or "").strip()
    return Clause(start, body, who, name.casefold() if who == "kin" else name)
