"""The web server tells the truth, takes updates from Telegram only, and shows nothing internal."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx2
import pytest
from prometheus_client import CollectorRegistry
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from structlog.testing import capture_logs

from anima.errors import AnimaError, BackendUnavailable, ConfigError, LedgerUnavailable
from service.health import Health, Probe, Report
from service.hooks import LARGEST_BYTES
from service.web import app, serve, telegram_hook
from service.witness import LoggedWitness

SECRET = "hook-secret_1"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class StoppedClock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.at, UTC)

    def elapsed(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds


async def well() -> None:
    """A part that works."""


def failing(error: AnimaError) -> Callable[[], Awaitable[None]]:
    async def ask() -> None:
        raise error

    return ask


def healthy(*probes: Probe) -> Health:
    return Health(probes, StoppedClock())


@asynccontextmanager
async def site(
    *probes: Probe,
    hooks: Sequence[Route] = (),
    registry: CollectorRegistry | None = None,
) -> AsyncIterator[httpx2.AsyncClient]:
    """The whole site on a real socket, and a client that talks to it."""
    site_app = app(healthy(*probes), registry or CollectorRegistry(), hooks)
    async with (
        serve(site_app, "127.0.0.1", 0) as url,
        httpx2.AsyncClient(base_url=url, trust_env=False) as client,
    ):
        yield client


class Kept:
    """A ledger that keeps updates, or fails as told."""

    def __init__(self, error: AnimaError | None = None) -> None:
        self.updates: list[object] = []
        self.error = error

    async def __call__(self, updates: list[dict[str, object]]) -> None:
        if self.error:
            raise self.error
        self.updates += updates


async def test_it_is_alive() -> None:
    """`/livez` says ok, whatever the parts do."""
    async with site(Probe("database", failing(LedgerUnavailable("gone")))) as client:
        actual = await client.get("/livez")

    assert (200, "ok") == (actual.status_code, actual.text)


async def test_it_is_ready() -> None:
    """`/readyz` tells of each part, those that are off too."""
    async with site(Probe("database", well), Probe("redis", None)) as client:
        actual = await client.get("/readyz")

    assert (200, {"ok": True, "parts": {"database": "ok", "redis": "off"}}) == (
        actual.status_code,
        actual.json(),
    )


async def test_it_is_not_ready_and_says_why() -> None:
    """One part that fails makes 503, with the reason and without addresses or keys."""
    secret = "sk-abcdefgh1234"
    error = BackendUnavailable(f"http://10.0.0.9/v1?x={secret} said 401 to {secret}\nTraceback")
    async with site(Probe("database", well), Probe("backend", failing(error))) as client:
        actual = await client.get("/readyz")

    assert (
        503,
        {"ok": False, "parts": {"database": "ok", "backend": "its address said 401 to ***"}},
    ) == (actual.status_code, actual.json())


async def test_it_counts() -> None:
    """`/metrics` is what Prometheus reads."""
    registry = CollectorRegistry()
    LoggedWitness(registry).note("turn answered", bubbles=2, seconds=1)
    async with site(registry=registry) as client:
        actual = await client.get("/metrics")

    assert "anima_answered_total 1.0" in actual.text.splitlines()
    assert actual.headers["content-type"].startswith("text/plain; version=")


@pytest.mark.parametrize("path", ["/", "/livez", "/readyz", "/metrics", "/nowhere", "/broken"])
async def test_every_answer_is_guarded(path: str) -> None:
    """The strict headers are on all answers, on those of failures too."""
    hooks = [Route("/broken", broken)]
    with capture_logs():
        async with site(hooks=hooks) as client:
            actual = await client.get(path)

    policy = actual.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
    assert ("nosniff", "DENY", "no-referrer", "no-store") == tuple(
        actual.headers[name]
        for name in (
            "x-content-type-options",
            "x-frame-options",
            "referrer-policy",
            "cache-control",
        )
    )
    assert "server" not in actual.headers
    assert "GMT" in actual.headers["date"]


async def broken(_request: Request) -> Response:
    raise RuntimeError("password=hunter2")


async def test_a_page_that_breaks_shows_a_reference_only() -> None:
    """The visitor reads an id, and the log has it together with the exception."""
    with capture_logs() as lines:
        async with site(hooks=[Route("/broken", broken)]) as client:
            actual = await client.get("/broken")

    reference = lines[0]["reference"]
    assert (500, f"Something went wrong here. Error {reference}") == (
        actual.status_code,
        actual.text,
    )
    assert ("page broke", "/broken", RuntimeError) == (
        lines[0]["event"],
        lines[0]["path"],
        type(lines[0]["exc_info"]),
    )


async def test_an_unknown_path_is_plain() -> None:
    """What is not there is told in two words."""
    async with site() as client:
        actual = await client.get("/nowhere")

    assert (404, "Not Found") == (actual.status_code, actual.text)


async def test_telegram_is_confirmed_after_the_update_was_kept() -> None:
    """With the right secret an update is kept, and then answered with 200."""
    kept = Kept()
    async with site(hooks=[telegram_hook(SECRET, kept)]) as client:
        actual = await client.post(
            "/hooks/telegram", json={"update_id": 1}, headers={HEADER: SECRET}
        )

    assert (200, [{"update_id": 1}]) == (actual.status_code, kept.updates)


@pytest.mark.parametrize("headers", [{}, {HEADER: "wrong"}, {HEADER: ""}, {HEADER: "é"}])
async def test_nobody_else_is_heard(headers: dict[str, str]) -> None:
    """Without Telegram's secret nothing is kept, however it is spelled."""
    kept = Kept()
    async with site(hooks=[telegram_hook(SECRET, kept)]) as client:
        actual = await client.post(
            "/hooks/telegram",
            json={"update_id": 1},
            headers=httpx2.Headers(headers, encoding="utf-8"),
        )

    assert (401, []) == (actual.status_code, kept.updates)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"3", b"\xff", b"[" * 100_000, b'"' + b"x" * 100]
)
async def test_what_is_no_update_is_refused(body: bytes) -> None:
    """A body that is no JSON object is refused, and breaks nothing."""
    kept = Kept()
    async with site(hooks=[telegram_hook(SECRET, kept)]) as client:
        actual = await client.post("/hooks/telegram", content=body, headers={HEADER: SECRET})

    assert (400, []) == (actual.status_code, kept.updates)


async def test_a_body_without_end_is_refused() -> None:
    """What is larger than any update is not read to its end."""
    kept = Kept()
    body = json.dumps({"x": "y" * LARGEST_BYTES}).encode()
    async with site(hooks=[telegram_hook(SECRET, kept)]) as client:
        actual = await client.post("/hooks/telegram", content=body, headers={HEADER: SECRET})

    assert (413, []) == (actual.status_code, kept.updates)


async def test_a_cut_connection_breaks_nothing() -> None:
    """Telegram hanging up in mid-body keeps no half of an update."""
    kept = Kept()
    head = (
        f"POST /hooks/telegram HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\n"
        'Content-Length: 50\r\n\r\n{"update_id"'
    )
    with capture_logs() as lines:
        async with site(hooks=[telegram_hook(SECRET, kept)]) as client:
            _reader, writer = await asyncio.open_connection("127.0.0.1", client.base_url.port)
            writer.write(head.encode())
            await writer.drain()
            writer.close()
            await writer.wait_closed()
            alive = await client.get("/livez")

    assert (200, [], []) == (alive.status_code, kept.updates, lines)


async def test_telegram_brings_again_what_could_not_be_kept() -> None:
    """While the database is away the update is not confirmed."""
    kept = Kept(LedgerUnavailable("the database is away"))
    with capture_logs() as lines:
        async with site(hooks=[telegram_hook(SECRET, kept)]) as client:
            actual = await client.post(
                "/hooks/telegram", json={"update_id": 1}, headers={HEADER: SECRET}
            )

    assert (503, "later") == (actual.status_code, actual.text)
    assert ["the database is away"] == [line["reason"] for line in lines]


async def test_the_hook_is_no_page() -> None:
    """Only POST is answered there."""
    async with site(hooks=[telegram_hook(SECRET, Kept())]) as client:
        actual = await client.get("/hooks/telegram")

    assert 405 == actual.status_code


def test_a_hook_without_a_secret_is_not_built() -> None:
    """An empty secret would let everybody in."""
    with pytest.raises(ConfigError, match="webhook_secret"):
        telegram_hook("", Kept())


async def test_a_taken_port_is_named() -> None:
    """A port in use is one clear line with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError) as caught:
            async with serve(app(healthy(), CollectorRegistry(), []), "127.0.0.1", port):
                raise AssertionError

    assert (
        f"web.port: {port} is taken on '127.0.0.1'; stop what listens there or set "
        "web.port (ANIMA_WEB__PORT) to another, 0 for any free one"
    ) == str(caught.value)


async def test_an_address_of_another_machine_is_named() -> None:
    """A host that is not ours is one clear line."""
    with pytest.raises(ConfigError, match=r"web\.host: cannot listen on '192\.0\.2\.1'"):
        async with serve(app(healthy(), CollectorRegistry(), []), "192.0.2.1", 0):
            raise AssertionError


async def test_an_error_inside_comes_out_as_it_is() -> None:
    """Serving wraps no exception of what runs inside, and closes its socket."""
    with pytest.raises(ConfigError, match="inner") as caught:
        async with serve(app(healthy(), CollectorRegistry(), []), "127.0.0.1", 0) as url:
            raise ConfigError(f"inner {url}")

    url = str(caught.value)
    with socket.create_server(("127.0.0.1", int(url.rpartition(":")[2]))) as again:
        assert again.fileno() > 0


async def test_a_running_request_is_answered_before_the_end() -> None:
    """Stopping the server waits for what it has begun."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_request: Request) -> Response:
        begun.set()
        await go_on.wait()
        return PlainTextResponse("done")

    site_app = app(healthy(), CollectorRegistry(), [Route("/slow", slow)])
    async with (
        httpx2.AsyncClient(trust_env=False) as client,
        asyncio.TaskGroup() as group,
        serve(site_app, "localhost", 0) as url,
    ):
        answer = group.create_task(client.get(f"{url}/slow"))
        await begun.wait()
        asyncio.get_running_loop().call_soon(go_on.set)

    assert "done" == answer.result().text


async def test_a_hundred_askers_try_the_parts_once() -> None:
    """What was found is kept for a moment, and tried again after it."""
    clock, asked = StoppedClock(), []

    async def ask() -> None:
        asked.append(clock.at)

    health = Health([Probe("database", ask)], clock, ttl_s=2)

    async with asyncio.TaskGroup() as group:
        for _ in range(100):
            group.create_task(health.report())
    clock.at = 1.9
    await health.report()
    clock.at = 2
    await health.report()

    assert [0, 2] == asked


async def test_a_part_that_hangs_is_told() -> None:
    """A part that does not answer in its time fails, and the others are told all the same."""

    async def hang() -> None:
        await asyncio.Event().wait()

    health = Health([Probe("backend", hang), Probe("database", well)], StoppedClock(), limit_s=0)

    actual = await health.report()

    assert Report(ok=False, parts={"backend": "no answer within 0 s", "database": "ok"}) == actual


async def test_a_part_that_says_nothing_is_not_available() -> None:
    """An error without words has some all the same."""
    health = healthy(Probe("database", failing(LedgerUnavailable(""))))

    actual = await health.report()

    assert {"database": "not available"} == actual.parts
