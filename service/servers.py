"""One server of models, as the settings describe it. Vendors' clients are loaded here."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anima.ports import Backend, Clock, Witness
from backend.later import Server
from backend.limits import Limits
from service import settings as written
from service.wire import host


def limits(chosen: written.Backend) -> Limits:
    """How long the backend may take."""
    return Limits(chosen.timeout_first_s, chosen.timeout_between_s, chosen.timeout_total_s)


@asynccontextmanager
async def one_of(
    chosen: written.Backend, address: str, clock: Clock, witness: Witness, within: Limits
) -> AsyncIterator[Backend]:
    """The server of *chosen* at this *address*, by itself."""
    if chosen.kind == "vllm":
        from backend.vllm import Vllm  # noqa: PLC0415 - as below

        key = chosen.api_key.get_secret_value()
        async with Vllm(
            [address],
            name=host(address),
            clock=clock,
            witness=witness,
            api_key=key,
            headers=chosen.headers,
            body=chosen.body,
            limits=within,
        ) as vllm:
            yield vllm
        return
    alone = server(chosen, clock, witness, within)
    try:
        yield alone
    finally:
        await alone.aclose()


def server(
    chosen: written.Backend, clock: Clock, witness: Witness, within: Limits | None = None
) -> Server:
    """The server that *chosen* describes, of kind openai, maas or xfyun; to be closed."""
    within = within or limits(chosen)
    if chosen.kind == "xfyun":
        return _xfyun(chosen, clock, witness, within)
    # nobody without such a server shall wait for the client to load
    from backend.maas import Maas  # noqa: PLC0415
    from backend.openai_compatible import OpenAICompatible  # noqa: PLC0415

    kind = Maas if chosen.kind == "maas" else OpenAICompatible
    return kind(
        chosen.addresses[0],
        clock=clock,
        witness=witness,
        api_key=chosen.api_key.get_secret_value(),
        headers=chosen.headers,
        body=chosen.body,
        limits=within,
    )


def _xfyun(chosen: written.Backend, clock: Clock, witness: Witness, within: Limits) -> Server:
    from backend.xfyun import Xfyun  # noqa: PLC0415 - as above

    return Xfyun(
        chosen.url,
        app_id=chosen.app_id,
        api_key=chosen.api_key.get_secret_value(),
        api_secret=chosen.api_secret.get_secret_value(),
        domain=chosen.domain,
        clock=clock,
        witness=witness,
        headers=chosen.headers,
        body=chosen.body,
        limits=within,
    )
