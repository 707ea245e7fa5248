"""The real server over real weights: called by `make test-weights`, which needs the network."""

import asyncio
import os
import signal
from functools import partial
from pathlib import Path

import pytest

from anima.clock import SystemClock
from anima.model import Message, Soul
from backend.builtin import Builtin
from backend.download import Download, digest
from backend.download_wheels import Packages
from backend.llama_process import command
from backend.weights_known import SMOL
from backend.weights_search import Search
from backend.weights_shelf import Shelf
from tests.backend_fakes import Notes

pytestmark = [pytest.mark.weights, pytest.mark.slow]

SOUL = Soul("default", "default", temperature=0, max_tokens=24)
ASKED = (Message("user", "What is the capital of France?"),)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf(tmp_path_factory.mktemp("weights"))


def search(shelf: Shelf) -> Search:
    """SmolLM2, out of its package, by the clients at hand."""
    return Search(SMOL.name, Download(shelf, None, Packages(), SystemClock()), (SMOL,))


async def answer(backend: Builtin) -> str:
    """What it says of France."""
    return "".join([delta.text async for delta in backend.stream(ASKED, SOUL)])


class Waiting(Notes):
    """The port Witness that tells when something was noted."""

    def __init__(self) -> None:
        super().__init__()
        self.happened: asyncio.Queue[str] = asyncio.Queue()

    def note(self, event: str, **facts: object) -> None:
        super().note(event, **facts)
        self.happened.put_nowait(event)

    async def until(self, event: str) -> None:
        """Wait for *event*; the model is the real one, so it takes real time."""
        async with asyncio.timeout(120):
            while await self.happened.get() != event:
                pass


async def test_real_weights_are_fetched_checked_and_served(shelf: Shelf) -> None:
    """From nothing to an answer, and to the next one after the server was killed."""
    serve = partial(command, context=1024)
    finder, witness = search(shelf), Waiting()
    async with Builtin(finder, serve, clock=SystemClock(), witness=witness) as it:
        await witness.until("model ready")
        first = await answer(it)
        for process in children():
            os.kill(process, signal.SIGKILL)
        second = await answer(it)
        await it.probe()

    assert "Paris" in first
    assert first == second
    assert SMOL.sha256 == digest(shelf.place(SMOL))
    assert [] == children()


async def test_a_file_that_is_no_model(shelf: Shelf, tmp_path: Path) -> None:
    """The server's own last word says that the file cannot be loaded."""
    file = tmp_path / "bad.gguf"
    file.write_bytes(b"GGUF" + bytes(100))
    finder = Search(str(file), Download(shelf, None, Packages(()), SystemClock()))
    witness = Waiting()
    backend = Builtin(finder, partial(command, context=1024), clock=SystemClock(), witness=witness)

    async with backend as it:
        await witness.until("model away")
        said = await answer(it)

    assert "bad.gguf cannot be loaded" in str(witness.noted[0])
    assert "stand-in" in said


def children() -> list[int]:
    """The processes of the model server that we started."""
    found = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    lines = {int(pid): Path(f"/proc/{pid}/cmdline").read_bytes() for pid in found}
    return [pid for pid, line in lines.items() if b"backend.llama" in line]
