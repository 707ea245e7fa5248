"""The soul and the backend that the settings name."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from anima.model import Soul
from anima.ports import Backend, Clock, Witness
from backend.stand_in import StandIn
from service import settings as written


@dataclass(frozen=True, slots=True)
class Mind:
    """A backend, and how to ask whether it is well."""

    backend: Backend
    probe: Callable[[], Awaitable[object]]


def soul_of(settings: written.Settings) -> Soul:
    """The first soul: the current one until somebody switches."""
    first = settings.souls[0]
    served_by = settings.backends[first.backend]
    return Soul(
        name=first.name,
        backend=first.backend,
        model=first.model,
        temperature=first.temperature,
        max_tokens=served_by.max_tokens,
        context=served_by.context,
    )


@asynccontextmanager
async def backend_of(
    settings: written.Settings, clock: Clock, witness: Witness
) -> AsyncIterator[Mind]:
    """The current soul's backend; with none configured, a stand-in that says what it is."""
    chosen = settings.backends[settings.souls[0].backend]
    if chosen.kind != "openai":
        stand_in = StandIn()
        yield Mind(stand_in, stand_in.probe)
        return
    # the client takes half a second to load and nobody who talks to the stand-in needs it
    from backend.openai_compatible import Limits, OpenAICompatible  # noqa: PLC0415

    server = OpenAICompatible(
        chosen.base_url,
        clock=clock,
        witness=witness,
        api_key=chosen.api_key.get_secret_value(),
        headers=chosen.headers,
        body=chosen.body,
        limits=Limits(chosen.timeout_first_s, chosen.timeout_between_s, chosen.timeout_total_s),
    )
    try:
        yield Mind(server, server.probe)
    finally:
        await server.aclose()
