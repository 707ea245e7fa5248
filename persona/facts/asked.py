"""What people wish of memory, and what is promised."""

import re
from collections.abc import Iterator
from typing import Final

from persona.facts.kinds import Fact, Wish, normal
from persona.facts.rule import Tongue
from persona.glance import asks

_EDGE: Final = " \t\n,.!?~:、。！？，：～"
_POINTS: Final = re.compile(
    r"(?:about )?(?:that|this|it)|[这那這](?:个|個|些|件事|句话|句話)?|今の|さっきの|これ|それ|あれ|今のこと|この話",
    re.IGNORECASE,
)


def wishes(tongue: Tongue, sentence: str, said: str) -> Iterator[Wish]:
    """What *sentence*, as it is *said*, asks to remember or to forget."""
    if tongue.idle.search(said):
        return
    asked = _mark(said)
    begun = tongue.fill.match(said)
    forget = None if asked else _forgets(tongue, said, begun.end() if begun else 0)
    if forget:
        yield Wish("forget", _about(forget, sentence))
        return
    remember = tongue.remember.search(said)
    if remember and not asked:
        told = next(one for one in remember.groupdict() if remember[one])
        yield Wish("remember", sentence[slice(*remember.span(told))].strip(" ,.:!~。、!:"))


def promises(tongue: Tongue, sentence: str, said: str) -> Iterator[Fact]:
    """What *sentence* promises."""
    if asks(sentence):
        return
    for head in (0, *(one.end() for one in tongue.head.finditer(said))):
        begun = tongue.fill.match(said, head)
        found = tongue.promise.match(said, begun.end() if begun else head)
        if found:
            value = next(told for told in found.groups() if told)
            place = found.start() + found[0].find(value)
            told = sentence[place : place + len(value)].strip(" ,.!~。、!")
            quote = sentence[found.start() : found.end()].strip()
            yield Fact("", "promise", told, normal(told), quote, tongue.code, quote)
            return


def _mark(said: str) -> bool:
    return bool(re.search(r"[?]\W*\Z", said)) or asks(said)


def _forgets(tongue: Tongue, said: str, begun: int) -> re.Match[str] | None:
    return tongue.forget.match(said, begun) or tongue.forget.match(said)


def _about(found: re.Match[str], sentence: str) -> str:
    """What is to be forgotten; nothing where it only points."""
    name = next((one for one, told in found.groupdict().items() if told), None)
    told = sentence[slice(*found.span(name))].strip(_EDGE) if name else ""
    return "" if _POINTS.fullmatch(told) else told
