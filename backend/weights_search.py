"""Finds the weights to use: the owner's, those that are here, or the first that can be had."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol

from anima.errors import ConfigError, Refused, Unavailable
from backend.download import Download
from backend.weights import Weights
from backend.weights_known import AUTOMATIC, KNOWN

OFF: Final = "off"
"""A wish for no weights at all, so that nothing is ever fetched."""

Told = Callable[[Weights, int], object]
"""Hears which weights are being fetched, and how many bytes of them are here by now."""


def wished(wish: str) -> Weights | Path | None:
    """What *wish* means: weights we know, a file, or nothing in particular.

    Raises `ConfigError` for what is neither a name nor a file.
    """
    named = next((weights for weights in KNOWN if weights.name == wish), None)
    if named is not None or wish in {"", OFF}:
        return named
    if not Path(wish).is_file():
        names = ", ".join(weights.name for weights in KNOWN)
        raise ConfigError(f"weights: {wish!r} is no file, nor one of {names}, {OFF}")
    return Path(wish)


class Finder(Protocol):
    """Knows which file to load."""

    async def find(self, told: Told) -> Path:
        """The file. Raises `Unavailable` when it may be had later, `Refused` when it will not."""


class Nowhere:
    """The port Finder where there is nothing to look for, for a *reason*."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    async def find(self, told: Told) -> Path:  # noqa: ARG002 # the port's
        raise Refused(self._reason)


class Search:
    """Looks for what *wish* asks for; empty: for what is best, in the order of *automatic*."""

    def __init__(
        self, wish: str, download: Download, automatic: Sequence[Weights] = AUTOMATIC
    ) -> None:
        self._found = wished(wish)
        self._download = download
        self._automatic = automatic

    async def find(self, told: Told) -> Path:
        if isinstance(self._found, Path):
            return self._found
        if self._found is not None:
            return await self._fetched(self._found, told)
        shelf = self._download.shelf
        if own := shelf.own((*KNOWN, *self._automatic)):
            return own
        # the last resort may lie here from a bad day: better ones are asked for all the same
        for weights in self._automatic[:-1]:
            if shelf.holds(weights):
                return shelf.place(weights)
        return await self._first(told)

    async def _first(self, told: Told) -> Path:
        reasons = []
        for weights in self._automatic:
            try:
                return await self._fetched(weights, told)
            except Unavailable as error:
                reasons.append(str(error))
        raise Unavailable("; ".join(reasons))

    async def _fetched(self, weights: Weights, told: Told) -> Path:
        return await self._download.fetch(weights, lambda here: told(weights, here))
