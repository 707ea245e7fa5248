"""What people wish of memory, and what is promised."""

import re
from collections.abc import Iterator
from typing import Final

from persona.facts.heads import EDGE, Sentence, begins, is_asked
from persona.facts.kinds import Fact, Wish, normal

_POINTS: Final = re.compile(
    r"(?:about )?(?:that|this|it)|[这那這](?:个|個|些|件事|句话|句話)?"
    r"|今の(?:こと)?|さっきの|これ|それ|あれ|この話",
    re.IGNORECASE,
)


def wishes(sentence: Sentence) -> Iterator[Wish]:
    """What *sentence* asks to remember or to forget."""
    tongue, said = sentence.tongue, sentence.said
    if tongue.idle.search(said) or is_asked(said):
        return
    _, begun = next(begins(tongue, said))
    forget = tongue.forget.match(said, begun) or tongue.forget.match(said)
    if forget:
        about = _told(sentence, forget)
        yield Wish("forget", "" if _POINTS.fullmatch(about) else about)
        return
    remember = tongue.remember.search(said)
    if remember:
        yield Wish("remember", _told(sentence, remember))


def promises(sentence: Sentence) -> Iterator[Fact]:
    """What *sentence* promises."""
    tongue, said = sentence.tongue, sentence.said
    if is_asked(said):
        return
    starts = (start for _, start in begins(tongue, said))
    found = next(filter(None, (tongue.promise.match(said, start) for start in starts)), None)
    if found:
        told = _told(sentence, found)
        quote = sentence.text[found.start() : found.end()].strip()
        yield Fact("", "promise", told, normal(told), quote, tongue.code, quote)


def _told(sentence: Sentence, found: re.Match[str]) -> str:
    """The first group that was *found*, as it was written; empty: there is none."""
    name = next((one for one, told in found.groupdict().items() if told), None)
    return sentence.text[slice(*found.span(name))].strip(EDGE) if name else ""
