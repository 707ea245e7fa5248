"""Knows when a reply only says again what the last one said."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import dropwhile, islice, takewhile
from typing import Final

from anima.model import Line
from persona.tokens import estimate

_SIGNS: Final = re.compile(r"[\W_]+")
_SHORT: Final = 5
"""A bubble of fewer tokens, as "Yes." or "はい", may stand beside others however often it did."""


class Echo:
    """What was said in our last reply, of which *lines* hold the bubbles.

    Nothing, where the reply before it was the same, or there was none: who has not been seen to
    vary what it says would not do so for being asked again.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        if not varied(lines):
            lines = ()
        since = dropwhile(lambda line: line.speaker is not None, reversed(lines))
        texts = [line.text for line in takewhile(lambda line: line.speaker is None, since)]
        whole = "\n\n".join(reversed(texts))  # it may have been cut into bubbles in another way
        bubbles = (bubble for text in texts for bubble in text.split("\n\n"))
        self._said = frozenset(filter(None, map(folded, (whole, *texts, *bubbles))))

    def holds(self, bubble: str) -> bool:
        """Whether *bubble* was said already, whatever its white space and punctuation."""
        return folded(bubble) in self._said

    def drops(self, bubble: str) -> bool:
        """Whether *bubble* was, and is long enough to be missed by nobody."""
        return estimate(bubble) >= _SHORT and self.holds(bubble)

    def begins(self, draft: str) -> bool:
        """Whether *draft* may become a bubble that was said already."""
        opening = folded(draft) if self._said else ""
        return any(said.startswith(opening) for said in self._said)


def varied(lines: Sequence[Line]) -> bool:
    """Whether our last two replies in *lines* differ."""
    replies = list(islice(_replies(lines), 2))
    return len(replies) > 1 and replies[0] != replies[1]


def folded(text: str) -> str:
    """*text* without what is no letter and no digit, in one case and width."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _replies(lines: Sequence[Line]) -> Iterable[str]:
    """Our replies, the last one first."""
    reply: list[str] = []
    for line in (*reversed(lines), None):
        if line and line.speaker is None:
            reply.append(folded(line.text))
        elif reply:
            yield "".join(reversed(reply))
            reply = []
