"""The web server's life: one listening socket and what is served on it."""

import errno
import socket
from asyncio import get_running_loop
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp

from anima.errors import ConfigError

MOST_AT_ONCE = 512
"""Connections; Telegram makes at most a hundred, and more than this is nobody we know."""

PORT = "web.port (ANIMA_WEB__PORT)"
HOST = "web.host (ANIMA_WEB__HOST)"


@asynccontextmanager
async def serve(app: ASGIApp, host: str, port: int, *, drain_s: int = 5) -> AsyncIterator[str]:
    """Serve *app* inside; gives the address under which it is reached from this machine.

    Port 0 takes any free one. At the end, requests that run have *drain_s* to finish. Raises
    `ConfigError` when the address cannot be had.
    """
    listener = await _listen(host, port)
    server = Server(app, drain_s)
    await server.startup([listener])
    try:
        yield _url(listener)
    finally:
        await server.shutdown([listener])


class Server(uvicorn.Server):
    """Uvicorn without its own signals, logs and clock: it is started and stopped, no more."""

    def __init__(self, app: ASGIApp, drain_s: int) -> None:
        config = uvicorn.Config(
            app,
            loop="none",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            limit_concurrency=MOST_AT_ONCE,
            timeout_graceful_shutdown=drain_s,
        )
        config.load()
        super().__init__(config)
        self.lifespan = config.lifespan_class(config)


async def _listen(host: str, port: int) -> socket.socket:
    loop = get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, *_, address = min(found, key=lambda entry: entry[0] != socket.AF_INET)
        both = host == "::" and socket.has_dualstack_ipv6()
        return socket.create_server(address[:2], family=family, dualstack_ipv6=both)
    except OSError as error:
        raise ConfigError(_trouble(host, port, error)) from error


def _trouble(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"web.port: {port} is taken on {host!r}; stop what listens there or set {PORT} "
            "to another, 0 for any free one"
        )
    if error.errno == errno.EACCES:
        return f"web.port: {port} needs more rights than we have; set {PORT} to one above 1023"
    return f"web.host: cannot listen on {host!r}; set {HOST} to an address of this machine"


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (what was bound)
    return f"http://[{here}]:{port}" if ":" in here else f"http://{here}:{port}"
