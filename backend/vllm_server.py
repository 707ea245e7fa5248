"""What it takes to talk with one vLLM server, the vendor's client included."""

from collections.abc import Mapping
from dataclasses import replace

from anima.ports import Clock, Witness
from backend.adapted import Adapted
from backend.adapters import Adapters
from backend.client import Client
from backend.limits import Limits
from backend.loading import Loading
from backend.openai_compatible import OpenAICompatible
from backend.reasons import brief


def vllm_server(
    base_url: str,
    *,
    name: str,
    clock: Clock,
    witness: Witness,
    api_key: str = "",
    headers: Mapping[str, str] | None = None,
    body: Mapping[str, object] | None = None,
    limits: Limits | None = None,
    alone: bool = True,
) -> Adapted:
    """One vLLM server; where it is not *alone*, others are asked instead of it being asked again.

    Raises `ConfigError` for what no request can carry.
    """
    limits = limits or Limits()
    server = OpenAICompatible(
        base_url,
        clock=clock,
        witness=witness,
        api_key=api_key,
        headers=headers,
        body=body,
        limits=limits if alone else replace(limits, retries=0),
    )
    sent = dict(headers or {})
    loading = Loading(
        Client(base_url, api_key, sent), name, clock, brief((api_key, *sent.values()))
    )
    adapters = Adapters(loading, clock=clock, witness=witness, limit_s=limits.first_s)
    return Adapted(server, adapters, clock, redials=not alone)
