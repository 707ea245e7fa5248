"""Answers from a script, for tests and demonstrations."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Final

from anima.model import Delta, Prompt, Soul, Usage

PIECE: Final = 8


class Scripted:
    """The port Backend over *lines*: answers in turn, over and over, or made from the prompt.

    An answer comes in pieces of *piece* characters and lets others run after each. *open* counts
    the answers that are being given right now.
    """

    def __init__(
        self, lines: Sequence[str] | Callable[[Prompt], str], *, piece: int = PIECE
    ) -> None:
        self._lines = lines
        self._piece = piece
        self._asked = 0
        self.open = 0

    async def stream(
        self,
        prompt: Prompt,
        soul: Soul,  # noqa: ARG002 # the port's; a script is the same for every soul
    ) -> AsyncGenerator[Delta, None]:
        """The port's promise."""
        answer = self._answer(prompt)
        self.open += 1
        try:
            for at in range(0, len(answer), self._piece):
                yield Delta(answer[at : at + self._piece])
                await asyncio.sleep(0)
            yield Delta(usage=Usage(sum(len(said.content) for said in prompt), len(answer)))
        finally:
            self.open -= 1

    async def probe(self) -> None:
        """It is always there."""

    async def aclose(self) -> None:
        """It holds nothing."""

    def _answer(self, prompt: Prompt) -> str:
        if callable(self._lines):
            return self._lines(prompt)
        self._asked += 1
        return self._lines[(self._asked - 1) % len(self._lines)]
