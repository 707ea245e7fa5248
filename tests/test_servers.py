"""The real servers of the tests, and the fence around the tests."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # it ships no types
import pytest
import redis
import redis.asyncio

from tests import servers
from tests.conftest import OutsideError


async def ask(url: str, question: str) -> object:
    """What PostgreSQL answers to *question*."""
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def test_postgres_speaks_utf8(postgres_url: str) -> None:
    """A real PostgreSQL hands Chinese, Japanese and an emoji back as they were."""
    text = "你好，こころ 🌸"

    answer = await ask(postgres_url, f"SELECT '{text}'::text")

    assert text == answer


async def test_each_test_has_an_empty_database(postgres_url: str) -> None:
    """Nothing of another test is in the database, and its name is the test's own."""
    tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"

    count = await ask(postgres_url, tables)
    name = await ask(postgres_url, "SELECT current_database()")

    assert count == 0
    assert str(name).startswith("anima_")


async def test_postgres_listens_on_loopback_alone(postgres_url: str) -> None:
    """The server is reachable from this machine only, and has no socket in the file system."""
    addresses = await ask(postgres_url, "SHOW listen_addresses")
    sockets = await ask(postgres_url, "SHOW unix_socket_directories")

    assert ("127.0.0.1", "") == (addresses, sockets)


@pytest.mark.slow
async def test_postgres_is_gone_after_a_failing_test(tmp_path: Path) -> None:
    """A server ends with its block, also when the block fails."""
    urls = list[str]()

    with suppress(ZeroDivisionError), servers.postgres(tmp_path) as url:
        urls.append(url)
        await ask(url, f"SELECT {1 // 0}")

    with pytest.raises(ConnectionRefusedError):
        await ask(urls[0], "SELECT 1")


@pytest.mark.slow
def test_the_files_of_a_killed_run_are_cleared(tmp_path: Path) -> None:
    """The next run removes what a run left that could not clean up, and keeps those of others."""
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        root = servers.memory_or_disk()
    dead, alive = (root / f"anima-postgres-{process}-test" for process in (gone.pid, os.getpid()))
    dead.mkdir()
    alive.mkdir()

    with servers.postgres(tmp_path):
        left = [dead.exists(), alive.exists()]

    alive.rmdir()
    assert [False, True] == left


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    """A process that ends before it is ready is an error with its last words."""
    log = tmp_path / "log"
    command = ["sh", "-c", "echo no memory today; exit 1"]
    server = servers.Server(command, log, lambda: False, signal.SIGTERM)

    with pytest.raises(servers.ServerError, match="no memory today"):
        server.start()

    server.stop()


async def test_valkey_is_real(valkey_server: servers.Valkey) -> None:
    """A real Valkey keeps what it is told."""
    async with redis.asyncio.Redis.from_url(valkey_server.url) as client:
        await client.set("name", "心")

        kept = await client.get("name")

    assert "心".encode() == kept


async def test_valkey_can_be_away_and_come_back(valkey_server: servers.Valkey) -> None:
    """A stopped Valkey refuses, and comes back empty under the same address."""
    async with redis.asyncio.Redis.from_url(valkey_server.url, retry=None) as client:
        await client.set("name", "心")

        valkey_server.stop()

        with pytest.raises(redis.ConnectionError):
            await client.get("name")

        valkey_server.start()

        assert await client.get("name") is None


def test_valkey_is_empty_for_each_test(valkey_server: servers.Valkey) -> None:
    """What another test kept is flushed."""
    with redis.Redis.from_url(valkey_server.url) as client:
        size = client.dbsize()

    assert size == 0


def test_stopping_twice_is_stopping_once(valkey_server: servers.Valkey) -> None:
    """Stopping a stopped server, or starting a running one, changes nothing."""
    valkey_server.stop()
    valkey_server.stop()
    valkey_server.start()

    valkey_server.start()

    valkey_server.flush()


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1", "api.example.com"])
async def test_the_rest_of_the_world_is_out_of_reach(address: str) -> None:
    """A test that opens a line to another machine fails and names the address."""
    with pytest.raises(OutsideError, match=address):
        await asyncio.open_connection(address, 443)


def test_unix_sockets_are_at_hand(tmp_path: Path) -> None:
    """A socket in the file system is on this machine."""
    path = str(tmp_path / "s")

    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(path)
        server.listen()
        client.connect(path)

        peer = client.getpeername()

    assert path == peer


def test_nobodys_settings_reach_a_test() -> None:
    """The environment holds nothing of ours."""
    ours = [name for name in os.environ if name.startswith("ANIMA_")]

    assert [] == ours


def test_a_free_port_is_free(free_port: int) -> None:
    """One can listen on it."""
    with socket.create_server(("127.0.0.1", free_port)) as server:
        port = server.getsockname()[1]

    assert free_port == port
