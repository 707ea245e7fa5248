"""The real `anima` as a process: started, killed, started again, as an operator sees it.

Loading what `anima run` needs takes seconds, so one process loads it once for all tests and forks
a child for each start; the child is a process of its own that runs `service.cli.main`. `command`
is the cold start, from nothing, for whoever wants that proven.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Self

ROOT: Final = Path(__file__).parent.parent
TOKEN: Final = "42:TEST"

ENDED_S: Final = 30
"""Who has not ended by then is killed, so that a test fails by its exit code."""

command: Final = (
    sys.executable,
    "-c",
    "import sys; from service.cli import main; sys.exit(main())",
)
"""`anima`, whether or not its console script is installed."""

_NURSERY: Final = """
import gc, json, os, signal, sys
import alembic.autogenerate, alembic.command, uvicorn.protocols.http.h11_impl
import backend.openai_compatible, persona.facts.extract, persona.signs
import service.chat, service.discord, service.telegram, service.upkeep
from pathlib import Path
from persona.card import load
from persona.slips import Slips
from service.cli import main

kokoro = load(Path(os.environ["PYTHONPATH"]) / "personas/kokoro")
Slips(kokoro.called, kokoro.stance)  # its patterns take long to compile, and are kept
born = set()

def reap(*_):
    try:
        while (gone := os.waitpid(-1, os.WNOHANG))[0]:
            born.discard(gone[0])
            os.write(1, f"gone {gone[0]} {os.waitstatus_to_exitcode(gone[1])}\\n".encode())
    except ChildProcessError:
        pass

def become(wanted):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(wanted["folder"])
    os.environ.clear()
    os.environ.update(wanted["environ"])
    write = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    for number, name in enumerate(("in", "out", "err")):
        file = os.open(wanted[name], write if number else os.O_RDONLY, 0o600)
        os.dup2(file, number)
        os.close(file)

gc.collect()
gc.freeze()
signal.signal(signal.SIGCHLD, reap)
os.write(1, b"ready 0 0\\n")
words = None
for line in sys.stdin:
    wanted = json.loads(line)
    child = os.fork()
    if not child:
        become(wanted)
        words = wanted["words"]
        break
    born.add(child)
    os.write(1, f"born {child} 0\\n".encode())
if words is not None:
    sys.exit(main(words))
for child in born:
    os.kill(child, signal.SIGKILL)
"""


def environ(**more: str) -> dict[str, str]:
    """What a process of ours finds around it: nothing of the tester's own settings."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("ANIMA_") and name != "PYTHONUNBUFFERED"
    }
    nothing_fetched = {"ANIMA_BACKENDS__DEFAULT__WEIGHTS": "off"}
    return kept | {"PYTHONPATH": str(ROOT)} | nothing_fetched | more


class Nursery:
    """Where processes are born at once, because all they need is loaded."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _NURSERY],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environ(),
        )
        self._gone: dict[int, int] = {}
        self._loaded = False

    def born(self, wanted: Mapping[str, object]) -> int:
        """The number of a new process."""
        if not self._loaded:
            self._told("ready")
            self._loaded = True
        assert self._process.stdin is not None
        self._process.stdin.write(f"{json.dumps(wanted)}\n")
        self._process.stdin.flush()
        return self._told("born")

    def waited(self, child: int) -> int:
        """The exit code of *child*, once it is no more; minus the signal that ended it."""
        while child not in self._gone:
            self._read()
        return self._gone[child]

    def close(self) -> None:
        """End whatever still lives."""
        self._process.communicate()

    def _told(self, what: str) -> int:
        while (told := self._read())[0] != what:
            pass
        return told[1]

    def _read(self) -> tuple[str, int]:
        assert self._process.stdout is not None
        what, child, code = self._process.stdout.readline().split()
        if what == "gone":
            self._gone[int(child)] = int(code)
        return what, int(child)


@contextmanager
def nursery() -> Iterator[Nursery]:
    """A nursery for a whole run of tests."""
    found = Nursery()
    try:
        yield found
    finally:
        found.close()


class Living:
    """One installation of Anima in *folder*, and its process while there is one."""

    def __init__(self, folder: Path, nursery: Nursery, settings: str) -> None:
        self.folder = folder
        self.starts = 0
        self.kills = 0
        self.code: int | None = None
        self._nursery = nursery
        self._child = 0
        (folder / "anima.toml").write_text(settings, encoding="utf-8")
        (folder / "in").touch()

    @property
    def log(self) -> str:
        """All that its processes have written to stderr."""
        return (self.folder / "err").read_text(encoding="utf-8")

    @property
    def told(self) -> str:
        """All that its processes have written to stdout."""
        return (self.folder / "out").read_text(encoding="utf-8")

    @property
    def alive(self) -> bool:
        """Whether it was started and not ended by us."""
        return bool(self._child)

    def start(self, words: Sequence[str] = ("run",), **more: str) -> Self:
        """Start it; returns before it is ready."""
        assert not self._child
        wanted = {
            "folder": str(self.folder),
            "words": list(words),
            "environ": environ(**more),
            **{name: str(self.folder / name) for name in ("in", "out", "err")},
        }
        self._child = self._nursery.born(wanted)
        self.starts += 1
        return self

    def kill(self) -> None:
        """SIGKILL; when this returns it is no more. A dead one is left alone."""
        if self._child:
            self.kills += 1
            self.signal(signal.SIGKILL)
            self._nursery.waited(self._child)
            self._child = 0

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        with suppress(ProcessLookupError):
            os.kill(self._child, number)

    async def ended(self) -> int:
        """The exit code of a process that ends by itself, while the far sides go on."""
        async with asyncio.TaskGroup() as group:
            waiting = group.create_task(asyncio.to_thread(self._nursery.waited, self._child))
            await asyncio.wait([waiting], timeout=ENDED_S)
            if not waiting.done():  # nobody can interrupt a thread, but what it waits for can end
                self.signal(signal.SIGKILL)
        self._child = 0
        return waiting.result()


def settings(
    telegram: str, model: str, *, database: str = "", more: str = "", stream: str = "bubbles"
) -> str:
    """An `anima.toml` for far sides at these addresses, the first a Bot API server."""
    platform = f"""
[telegram]
token = "{TOKEN}"
api_base = "{telegram}"
stream = "{stream}"
"""
    return quick(platform, model, database=database, more=more)


def quick(platform: str, model: str, *, database: str = "", more: str = "") -> str:
    """An `anima.toml` with the table of a *platform*: quick, and without pretended typing."""
    return f"""
{platform}
[web]
port = 0

[database]
url = "{database}"

[memory]
embeddings = "off"

[backends.default]
kind = "openai"
base_url = "{model}"

[[souls]]
name = "KU1.0"
model = "base"

[pace]
linger_s = 0
typing = false
{more}
"""
