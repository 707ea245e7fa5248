"""The line to a server of embeddings, through OpenAI's client but past its typed layers."""

import asyncio
import json
from collections.abc import Sequence
from typing import Final

import httpx2
import openai

from anima.errors import BackendUnavailable
from anima.ports import Clock, Vector
from backend.client import Client
from backend.embedding.answers import MOST, handy, vectors
from backend.reasons import Passing, brief
from backend.trouble import translated

UNKNOWN: Final = frozenset({400, 415, 422})
"""How servers answer that do not know in which form we want our vectors."""


class Line:
    """Puts texts to one server. Raises `BackendUnavailable` or `Refused`, without the key."""

    def __init__(
        self, base_url: str, model: str, api_key: str, clock: Clock, timeout_s: float
    ) -> None:
        self._client = Client(base_url, api_key, {})
        self._model = model
        self._cut = brief((api_key,))
        self._clock = clock
        self._timeout_s = timeout_s
        self._short = True
        self.at_once = MOST

    async def ask(self, texts: Sequence[str]) -> tuple[Vector, ...]:
        """The vectors of *texts*, of which there are at most *at_once*."""
        try:
            async with asyncio.timeout(self._timeout_s):
                response = await self._put(texts)
        except TimeoutError as error:
            raise Passing(f"no vector in {self._timeout_s:g} s", connection=True) from error
        except (openai.OpenAIError, httpx2.HTTPError) as error:
            raise translated(error, self._cut, self._clock.now()) from error
        try:
            found = vectors(response.content, len(texts))
        except ValueError as error:
            raise BackendUnavailable(f"the server cannot be understood: {error}") from error
        self.at_once = handy(response.content, len(texts))
        return found

    async def aclose(self) -> None:
        """Hang up."""
        await self._client.close()

    async def _put(self, texts: Sequence[str]) -> httpx2.Response:
        """The server's response; one that knows no short form is asked for a long one at once."""
        short = self._short
        try:
            return await self._post(texts, short=short)
        except openai.APIStatusError as error:
            if not short or error.status_code not in UNKNOWN:
                raise
        response = await self._post(texts, short=False)
        self._short = False  # for it was only the form
        return response

    async def _post(self, texts: Sequence[str], *, short: bool) -> httpx2.Response:
        # read as text, a thousand numbers cost the loop a hundred times what they cost as bytes
        form = {"encoding_format": "base64"} if short else {}
        question = {"model": self._model, "input": list(texts), **form}
        content = json.dumps(question, ensure_ascii=False).encode()
        return await self._client.post("/embeddings", content=content, cast_to=httpx2.Response)
