"""What a line tells of its speaker and theirs, and what it wants of memory, by rules alone."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, NamedTuple

from persona.facts.ahead import plans
from persona.facts.chinese import CHINESE
from persona.facts.english import ENGLISH
from persona.facts.japanese import JAPANESE
from persona.facts.kinds import Fact, Found, Wish
from persona.facts.made import born, made
from persona.facts.once import different, once
from persona.facts.reading import MOST, clauses, narrowed, sentences
from persona.facts.rule import Draft, Sentence, Tongue, Wished, drafts
from persona.language import guess, primary

_KANA = re.compile(r"[ぁ-ゖァ-ヺ]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_JAPANESE = re.compile(
    "出身(?!于|於)|誕生日|在住|勤務|卒業|専攻|仕事|主婦|看護師|彼氏|[犬猫]派|歳|名前|元気"
)
_LATIN = re.compile(r"[A-Za-z]['A-Za-z]")
_MOST_WEIGHT: Final = 5


class _Line(NamedTuple):
    """A line, letter for letter as it is read, and when it was said."""

    text: str
    said: str
    at: datetime


def extract(
    line_text: str, at: datetime, language: str | None = None, *, ours: bool = False
) -> tuple[Found, ...]:
    """What *line_text*, said *at* that time by the clock of who said it, tells and wants.

    *language* is what the line is probably in. In a line of *ours* only promises are found.
    """
    text = line_text[:MOST]
    line = _Line(text, narrowed(text), at if at.tzinfo else at.replace(tzinfo=UTC))
    found: list[Found] = []
    for sentence in sentences(line.said):
        for tongue in _tongues(line.said, sentence, language):
            read = line._replace(said=line.said.translate(tongue.plain))
            found += _promises(read, sentence, tongue)
            if not ours:
                found += _in_sentence(read, sentence, tongue)
    if not ours:
        found += _planned(line, language)
    return tuple(once(found))


def _tongues(said: str, sentence: Sentence, language: str | None) -> Iterator[Tongue]:
    part = said[sentence.start : sentence.end]
    if _HAN.search(part) or _KANA.search(part):
        yield JAPANESE if _is_japanese(said, part, language) else CHINESE
    if _LATIN.search(part):
        yield ENGLISH


def _is_japanese(said: str, part: str, language: str | None) -> bool:
    """Whether *part* of what was said is Japanese, where it has Chinese characters or kana."""
    if _KANA.search(part):
        return True
    if language is None and _JAPANESE.search(part):
        return True
    return guess(said, language or "zh") == "ja"


def _promises(line: _Line, sentence: Sentence, tongue: Tongue) -> Iterator[Fact]:
    start, end, asks = sentence
    span = None if asks else tongue.promised(line.said[start:end])
    if span and not tongue.framed.search(line.said[start:end]):
        promise = Draft("promise", line.text[start:end][slice(*span)])
        yield made(promise, line.text[start:end], tongue.code, line.at)


def _in_sentence(line: _Line, sentence: Sentence, tongue: Tongue) -> Iterator[Found]:
    start, end, asks = sentence
    part = line.said[start:end]
    if tongue.framed.search(part):
        return
    untagged = tongue.tag.sub("", part)
    asks = asks and untagged == part
    wish = None if asks and not tongue.begs.search(part) else tongue.wished(untagged)
    asks = asks and wish is None
    if wish:
        yield Wish(wish.kind, line.text[start + wish.start : start + wish.end].strip())
    if wish is None or wish.kind == "remember":
        yield from _told(line, Sentence(start, start + len(untagged), asks), tongue, wish)


def _told(line: _Line, sentence: Sentence, tongue: Tongue, wish: Wished | None) -> Iterator[Fact]:
    other = False  # whether the clause before was about somebody else
    for clause in clauses(line.text, line.said, sentence, tongue):
        heads = [one for one in tongue.heads(clause.said) if not (other and one.who == "bare")]
        other = heads[0].who in {"kin", "named"} if heads else other
        if tongue.void.search(clause.said) or clause.asks:
            if tongue.stops.search(clause.said):
                return
            continue
        told = (
            *drafts(clause, tongue, heads),
            *tongue.more(clause),
            *born(clause, tongue, line.at),
        )
        for draft in different(told):
            fact = made(draft, clause.text, tongue.code, line.at)
            yield replace(fact, pinned=True, importance=_MOST_WEIGHT) if wish else fact


def _planned(line: _Line, language: str | None) -> Iterator[Fact]:
    """The plans of a line in which nothing is played."""
    if any(tongue.framed.search(line.said) for tongue in (ENGLISH, CHINESE, JAPANESE)):
        return
    code = primary(language) if language else guess(line.text)
    yield from plans(line.text, line.at, code)
