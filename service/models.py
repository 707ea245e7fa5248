"""`anima model`: which weights there are, and fetching them ahead of the first talk."""

from typing import TextIO

from anima.errors import ConfigError
from anima.ports import Clock
from backend.weights import Weights
from backend.weights_known import KNOWN
from backend.weights_shelf import Shelf
from service.builtin import download, shelf
from service.settings import Settings


def listed(settings: Settings, write: TextIO) -> int:
    """A line for all weights that we know, and one for each file of the owner's."""
    here = shelf(settings)
    write.writelines(f"{_row(weights, here)}\n" for weights in KNOWN)
    if own := here.own(KNOWN):
        write.write(f"{own}  yours, and used before all others\n")
    return 0


async def fetched(settings: Settings, name: str, clock: Clock, write: TextIO) -> int:
    """Fetch the weights called *name*, with a line that moves.

    Raises `ConfigError` for a name nobody knows, `Unavailable` when nobody has them.
    """
    weights = next((weights for weights in KNOWN if weights.name == name), None)
    if weights is None:
        known = ", ".join(weights.name for weights in KNOWN)
        raise ConfigError(f"no weights are called {name!r}; known: {known}")
    line = _Line(weights, write)
    try:
        file = await download(settings, settings.souls[0].backend, clock).fetch(weights, line.told)
    finally:
        line.end()
    write.write(f"{weights.name} is in {file}\n")
    return 0


def _row(weights: Weights, here: Shelf) -> str:
    where = str(here.place(weights)) if here.holds(weights) else "not fetched"
    languages = " ".join(weights.languages)
    facts = f"{weights.megabytes:>5} MB  {weights.licence}  {languages:<8}"
    return f"{weights.name:<28} {facts}  {where}"


class _Line:
    """A line that is written over where a person looks on, else nothing until the end."""

    def __init__(self, weights: Weights, write: TextIO) -> None:
        self._weights = weights
        self._write = write
        self._shown = -1

    def told(self, here: int) -> None:
        percent = 100 * here // self._weights.bytes
        if self._write.isatty() and percent != self._shown:
            self._shown = percent
            whole = self._weights.megabytes
            self._write.write(f"\r{self._weights.name}: {percent:3} % of {whole} MB")
            self._write.flush()

    def end(self) -> None:
        if self._shown >= 0:
            self._write.write("\n")
