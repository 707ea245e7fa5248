"""The souls and the backends that the settings name."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final

from anima.errors import BackendUnavailable
from anima.model import Soul
from anima.ports import Backend, Clock, Witness
from backend.breaker import Breaker
from backend.later import Later
from backend.stand_in import StandIn
from backend.standing import Standing
from backend.switchboard import Switchboard
from memory.register import Written
from service import settings as written
from service.servers import limits, server
from service.settings_minds import COOL

SMALL_KINDS: Final = ("builtin", "scripted")
"""Who is too small for tools."""


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


def souls_of(settings: written.Settings) -> tuple[Soul, ...]:
    """Every version, the one first that speaks until somebody switches."""
    return tuple(_soul(settings, soul) for soul in settings.souls)


def written_souls(settings: written.Settings) -> tuple[Written, ...]:
    """Every version as it was written down; what was not has no say in what a version is."""
    return tuple(
        Written(
            name=soul.name,
            backend=soul.backend,
            model=soul.model,
            adapter=soul.adapter,
            temperature=soul.temperature if "temperature" in soul.model_fields_set else None,
            top_p=soul.top_p,
            dataset=soul.dataset,
            notes=soul.notes,
        )
        for soul in settings.souls
    )


def _soul(settings: written.Settings, soul: written.Soul) -> Soul:
    served_by = settings.backends[soul.backend].fitted()
    cool = served_by.kind == "builtin" and "temperature" not in soul.model_fields_set
    return Soul(
        name=soul.name,
        backend=soul.backend,
        model=soul.model,
        adapter=soul.adapter,
        temperature=COOL if cool else soul.temperature,
        top_p=soul.top_p,
        max_tokens=served_by.max_tokens,
        context=served_by.context,
        fallback=soul.fallback,
        form="off" if served_by.kind in SMALL_KINDS else served_by.tools,
        sees=soul.sees,
    )


@asynccontextmanager
async def minds_of(
    settings: written.Settings, clock: Clock, witness: Witness, *, works: bool = True
) -> AsyncIterator[Mind]:
    """All backends that a soul is served by, as one; it is well when the first soul can answer.

    A process that answers nobody (*works* is false) starts no model of its own.
    """
    names = dict.fromkeys(soul.backend for soul in settings.souls)
    async with AsyncExitStack() as stack:
        minds = {
            name: await stack.enter_async_context(
                _mind(settings, name, clock, witness, works=works)
            )
            for name in names
        }
        first = settings.souls[0]
        by_name = {soul.name: soul for soul in settings.souls}
        chain = [first, *(by_name[name] for name in first.fallback)]
        asked = [minds[name] for name in dict.fromkeys(soul.backend for soul in chain)]
        yield Mind(
            Switchboard({name: mind.backend for name, mind in minds.items()}),
            probe=partial(_any_well, asked),
            progress=minds[first.backend].progress,
            prepare=partial(_prepare, minds),
        )


async def _any_well(minds: list[Mind]) -> None:
    """Raise what the first of *minds* raises, unless one of them is well."""
    troubles: list[BackendUnavailable] = []
    for mind in minds:
        try:
            await mind.probe()
        except BackendUnavailable as error:
            troubles.append(error)
        else:
            return
    raise troubles[0]


async def _prepare(minds: Mapping[str, Mind]) -> None:
    for mind in minds.values():
        await mind.prepare()


@asynccontextmanager
async def _mind(
    settings: written.Settings, name: str, clock: Clock, witness: Witness, *, works: bool
) -> AsyncIterator[Mind]:
    chosen = settings.backends[name]
    if chosen.kind == "builtin" and works:
        # what it takes to fetch and serve weights is loaded by those who use it
        from service.builtin import built_in  # noqa: PLC0415

        async with built_in(settings, name, clock, witness) as model:
            yield Mind(model, model.probe, model.progress)
    elif chosen.kind in SMALL_KINDS:
        stand_in = StandIn()
        yield Mind(stand_in, stand_in.probe)
    elif chosen.kind == "vllm":
        from backend.vllm import Vllm  # noqa: PLC0415 - as above

        async with Vllm(
            chosen.addresses,
            name=name,
            clock=clock,
            witness=witness,
            api_key=chosen.api_key.get_secret_value(),
            headers=chosen.headers,
            body=chosen.body,
            limits=limits(chosen),
        ) as replicas:
            yield Mind(replicas, replicas.probe, prepare=replicas.prepare)
    else:
        later = Later(partial(server, chosen, clock, witness))
        breaker = Breaker(later, name, clock=clock, witness=witness)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(later.aclose)
            await stack.enter_async_context(breaker)
            yield Mind(breaker, breaker.probe, prepare=later.built)
