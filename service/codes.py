"""Codes that people read out, type and pass on: a few letters that nobody takes for others."""

import unicodedata
from secrets import choice
from typing import Final

from memory.sameness import digest

LETTERS: Final = "BCDFGHJKMNPQRTVWXY"
"""No vowels, so that no code is a word, and no letter that looks like a digit."""
PAIRING: Final = 6
"""34 million codes, a few of which are open, and only admins may say one."""
INVITATION: Final = 12
"""Anybody may try one, so there are a thousand million million."""


def new(letters: int) -> str:
    """A code that nobody can guess."""
    return "".join(choice(LETTERS) for _ in range(letters))


def meant(word: str, letters: int) -> str:
    """The code that *word* means, however it is written; empty: it is none."""
    code = unicodedata.normalize("NFKC", word).upper().replace("-", "")
    return code if len(code) == letters and set(code) <= set(LETTERS) else ""


def kept(code: str) -> str:
    """What is written down of *code*, by which it is known again and from which it is not told."""
    return digest(code)
