"""A model server as the avatar meets it: OpenAI's protocol over a real socket, faults on demand."""

import argparse
import asyncio
import json
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Self

from aiohttp import web

from tests.far_side import replies
from tests.far_side.pace import Pace
from tests.far_side.replies import Body, Reply, Script

CUT_S: Final = 0.001
"""A stopping server waits for nobody; 0 would mean that it waits for ever."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for an answer, as it came in, and *at* which time of the loop."""

    body: Body
    headers: dict[str, str]
    at: float


class ModelServer(Pace):
    """Serves `/health`, `/v1/models` and `/v1/chat/completions`.

    Stopped and started again it keeps its port.

    `script(...)` lays down the next answers; when none is left, `otherwise` answers.
    """

    def __init__(self, *, models: Sequence[str] = ("base",), key: str = "") -> None:
        super().__init__()
        self.models = models
        self.key = key
        self.port = 0
        self.otherwise: Script = replies.echo
        self.models_reply: Reply | None = None
        self.on_request: Callable[[Body], None] = lambda _body: None
        self.on_chunk: Callable[[int], None] = lambda _number: None
        self.requests: list[Asked] = []
        self._peers: set[object] = set()
        self.asked_models = 0
        self.open = 0
        self.finished = 0
        self.cancelled = 0
        self._scripts: deque[Script] = deque()
        self._changed = asyncio.Event()
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The base URL that a client is given."""
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def lines(self) -> int:
        """How many connections have brought requests so far."""
        return len(self._peers)

    async def start(self) -> None:
        """Listen, on the same port as the last time."""
        app = web.Application(client_max_size=64 << 20)
        app.router.add_get("/health", _well)
        app.router.add_get("/v1/models", self._models)
        app.router.add_post("/v1/chat/completions", self._completions)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=CUT_S)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Go away at once, whoever is being served; starting again is possible."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def script(self, *scripts: Script) -> None:
        """Answer the next requests with these, in order."""
        self._scripts.extend(scripts)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for *condition*, which is looked at whenever something happened here."""
        while not condition():
            await self._changed.wait()

    def _happened(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def _models(self, request: web.Request) -> web.StreamResponse:
        self.asked_models += 1
        self._happened()
        if self.models_reply is not None:
            return await self._write(request, self.models_reply)
        if not self._knows(request):
            return await self._write(request, replies.unauthorized())
        served = [{"id": name, "object": "model", "owned_by": "vllm"} for name in self.models]
        return web.json_response({"object": "list", "data": served})

    async def _completions(self, request: web.Request) -> web.StreamResponse:
        body: Any = json.loads(await request.read())
        clock = asyncio.get_running_loop()
        self.requests.append(Asked(body, dict(request.headers), clock.time()))
        self.on_request(body)
        self._happened()
        return await self._write(request, self._reply(request, body))

    def _reply(self, request: web.Request, body: dict[str, Any]) -> Reply:
        if not self._knows(request):
            return replies.unauthorized()
        if request.content_type != "application/json":
            return replies.error(400, "Unsupported Media Type", "Bad Request")
        if not body.get("messages"):
            return replies.error(400, "1 validation error", "Bad Request", "body.messages")
        script = self._scripts.popleft() if self._scripts else self.otherwise
        answer = script(body) if callable(script) else script
        if isinstance(answer, Reply):
            return answer
        if not body.get("stream"):
            return replies.whole(answer)
        counted = bool((body.get("stream_options") or {}).get("include_usage"))
        return replies.streamed(replies.words(answer), usage=counted)

    def _knows(self, request: web.Request) -> bool:
        return not self.key or request.headers.get("Authorization") == f"Bearer {self.key}"

    async def _write(self, request: web.Request, reply: Reply) -> web.StreamResponse:
        response = web.StreamResponse(status=reply.status, headers=dict(reply.headers))
        response.headers["Content-Type"] = reply.content_type
        if request.transport is not None:
            self._peers.add(request.transport.get_extra_info("peername"))
        self.open += 1
        try:
            await self._write_steps(request, response, reply)
            self.finished += 1
        except (asyncio.CancelledError, ConnectionError):
            self.cancelled += self._runner is not None
            raise
        finally:
            self.open -= 1
            self._happened()
        return response

    async def _write_steps(
        self, request: web.Request, response: web.StreamResponse, reply: Reply
    ) -> None:
        if reply.steps[:1] == ["hang"]:
            await asyncio.Event().wait()
        await response.prepare(request)
        for number, step in enumerate(reply.steps):
            await self.turn()
            if step == "hang":
                await asyncio.Event().wait()
            elif step == "cut":
                if request.transport is not None:
                    request.transport.abort()
                return
            else:
                await response.write(step)
            self.on_chunk(number)
            self._happened()
        await response.write_eof()


async def _well(_request: web.Request) -> web.Response:
    return web.Response()


async def serve(port: int, tokens: int, delay_s: float) -> None:
    """Answer all with *tokens* chunks of one token each, until killed; for benchmarks."""
    server = ModelServer()
    server.port = port
    server.delay_s = delay_s
    server.otherwise = replies.streamed(f"word{number} " for number in range(tokens))
    async with server:
        print(server.url, flush=True)  # noqa: T201 # whoever started us reads the address
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tokens", type=int, default=80)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each chunk")
    asked = parser.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(asked.port, asked.tokens, asked.delay))
