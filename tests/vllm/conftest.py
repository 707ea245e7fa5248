"""The server that all tests here share, and ways to talk with it."""

from collections.abc import AsyncIterator, Iterator

import pytest

from anima.clock import SystemClock
from backend.vllm import Vllm
from tests.backend_fakes import Notes
from tests.vllm.asking import Line
from tests.vllm.serving import RealVllm


@pytest.fixture(scope="session")
def _started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealVllm]:
    server = RealVllm(tmp_path_factory.mktemp("vllm") / "vllm.log")
    server.launch()
    server.await_ready()
    yield server
    server.stop()


@pytest.fixture
async def line(_started: RealVllm) -> AsyncIterator[Line]:
    """A line to the server without any code of ours in between."""
    async with Line(_started.root) as opened:
        yield opened


@pytest.fixture
async def server(_started: RealVllm, line: Line) -> RealVllm:
    """A real vLLM that has no adapter loaded."""
    for card in (await line.models())[1:]:
        await line.post("/v1/unload_lora_adapter", lora_name=card["id"])
    return _started


@pytest.fixture
def notes() -> Notes:
    """What the backend told the log."""
    return Notes()


@pytest.fixture
async def thinking(server: RealVllm, notes: Notes) -> AsyncIterator[Vllm]:
    """The backend over the real server."""
    async with Vllm([server.url], name="real", clock=SystemClock(), witness=notes) as backend:
        yield backend


@pytest.fixture
async def blunt(server: RealVllm, notes: Notes) -> AsyncIterator[Vllm]:
    """The same, told to speak without a thought, and never to stop before it must."""
    body = {"chat_template_kwargs": {"enable_thinking": False}, "ignore_eos": True}
    clock = SystemClock()
    async with Vllm([server.url], name="real", clock=clock, witness=notes, body=body) as backend:
        yield backend
