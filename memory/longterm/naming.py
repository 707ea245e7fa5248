"""Whom a question names: that tells who said what is asked for, and nothing of what it means."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from memory.longterm.words import says_nothing

_SPELLED: Final = re.compile("[a-z0-9]")
_POLITE: Final = "(?:さん|ちゃん|くん|君|様|先生)?"
_SHORTEST: Final = 3
"""Letters of a first name: shorter ones are other words as well."""


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
