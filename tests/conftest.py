"""What every test may ask for, and what no test may do."""

import asyncio
import ipaddress
import logging
import os
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg  # type: ignore[import-untyped]  # it ships no types
import pytest
import structlog

from service.logs import ANSWERED_BY_US, NOISY
from tests import servers
from tests.jump import JumpClock, JumpingLoop
from tests.living import Nursery, nursery
from tests.migrated import migrate


class OutsideError(RuntimeError):
    """A test reached for an address that is not on this machine."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What starts processes runs by itself: many at once would wait for each other."""
    for item in items:
        if item.path.parent.name == "alone":
            item.add_marker("alone")


def pytest_asyncio_loop_factories(
    item: pytest.Item,
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """A test marked `jumping` runs on the loop that jumps; the others on Python's own."""
    if item.get_closest_marker("jumping"):
        return {"jumping": JumpingLoop}
    return {"ordinary": asyncio.new_event_loop}


def _address(host: str | bytes | None) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that *host* spells, or None for a name. Without a host it is this machine."""
    name = host.decode() if isinstance(host, bytes) else host
    try:
        return ipaddress.ip_address("127.0.0.1" if name in {None, "", "localhost"} else str(name))
    except ValueError:
        return None


def _is_here(host: str | bytes | None) -> bool:
    address = _address(host)
    return address is not None and address.is_loopback


def _guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    """*connect* for this machine's own addresses: loopback and unix sockets."""

    def guard(sock: socket.socket, address: Any) -> Any:
        if sock.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address[0]):
            raise OutsideError(f"a test may talk to loopback alone, not to {address!r}")
        return connect(sock, address)

    return guard


def _guarded_lookup(lookup: Callable[..., Any]) -> Callable[..., Any]:
    """*lookup* for numbers and this machine's own name: any other question is sent outside."""

    def guard(host: str | bytes | None, *rest: Any, **named: Any) -> Any:
        if _address(host) is None:
            raise OutsideError(f"a test may look up loopback alone, not {host!r}")
        return lookup(host, *rest, **named)

    return guard


@pytest.fixture(scope="session", autouse=True)
def _loopback_alone() -> Iterator[None]:
    """Make the rest of the world impossible rather than unlikely."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", _guarded(socket.socket.connect_ex))
        patch.setattr(socket, "getaddrinfo", _guarded_lookup(socket.getaddrinfo))
        # nobody here speaks TLS, and to read whom the world trusts takes each client 45 ms
        patch.setattr(ssl.SSLContext, "load_verify_locations", lambda *_, **__: None)
        yield


@pytest.fixture(autouse=True)
def _clean_environ(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of whoever runs the tests do not reach them."""
    for name in [name for name in os.environ if name.upper().startswith("ANIMA_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """Logging is the process's: what a test configures is undone."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in (*NOISY, ANSWERED_BY_US)}
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    yield
    logging.captureWarnings(capture=False)
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


@pytest.fixture
def free_port() -> int:
    """A loopback port that nobody listens on."""
    return servers.free_port()


@pytest.fixture
def clock() -> JumpClock:
    """Time as the test's own loop has it; with the mark `jumping` waiting costs nothing."""
    return JumpClock()


@pytest.fixture(scope="session")
def _postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.postgres(tmp_path_factory.mktemp("postgres")) as url:
        yield url


@pytest.fixture
def postgres_url(_postgres: str) -> Iterator[str]:
    """A new and empty database on a real PostgreSQL."""
    with _database(_postgres) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty database is."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'anima.db'}"
    found: str = request.getfixturevalue("postgres_url")
    return found


@pytest.fixture(scope="session")
def _postgres_template(_postgres: str) -> Iterator[str]:
    with _database(_postgres) as url:
        migrate(url)
        yield urlsplit(url).path.removeprefix("/")


@pytest.fixture
def migrated_postgres_url(_postgres: str, _postgres_template: str) -> Iterator[str]:
    """A new one at our version."""
    with _database(_postgres, _postgres_template) as url:
        yield url


@contextmanager
def _database(server: str, template: str = "template1") -> Iterator[str]:
    name = f"anima_{uuid4().hex}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    yield urlsplit(server)._replace(path=f"/{name}").geturl()
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(url: str, statement: str) -> None:
    async def execute() -> None:
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(execute())


@pytest.fixture(scope="session")
def _valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Valkey]:
    with servers.valkey(tmp_path_factory.mktemp("valkey")) as server:
        yield server


@pytest.fixture
def valkey_server(_valkey: servers.Valkey) -> Iterator[servers.Valkey]:
    """A real, empty Valkey; a test may stop it and start it again."""
    _valkey.start()
    _valkey.flush()
    yield _valkey
    _valkey.start()


@pytest.fixture(scope="session")
def born() -> Iterator[Nursery]:
    """Where processes of the product come from without loading it each time."""
    with nursery() as found:
        yield found
