"""A line cut into sentences and clauses, its letters narrow, and what others said left out."""

# one rule a row
# fmt: off

import re
from collections.abc import Iterator
from typing import Final

from persona.facts.rule import Clause, Sentence, Tongue
from persona.glance import asks
from persona.signs import EMOJI, KAOMOJI

MOST: Final = 1500
"""Letters of a line that are read, its first ones."""

LONGEST: Final = 200
"""Letters of a clause that are read, its first ones."""

_NARROW: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0x2018: "'",
    0x2019: "'",
    0xFF61: "。",
    0xFF64: "、",
}
_GONE = re.compile(
    rf"\w+://\S+|{KAOMOJI.pattern}|{EMOJI.pattern}|[\ufe0f\u200d\U0001f3fb-\U0001f3ff]"
)
_TEACHES = re.compile("教えて(?=い?[るたま])")
_QUOTED = re.compile(r"「[^「」]*」|『[^『』]*』|“[^“”]*”|\"[^\"]*\"|《[^《》]*》|«[^«»]*»")
_SPEECH = re.compile(
    r"\b(?:i|i'?m|my|you|is|are)\b|[我你您他她是了]|です|ます|だ\b|[がを]\w|[はの]\w+[いたるだ]|[.!?。]",
    re.IGNORECASE,
)
_LONG: Final = 16  # letters in quotes; a name is shorter
_END = re.compile(
    r"[。!?…\n~♪♡☆★]+|\.{2,}|(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bvs)\.(?=\s|\Z)"
)
_ASKS = re.compile(r"[?]")


def narrowed(text: str) -> str:
    """*text* letter for letter in narrow forms, without pictures, addresses and others' speech."""
    said = text.translate(_NARROW)
    said = _GONE.sub(lambda hit: "\n" * len(hit[0]), said)
    return _QUOTED.sub(_unless_name, said)


def _unless_name(hit: re.Match[str]) -> str:
    inside = hit[0][1:-1]
    if len(inside) > _LONG or _SPEECH.search(inside):
        return "\x00" * len(hit[0])
    return hit[0]


def sentences(said: str) -> Iterator[Sentence]:
    """Where each sentence begins and ends, and whether it asks."""
    start = 0
    for end in _END.finditer(said):
        if said[start : end.start()].strip():
            yield Sentence(start, end.start(), "?" in end[0] or _asks(said[start : end.start()]))
            start = end.end()
        elif "?" not in end[0]:
            start = end.end()
    if said[start:].strip():
        yield Sentence(start, len(said), _asks(said[start:]))


def _asks(said: str) -> bool:
    """Whether it asks; who teaches, in Japanese, does not."""
    return asks(_TEACHES.sub("", said))


def clauses(text: str, said: str, sentence: Sentence, tongue: Tongue) -> Iterator[Clause]:
    """The clauses of a sentence; of a question the last one asks."""
    start, end, asking = sentence
    lists = [one.span() for one in tongue.series.finditer(said, start, end)]
    cuts = [
        one.span()
        for one in tongue.cut.finditer(said, start, end)
        if not any(begun <= one.start() < over for begun, over in lists)
    ]
    starts = [start, *(after for _, after in cuts)]
    ends = [*(before for before, _ in cuts), end]
    for begun, over in zip(starts, ends, strict=True):
        part = said[begun:over]
        kept = part.strip(" \t\n,;:、")[:LONGEST].rstrip()
        if kept:
            at = begun + part.index(kept)
            yield Clause(
                text[at : at + len(kept)],
                kept,
                asking and over == end,
                said[:at],
                text[:at],
                said[at + len(kept) :],
            )
