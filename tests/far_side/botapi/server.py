"""The server itself: where calls arrive, and how long it lives."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any, Final, Literal, Self, TypeVar

from aiohttp import web

from tests.far_side.botapi import control, wire
from tests.far_side.botapi.journal import Call, Sent
from tests.far_side.botapi.media import Media
from tests.far_side.botapi.methods import METHODS, NAMES, POLL
from tests.far_side.botapi.places import Group, Person
from tests.far_side.botapi.webhook import push
from tests.far_side.botapi.wire import Params, Refusal
from tests.far_side.botapi.world import World
from tests.far_side.faults import Fault, Faults

T = TypeVar("T")
Callback = Callable[[Params], Awaitable[None] | None]
Moment = Literal["received", "recorded"]

_LARGEST_REQUEST_BYTES: Final = 50 * 1024 * 1024
FILE: Final = "file"
"""What a download is called among the methods."""

_GRACE_S: Final = 0.01  # aiohttp takes 0 for ever; whoever stops us wants it now


class BotApi(Media):
    """A Bot API server on loopback for one bot; `async with`, or `start` and `stop`.

    Stopping cuts every connection and keeps all state; starting again takes the same port.
    """

    def __init__(
        self,
        token: str = "42:TEST",  # noqa: S107 - a made-up one
        *,
        port: int = 0,
        now: Callable[[], float] = time.time,
        again_after_s: float = 0.02,
    ) -> None:
        super().__init__(World(token, now))
        self.token = token
        self.faults = Faults()
        self.url = ""
        self._port = port
        self._again_after_s = again_after_s
        self._callbacks: dict[tuple[str, Moment], list[Callback]] = {}
        self._life = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on 127.0.0.1; from here on *url* is right."""
        runner = web.ServerRunner(
            web.Server(self._answer, request_factory=_request, access_log=None),
            shutdown_timeout=_GRACE_S,
        )
        await runner.setup()
        self._life.push_async_callback(runner.cleanup)
        self._life.callback(_cut_all, runner)
        site = web.TCPSite(runner, "127.0.0.1", self._port)
        await site.start()
        self._port = site.port
        self.url = f"http://127.0.0.1:{self._port}"
        group = await self._life.enter_async_context(asyncio.TaskGroup())
        pushing = group.create_task(push(self.world, self._again_after_s))
        self._life.callback(pushing.cancel)

    async def stop(self) -> None:
        """End now: who is being served is cut off."""
        await self._life.aclose()

    @property
    def sent(self) -> list[Sent]:
        """Every message of the bot that was taken, in order."""
        return self.world.journal.sent

    @property
    def calls(self) -> list[Call]:
        """Every request, in order."""
        return self.world.journal.calls

    @property
    def count(self) -> Counter[str]:
        """Requests by method."""
        return self.world.journal.count

    @property
    def pending(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self.world.inbox)

    def texts(self, chat: Person | Group, connection: str = "") -> list[str]:
        """What the bot said in *chat*, in order; by a *connection*, in its owner's name."""
        here = (chat.id, connection)
        return [sent.text for sent in self.sent if (sent.chat_id, sent.connection) == here]

    def content(self, sent: Sent) -> bytes:
        """The file that came with *sent*."""
        return self.world.files.contents[sent.file_id]

    async def until(self, condition: Callable[[], T | None], timeout: float = 10) -> T:
        """What *condition* returns as soon as that is true; AssertionError after *timeout* s."""
        return await self.world.journal.until(condition, timeout)

    def on(self, method: str, callback: Callback, moment: Moment = "recorded") -> None:
        """Call *callback* with the parameters of each call of *method*.

        *received*: as it comes in; *recorded*: once it took effect, before it is answered.
        """
        self._callbacks.setdefault((method, moment), []).append(callback)

    def reset(self) -> None:
        """Forget messages, calls, updates, faults and callbacks; people and ids stay."""
        self.world.forget()
        self.faults.clear()
        self._callbacks.clear()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        try:
            if request.path.startswith("/control/"):
                return await control.answer(self, self.faults, request)
            return await self._protocol(request)
        except Refusal as no:
            return wire.refused(no.code, no.description, no.parameters)

    async def _protocol(self, request: web.BaseRequest) -> web.StreamResponse:
        address = wire.address(request.path)
        if address is None:
            raise Refusal(404, "Not Found")
        if address.token != self.token:
            raise Refusal(401, "Unauthorized")
        if address.file:
            return await self._download(address.rest, request)
        name = NAMES.get(address.rest.lower())
        if name is None:
            raise Refusal(404, "Not Found")
        return await self._call(name, await wire.read(request), request)

    async def _download(self, path: str, request: web.BaseRequest) -> web.StreamResponse:
        """A file's bytes; faults know it by the name `file`."""
        params = Params(path=path)
        self.world.journal.called(FILE, params)

        async def carry_out() -> web.StreamResponse:
            return self._file(path)

        fault = self.faults.take(FILE, params)
        if fault is None:
            return await carry_out()
        return await self.faults.around(fault, request, carry_out, _refusing)

    def _file(self, path: str) -> web.Response:
        content = self.world.files.fetch(path)
        if content is None:
            raise Refusal(404, "Not Found")
        return web.Response(body=content, content_type="application/octet-stream")

    async def _call(
        self, name: str, params: Params, request: web.BaseRequest
    ) -> web.StreamResponse:
        self.world.journal.called(name, params)
        await self._tell(name, "received", params)
        fault = self.faults.take(name, params)
        if fault is None:
            return await self._carry_out(name, params, request)

        async def carry_out() -> web.StreamResponse:
            return await self._carry_out(name, params, request)

        return await self.faults.around(fault, request, carry_out, _refusing)

    async def _carry_out(self, name: str, params: Params, request: web.BaseRequest) -> web.Response:
        if name == POLL:
            updates = await self._poll(params, request)
            answer = wire.json_response(b'{"ok":true,"result":' + updates + b"}")
        else:
            answer = wire.answered(METHODS[name](self.world, params))
        await self._tell(name, "recorded", params)
        return answer

    async def _poll(self, params: Params, request: web.BaseRequest) -> bytes:
        self.world.inbox.ask_for(params.entries("allowed_updates"))
        return await self.world.inbox.poll(
            params.whole("offset"),
            params.whole("limit", 100),
            params.whole("timeout"),
            lambda: request.transport is not None,
        )

    async def _tell(self, name: str, moment: Moment, params: Params) -> None:
        for callback in self._callbacks.get((name, moment), ()):
            waiting = callback(params)
            if waiting is not None:
                await waiting


def _refusing(fault: Fault) -> web.Response:
    response = wire.refused(fault.code, fault.description, fault.parameters)
    response.headers.update(fault.headers)
    return response


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(
        message, payload, protocol, writer, task, loop, client_max_size=_LARGEST_REQUEST_BYTES
    )


def _cut_all(runner: web.ServerRunner) -> None:
    if runner.server is not None:
        for connection in runner.server.connections:
            connection.force_close()
