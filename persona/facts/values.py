"""What a rule that fits has found: the values, where they stand, and of what they are."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from persona.facts.heads import EDGE, Sentence
from persona.facts.kinds import Slot, normal
from persona.facts.rule import ALSO, Rule

_NAMES: Final = ("v", "v2", "v3", "v4")
_WHOLE: Final[frozenset[Slot]] = frozenset(("birthday", "boundary", "family"))
"""Slots of which the value may begin as a pointing word does."""


class Value(NamedTuple):
    """The letters from *start* to *end*, for one aspect of a slot."""

    start: int
    end: int
    slot: Slot
    side: str


def values(sentence: Sentence, found: re.Match[str], rule: Rule) -> Iterator[Value]:
    """What *rule*, which has *found* itself in *sentence*, tells."""
    groups = found.groupdict()
    name = next((one for one in _NAMES if groups.get(one)), None)
    if name:
        side = normal(groups.get("k") or "") if rule.slot in {"pet", "family"} else rule.side
        for start, end in _parts(sentence, rule, *found.span(name)):
            if not _is_refused(sentence, rule, sentence.said[start:end]):
                yield Value(start, end, rule.slot, side)
    else:
        yield Value(found.start(), found.start() if rule.negated else found.end(), rule.slot, "")
    for other, slot, side in ALSO:
        if groups.get(other):
            start, end = _trimmed(sentence.said, *found.span(other))
            if not sentence.tongue.refused.match(sentence.said[start:end]):
                yield Value(start, end, slot, side)


def _parts(sentence: Sentence, rule: Rule, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the values of a list stand."""
    at = start
    if rule.many:
        for cut in (rule.listed or sentence.tongue.listed).finditer(sentence.said, start, end):
            yield _trimmed(sentence.said, at, cut.start())
            at = cut.end()
    yield _trimmed(sentence.said, at, end)


def _trimmed(said: str, start: int, end: int) -> tuple[int, int]:
    part = said[start:end]
    lead = len(part) - len(part.lstrip(EDGE))
    return start + lead, start + max(lead, len(part.rstrip(EDGE)))


def _is_refused(sentence: Sentence, rule: Rule, value: str) -> bool:
    if rule.refused and rule.refused.match(value):
        return True
    return rule.slot not in _WHOLE and bool(sentence.tongue.refused.match(value))
