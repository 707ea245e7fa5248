"""What embedders make of a question: in the thread that searches, or ahead of it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from anima.errors import EmbeddingUnavailable
from anima.ports import Embedder, Vector

EMBED_S: Final = 0.15
"""Longer nobody waits for the meaning of a question; then its words alone have to find."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """The meaning of *text*, of which is known *ahead* what some embedders, by name, make of it."""

    text: str
    ahead: Mapping[str, Vector | None]

    def by(self, embedder: Embedder) -> Vector | None:
        """What *embedder* makes of it; None where it cannot, or did not in time."""
        if embedder.name in self.ahead or embedder.now is None:
            return self.ahead.get(embedder.name)
        try:
            return embedder.now(self.text)
        except EmbeddingUnavailable:
            return None


async def meaning(
    text: str, embedders: Sequence[Embedder], *, apart: bool, within_s: float = EMBED_S
) -> Meaning:
    """The meaning of *text*; *apart*: whoever searches may stand still for it."""
    ahead = [one for one in embedders if not (apart and one.now)]
    return Meaning(text, {one.name: await _made(one, text, within_s) for one in ahead})


async def _made(embedder: Embedder, text: str, within_s: float) -> Vector | None:
    try:
        async with asyncio.timeout(within_s):
            return (await embedder.embed([text], asked=True))[0]
    except (EmbeddingUnavailable, TimeoutError):
        return None
