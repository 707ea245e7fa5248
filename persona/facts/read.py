"""One sentence read by the rules of its language."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from persona.facts.birthdays import birthday
from persona.facts.kinds import Fact, Slot, normal
from persona.facts.masks import VEIL
from persona.facts.rule import ALSO, Rule, Tongue, Who
from persona.glance import asks
from persona.times_within import Dated, dates_in

_VALUES: Final = ("v", "v2", "v3")
_LONGEST: Final = 60
_SHOWN: Final = 160
"""Letters of a sentence that is shown whole; of a longer one the quote."""
_EDGE: Final = " \t\n,.;:!?~·…“”\"'「」『』()[]、。,!?()~"
_TOLD_WHOLE: Final[frozenset[Slot]] = frozenset(("birthday", "boundary", "family"))
"""Slots of which the value may begin as a pointing word does."""
_AWAY: Final[frozenset[Who]] = frozenset(("other", "kin", "named"))
_SINCE: Final[frozenset[Slot]] = frozenset(("lives_in", "job", "school", "partner", "pet", "owns"))


class _Clause(NamedTuple):
    """Where one begins, where its predicate does, and whom it is about."""

    start: int
    body: int
    who: Who
    name: str


class _Value(NamedTuple):
    start: int
    end: int
    slot: Slot
    side: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence as it was written and as it is read, letter for letter."""

    text: str
    said: str
    at: datetime
    tongue: Tongue


def facts(tongue: Tongue, text: str, said: str, at: datetime) -> Iterator[Fact]:
    """The facts in the sentence *text*, read as *said*; *at* is aware."""
    if tongue.framed.search(said):
        return
    sentence = _Sentence(text, said, at, tongue)
    end = _end(tongue, said)
    taken = list[_Value]()
    for clause in _clauses(sentence, end):
        for rule in tongue.rules:
            if clause.who in rule.who:
                yield from _read(sentence, clause, rule, end, taken)


def _end(tongue: Tongue, said: str) -> int:
    """Where what is told is over: at what is unreal, at what is asked."""
    end = len(said)
    shut = tongue.shut.search(said)
    if shut:
        own = shut.lastgroup == "own"
        end = shut.start() if own else _begin(tongue, said, shut.start())
    if re.search(r"[?]\W*\Z", said) or asks(said):
        end = min(end, _begin(tongue, said, len(said.rstrip(_EDGE))))
    return end


def _begin(tongue: Tongue, said: str, place: int) -> int:
    """Where the clause begins in which *place* is."""
    ends = [one.start() for one in tongue.head.finditer(said) if one.end() <= place and one[0].strip(" \t")]
    return ends[-1] if ends else 0


def _clauses(sentence: _Sentence, end: int) -> Iterator[_Clause]:
    tongue, said = sentence.tongue, sentence.said
    before: _Clause | None = None
    for head in (0, *(one.end() for one in tongue.head.finditer(said))):
        filled = tongue.fill.match(said, head)
        start = filled.end() if filled else head
        if start >= end or (before and start <= before.start):
            continue
        read = [*_readings(tongue, said, start, before)]
        if start > head:  # what may be skipped may be a part of it too: today is my birthday
            read.append(_Clause(start - len(said[head:start].lstrip()), start - len(said[head:start].lstrip()), "bare", ""))
        if read[0].who != "bare" or before is None or _anew(said, before, start):
            yield from read
            before = read[0]


def _anew(said: str, before: _Clause, start: int) -> bool:
    """Whether a clause without a subject is not of whom the clause *before* it was about."""
    return before.who not in _AWAY or ":" in said[before.start : start]


def _readings(tongue: Tongue, said: str, start: int, before: _Clause | None) -> Iterator[_Clause]:
    """All that the beginning of a clause may be about."""
    none = True
    for subject in tongue.subjects:
        found = subject.pattern.match(said, start)
        if found is None or (subject.who == "other" and not none):
            continue
        groups = found.groupdict()
        name = (groups.get("s") or groups.get("s2") or "").strip()
        if subject.who != "same":
            body = start if subject.who == "other" else found.end()
            yield _Clause(start, body, subject.who, name)
        elif before and before.who == "kin":
            yield _Clause(start, found.end(), "kin", before.name)
        else:
            continue
        none = none and subject.who == "mine" and found.end() == start
    if none:
        yield _Clause(start, start, "bare", "")


def _read(
    sentence: _Sentence, clause: _Clause, rule: Rule, end: int, taken: list[_Value]
) -> Iterator[Fact]:
    found = rule.pattern.match(sentence.said, clause.body)
    if found is None or found.end() > end or sentence.tongue.void.search(found[0]):
        return
    for value in _values(sentence, found, rule):
        if any(_overlap(value, one) for one in taken):
            continue
        fact = _fact(sentence, clause, rule, found, value)
        if fact:
            taken.append(value)
            yield fact


def _overlap(one: _Value, other: _Value) -> bool:
    return one.start < other.end and other.start < one.end and one.end > one.start


def _values(sentence: _Sentence, found: re.Match[str], rule: Rule) -> Iterator[_Value]:
    groups = found.groupdict()
    name = next((one for one in _VALUES if groups.get(one)), None)
    if name is None:
        value = _Value(found.start(), found.start() if rule.negated else found.end(), rule.slot, rule.side)
        yield value
    else:
        side = _side(sentence, found, rule)
        for start, end in _parts(sentence, rule, *found.span(name)):
            if not _is_refused(sentence, rule, sentence.said[start:end]):
                yield _Value(start, end, rule.slot, side)
    for other, slot, side in ALSO:
        if groups.get(other):
            start, end = _trimmed(sentence.said, *found.span(other))
            if not sentence.tongue.refused.match(sentence.said[start:end]):
                yield _Value(start, end, slot, side)


def _side(sentence: _Sentence, found: re.Match[str], rule: Rule) -> str:
    named = found.groupdict().get("k")
    if rule.slot not in {"pet", "family"}:
        return rule.side
    return normal(named or rule.side)


def _parts(sentence: _Sentence, rule: Rule, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the values of a list stand."""
    at = start
    if rule.many:
        for cut in (rule.listed or sentence.tongue.listed).finditer(sentence.said, start, end):
            yield _trimmed(sentence.said, at, cut.start())
            at = cut.end()
    yield _trimmed(sentence.said, at, end)


def _trimmed(said: str, start: int, end: int) -> tuple[int, int]:
    part = said[start:end]
    lead = len(part) - len(part.lstrip(_EDGE))
    return start + lead, max(start + lead, start + len(part.rstrip(_EDGE)))


def _is_refused(sentence: _Sentence, rule: Rule, value: str) -> bool:
    if not value or len(value) > _LONGEST or VEIL in value:
        return True
    if rule.refused and rule.refused.match(value):
        return True
    return rule.slot not in _TOLD_WHOLE and bool(sentence.tongue.refused.match(value))


def _fact(
    sentence: _Sentence, clause: _Clause, rule: Rule, found: re.Match[str], value: _Value
) -> Fact | None:
    told = sentence.text[value.start : value.end]
    norm = _norm(sentence, rule, found, value, told)
    if norm is None:
        return None
    quote = sentence.text[clause.start : found.end()].strip()
    whole = sentence.text.strip()
    since = _since(sentence, rule, clause.start) if value.slot in _SINCE else None
    return Fact(
        subject=clause.name.casefold() if clause.who == "kin" else clause.name,
        slot=value.slot,
        value=told,
        norm=norm,
        text=whole if len(whole) <= _SHOWN else quote,
        language=sentence.tongue.code,
        quote=quote,
        valid_from=since.moment if since else None,
        precision=since.precision if since else "",
        negated=rule.negated,
        importance=rule.importance,
        hearsay=clause.who == "named",
    )


def _norm(
    sentence: _Sentence, rule: Rule, found: re.Match[str], value: _Value, told: str
) -> str | None:
    """The value as it is compared; None: it is none."""
    if value.slot == "birthday":
        day = birthday(sentence.said[value.start : value.end], sentence.at)
        return day or None
    named = found.groupdict().get("n") if value.slot == rule.slot else None
    if rule.negated and value.slot == "pet":
        named, told = None, ""
    norm = normal(named or told).translate(sentence.tongue.letters)
    if not norm and not rule.negated:
        return None
    return f"{value.side}:{norm}" if value.side else norm


def _since(sentence: _Sentence, rule: Rule, start: int) -> Dated | None:
    """The time in the clause, where it is past."""
    times = dates_in(sentence.text, sentence.at, sentence.at.tzinfo) if sentence.at.tzinfo else ()
    past: Sequence[Dated] = [one for one in times if one.moment <= sentence.at - timedelta(days=1)]
    _ = rule, start
    return past[0] if len(past) == 1 else None
