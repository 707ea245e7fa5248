"""The doctor at what finds memories by their meaning: each model makes a real vector."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from typing import Final

from anima.errors import BackendUnavailable, EmbeddingUnavailable
from anima.ports import Clock, Embedder
from backend.embedding.builtin import USE
from backend.embedding.packaged import Package, Packaged
from backend.signs import ANSWERED, status
from service.doctor_house import Unheard
from service.embedders import packages, served
from service.findings import Finding, Part, off, ok, wrong
from service.settings import Settings
from service.wire import host

FIRST: Final = "memory.embeddings"
SECOND: Final = "memory.second"

QUESTION: Final = "What did I tell you about my dog?"

REFUSED_KEY: Final = frozenset({401, 403})


def embedders(settings: Settings, clock: Clock) -> list[Part]:
    """A part for each model, or one that says that there is none."""
    memory = settings.memory
    found = [_packaged(package, clock) for package in packages(memory)]
    if memory.embeddings == "openai":
        advice = "see whether the server is still loading its model, or raise memory.timeout_s"
        door = Door(
            FIRST,
            partial(served, memory, Unheard(), clock),
            clock,
            f"{host(memory.base_url)} answers: ",
            _of_server,
        )
        found.insert(0, Part(FIRST, door, advice))
    return found or [Part(FIRST, _none, "")]


def _packaged(package: Package, clock: Clock) -> Part:
    name = FIRST if package is USE else SECOND
    make = partial(Packaged, package, Unheard())
    return Part(name, Door(name, make, clock, "", _of_package), "see what keeps this machine busy")


async def _none() -> Sequence[Finding]:
    return [off(FIRST, "memories are found by their words alone")]


@dataclass(frozen=True, slots=True)
class Door:
    """Has the embedder that *make* makes read a question, and says in *where* it stands."""

    name: str
    make: Callable[[], AbstractAsyncContextManager[Embedder]]
    clock: Clock
    where: str
    advice: Callable[[EmbeddingUnavailable], str]

    async def __call__(self) -> Sequence[Finding]:
        """One line."""
        try:
            async with self.make() as embedder:
                await embedder.prepare()
                began = self.clock.elapsed()
                await embedder.embed([QUESTION], asked=True)
                took_ms = 1000 * (self.clock.elapsed() - began)
                what = f"{embedder.name} makes {embedder.dim} numbers of a question"
        except EmbeddingUnavailable as error:
            return [wrong(self.name, str(error), self.advice(error))]
        return [ok(self.name, f"{self.where}{what} in {took_ms:.0f} ms")]


def _of_package(_error: EmbeddingUnavailable) -> str:
    return f'until then memories are found by their words; {FIRST} = "off" says that it is meant'


def _of_server(error: EmbeddingUnavailable) -> str:
    cause = error.__cause__
    code = status(cause) if isinstance(cause, BackendUnavailable) else 0
    if code in REFUSED_KEY:
        return "put right memory.api_key"
    if code in ANSWERED:
        return "put right memory.model, or memory.base_url"
    return "start the server, or put right memory.base_url"
