"""Any server that speaks OpenAI's chat completions: vLLM, llama.cpp, DeepSeek, OpenAI itself."""

import asyncio
import json
import random
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from typing import Final, cast

import httpx2
import openai
from openai import AsyncStream

from anima.errors import BackendUnavailable
from anima.model import Delta, Prompt, Soul
from anima.ports import Clock, Witness
from backend.client import Client, check
from backend.patience import Patience
from backend.reading import Reading
from backend.trouble import Passing, brief, translated

PROBE_S: Final = 5.0

TAIL_S: Final = 1.0
"""After a finish reason only counts and a farewell come; nobody waits long for those."""

PAUSE_S: Final = 0.5
LONGEST_PAUSE_S: Final = 8.0

REFUSED_KEY: Final = frozenset({401, 403})


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a server may take, and how often it is asked again before its first delta.

    Only what we wait counts, never what the caller does between two deltas.
    """

    first_s: float = 30
    between_s: float = 20
    total_s: float = 180
    retries: int = 2


class OpenAICompatible:
    """The port Backend over one server, through OpenAI's client but past its typed layers.

    Those parse each chunk into models of their own, which costs more than all the rest of a turn;
    here the request is one piece of JSON, and the response is read as bytes. *headers* go out with
    every request, *body* is merged into every question. Errors are translated on the way out, and
    no reason holds a key. To be closed by `aclose` when nothing streams any more.
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
        self._witness = witness
        self._api_key = api_key
        self._headers = dict(headers or {})
        self._body = dict(body or {})
        self._limits = limits or Limits()
        self._chance = chance
        check(base_url, {"api_key": api_key, **self._headers})
        self._cut = brief((api_key, *self._headers.values()))
        self._client: Client | None = None
        self._served = ""
        self._looking = asyncio.Lock()

    async def stream(self, prompt: Prompt, soul: Soul) -> AsyncGenerator[Delta, None]:
        loop = asyncio.get_running_loop()
        began = loop.time()
        reading, delta = await self._begin(prompt, soul)
        left = self._limits.total_s - (loop.time() - began)
        patience = Patience()
        try:
            while delta is not None:
                yield delta
                began = loop.time()
                delta = await self._next(reading, patience, left)
                left -= loop.time() - began
            for delta in await self._farewell(reading, patience):
                yield delta
        finally:
            patience.close()
            await reading.close()

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
                raise translated(error, self._cut, self._clock.now()) from error

    async def aclose(self) -> None:
        """Hang up; asking again would open the lines again."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _begin(self, prompt: Prompt, soul: Soul) -> tuple[Reading, Delta | None]:
        """The response and its first delta, after as many attempts as the limits allow."""
        limit_s = min(self._limits.first_s, self._limits.total_s)
        deadline = asyncio.get_running_loop().time() + limit_s
        try:
            async with asyncio.timeout_at(deadline):
                return await self._persist(prompt, soul, deadline)
        except TimeoutError as error:
            raise BackendUnavailable(f"no word in {limit_s:g} s", connection=True) from error

    async def _persist(
        self, prompt: Prompt, soul: Soul, deadline: float
    ) -> tuple[Reading, Delta | None]:
        attempt = 0
        while True:
            attempt += 1
            try:
                return await self._attempt(prompt, soul)
            except Passing as trouble:
                pause_s = self._pause_s(attempt, trouble)
                left_s = deadline - asyncio.get_running_loop().time()
                if attempt > self._limits.retries or pause_s >= left_s:
                    raise
                reason = str(trouble)
                self._witness.note("backend retry", attempt=attempt, reason=reason)
            await self._clock.sleep(pause_s)

    def _pause_s(self, attempt: int, trouble: Passing) -> float:
        """As long as the server asks for, else ever longer, and not in step with others."""
        if trouble.after_s is not None:
            return trouble.after_s
        pause_s = min(PAUSE_S * 2.0 ** (attempt - 1), LONGEST_PAUSE_S)
        return pause_s * (0.75 + self._chance() / 2)

    async def _attempt(self, prompt: Prompt, soul: Soul) -> tuple[Reading, Delta | None]:
        try:
            model = soul.model or await self._first_model()
            reading = Reading(await self._post(self._question(prompt, soul, model)), self._cut)
            async with AsyncExitStack() as stack:
                stack.push_async_callback(reading.close)
                delta = await reading.next()
                stack.pop_all()
        except openai.NotFoundError as error:
            self._served = ""  # it may serve another model by now
            raise translated(error, self._cut, self._clock.now()) from error
        except (openai.OpenAIError, httpx2.HTTPError) as error:
            raise translated(error, self._cut, self._clock.now()) from error
        return reading, delta

    async def _next(self, reading: Reading, patience: Patience, left_s: float) -> Delta | None:
        try:
            return await patience.wait(reading.next(), min(left_s, self._limits.between_s))
        except TimeoutError as error:
            raise BackendUnavailable("the server fell silent", connection=True) from error
        except (openai.OpenAIError, httpx2.HTTPError) as error:
            raise translated(error, self._cut, self._clock.now()) from error

    async def _farewell(self, reading: Reading, patience: Patience) -> tuple[Delta, ...]:
        """The counts, if they come: the answer is whole, and no trouble makes it less."""
        with suppress(TimeoutError, httpx2.HTTPError):
            await patience.wait(reading.hear_out(), TAIL_S)
        return reading.left()

    def _question(self, prompt: Prompt, soul: Soul, model: str) -> bytes:
        question = {
            "model": model,
            "messages": [{"role": said.role, "content": said.content} for said in prompt],
            "stream": True,
            "stream_options": {"include_usage": True},
            "temperature": soul.temperature,
            "max_tokens": soul.max_tokens,
            **self._body,
        }
        # half a surrogate pair, which people can write, is no UTF-8: it becomes a question mark
        return json.dumps(question, ensure_ascii=False).encode(errors="replace")

    async def _post(self, question: bytes) -> httpx2.Response:
        response = await self._open().post(
            "/chat/completions",
            content=question,
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
