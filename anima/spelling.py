"""How a command is written, so that whoever reads text understands it as it was meant."""

import re
from collections.abc import Mapping
from typing import Final

from anima.offers import Offer

QUOTES: Final = ('""', "''", "“”", "„“", "‘’", "「」", "『』", "＂＂")
_OPEN: Final = frozenset(pair[0] for pair in QUOTES)
_SPLITS: Final = re.compile(r"\s|^\Z")


def quoted(word: str) -> str:
    """*word* as one word, in the first quotes that do not stand in it; spaces are what splits."""
    if not _SPLITS.search(word) and word[0] not in _OPEN:
        return word
    fit = (pair for pair in QUOTES if not set(pair) & set(word))
    pair = next(fit, QUOTES[0])
    left, right = pair[0], pair[1]
    return f"{left}{word.replace(left, '').replace(right, '')}{right}"


def spelled(path: str, offer: Offer, given: Mapping[str, str]) -> str:
    """The command with what was *given* for its arguments: `/model use "KU 5" here`.

    One that is missing before one that is given is written as what stands for it otherwise. What
    only leads people to say something is written as what they say.
    """
    written: list[str] = []
    for argument in reversed(offer.arguments):
        value = given.get(argument.name) or (argument.otherwise if written else "")
        if value:
            written.append(value if argument.kind == "text" else quoted(value))
    words = written[::-1]
    return " ".join(words if offer.speech else [f"/{path}", *words])
