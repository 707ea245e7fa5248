"""Cuts what is to be said into pieces that an engine takes, at the ends of sentences if it can."""

import re
from collections.abc import Iterator
from typing import Final

_SENTENCE: Final = re.compile(
    r".+?(?:[.!?…]+[\"'”’)\]]*(?=\s|$)|[。！？…!?]+[」』”’）]*|\n+|$)", re.DOTALL
)
_CLAUSE: Final = re.compile(r".+?(?:[,;:](?=\s)|[，、；：—]|$)", re.DOTALL)
_WORD: Final = re.compile(
    r"\s*(?:[^\W\u3040-\u9fff]+(?:['’.-][^\W\u3040-\u9fff]+)*"
    r"|[ァ-ヺー]+|[\u3400-\u9fff々〇]+|[ぁ-ゖー]+|.)[^\w\s]*",
    re.DOTALL,
)
_HAN: Final = re.compile(r"[\u3400-\u9fff々〇ぁ-ゖー]")
_CUTS: Final = (_SENTENCE, _CLAUSE, _WORD)


def pieces(text: str, limit: int) -> tuple[str, ...]:
    """*text* in pieces of at most *limit* characters, none of which ends inside a word.

    A single word that is longer than that is cut all the same: no engine could say it.
    """
    return tuple(piece for piece in map(str.strip, _joined(text, limit, _CUTS)) if piece)


def _joined(text: str, limit: int, cuts: tuple[re.Pattern[str], ...]) -> Iterator[str]:
    if len(text.strip()) <= limit:
        yield text
        return
    if not cuts:
        yield from _hewn(text, limit)
        return
    held = ""
    for part in cuts[0].findall(text):
        if len((held + part).strip()) <= limit:
            held += part
            continue
        if held.strip():
            yield held
        *whole, held = _joined(part, limit, cuts[1:])
        yield from whole
    yield held


def _hewn(text: str, limit: int) -> Iterator[str]:
    text = text.strip()
    yield from (text[at : at + limit] for at in range(0, len(text), limit))
