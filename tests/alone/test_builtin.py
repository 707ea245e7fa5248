"""The built-in model: fetched, served by a process of its own, restarted, and honest meanwhile."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Final

import pytest

from anima.errors import BackendUnavailable, ConfigError, Refused, Unavailable
from anima.model import Message, Soul
from backend.builtin import Builtin
from backend.llama_process import command, llama
from backend.standing import Standing
from backend.waiting import waiting
from backend.weights import Weights
from backend.weights_search import Finder, Nowhere, Told
from tests.backend_fakes import HastyClock, Notes

FAKE: Final = Path(__file__).parent.parent / "far_side" / "llama.py"
SOUL: Final = Soul("default", "default", max_tokens=400)
HELLO: Final = (Message("system", "You are Kokoro."), Message("user", "Hello"))
SMALL: Final = Weights("small", "Small", 200_000_000, "", "Apache-2.0", ("en",), ())

pytestmark = pytest.mark.slow


class Here:
    """The port Finder where *file* lies."""

    def __init__(self, file: Path) -> None:
        self.file = file

    async def find(self, told: Told) -> Path:
        return self.file


class Coming(Here):
    """The port Finder that fetches until it is told that all *is_here*, or fails with *error*."""

    def __init__(self, file: Path, error: Exception | None = None) -> None:
        super().__init__(file)
        self.is_here = asyncio.Event()
        self.fetching = asyncio.Event()
        self.error = error

    async def find(self, told: Told) -> Path:
        told(SMALL, 86_000_000)
        self.fetching.set()
        await self.is_here.wait()
        if self.error is not None:
            error, self.error = self.error, None
            raise error
        return self.file


class Heard(Notes):
    """The port Witness that one can wait at, and the server's own lines."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._happened = asyncio.Event()

    def note(self, event: str, **facts: object) -> None:
        super().note(event, **facts)
        self._happened.set()

    def told(self, line: str) -> None:
        self.lines.append(line)

    def pid(self) -> int:
        """The last server's process."""
        return int(next(line[4:] for line in reversed(self.lines) if line.startswith("pid ")))

    async def until(self, event: str, times: int = 1) -> None:
        """Wait until *event* was noted so often."""
        while [noted for noted, _ in self.noted].count(event) < times:
            self._happened.clear()
            await self._happened.wait()


def fake(file: Path) -> Sequence[str]:
    """The server of these tests."""
    return (sys.executable, str(FAKE), str(file))


@pytest.fixture
def witness() -> Heard:
    return Heard()


@pytest.fixture
def model(tmp_path: Path) -> Path:
    file = tmp_path / "small.gguf"
    file.write_text("")
    return file


def scripted(model: Path, script: str) -> None:
    """What the next server over *model* does."""
    model.write_text(script)


def built(finder: Finder, witness: Heard) -> Builtin:
    """The backend over the fake server."""
    return Builtin(finder, fake, clock=HastyClock(), witness=witness, told=witness.told)


async def said(backend: Builtin, *words: str) -> str:
    """The answer, after which *words* were asked."""
    prompt = (*HELLO[:1], *(Message("user", word) for word in words or ("Hello",)))
    return "".join([delta.text async for delta in backend.stream(prompt, SOUL)])


async def test_it_answers(model: Path, witness: Heard) -> None:
    """The server is started, loads, and answers with what suits a small model."""
    scripted(model, "load 3")

    async with built(Here(model), witness) as backend:
        answer = await said(backend)
        await backend.probe()
        standing = backend.progress()

    assert "Hello there" == answer
    assert Standing("ready", "small") == standing
    asked = next(line for line in witness.lines if line.startswith("asked "))
    assert '"repeat_penalty": 1.0' in asked
    assert '"cache_prompt": true' in asked
    assert '"model": "builtin"' in asked


async def test_it_ends_with_us(model: Path, witness: Heard) -> None:
    """When the backend is left, the server's process is gone."""
    async with built(Here(model), witness) as backend:
        await said(backend)

    with pytest.raises(ProcessLookupError):
        os.kill(witness.pid(), 0)


async def test_what_was_being_fetched_is_told(model: Path, witness: Heard) -> None:
    """While weights are on their way the answer is how far they are, and then the model speaks."""
    finder = Coming(model)

    async with built(finder, witness) as backend:
        await finder.fetching.wait()
        meanwhile = [
            await said(backend, words) for words in ("Hello", "你好，你是谁？", "元気ですか")
        ]
        standing = backend.progress()
        await backend.probe()
        finder.is_here.set()
        await witness.until("model ready")
        answer = await said(backend)

    assert "43 % of 200 MB" in meanwhile[0]
    assert "200 MB 已完成 43 %" in meanwhile[1]
    assert "200 MB のうち 43 %" in meanwhile[2]
    assert ("fetching", "small", 43) == (standing.state, standing.name, standing.percent)
    assert "Hello there" == answer


async def test_a_server_that_dies_in_mid_reply(model: Path, witness: Heard) -> None:
    """The turn that runs is told, and the next one is answered by a new server."""
    scripted(model, "cut")
    async with built(Here(model), witness) as backend:
        await witness.until("model ready")

        with pytest.raises(BackendUnavailable):
            await said(backend)
        answer = await said(backend)

    assert "Hello there" == answer
    assert "ended with 9" in str(dict(witness.noted)["model away"]["reason"])


async def test_a_server_that_is_killed(model: Path, witness: Heard) -> None:
    """A server that somebody kills comes back, with another key and at another address."""
    async with built(Here(model), witness) as backend:
        await said(backend)
        first = witness.pid()
        os.kill(first, signal.SIGKILL)
        await witness.until("model ready", times=2)

        answer = await said(backend)
        second = witness.pid()

    assert "Hello there" == answer
    assert first != second


async def test_readiness_fails_after_a_death(model: Path, witness: Heard) -> None:
    """A model that was ready and cannot come back makes us not ready, with the reason."""
    async with built(Here(model), witness) as backend:
        await said(backend)
        scripted(model, "die")
        os.kill(witness.pid(), signal.SIGKILL)
        await witness.until("model away", times=2)

        with pytest.raises(BackendUnavailable, match=r"no model in small\.gguf"):
            await backend.probe()


async def test_a_model_that_cannot_be_loaded(model: Path, witness: Heard) -> None:
    """The stand-in answers, says what it is, and the server's last word is the reason."""
    scripted(model, "die")

    async with built(Here(model), witness) as backend:
        await witness.until("model away", times=3)
        await backend.probe()
        standing = backend.progress()

    assert "the model server ended with 1: no model in small.gguf" in str(
        dict(witness.noted)["model away"]["reason"]
    )
    assert standing.state in {"loading", "stand-in"}


async def test_nothing_to_serve(witness: Heard) -> None:
    """Where there are no weights the stand-in answers at once, and that is no illness."""
    async with built(Nowhere("weights are switched off"), witness) as backend:
        await witness.until("model away")
        answer = await said(backend)
        await backend.probe()
        standing = backend.progress()

    assert "stand-in" in answer
    assert Standing("stand-in", reason="weights are switched off") == standing


async def test_weights_that_come_later(model: Path, witness: Heard) -> None:
    """When nobody has the weights today, they are looked for again."""
    finder = Coming(model, Unavailable("the line is dead"))
    finder.is_here.set()

    async with built(finder, witness) as backend:
        await witness.until("model ready")
        answer = await said(backend)

    assert "Hello there" == answer
    assert "the line is dead" == dict(witness.noted)["model away"]["reason"]


async def test_refusal_is_final(model: Path, witness: Heard) -> None:
    """What will never be had is not looked for again."""
    finder = Coming(model, Refused("never"))
    finder.is_here.set()

    async with built(finder, witness) as backend:
        await witness.until("model away")
        standing = backend.progress()

    assert ("stand-in", "never") == (standing.state, standing.reason)


async def test_our_errors_go_through_it(model: Path, witness: Heard) -> None:
    """An error of whoever uses the backend comes out as it is."""
    with pytest.raises(ConfigError, match="something else"):
        async with built(Here(model), witness):
            raise ConfigError("something else")


async def test_a_program_that_is_missing(witness: Heard) -> None:
    """A server that cannot even be started is an unavailable backend."""
    with pytest.raises(BackendUnavailable, match="cannot start: No such file"):
        async with llama(("/nowhere/llama",), HastyClock(), witness.told):
            pass


async def test_a_wrong_key_is_refused(model: Path, witness: Heard) -> None:
    """The server takes its own key alone, and each start has another."""
    async with (
        llama(fake(model), HastyClock(), witness.told) as first,
        llama(fake(model), HastyClock(), witness.told) as second,
    ):
        keys = {first.key, second.key}

    assert 2 == len(keys)
    assert all(len(key) >= 32 for key in keys)


def test_the_command(model: Path) -> None:
    """The real server is this Python, with the model's whole path."""
    line = command(model, 4096)

    assert (sys.executable, "-m", "backend.llama") == line[:3]
    assert str(model) in line
    assert "4096" == line[-1]


def test_waiting_for_the_load() -> None:
    """While the model is being loaded, that is what is said, in the person's language."""
    lines = [
        waiting("loading", (Message("user", words),))
        for words in ("Who are you?", "你好，你是谁？", "元気ですか", "Wie geht es dir?")
    ]

    assert "waking up" in lines[0]
    assert "正在加载" in lines[1]
    assert "読み込んでいます" in lines[2]
    assert lines[0] == lines[3]


_PARENT: Final = """
import asyncio, sys
from pathlib import Path
from anima.clock import SystemClock
from backend.llama_process import llama

async def main():
    async with llama(sys.argv[1:], SystemClock(), lambda line: print(line, flush=True)):
        print("up", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.fixture
async def parent(model: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _PARENT, *fake(model)),
        cwd=FAKE.parent.parent.parent,
        stdout=asyncio.subprocess.PIPE,
    )
    yield process
    if process.returncode is None:
        process.kill()
    await process.wait()


async def test_it_ends_when_we_are_killed(parent: asyncio.subprocess.Process) -> None:
    """A server does not outlive whoever started it, even if that one was killed."""
    assert parent.stdout is not None
    pid = 0
    while (line := (await parent.stdout.readline()).decode().strip()) != "up":
        pid = int(line[4:]) if line.startswith("pid ") else pid

    parent.kill()
    rest = await parent.stdout.read()  # ends when the last one that could write has gone
    await parent.wait()

    assert b"" == rest
    assert pid > 0
