"""A text as lists of words are kept: narrow, small, with straight apostrophes."""

import unicodedata
from typing import Final

_MARKS: Final = str.maketrans("’‘", "''", "\ufe0f")


def folded(text: str) -> str:
    """*text* in that form; it may be shorter or longer than it was."""
    return unicodedata.normalize("NFKC", text).translate(_MARKS).lower()
