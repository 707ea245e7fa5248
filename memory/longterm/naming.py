"""Whom a question names: that tells who said what is asked for, and nothing of what it means."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from memory.longterm.words import says_nothing

_SPELLED: Final = re.compile("[a-z0-9]")
_POLITE: Final = "(?:さん|ちゃん|くん|君|様|先生)?"
_SHORTEST: Final = 3
"""Letters of a first name: shorter ones are other words as well."""

_US: Final = re.compile(
    r"\byou(?:r|rs|rself)?\b|你|您|妳|あなた|君(?:は|の|って)|お前", re.IGNORECASE
)
_ME: Final = re.compile(
    r"\b(?:i|me|my|mine|i'm|we|our)\b|我|咱|僕|私|俺|わたし|ぼく|あたし|うち", re.IGNORECASE
)
_PLEASE: Final = re.compile(
    r"\b(?:do|did|can|could|will|would) you (?:still |ever )?(?:remember|recall|know|tell|remind)\b"
    r"|[你您](?:还|能|可以|应该)?(?:记不记得|知不知道|记得|知道|告诉)",
    re.IGNORECASE,
)
"""Said to us, about something else."""


def is_of_us(question: str) -> bool:
    """Whether *question* is about us whom it is put to, and not about who asks."""
    return _US.search(question) is not None and _ME.search(question) is None


def speaks_to_us(question: str) -> bool:
    """Whether *question* may be after what we said: it is not only a polite you."""
    return _US.search(_PLEASE.sub(" ", question)) is not None


def is_of_who_asks(question: str) -> bool:
    """Whether *question* is about nobody but who asks it."""
    rest = _PLEASE.sub(" ", question)
    return _ME.search(rest) is not None and _US.search(rest) is None


def is_named(name: str, question: str) -> bool:
    """Whether *question*, in small letters, has *name* or the first word of it."""
    return any(_stands(one, question) for one in _called(name))


def nameless(question: str, names: Iterable[str]) -> str:
    """*question* without *names*; as it stands where nothing would be left.

    A name of one character is left in it, for it is part of other words.
    """
    rest, asked = question, question.casefold()
    for name in (one for each in names for one in _called(each)):
        if len(name) > 1 and _stands(name, asked):
            rest = _whole(name).sub(" ", rest)
    return rest if re.search(r"\w", rest) else question


def _called(name: str) -> Iterator[str]:
    """How people call whom the platform calls *name*."""
    whole = name.casefold()
    yield whole
    first, _, rest = whole.partition(" ")
    if rest and len(first) >= _SHORTEST and first.isalpha() and not says_nothing(first):
        yield first


def _stands(name: str, question: str) -> bool:
    """Whether *name* is in *question*, a whole word where words are apart."""
    if not name or name not in question:
        return False
    return not _SPELLED.match(name) or _whole(name).search(question) is not None


def _whole(name: str) -> re.Pattern[str]:
    if _SPELLED.match(name):
        return re.compile(rf"(?<![a-z0-9]){re.escape(name)}(?:['’]s)?(?![a-z0-9])", re.IGNORECASE)
    return re.compile(re.escape(name) + _POLITE, re.IGNORECASE)
