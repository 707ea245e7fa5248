"""The embedders over which the contract is proven."""

import importlib.util
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Final

import pytest

from anima.ports import Embedder, Vector
from backend.embedding.builtin import USE
from backend.embedding.hashed import Hashed
from backend.embedding.packaged import Encode, Package, Packaged
from backend.embedding.second import E5
from backend.embedding.served import Served
from backend.embedding.vectors import unpacked
from tests.backend_fakes import HastyClock, Notes
from tests.far_side.embeddings import EmbeddingServer


@asynccontextmanager
async def hashed() -> AsyncIterator[Embedder]:
    """Hashes of letters."""
    yield Hashed()


@asynccontextmanager
async def served() -> AsyncIterator[Embedder]:
    """Any compatible server."""
    async with (
        EmbeddingServer() as server,
        Served(server.url, "hashes", clock=HastyClock(), witness=Notes()) as embedder,
    ):
        yield embedder


@cache
def loaded(name: str) -> Encode:
    """The model of that *name*, which takes two seconds and is loaded once for all tests."""
    package = next(one for one in (USE, E5) if one.name == name)
    folder = package.folder()
    assert folder is not None
    return package.load(folder)


@asynccontextmanager
async def packaged(package: Package) -> AsyncIterator[Embedder]:
    """A model from a package, the real one."""
    if package is E5 and importlib.util.find_spec(package.module) is None:
        pytest.skip(f"the extra second, {package.package}, is not installed")
    at_hand = replace(package, load=lambda _folder: loaded(package.name))
    async with Packaged(at_hand, Notes()) as embedder:
        yield embedder


Made = Callable[[], AbstractAsyncContextManager[Embedder]]

ALL: Final[Mapping[str, Made]] = MappingProxyType(
    {
        "hashed": hashed,
        "served": served,
        "builtin": lambda: packaged(USE),
        "second": lambda: packaged(E5),
    }
)


def likeness(one: Vector, other: Vector) -> float:
    """The cosine of two vectors."""
    return sum(a * b for a, b in zip(unpacked(one), unpacked(other), strict=True))
