"""The doctor at the web server: is the port ours to take, or are we there already."""

from collections.abc import Sequence
from typing import Final

from starlette.types import Receive, Scope, Send

from anima.errors import ConfigError, Unavailable
from service.findings import Finding, ok, wrong
from service.server import serve
from service.settings import is_loopback
from service.settings_places import Web
from service.wire import Wire

PART: Final = "web"
SHORT: Final = 10
"""Shorter passwords are found by trying."""

HERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - what may stand in the settings


async def web(chosen: Web, wire: Wire) -> Sequence[Finding]:
    """Whether the pages can be served, or are being served by us now."""
    if chosen.port:
        running = await _running(chosen, wire)
        if running is not None:
            return [running]
    try:
        async with serve(_nothing, chosen.host, chosen.port):
            pass
    except ConfigError as error:
        what, _, advice = str(error).partition("; ")
        return [wrong(PART, what, advice)]
    place = f"port {chosen.port} on {chosen.host!r} is free" if chosen.port else "any free port"
    return [ok(PART, place, *_guarded(chosen))]


async def _running(chosen: Web, wire: Wire) -> Finding | None:
    """How the Anima that runs here is; none when nothing of ours does."""
    name = HERE.get(chosen.host, chosen.host)
    url = f"http://[{name}]:{chosen.port}" if ":" in name else f"http://{name}:{chosen.port}"
    try:
        alive = await wire.ask("GET", f"{url}/livez")
        if alive.text != "ok":
            return None
        ready = (await wire.ask("GET", f"{url}/readyz")).fields
    except Unavailable:
        return None
    parts = ready.get("parts")  # which a door may keep from strangers
    states = parts.items() if isinstance(parts, dict) else ()
    sick = [f"{part}: {state}" for part, state in states if state not in ("ok", "off")]
    if sick:
        what = f"Anima runs at {url} and is not ready: {', '.join(sick)}"
        return wrong(PART, what, "see the other lines, and its log")
    return ok(PART, f"Anima runs at {url} and is well", *_guarded(chosen))


def _guarded(chosen: Web) -> list[str]:
    password = chosen.password.get_secret_value()
    if is_loopback(chosen.host):
        return ["only this machine reaches it"]
    return ["the password is short; make it longer"] if len(password) < SHORT else []


async def _nothing(_scope: Scope, _receive: Receive, _send: Send) -> None:
    """A site that is gone before anybody asks."""
