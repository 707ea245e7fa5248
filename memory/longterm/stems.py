"""English words without their endings, so that `bought` is found by `buying`."""

import re
from functools import lru_cache
from types import MappingProxyType
from typing import Final

_SHORTEST: Final = 4
"""Shorter words are left alone: what looks like an ending is often all of them."""

_REMEMBERED: Final = 20_000
_VOWEL: Final = re.compile("[aeiouy]")
_TWICE: Final = re.compile(r"([bdfgmnprt])\1$")
_PAST: Final = MappingProxyType(
    {
        form: word
        for word, forms in {
            "be": "been",
            "become": "became",
            "begin": "began begun",
            "break": "broke broken",
            "bring": "brought",
            "build": "built",
            "buy": "bought",
            "catch": "caught",
            "child": "children",
            "choose": "chose chosen",
            "come": "came",
            "draw": "drew drawn",
            "drink": "drank drunk",
            "drive": "drove driven",
            "eat": "ate eaten",
            "fall": "fell fallen",
            "feel": "felt",
            "fight": "fought",
            "find": "found",
            "fly": "flew flown",
            "forget": "forgot forgotten",
            "get": "got gotten",
            "give": "gave given",
            "go": "went gone",
            "grow": "grew grown",
            "hear": "heard",
            "hold": "held",
            "keep": "kept",
            "know": "knew known",
            "leave": "left",
            "lose": "lost",
            "make": "made",
            "man": "men",
            "meet": "met",
            "pay": "paid",
            "ride": "rode ridden",
            "run": "ran",
            "say": "said",
            "see": "saw seen",
            "sell": "sold",
            "send": "sent",
            "sing": "sang sung",
            "sleep": "slept",
            "speak": "spoke spoken",
            "spend": "spent",
            "swim": "swam swum",
            "take": "took taken",
            "teach": "taught",
            "tell": "told",
            "think": "thought",
            "throw": "threw thrown",
            "wake": "woke woken",
            "wear": "wore worn",
            "win": "won",
            "woman": "women",
            "write": "wrote written",
        }.items()
        for form in forms.split()
    }
)
_TAILS: Final = (
    *(("ization", "ize"), ("ational", "ate"), ("fulness", "ful"), ("iveness", "ive")),
    *(("ation", "ate"), ("ement", ""), ("iness", "y"), ("ness", ""), ("ment", ""), ("able", "")),
    *(("ible", ""), ("tion", "t"), ("sion", "s"), ("ful", ""), ("less", ""), ("ist", "")),
    *(("ily", "y"), ("ally", "al"), ("ly", ""), ("ity", ""), ("er", ""), ("or", ""), ("al", "")),
)


@lru_cache(maxsize=_REMEMBERED)
def stem(word: str) -> str:
    """What *word*, in small letters, has in common with its other forms."""
    known = _PAST.get(word)
    if known is not None:
        return stem(known)
    if len(word) < _SHORTEST or not word.isalpha():
        return word
    return _ended(_untailed(_undone(_single(word))))


def _single(word: str) -> str:
    """The singular."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _undone(word: str) -> str:
    """The verb without its time: planned, planning."""
    if word.endswith("ied"):
        return word[:-3] + "y"
    if word.endswith("eed"):
        return word
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 1 and _VOWEL.search(rest):
            return rest[:-1] if _TWICE.search(rest) else rest
    return word


def _untailed(word: str) -> str:
    """The word from which this one was made, where enough of it is left."""
    for tail, instead in _TAILS:
        if word.endswith(tail) and len(word) - len(tail) >= _SHORTEST:
            rest = word.removesuffix(tail) + instead
            return rest[:-1] if _TWICE.search(rest) else rest
    return word


def _ended(word: str) -> str:
    """Without the last letter where it changes between the forms."""
    if len(word) < _SHORTEST:
        return word
    if word.endswith("y"):
        return word[:-1] + "i"
    return word.removesuffix("e")
