"""What all questions have in common is taken from each, whatever the embedder."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isclose

import pytest

from anima.errors import EmbeddingUnavailable
from anima.ports import Vector
from memory.longterm.bearings import Compass


@dataclass
class Leaning:
    """An embedder to which every question looks one way, and every sentence another a little."""

    name: str = "leaning"
    dim: int = 3
    away: bool = False
    given: list[str] = field(default_factory=list)

    async def prepare(self) -> None:
        if self.away:
            raise EmbeddingUnavailable("away")

    @property
    def now(self) -> None:
        """It is to be asked."""

    async def embed(self, texts: Sequence[str], *, asked: bool = False) -> Sequence[Vector]:
        self.given += texts
        return [cells(*self.of(one)) for one in texts]

    def of(self, text: str) -> tuple[float, float, float]:
        """A vector of length 1."""
        return (0.8, 0.6, 0.0) if text.endswith(("?", "？", "は？")) else (0.6, 0.0, 0.8)


def cells(*numbers: float) -> bytes:
    """A vector as an embedder makes it."""
    return array("f", numbers).tobytes()


async def test_what_is_common_to_questions_is_taken_from_them() -> None:
    """Most of it; and it is known how near to the rest a sentence usually is."""
    compass = Compass()

    await compass.take(Leaning())

    turned = compass.turned("leaning", cells(0.8, 0.6, 0.0)).tolist()
    left = zip((0.8, 0.6, 0.0), turned, strict=True)
    assert all(isclose(0.3 * one, two, abs_tol=0.05) for one, two in left)
    assert isclose(0.3 * 0.8 * 0.6, compass.usual("leaning") or 0.0, abs_tol=0.05)


async def test_an_embedder_is_got_to_know_once() -> None:
    """However many stores use it."""
    compass, embedder = Compass(), Leaning()

    await compass.take(embedder)
    once = len(embedder.given)
    await compass.take(embedder)

    assert once == len(embedder.given) > 0


async def test_of_an_unknown_embedder_questions_stay_as_they_are() -> None:
    """One that was away when it was to be known."""
    compass = Compass()
    with pytest.raises(EmbeddingUnavailable):
        await compass.take(Leaning(away=True))

    assert [1.0, 0.0, 0.5] == compass.turned("leaning", cells(1.0, 0.0, 0.5)).tolist()
    assert compass.usual("leaning") is None
