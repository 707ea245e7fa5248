"""What a guest's browser may say: one message, of a size that somebody would write."""

import re
from dataclasses import dataclass
from typing import Final

from bots.web.brought import UnfitError, read

LONGEST: Final = 4000
_KEY: Final = re.compile(r"[0-9A-Za-z-]{8,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Words:
    """A message as the page sends it. *key* is made there, and is the same when it is repeated."""

    key: str
    text: str


def words_of(body: bytes) -> Words:
    """The message in *body*. Raises `UnfitError`."""
    match read(body):
        case {"key": str(key), "text": str(text)} if _KEY.fullmatch(key):
            return Words(key, _fit(text))
    raise UnfitError('a message is {"key": a UUID, "text": the words}')


def _fit(text: str) -> str:
    # neither databases nor lines take NUL and halves of characters
    text = text.replace("\0", "").encode("utf-8", "replace").decode().strip()
    if not text:
        raise UnfitError("the message is empty")
    if len(text) > LONGEST:
        raise UnfitError(f"the message is longer than {LONGEST} characters")
    return text
