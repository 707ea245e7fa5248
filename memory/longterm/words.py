"""Our one tokenizer: both databases index what it makes of a text, and touch none of it.

Latin words lose their endings. Scripts without spaces are cut into pairs of characters, those of
hiragana alone left out: they hold grammar, and with them the index is a third larger and a
question sixteen times slower. A Chinese character among kana is a word by itself. Every token is
ASCII letters and digits, whatever the script.
"""

import re
import unicodedata
from itertools import pairwise
from typing import Final

from memory.longterm.stems import stem

_LONGEST: Final = 32
"""Characters of a word that count; an address or a picture in letters is no word."""

_LONGEST_KATAKANA: Final = 8
_MOST: Final = 4_000
"""Tokens of one text that are indexed."""

_HIRAGANA: Final = "\u3041-\u309f"
_KATAKANA: Final = "\u30a1-\u30fa\u30fc-\u30ff"
_HAN: Final = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OTHERS: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u11ff\uac00-\ud7af"
"""Thai, Lao, Burmese and Khmer have no spaces; Korean has, with particles before them."""

_SPACELESS: Final = f"{_HAN}{_HIRAGANA}{_KATAKANA}{_OTHERS}"
_RUN: Final = re.compile(rf"([a-z0-9]+(?:'[a-z]+)?)|([{_SPACELESS}]+)|([^\W_{_SPACELESS}]+)")
_KATAKANA_RUN: Final = re.compile(f"[{_KATAKANA}]{{3,}}")
_LONE_HAN: Final = re.compile(f"(?<![{_HAN}])[{_HAN}](?![{_HAN}])")
_ACCENTED: Final = re.compile("[\u00c0-\u024f]")
_MARKS: Final = re.compile("[\u0300-\u036f]")
_LAST_HIRAGANA: Final = "\u309f"
_FIRST_HIRAGANA: Final = "\u3041"
_SMALL: Final = """
    a about again all also am an and any are aren't as at be because been being but by can can't
    could couldn't did didn't do does doesn't doing don't each ever for from had hadn't has hasn't
    have haven't having he he'd he'll her here hers herself him himself his how i i'd i'll i'm
    i've if in into is isn't it it'd it'll its itself just let me more most my myself no nor not of
    off on once only or other our ours out over own please same shall she she'd she'll should
    shouldn't so some such than that the their theirs them themselves then there these they they'd
    they'll they're they've this those through to too up us very was wasn't we we'd we'll we're
    we've were weren't what when where which while who whom whose why will with won't would
    wouldn't yes you you'd you'll you're you've your yours yourself tell remember mention mentioned
    """
_STOP: Final = frozenset(_SMALL.split())
"""What a question is made of besides what it asks for."""


def says_nothing(word: str) -> bool:
    """Whether a question is made of *word* besides what it asks for."""
    return word in _STOP


def tokens(text: str) -> list[str]:
    """The tokens of *text*, in their order, as often as they occur."""
    return _tokens(text, frozenset())


def asked(text: str) -> tuple[str, ...]:
    """The tokens to look for when *text* is asked, each once; words that say nothing left out.

    A question of nothing else is asked as it stands.
    """
    found = dict.fromkeys(_tokens(text, _STOP)) or dict.fromkeys(_tokens(text, frozenset()))
    return tuple(found)


def _tokens(text: str, stop: frozenset[str]) -> list[str]:
    found: list[str] = []
    for latin, spaceless, other in _RUN.findall(_plain(text)):
        if latin:
            if latin not in stop:
                word = latin.removesuffix("'s").replace("'", "") if "'" in latin else latin
                found.append(stem(word[:_LONGEST]))
        elif spaceless:
            found += _pairs(spaceless)
        else:
            found.append(_spelled(other[:_LONGEST]))
    return found[:_MOST]


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", text).replace("\u2019", "'").lower()
    return _unaccented(plain) if _ACCENTED.search(plain) else plain


def _unaccented(text: str) -> str:
    """*text* with bare letters of ours: not everybody types the accents."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", bare)


def _pairs(run: str) -> list[str]:
    if len(run) == 1:
        return [_spelled(run)]
    found = [
        f"x{ord(one):x}{ord(other):x}"
        for one, other in pairwise(run)
        if not (_FIRST_HIRAGANA <= one <= _LAST_HIRAGANA >= other >= _FIRST_HIRAGANA)
    ]
    found += [_spelled(one) for one in _LONE_HAN.findall(run)]
    return found + [_spelled(whole[:_LONGEST_KATAKANA]) for whole in _KATAKANA_RUN.findall(run)]


def _spelled(characters: str) -> str:
    return "x" + "".join(f"{ord(one):x}" for one in characters)
