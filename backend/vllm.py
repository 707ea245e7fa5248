"""vLLM: one server or several replicas, which load a soul's adapter when it is first needed."""

from collections.abc import Mapping, Sequence

from anima.ports import Clock, Witness
from backend.later import Server
from backend.limits import Limits
from backend.replicas import Replicas, distinct


class Vllm(Replicas):
    """The port Backend over the vLLM servers at *base_urls*."""

    def __init__(
        self,
        base_urls: Sequence[str],
        *,
        name: str,
        clock: Clock,
        witness: Witness,
        api_key: str = "",
        headers: Mapping[str, str] | None = None,
        body: Mapping[str, object] | None = None,
        limits: Limits | None = None,
    ) -> None:
        alone = len(distinct(base_urls)) == 1

        def build(url: str, called: str) -> Server:
            # here the vendor's client is loaded
            from backend.vllm_server import vllm_server  # noqa: PLC0415

            return vllm_server(
                url,
                name=called,
                clock=clock,
                witness=witness,
                api_key=api_key,
                headers=headers,
                body=body,
                limits=limits,
                alone=alone,
            )

        super().__init__(base_urls, build, name=name, clock=clock, witness=witness)
