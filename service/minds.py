"""The soul and the backend that the settings name."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from anima.model import Soul
from anima.ports import Backend, Clock, Witness
from backend.later import Later, Server
from backend.stand_in import StandIn
from backend.standing import Standing
from service import settings as written
from service.settings_minds import COOL


async def nothing() -> None:
    """Prepare what needs no preparation."""


@dataclass(frozen=True, slots=True)
class Mind:
    """A backend, how to ask whether it is well, and how to have it ready before it is needed."""

    backend: Backend
    probe: Callable[[], Awaitable[object]]
    progress: Callable[[], Standing | None] = lambda: None
    """How far it is, where it has to be fetched and loaded first."""
    prepare: Callable[[], Awaitable[object]] = nothing


def soul_of(settings: written.Settings) -> Soul:
    """The first soul: the current one until somebody switches."""
    first = settings.souls[0]
    served_by = settings.backends[first.backend].fitted()
    cool = served_by.kind == "builtin" and "temperature" not in first.model_fields_set
    return Soul(
        name=first.name,
        backend=first.backend,
        model=first.model,
        temperature=COOL if cool else first.temperature,
        max_tokens=served_by.max_tokens,
        context=served_by.context,
    )


@asynccontextmanager
async def backend_of(
    settings: written.Settings, clock: Clock, witness: Witness
) -> AsyncIterator[Mind]:
    """The current soul's backend; with none configured, a small model of our own."""
    name = settings.souls[0].backend
    chosen = settings.backends[name]
    if chosen.kind == "builtin":
        # as below: what it takes to fetch and serve is loaded by those who use it
        from service.builtin import built_in  # noqa: PLC0415

        async with built_in(settings, name, clock, witness) as model:
            yield Mind(model, model.probe, model.progress)
        return
    if chosen.kind != "openai":
        stand_in = StandIn()
        yield Mind(stand_in, stand_in.probe)
        return
    server = Later(lambda: _compatible(chosen, clock, witness))
    try:
        yield Mind(server, server.probe, prepare=server.built)
    finally:
        await server.aclose()


def _compatible(chosen: written.Backend, clock: Clock, witness: Witness) -> Server:
    # here the vendor's client is loaded
    from backend.openai_compatible import Limits, OpenAICompatible  # noqa: PLC0415

    return OpenAICompatible(
        chosen.base_url,
        clock=clock,
        witness=witness,
        api_key=chosen.api_key.get_secret_value(),
        headers=chosen.headers,
        body=chosen.body,
        limits=Limits(chosen.timeout_first_s, chosen.timeout_between_s, chosen.timeout_total_s),
    )
