"""Reads text word by word: quotes, wide letters and wide spaces included."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from anima.spelling import QUOTES

_HEAD: Final = re.compile(r"\s*[/／](?P<name>\w+)(?:[@＠]\S*)?(?!\S)")
_WORD: Final = re.compile(
    r"\s*(?:"
    + "|".join(rf"{left}([^{right}]*){right}" for left, right in QUOTES)
    + r"|(\d[\d.]*\s+[%％](?!\S)|\S+))"
)
YES: Final = ("yes", "是", "确定", "確定", "はい")
_TOLD: Final = 40
"""So many characters of a wrong word are repeated to the one who wrote it."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of a text after its first words."""

    text: str

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def word(self) -> tuple[str, "Rest"]:
        """The first word, or what stands in quotes, and the rest; a lone % goes with its number."""
        match = _WORD.match(self.text)
        if match is None:
            return "", Rest("")
        return match[match.lastindex or 0], Rest(self.text[match.end() :])

    def words(self) -> int:
        """How many words there are."""
        count, rest = 0, self
        while rest:
            _, rest = rest.word()
            count += 1
        return count


def head(text: str) -> tuple[str, Rest] | None:
    """The name of the command with which *text* begins, and the rest; None if it begins with none.

    `/model@SomeBot` is `model`: whoever let the message through knows that it is for us.
    """
    match = _HEAD.match(text)
    return match and (narrow(match["name"]), Rest(text[match.end() :]))


def narrow(word: str) -> str:
    """*word* in narrow small letters."""
    return unicodedata.normalize("NFKC", word).casefold()


def short(text: str, most: int = _TOLD) -> str:
    """The beginning of *text* on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def sure(text: str) -> tuple[str, bool]:
    """What was asked for in *text*, and whether it ends with a yes."""
    before, _, last = text.strip().rpartition(" ")
    if before and narrow(last) in YES:
        return before.strip(), True
    return text.strip(), False
