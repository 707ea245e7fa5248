"""One sentence read by the rules of its language."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from persona.facts.birthdays import birthday
from persona.facts.heads import Clause, Sentence, clauses, meant
from persona.facts.kinds import Fact, Slot, normal
from persona.facts.rule import Rule
from persona.facts.values import Value, values
from persona.times_within import Dated, dates_in

_SHOWN: Final = 160
"""Letters of a sentence that is shown whole; of a longer one the quote."""
_SINCE: Final[frozenset[Slot]] = frozenset(("lives_in", "job", "school", "partner", "pet", "owns"))
_DAY: Final = timedelta(days=1)


def facts(sentence: Sentence) -> Iterator[Fact]:
    """The facts that *sentence* tells, none twice."""
    tongue, said = sentence.tongue, sentence.said
    if tongue.framed.search(said):
        return
    end = meant(tongue, said)
    taken = list[Value]()
    for clause in clauses(tongue, said, end):
        for rule in tongue.rules:
            if clause.who in rule.who:
                yield from _read(sentence, clause, rule, end, taken)


def _read(
    sentence: Sentence, clause: Clause, rule: Rule, end: int, taken: list[Value]
) -> Iterator[Fact]:
    found = rule.pattern.match(sentence.said, clause.body)
    if found is None or found.end() > end or sentence.tongue.void.search(found[0]):
        return
    for value in values(sentence, found, rule):
        norm = _norm(sentence, rule, found, value)
        free = not any(value.start < one.end and one.start < value.end for one in taken)
        if free and (norm or rule.negated):
            taken.append(value)
            quote = sentence.text[clause.start : found.end()].strip()
            yield _fact(sentence, clause, rule, value, quote=quote, norm=norm)


def _norm(sentence: Sentence, rule: Rule, found: re.Match[str], value: Value) -> str:
    """The value as it is compared; empty: it is none."""
    told = sentence.said[value.start : value.end]
    if value.slot == "birthday":
        return birthday(told, sentence.at, sentence.zone)
    named = _name(found) if value.slot == rule.slot else ""
    gone = rule.negated and value.slot == "pet"  # whatever its name was
    norm = "" if gone else normal(named or told).translate(sentence.tongue.letters)
    return f"{value.side}:{norm}" if value.side and (norm or gone) else norm


def _name(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return groups.get("n") or groups.get("n2") or ""


def _fact(
    sentence: Sentence, clause: Clause, rule: Rule, value: Value, *, quote: str, norm: str
) -> Fact:
    whole = sentence.text.strip()
    since = _since(sentence) if value.slot in _SINCE else None
    return Fact(
        subject=clause.name,
        slot=value.slot,
        value=sentence.text[value.start : value.end],
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


def _since(sentence: Sentence) -> Dated | None:
    """The time of which the sentence tells, where it is one and past."""
    times = dates_in(sentence.text, sentence.at, sentence.zone)
    past = [one for one in times if one.moment <= sentence.at - _DAY]
    return past[0] if len(past) == 1 else None
