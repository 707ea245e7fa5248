"""An embedder that knows no meaning but shared letters: the same everywhere, and quick."""

from array import array
from collections import Counter
from collections.abc import Sequence
from math import sqrt
from zlib import crc32

from anima.errors import AnimaError


class Hashed:
    """Texts with the same pieces of words are near each other."""

    def __init__(self, name: str = "hashed", dim: int = 64, size: int = 3) -> None:
        self.name = name
        self.dim = dim
        self._size = size
        self.embedded = list[str]()
        self.broken = False

    async def embed(self, texts: Sequence[str], *, asked: bool = False) -> Sequence[bytes]:
        if self.broken:
            raise AnimaError("out of order")
        if not asked:
            self.embedded += texts
        return [self._embed(text) for text in texts]

    def _embed(self, text: str) -> bytes:
        words = f" {text.lower()} "
        pieces = [words[n : n + self._size] for n in range(len(words) - self._size + 1)]
        cells = Counter(crc32(piece.encode("utf-8", "replace")) % self.dim for piece in pieces)
        length = sqrt(sum(count * count for count in cells.values())) or 1.0
        return array("f", [cells[n] / length for n in range(self.dim)]).tobytes()
