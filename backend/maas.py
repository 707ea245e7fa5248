"""iFLYTEK's MaaS by its OpenAI-compatible side."""

from collections.abc import Mapping
from typing import Final

from anima.errors import AnimaError, BackendUnavailable
from anima.model import Soul
from backend.headers import carried
from backend.iflytek import meant
from backend.openai_compatible import OpenAICompatible

ADAPTER: Final = "lora_id"


class Maas(OpenAICompatible):
    """The port Backend over iFLYTEK's MaaS, where a soul's adapter goes out as a header.

    Its error codes, which may stand in the place of a chunk, of a whole answer or under a status,
    are understood.
    """

    def _sent_with(self, soul: Soul) -> Mapping[str, str]:
        if not soul.adapter:
            return {}
        if not carried(soul.adapter):
            raise BackendUnavailable(
                f"the adapter {soul.adapter!r} of soul {soul.name!r} is no resource id:"
                " no HTTP header can carry it"
            )
        return {ADAPTER: soul.adapter}

    def _meant(self, code: object, message: str) -> AnimaError | None:
        return meant(code, message)
