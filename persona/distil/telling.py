"""Which lines of a talk tell the most, by the words in them that are rare in it."""

import re
from collections import Counter
from collections.abc import Sequence
from math import log
from typing import Final

from persona.distil.grounding import secret
from persona.distil.told import Told, words_of
from persona.folding import folded

_K1: Final = 0.9
_B: Final = 0.4
_ASIDE: Final = 0.6
"""What a line of ours weighs beside one of theirs."""
_TOKEN: Final = re.compile(
    r"[a-z0-9][a-z0-9'-]*|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+|[^\W\d_a-z]+"
)
_DENSE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_SMALL: Final = words_of(
    "a an and are as at be but by do for from had has have he her him his i i'm if in is it"
    " its me my no not of oh ok okay on or our she so that the them then they this to too up us"
    " was we were what when who will with yeah yes you your"
)
_QUESTION: Final = re.compile(r"[?？]\s*\Z|[吗嗎呢]\s*\Z")
_ASKING: Final = 0.5
"""A question tells less than what is answered to it."""


def tells_something(line: Told) -> bool:
    """Whether *line* has a word that tells, and no secret."""
    return bool(telling_words(line.text)) and not secret(line.text)


def most_telling(lines: Sequence[Told], count: int) -> list[Told]:
    """At most *count* of *lines*, in their order; none that holds a secret or no word at all."""
    words = [telling_words(line.text) for line in lines]
    within = Counter(word for each in words for word in set(each))
    mean = sum(map(len, words)) / max(1, len(words)) or 1
    weights = [
        _weight(line, each, within, len(lines), mean)
        for line, each in zip(lines, words, strict=True)
    ]
    best = sorted(range(len(lines)), key=lambda at: (-weights[at], at))[:count]
    return [lines[at] for at in sorted(best) if weights[at]]


def _weight(
    line: Told, words: Sequence[str], within: Counter[str], lines: int, mean: float
) -> float:
    if secret(line.text):
        return 0.0
    length = _K1 * (1 - _B + _B * len(words) / mean)
    told = sum(
        log(1 + (lines - within[word] + 0.5) / (within[word] + 0.5)) * (_K1 + 1) / (1 + length)
        for word in set(words)
    )
    asking = _ASKING if _QUESTION.search(line.text) else 1.0
    return told * asking * (1.0 if line.speaker else _ASIDE)


def telling_words(text: str) -> list[str]:
    """The words of *text*, and the pairs of characters of what is written without spaces."""
    found: list[str] = []
    for token in _TOKEN.findall(folded(text)):
        if _DENSE.match(token):
            found += [token[at : at + 2] for at in range(max(1, len(token) - 1))]
        elif token not in _SMALL:
            found.append(token)
    return found
