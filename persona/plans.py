"""Whether a clause tells of a plan of one's own, in three languages.

Guesses by lists of words: rather nothing is found than what nobody said.
"""

import re
from typing import Final

from persona.glance import asks, matters
from persona.plan_words import Plans
from persona.plans_chinese import CHINESE
from persona.plans_english import ENGLISH
from persona.plans_japanese import JAPANESE

_IT = re.compile(r"\b(?:it|that|this)(?:'s)?\b")
_ALL: Final = (ENGLISH, CHINESE, JAPANESE)
_KANA = re.compile(r"[ぁ-ゖァ-ヺー]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_QUOTED = re.compile(r"[\"“”「」『』«»]|\A\s*>")


def words_for(said: str) -> Plans:
    """The words of the language in which *said* is written, by its letters."""
    if _KANA.search(said):
        return JAPANESE
    return CHINESE if _HAN.search(said) else ENGLISH


def is_own(said: str) -> bool:
    """Whether the folded *said* is told of oneself as what is: asked, quoted, denied it is not."""
    words = words_for(said)
    if _QUOTED.search(said) or words.shut.search(said) or asks(said):
        return False
    if words.off.search(said) and not words.moved.search(said):
        return False
    return not is_of_another(said)


def is_of_another(said: str) -> bool:
    """Whether the folded *said* is about somebody else."""
    words = words_for(said)
    mine, other = words.mine.search(said), words.other.search(said)
    return other is not None and (mine is None or mine.start() > other.start())


def is_event(said: str) -> bool:
    """Whether the folded *said* names something that one comes back to."""
    # Without kana nothing tells Japanese from Chinese.
    return any(words.event.search(said) for words in (words_for(said), JAPANESE))


def is_intended(said: str) -> bool:
    """Whether the folded *said* tells what one will do, and it is more than daily life."""
    words = words_for(said)
    return bool(words.will.search(said)) and not words.doubt.search(said)


def is_awaited(said: str) -> bool:
    """Whether the folded *said* tells of news that one waits for."""
    return bool(words_for(said).waits.search(said))


def is_done(said: str, *, named: bool) -> bool:
    """Whether the folded *said* tells how one's own came out; *named*: it says what did."""
    words = words_for(said)
    told = (words.over if named else words.done).search(said)
    return bool(told) and not is_of_another(_IT.sub("", said)) and not asks(said)


def is_off(said: str) -> bool:
    """Whether the folded *said* tells that something will not be, or not then."""
    return bool(words_for(said).off.search(said)) and not asks(said)


def subjects(said: str) -> frozenset[str]:
    """What the folded *said* is about, by which it is known again: events, and rarer words."""
    events = {found for words in _ALL for found in words.event.findall(said)}
    return frozenset(events | matters(said))
