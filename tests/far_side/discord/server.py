"""The server itself: where calls arrive, and how long it lives."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any, Final, Literal, Self, TypeVar

from aiohttp import web

from tests.far_side.discord import files, routes, wire
from tests.far_side.discord.gateway import OPEN
from tests.far_side.discord.journal import Sent
from tests.far_side.discord.limits import WORDS, Bucket, too_many
from tests.far_side.discord.people import Place
from tests.far_side.discord.routes import Route
from tests.far_side.discord.weather import Weather
from tests.far_side.discord.wire import Call, Refusal, refusal
from tests.far_side.discord.world import World
from tests.far_side.faults import Fault, Faults

T = TypeVar("T")
Callback = Callable[[Call], Awaitable[None] | None]
Moment = Literal["received", "recorded"]

API: Final = "/api/v10"
CDN: Final = "/attachments/"
_LARGEST_REQUEST_BYTES: Final = 50 * 1024 * 1024
_GRACE_S: Final = 0.01  # aiohttp takes 0 for ever; whoever stops us wants it now


class Discord(Weather):
    """The platform on loopback for one bot; `async with`, or `start` and `stop`.

    Stopping cuts every connection and keeps all state; starting again takes the same port.
    """

    def __init__(
        self,
        token: str = "NDI.TEST.made-up",  # noqa: S107 - a made-up one
        *,
        port: int = 0,
        now: Callable[[], float] = time.time,
        heartbeat_s: float = 41.25,
        shards: int = 1,
    ) -> None:
        super().__init__(World(token, now), heartbeat_s)
        self.token = token
        self.faults = Faults()
        self.shards = shards
        self.url = ""
        self._port = port
        self._buckets: dict[str, Bucket] = {}
        self._callbacks: dict[tuple[str, Moment], list[Callback]] = {}
        self._life = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on 127.0.0.1; from here on *url*, *api* and *gateway* are right."""
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
        self.url = self.world.url = f"http://127.0.0.1:{self._port}"

    async def stop(self) -> None:
        """End now: who is being served is cut off."""
        await self._life.aclose()

    @property
    def api(self) -> str:
        """What `discord.http.Route.BASE` must be."""
        return self.url + API

    @property
    def gateway(self) -> str:
        """What `discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY` must be, as a `yarl.URL`."""
        return self.line.url

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
        """Requests by name."""
        return self.world.journal.count

    def texts(self, place: Place) -> list[str]:
        """What the bot said in *place*, in order, ephemeral things too."""
        where = self.place(place)
        return [sent.text for sent in self.sent if sent.channel_id == where.id]

    def content(self, sent: Sent) -> bytes:
        """The file that came with *sent*."""
        url: str = sent.raw["attachments"][0]["url"]
        return self.world.files[url.removeprefix(self.url).partition("?")[0]]

    def expires(self) -> None:
        """The addresses of files that were told until now are good no more."""
        files.sign_anew(self.world)

    async def sees(self, condition: Callable[[], T | None], timeout: float = 10) -> T:
        """What *condition* returns as soon as that is true; AssertionError after *timeout* s."""
        return await self.world.journal.until(condition, timeout)

    until = sees

    def on(self, name: str, callback: Callback, moment: Moment = "recorded") -> None:
        """Call *callback* with each call of *name*.

        *received*: as it comes in; *recorded*: once it took effect, before it is answered.
        """
        self._callbacks.setdefault((name, moment), []).append(callback)

    def limit(self, name: str, times: int, per_s: float) -> None:
        """Let *name* be called *times* in *per_s* seconds, in each channel apart."""
        self._buckets[name] = Bucket(f"bucket-{name}", times, per_s)

    def refuses(
        self, name: str, retry_after: float, *, everywhere: bool = False, times: int | None = 1
    ) -> None:
        """The next calls of *name* come too soon; *everywhere*: it is the global limit."""
        self.faults.add(
            name,
            Fault.status(429, WORDS, retry_after=retry_after, everywhere=everywhere),
            times=times,
        )

    def reset(self) -> None:
        """Forget calls, what was sent, faults, limits and callbacks; all else stays."""
        self.world.journal.clear()
        self.faults.clear()
        self._buckets.clear()
        self._callbacks.clear()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        try:
            return await self._protocol(request)
        except Refusal as no:
            return wire.answered(no.body, no.status)

    async def _protocol(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.path == OPEN:
            return await self._connect(request)
        if request.path.startswith(CDN):
            call = Call("file", {"path": request.path}, request.query, None)
            return await self._met(call, request, lambda: self._file(request))
        if not request.path.startswith(API):
            raise Refusal(404, 0, "404: Not Found")
        if request.path in {API + "/gateway", API + "/gateway/bot"}:
            return await self._where(request)
        found = routes.find(request.method, request.path.removeprefix(API))
        if found is None:
            raise Refusal(404, 0, "404: Not Found")
        route, path = found
        body, uploads = await wire.read(request)
        reason = request.headers.get("X-Audit-Log-Reason", "")
        call = Call(route.name, path, request.query, body, uploads, reason, time.monotonic())
        return await self._call(route, call, request)

    async def _connect(self, request: web.BaseRequest) -> web.StreamResponse:
        call = Call("connect", {}, request.query, None)
        return await self._met(call, request, lambda: self.line.serve(request))

    async def _where(self, request: web.BaseRequest) -> web.StreamResponse:
        bot = request.path.endswith("/bot")
        call = Call("get_gateway_bot" if bot else "get_gateway", {}, request.query, None)

        async def tell() -> web.StreamResponse:
            if bot:
                self._known(request)
            return wire.answered(self._directions() if bot else {"url": self.gateway})

        return await self._met(call, request, tell)

    def _directions(self) -> wire.Json:
        limit = {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}
        return {"url": self.gateway, "shards": self.shards, "session_start_limit": limit}

    async def _file(self, request: web.BaseRequest) -> web.StreamResponse:
        """A file's bytes by an address that is good; made smaller where that is asked for."""
        path = request.path
        name = path + ("?smaller" if "width" in request.query else "")
        content = self.world.files.get(name, self.world.files.get(path))
        if content is None or request.query.get("ex") != str(self.world.signature):
            raise Refusal(404, 0, "404: Not Found")
        return web.Response(body=content, content_type="application/octet-stream")

    def _known(self, request: web.BaseRequest) -> None:
        if request.headers.get("Authorization") != f"Bot {self.token}":
            raise refusal(0)

    async def _call(self, route: Route, call: Call, request: web.BaseRequest) -> web.StreamResponse:
        async def carry_out() -> web.StreamResponse:
            if not route.is_open:
                self._known(request)
            return await self._carry_out(route, call)

        return await self._met(call, request, carry_out)

    async def _met(
        self,
        call: Call,
        request: web.BaseRequest,
        carry_out: Callable[[], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        self.world.journal.called(call)
        await self._tell("received", call)
        fault = self.faults.take(call.name, call.params)
        if fault is None:
            return await carry_out()
        return await self.faults.around(fault, request, carry_out, _refusing)

    async def _carry_out(self, route: Route, call: Call) -> web.StreamResponse:
        bucket = self._buckets.get(call.name)
        place = call.path.get("channel", "")
        if bucket is not None and (refused := bucket.use(place)) is not None:
            return refused
        answer = wire.answered(route.carry_out(self.world, call))
        if bucket is not None:
            answer.headers.update(bucket.headers(place))
        await self._tell("recorded", call)
        return answer

    async def _tell(self, moment: Moment, call: Call) -> None:
        for callback in self._callbacks.get((call.name, moment), ()):
            waiting = callback(call)
            if waiting is not None:
                await waiting


def _refusing(fault: Fault) -> web.Response:
    told = dict(fault.parameters)
    if fault.code == 429:
        after = float(str(told.get("retry_after", 1)))
        return too_many(after, everywhere=bool(told.get("everywhere")))
    body = {"message": fault.description, "code": told.get("code", 0)}
    answer = wire.answered(body, fault.code)
    answer.headers.update(fault.headers)
    return answer


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(
        message, payload, protocol, writer, task, loop, client_max_size=_LARGEST_REQUEST_BYTES
    )


def _cut_all(runner: web.ServerRunner) -> None:
    if runner.server is not None:
        for connection in runner.server.connections:
            connection.force_close()
