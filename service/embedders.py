"""What finds memories by their meaning, as the settings say: nothing, one model or two."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from anima.clock import SystemClock
from anima.ports import Clock, Embedder, Witness
from backend.embedding.builtin import USE
from backend.embedding.packaged import Package, Packaged
from backend.embedding.second import E5
from backend.embedding.served import Served
from service.settings import Settings
from service.settings_minds import Memory

Made = AbstractAsyncContextManager[Embedder]


@asynccontextmanager
async def embedders_of(
    settings: Settings, witness: Witness, clock: Clock | None = None
) -> AsyncIterator[tuple[Embedder, ...]]:
    """The embedders of *settings*; with none, memories are found by their words alone.

    Nothing is loaded and nobody is asked before `prepare` or the first text. A package that is not
    installed is left out, which the witness hears.
    """
    async with AsyncExitStack() as stack:
        legs = _legs(settings.memory, witness, clock or SystemClock())
        yield tuple([await stack.enter_async_context(leg) for leg in legs])


def served(memory: Memory, witness: Witness, clock: Clock) -> Served:
    """The server that *memory* names."""
    return Served(
        memory.base_url,
        memory.model,
        clock=clock,
        witness=witness,
        api_key=memory.api_key.get_secret_value(),
        timeout_s=memory.timeout_s,
    )


def packages(memory: Memory) -> tuple[Package, ...]:
    """The packages whose models *memory* wants, the first leg first."""
    return (USE,) * (memory.embeddings == "builtin") + (E5,) * memory.second


def _legs(memory: Memory, witness: Witness, clock: Clock) -> Iterator[Made]:
    if memory.embeddings == "openai":
        yield served(memory, witness, clock)
    for package in packages(memory):
        if reason := package.missing():
            witness.note("embeddings away", embedder=package.name, reason=reason)
        else:
            yield Packaged(package, witness)
