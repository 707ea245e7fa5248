"""What the rules of a language are made of, and how one is read."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from persona.facts.kinds import Slot

Who = Literal["self", "kin", "named", "bare"]
"""Of whom a clause speaks: its speaker, one of theirs, one by name, or it does not say."""


class Sentence(NamedTuple):
    """Where a sentence of a line begins and ends, and whether it asks."""

    start: int
    end: int
    asks: bool


class Clause(NamedTuple):
    """A part of a line, as it was written and *said*: the same letters, narrow and plain.

    *asks*: it is, or ends, a question. *before* is what the line said up to here, *told* the same
    as it was written, *after* what follows.
    """

    text: str
    said: str
    asks: bool
    before: str
    told: str
    after: str


class Draft(NamedTuple):
    """A fact in the making: *side* is the aspect that its norm begins with."""

    slot: Slot
    value: str
    side: str = ""
    subject: str = ""
    negated: bool = False
    hearsay: bool = False
    norm: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A way to tell something, matched right behind the subject of a clause.

    The group `v` is the value, and more than one where it is a list and *many*; without the group
    the value is empty. The group `k` is the aspect, else *side*. Groups named for a slot, with the
    aspect behind two underscores, tell more at once. Values that match *refused* say nothing.
    """

    slot: Slot
    pattern: re.Pattern[str]
    who: frozenset[Who]
    side: str = ""
    negated: bool = False
    many: bool = False
    refused: re.Pattern[str] | None = None


class Wished(NamedTuple):
    """A wish of memory, and where in a sentence stands what it is about."""

    kind: Literal["remember", "forget"]
    start: int
    end: int


class Head(NamedTuple):
    """Whom a clause speaks of, by which *name*, and where what it says of them begins."""

    who: Who
    name: str
    start: int


@dataclass(frozen=True, slots=True)
class Tongue:
    """How one language tells facts.

    *framed* is what makes a whole sentence unreal, *cut* where a clause ends, *series* a list
    in which none does, *void* what makes a clause nothing. *heads* reads whom a clause speaks of,
    *trimmed* how much of a value is one. *tag* is the end of a question that asks nothing,
    *begs* what makes one a wish.
    """

    code: str
    framed: re.Pattern[str]
    cut: re.Pattern[str]
    series: re.Pattern[str]
    void: re.Pattern[str]
    heads: Callable[[str], Sequence[Head]]
    rules: Sequence[Rule]
    listed: re.Pattern[str]
    trimmed: Callable[[str, int, int], tuple[int, int]]
    refused: re.Pattern[str]
    more: Callable[[Clause], Iterator[Draft]]
    wished: Callable[[str], Wished | None]
    promised: Callable[[str], tuple[int, int] | None]
    born: Callable[[str], str | None]
    tag: re.Pattern[str]
    begs: re.Pattern[str]
    stops: re.Pattern[str]
    plain: Mapping[int, str]


def drafts(clause: Clause, tongue: Tongue, heads: Sequence[Head]) -> Iterator[Draft]:
    """What *clause* tells of those that it speaks of."""
    for rule in tongue.rules:
        for head in heads:
            if head.who not in rule.who:
                continue
            found = rule.pattern.match(clause.said, head.start)
            if found and (told := list(_told(clause, tongue, rule, head, found))):
                yield from told
                break


def _told(
    clause: Clause, tongue: Tongue, rule: Rule, head: Head, found: re.Match[str]
) -> Iterator[Draft]:
    groups = found.groupdict()
    kind = clause.text[slice(*found.span("k"))] if groups.pop("k", None) else ""
    side = kind.lower() or rule.side
    hearsay = head.who == "named"
    values = _values(clause, tongue, rule, found) if "v" in groups else [""] * (not groups)
    for value in values:
        yield Draft(rule.slot, value, side, head.name, rule.negated, hearsay)
    for name in sorted(groups.keys() - {"v"}) if values or "v" not in groups else ():
        if found[name]:
            start, end = tongue.trimmed(clause.said, *found.span(name))
            slot, _, more = name.partition("__")
            yield Draft(slot, clause.text[start:end], more, head.name, rule.negated, hearsay)  # type: ignore[arg-type]  # groups are named for slots


def _values(clause: Clause, tongue: Tongue, rule: Rule, found: re.Match[str]) -> list[str]:
    spans = _parted(clause.said, tongue, *found.span("v")) if rule.many else [found.span("v")]
    values = []
    for span in spans:
        start, end = tongue.trimmed(clause.said, *span)
        forms = (clause.said[slice(*span)].strip(), clause.said[start:end])
        if not any(_says_nothing(said, tongue, rule) for said in forms):
            values.append(clause.text[start:end])
        elif not values and re.search("[,、]", clause.said):  # I love you, mum and dad
            return []
    return values


def _says_nothing(said: str, tongue: Tongue, rule: Rule) -> bool:
    refused = rule.refused and rule.refused.match(said)
    return not said or bool(refused or tongue.refused.match(said))


def _parted(said: str, tongue: Tongue, start: int, end: int) -> Iterator[tuple[int, int]]:
    for mark in tongue.listed.finditer(said, start, end):
        yield start, mark.start()
        start = mark.end()
    yield start, end
