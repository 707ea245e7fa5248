"""The facts and wishes that somebody's line holds, found by rules: no model, no guessing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from persona.facts.ahead import plans
from persona.facts.asked import promises, wishes
from persona.facts.heads import Sentence
from persona.facts.kinds import SINGLE, Fact, Found, Wish, aspect
from persona.facts.masks import masked
from persona.facts.read import facts
from persona.facts.tongues import tongue_of
from persona.language import guess
from persona.sentences import ends

MOST: Final = 2000
"""Letters of a line that are read, its first ones."""
_SENTENCE: Final = 600
"""Letters of a sentence that are read: without an end in sight, time grows with their square."""
_OWN = re.compile(r"\b(?:i|im|my)\b|[我俺咱私僕]", re.IGNORECASE)


def extract(
    line_text: str, at: datetime, language: str | None = None, *, ours: bool = False
) -> tuple[Found, ...]:
    """What *line_text* tells, said *at* that time by the clock of who spoke, which is aware.

    *language* is what is spoken there mostly. Of *ours* only promises are taken.
    """
    text = line_text[:MOST]
    spoken = guess(text, language or "en")
    found = list[Found]()
    before: tuple[Found, ...] = ()
    for start, end in pairwise((0, *ends(text, 0), len(text))):
        sentence = _sentence(text[start : min(end, start + _SENTENCE)], at, spoken)
        here = tuple(promises(sentence) if ours else _found(sentence))
        found += [one for one in here if not _is_of_another(one, before)]
        before = here
    return tuple(_once(found))


def _is_of_another(one: Found, before: Sequence[Found]) -> bool:
    """Whether a name is that of a pet or of a child, of whom the sentence *before* told."""
    return (
        isinstance(one, Fact)
        and one.slot == "name"
        and not _OWN.search(one.quote)
        and any(isinstance(other, Fact) and other.slot in {"pet", "family"} for other in before)
    )


def _sentence(text: str, at: datetime, spoken: str) -> Sentence:
    tongue = tongue_of(text, spoken)
    said = masked(text).translate(tongue.letters)
    return Sentence(text, said, at, at.tzinfo or UTC, tongue)


def _found(sentence: Sentence) -> Iterator[Found]:
    yield from promises(sentence)
    wished = tuple(wishes(sentence))
    yield from wished
    if any(one.kind == "forget" for one in wished):
        return
    told = tuple(facts(sentence))
    yield from (replace(one, pinned=bool(wished)) for one in told)
    if not wished and not any(one.slot == "birthday" for one in told):
        yield from plans(sentence)


def _once(found: Sequence[Found]) -> Iterator[Found]:
    """Each once, the first one."""
    seen = set[tuple[str, ...]]()
    for one in found:
        key = _key(one)
        if key not in seen:
            seen.add(key)
            yield one


def _key(one: Found) -> tuple[str, ...]:
    """By what it is known again."""
    if isinstance(one, Wish):
        return one.kind, one.about
    value = aspect(one.norm) if one.slot in SINGLE else one.norm  # no line contradicts itself
    return one.subject, one.slot, value, str(one.negated)
