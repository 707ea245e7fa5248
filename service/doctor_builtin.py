"""The doctor at the built-in model: are its weights here, and if not, where can they come from."""

import asyncio
import importlib.util
from pathlib import Path

from anima.errors import ConfigError, Unavailable
from backend.weights import Weights
from backend.weights_known import AUTOMATIC, KNOWN
from backend.weights_search import OFF, wished
from backend.weights_shelf import Shelf
from service.builtin import RUNTIME, shelf
from service.findings import Finding, ok, wrong
from service.settings import Settings
from service.wire import Wire, host


async def builtin(settings: Settings, name: str, wire: Wire) -> Finding:
    """Whether the backend *name* can load its weights, or get them; nothing is fetched."""
    part, chosen = f"backends.{name}", settings.backends[name]
    if chosen.weights == OFF:
        return ok(part, "weights are switched off, so the scripted stand-in answers")
    if importlib.util.find_spec(RUNTIME) is None:
        hint = f"{RUNTIME} is not installed; pip install 'anima[builtin]' brings it"
        return ok(part, "the scripted stand-in answers", hint)
    try:
        here = await asyncio.to_thread(_here, chosen.weights, shelf(settings))
    except ConfigError as error:
        advice = f"set {part}.weights to a file, or to a name from anima model list"
        return wrong(part, str(error), advice)
    if here is not None:
        return ok(part, f"its weights are here: {here}")
    return await _to_come(part, chosen.hub, wire)


def _here(wish: str, kept: Shelf) -> Path | None:
    """The file that would be loaded, if nothing has to be fetched."""
    named = wished(wish)
    if isinstance(named, Path):
        return named
    if named is None and (own := kept.own(KNOWN)):
        return own
    wanted: tuple[Weights, ...] = (named,) if named else tuple(AUTOMATIC)
    return next((kept.place(weights) for weights in wanted if kept.holds(weights)), None)


async def _to_come(part: str, hub: str, wire: Wire) -> Finding:
    waiting = "its weights are not here yet"
    if not hub:
        return ok(part, waiting, "no hub is set, so packages are asked at the first start")
    try:
        await wire.ask("GET", hub)
    except Unavailable as error:
        return ok(part, waiting, f"{error}; packages are asked, and a stand-in answers meanwhile")
    return ok(part, waiting, f"{host(hub)} answers, and they are fetched at the first start")
