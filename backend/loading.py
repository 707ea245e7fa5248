"""How a vLLM server is asked for an adapter, and what its answers mean."""

import json
from collections.abc import Mapping
from typing import Any, Final

import httpx2
import openai

from anima.model import Soul
from anima.ports import Clock
from backend.client import Client
from backend.reasons import Brief
from backend.signs import ANSWERED, AdapterRefused
from backend.trouble import PASSING, translated

REFUSED_KEY: Final = frozenset({401, 403})

LOADED: Final = "already been loaded"
DYING: Final = "EngineCore encountered an issue"
"""vLLM's words for an engine that broke down, which no adapter is to blame for."""

CLOSED: Final = (
    "it loads no adapters at run time: start vLLM with --enable-lora and"
    " VLLM_ALLOW_RUNTIME_LORA_UPDATING=1"
)


class Loading:
    """Asks one server, in the words of its protocol.

    Raises `BackendUnavailable` where the server does not answer, and `AdapterRefused` where it
    does not take the adapter.
    """

    def __init__(self, client: Client, name: str, clock: Clock, cut: Brief) -> None:
        self.name = name
        self._client = client
        self._clock = clock
        self._cut = cut

    async def found(self, soul: Soul) -> str | None:
        """The path from which the server has the adapter, "" if it does not say, None if not."""
        try:
            response = await self._client.get("/models", cast_to=httpx2.Response)
        except openai.APIStatusError as error:
            if error.status_code in REFUSED_KEY:
                raise self._no(soul, f"it refused the key, with {error.status_code}") from error
            raise translated(error, self._cut, self._clock.now()) from error
        except (openai.OpenAIError, httpx2.HTTPError) as error:
            raise translated(error, self._cut, self._clock.now()) from error
        card = _card(response, soul.model)
        if card is None:
            return None
        if "parent" in card and card["parent"] is None:
            reason = "a base model has this name; give souls.model the adapter's own name"
            raise self._no(soul, reason)
        return self._cut(str(card.get("root") or ""))

    async def load(self, soul: Soul) -> None:
        """Have it loaded; somebody else may have done it meanwhile."""
        asked = json.dumps({"lora_name": soul.model, "lora_path": soul.adapter}).encode()
        try:
            await self._client.post("/load_lora_adapter", content=asked, cast_to=httpx2.Response)
        except openai.APIStatusError as error:
            if LOADED in error.response.text:
                return
            reason = self._reason(error)
            if reason:
                raise self._no(soul, reason) from error
            raise translated(error, self._cut, self._clock.now()) from error
        except (openai.OpenAIError, httpx2.HTTPError) as error:
            raise translated(error, self._cut, self._clock.now()) from error

    async def aclose(self) -> None:
        """Hang up."""
        await self._client.close()

    def _reason(self, error: openai.APIStatusError) -> str:
        """Why the adapter is refused; nothing when it is the server that failed."""
        status, said = error.status_code, error.response.text
        if status in REFUSED_KEY:
            return f"it refused the key, with {status}"
        if status == httpx2.codes.NOT_FOUND and _message(said) is None:
            return CLOSED
        # vLLM 0.32 says 500 for a rank that is too high, as for all that is wrong with an adapter
        faulty = status == httpx2.codes.INTERNAL_SERVER_ERROR and DYING not in said
        if faulty or (status in ANSWERED and status not in PASSING):
            return self._cut(f"it answered {status}: {_message(said) or said}")
        return ""

    def _no(self, soul: Soul, reason: str) -> AdapterRefused:
        return AdapterRefused(f"{self.name} does not take the adapter {soul.model!r}: {reason}")


def _card(response: httpx2.Response, name: str) -> Mapping[str, Any] | None:
    """What the server says of the model called *name*, if it has it."""
    try:
        return next((card for card in response.json()["data"] if card.get("id") == name), None)
    except (ValueError, LookupError, TypeError, AttributeError):
        return None  # a list that cannot be read holds nothing, and loading it will tell


def _message(said: str) -> str | None:
    """The sentence in vLLM's error, if it is one."""
    try:
        return str(json.loads(said)["error"]["message"])
    except (ValueError, LookupError, TypeError):
        return None
