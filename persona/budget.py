"""What the parts of a prompt cost, and how much of them fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from anima.model import Message
from persona.laid import Page
from persona.lore_told import Told
from persona.material import shorten
from persona.tokens import MESSAGE_TOKENS, Counting

_BLOCK: Final = 10
"""Old talk goes in blocks, so that the rest stays a prefix for several turns."""

_LEAST: Final = 64
"""What was heard is never cut below this, whatever the card costs."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands before the talk, and its *cost*."""

    pages: tuple[Page, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class Budget:
    """Tells costs as *count* does, and what fits."""

    count: Counting

    def cost(self, text: str) -> int:
        """What a message costs that says *text*."""
        return self.count(text) + MESSAGE_TOKENS

    def opening(self, pages: tuple[Page, ...]) -> Opening:
        """*pages* with what they cost."""
        return Opening(pages, sum(self.cost(page.message.content) for page in pages))

    def fit(self, texts: Sequence[str], room: int) -> list[str]:
        """*texts* within *room*, the longest ones shortened to an equal share."""
        left, share = max(room, _LEAST), 0
        for done, cost in enumerate(sorted(map(self.cost, texts))):
            share = left // (len(texts) - done)
            left -= min(cost, share)
        most = max(share - MESSAGE_TOKENS, 1)
        return [shorten(text, most, self.count) for text in texts]

    def choose(
        self, openings: Sequence[Opening], talk: Sequence[Message], known: Told, room: int
    ) -> tuple[Opening, int, Told]:
        """The first opening that leaves room for talk, where that begins, and the lore that fits.

        Openings are ordered from the whole to the bare.
        """
        costs = (self.cost(turn.content) for turn in reversed(talk))
        left_of = [*accumulate(costs, initial=0)][::-1]
        whole, bare = openings[0], openings[-1]
        choices = [*((whole, less) for less in known.dwindling()), (bare, known.none())]
        for opening, lore in choices:
            left = room - opening.cost - lore.cost
            for start in range(0, len(talk) or 1, _BLOCK):
                if left_of[start] <= left:
                    return opening, start, lore
        return bare, len(talk), known.none()
