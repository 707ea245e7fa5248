"""An embedder without a model, which knows likeness by letters: for tests and small machines."""

import asyncio
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final
from zlib import crc32

from anima.ports import Vector
from backend.embedding.texts import plain
from backend.embedding.vectors import packed

DIM: Final = 256
LONGEST: Final = 1000
"""So many characters take a millisecond, for which the loop stands still."""

LETTERS: Final = (1, 2, 3)
SHARED: Final = 0.1
"""What all vectors have in common, so that none is without a length."""


class Hashed:
    """The port Embedder by hashes of letters that stand together: the same text, the same vector.

    Whoever uses other words is not found by it.
    """

    name: Final = f"hashed-{DIM}"
    dim: Final = DIM

    @property
    def now(self) -> Callable[[str], Vector]:
        return _vector

    async def prepare(self) -> None:
        """It always is."""

    async def embed(self, texts: Sequence[str], *, asked: bool = False) -> Sequence[Vector]:
        del asked
        vectors: list[Vector] = []
        for text in texts:
            vectors.append(_vector(text))
            await asyncio.sleep(0)
        return vectors


def _vector(text: str) -> Vector:
    numbers = [SHARED, *(0.0,) * (DIM - 1)]
    for letters, times in Counter(_together(text)).items():
        key = crc32(letters.encode())
        # the last bit is the sign: what falls on one place by chance cancels as often as it adds
        numbers[key // 2 % DIM] += (1 if key % 2 else -1) * len(letters) * times**0.5
    return packed(numbers)


def _together(text: str) -> Iterator[str]:
    for word in unicodedata.normalize("NFKC", plain(text))[:LONGEST].casefold().split():
        for many in LETTERS:
            yield from (word[at : at + many] for at in range(len(word) - many + 1))
