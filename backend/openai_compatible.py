"""Any server that speaks OpenAI's chat completions: vLLM, llama.cpp, DeepSeek, OpenAI itself."""

import asyncio
import json
import random
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import replace
from typing import Final, cast

import httpx2
import openai
from openai import AsyncStream

from anima.errors import AnimaError, BackendUnavailable
from anima.model import Delta, Prompt, Soul
from anima.ports import Clock, Witness
from backend.asked_tools import refuses_tools, schemas
from backend.asking import Asking
from backend.client import Client, check
from backend.limits import PROBE_S, Limits
from backend.pictures import refuses_pictures, shows, spoken, wordy
from backend.reading import Reading
from backend.reasons import brief, no_codes
from backend.trouble import translated

__all__ = ["PROBE_S", "Limits", "OpenAICompatible"]

REFUSED_KEY: Final = frozenset({401, 403})


class OpenAICompatible:
    """The port Backend over one server, through OpenAI's client but past its typed layers.

    Those parse each chunk into models of their own, which costs more than all the rest of a turn;
    here the request is one piece of JSON, and the response is read as bytes. *headers* go out with
    every request, *body* is merged into every question. Errors are translated on the way out, and
    no reason holds a key. To be closed by `aclose` when nothing streams any more.

    Servers that speak it with an accent have a class of their own, which says what goes out with
    a question (`_sent_with`) and what their own error codes mean (`_meant`).
    """

    def __init__(
        self,
        base_url: str,
        *,
        clock: Clock,
        witness: Witness,
        api_key: str = "",
        headers: Mapping[str, str] | None = None,
        body: Mapping[str, object] | None = None,
        limits: Limits | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._base_url = base_url
        self._clock = clock
        self._asking = Asking(limits or Limits(), clock, witness, chance)
        self._api_key = api_key
        self._headers = dict(headers or {})
        self._body = dict(body or {})
        check(base_url, {"api_key": api_key, **self._headers})
        self._cut = brief((api_key, *self._headers.values()))
        self._client: Client | None = None
        self._served = ""
        self._witness = witness
        self._toolless = False  # this server has refused tools
        self._blind = set[str]()  # the models that have refused pictures
        self._looking = asyncio.Lock()

    def stream(self, prompt: Prompt, soul: Soul) -> AsyncGenerator[Delta, None]:
        return self._asking.deltas(prompt, lambda fitting: self._ask(fitting, soul))

    async def probe(self) -> None:
        """Raise `BackendUnavailable` unless the server answers and takes the key, in `PROBE_S`."""
        try:
            async with asyncio.timeout(PROBE_S):
                await self._open().get("/models", cast_to=httpx2.Response)
        except TimeoutError as error:
            raise BackendUnavailable(f"no answer in {PROBE_S:g} s", connection=True) from error
        except (openai.OpenAIError, httpx2.HTTPError) as error:
            status = error.status_code if isinstance(error, openai.APIStatusError) else None
            if status in REFUSED_KEY:
                raise BackendUnavailable(f"the server refused the key, with {status}") from error
            if status is None or status >= httpx2.codes.INTERNAL_SERVER_ERROR:
                raise self._translated(error) from error

    async def aclose(self) -> None:
        """Hang up; asking again would open the lines again."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    def _sent_with(self, _soul: Soul) -> Mapping[str, str]:
        """The headers of a question to *soul*, beside those of every request."""
        return {}

    def _meant(self, code: object, message: str) -> AnimaError | None:
        return no_codes(code, message)

    async def _ask(self, prompt: Prompt, soul: Soul) -> Reading:
        try:
            model = soul.model or await self._first_model()
            return Reading(await self._put(prompt, soul, model), self._cut, self._meant)
        except (openai.OpenAIError, httpx2.HTTPError) as error:
            if isinstance(error, openai.NotFoundError):
                self._served = ""  # it may serve another model by now
            raise self._translated(error) from error

    async def _put(self, prompt: Prompt, soul: Soul, model: str) -> httpx2.Response:
        """The server's response; one that takes no tools is asked again at once, without them.

        So is one that takes no pictures.
        """
        if model in self._blind or not shows(prompt):
            return await self._offered(wordy(prompt), soul, model)
        try:
            return await self._offered(prompt, soul, model)
        except openai.APIStatusError as error:
            if not refuses_pictures(error):
                raise
            reason = self._cut(error.response.text)
        response = await self._offered(wordy(prompt), soul, model)
        self._blind.add(model)  # for it was only the pictures
        self._witness.note("pictures refused by the server", model=model, reason=reason)
        return response

    async def _offered(self, prompt: Prompt, soul: Soul, model: str) -> httpx2.Response:
        headers = self._sent_with(soul)
        bare = replace(soul, tools=())
        try:
            asked = bare if self._toolless else soul
            return await self._post(await self._written(prompt, asked, model), headers)
        except openai.APIStatusError as error:
            if not asked.tools or not refuses_tools(error):
                raise
            reason = self._cut(error.response.text)
        response = await self._post(await self._written(prompt, bare, model), headers)
        self._toolless = True  # for it was only the tools
        self._witness.note("tools refused by the server", reason=reason)
        return response

    def _translated(self, error: openai.OpenAIError | httpx2.HTTPError) -> AnimaError:
        return translated(error, self._cut, self._clock.now(), self._meant)

    async def _written(self, prompt: Prompt, soul: Soul, model: str) -> bytes:
        """The question; megabytes of pictures are put into letters where nobody else waits."""
        if shows(prompt):
            return await asyncio.to_thread(self._question, prompt, soul, model)
        return self._question(prompt, soul, model)

    def _question(self, prompt: Prompt, soul: Soul, model: str) -> bytes:
        question = {
            "model": model,
            "messages": [spoken(said) for said in prompt],
            "stream": True,
            "stream_options": {"include_usage": True},
            "temperature": soul.temperature,
            "max_tokens": soul.max_tokens,
            **({"tools": schemas(soul.tools), "tool_choice": "auto"} if soul.tools else {}),
            **({} if soul.top_p is None else {"top_p": soul.top_p}),
            **self._body,
        }
        # half a surrogate pair, which people can write, is no UTF-8: it becomes a question mark
        return json.dumps(question, ensure_ascii=False).encode(errors="replace")

    async def _post(self, question: bytes, headers: Mapping[str, str]) -> httpx2.Response:
        response = await self._open().post(
            "/chat/completions",
            content=question,
            options={"headers": headers} if headers else {},
            cast_to=httpx2.Response,
            stream=True,
            stream_cls=AsyncStream[object],
        )
        # the overloads do not know it, but a response type is what the client gives back as it is
        return cast("httpx2.Response", response)

    async def _first_model(self) -> str:
        """The server's first model, for a soul that names none; asked for once."""
        async with self._looking:
            if not self._served:
                response = await self._open().get("/models", cast_to=httpx2.Response)
                self._served = self._named(response)
            return self._served

    def _named(self, response: httpx2.Response) -> str:
        try:
            return str(response.json()["data"][0]["id"])
        except (ValueError, LookupError, TypeError) as error:
            said = self._cut(response.text)
            raise BackendUnavailable(f"the server names no model: {said}") from error

    def _open(self) -> Client:
        """The client; building it takes 30 ms, so it is built once, and when it is first used."""
        if self._client is None:
            self._client = Client(self._base_url, self._api_key, self._headers)
        return self._client
