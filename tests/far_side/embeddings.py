"""A server of embeddings on loopback: OpenAI's protocol over a real socket, faults on demand."""

import base64
import json
from dataclasses import dataclass
from typing import Any, Final, Self

from aiohttp import web

from anima.ports import Vector
from backend.embedding.hashed import Hashed
from backend.embedding.vectors import unpacked
from tests.far_side.faults import Fault, Faults

CUT_S: Final = 0.001
"""A stopping server waits for nobody; 0 would mean that it waits for ever."""

LONGEST: Final = 8192


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for vectors, as it came in."""

    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def texts(self) -> list[str]:
        """What is to be turned into vectors."""
        texts: list[str] = self.body["input"]
        return texts


class EmbeddingServer:
    """Serves `/v1/embeddings`: vectors that hashes make, *dim* numbers of each.

    `faults.add("embeddings", ...)` lays down what goes wrong. *short*: it knows vectors in base64.
    Stopped and started again it keeps its port.
    """

    def __init__(self, *, key: str = "", short: bool = True) -> None:
        self.key = key
        self.short = short
        self.dim = Hashed.dim
        self.port = 0
        self.faults = Faults()
        self.requests: list[Asked] = []
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The base URL that a client is given."""
        return f"http://127.0.0.1:{self.port}/v1"

    async def start(self) -> None:
        """Listen, on the same port as the last time."""
        app = web.Application(client_max_size=64 << 20)
        app.router.add_post("/v1/embeddings", self._embeddings)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=CUT_S)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Go away at once, whoever is being served."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _embeddings(self, request: web.Request) -> web.StreamResponse:
        body: dict[str, Any] = json.loads(await request.read())
        self.requests.append(Asked(body, dict(request.headers)))

        async def carry_out() -> web.StreamResponse:
            return await self._answer(request, body)

        fault = self.faults.take("embeddings", body)
        if fault is None:
            return await carry_out()
        return await self.faults.around(fault, request, carry_out, refusing)

    async def _answer(self, request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        if self.key and request.headers.get("Authorization") != f"Bearer {self.key}":
            return refusing(Fault.status(401, "Incorrect API key provided"))
        texts, form = body.get("input"), body.get("encoding_format", "float")
        if isinstance(texts, str):
            texts = [texts]
        if not texts or not all(
            isinstance(text, str) and 0 < len(text) <= LONGEST for text in texts
        ):
            return refusing(Fault.status(400, "'$.input' is invalid"))
        if form == "base64" and not self.short:
            return refusing(Fault.status(400, "encoding_format: only 'float' is known"))
        found = await Hashed().embed(texts)
        listed = [self._entry(at, vector, form) for at, vector in enumerate(found)]
        used = {"prompt_tokens": len(texts), "total_tokens": len(texts)}
        listing = {"object": "list", "data": listed, "model": body.get("model"), "usage": used}
        return web.json_response(listing)

    def _entry(self, at: int, vector: Vector, form: str) -> dict[str, object]:
        cut = vector[: 4 * self.dim]
        written: object = list(unpacked(cut))
        if form == "base64":
            written = base64.b64encode(cut).decode()
        return {"object": "embedding", "index": at, "embedding": written}


def refusing(fault: Fault) -> web.Response:
    """A refusal as OpenAI words it."""
    kind = "requests" if fault.code == web.HTTPTooManyRequests.status_code else "invalid_request"
    detail = {"message": fault.description, "type": kind, "param": None, "code": None}
    return web.json_response({"error": detail}, status=fault.code, headers=fault.headers or None)
