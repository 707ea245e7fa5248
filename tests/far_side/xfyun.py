"""iFLYTEK's WebSocket as the avatar meets it: a real socket, signatures checked, faults on demand.

The proof is recomputed here from what the vendor documents, by no code of ours.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final, Self

from aiohttp import WSMsgType, web

from anima.ports import Clock
from tests.far_side import xfyun_replies as replies
from tests.far_side.pace import Pace
from tests.far_side.xfyun_replies import Frame, Script, Told, Turned

PATH: Final = "/v1.1/chat"
CUT_S: Final = 0.001
SKEW_S: Final = 300
CLAIM: Final = re.compile(
    r'api_key="(.*)", algorithm="hmac-sha256", headers="host date request-line", signature="(.*)"'
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it came in, and the query and headers of the address that opened its line."""

    frame: Any
    query: dict[str, str]
    headers: dict[str, str]

    @property
    def text(self) -> list[dict[str, str]]:
        """The messages of its prompt."""
        found: list[dict[str, str]] = self.frame["payload"]["message"]["text"]
        return found


class XfyunServer(Pace):
    """One service with one key; *clock* is its own. Stopped and started it keeps its port.

    `script(...)` lays down the next answers; when none is left, `otherwise` answers.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        app_id: str = "a1b2c3d4",
        key: str = "made-up-key-of-nobody-1234",
        secret: str = "made-up-secret-of-nobody-5678",  # noqa: S107 # made up
    ) -> None:
        super().__init__()
        self.clock = clock
        self.app_id = app_id
        self.key = key
        self.secret = secret
        self.port = 0
        self.deaf = False  # opens lines and reads nothing from them
        self.otherwise: Script = replies.echo
        self.requests: list[Asked] = []
        self.opened = 0
        self.open = 0
        self.finished = 0
        self.cancelled = 0
        self._uids: set[str] = set()
        self._scripts: deque[Script] = deque()
        self._changed = asyncio.Event()
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The address that a client is given."""
        return f"ws://127.0.0.1:{self.port}{PATH}"

    async def start(self) -> None:
        """Listen, on the same port as the last time."""
        app = web.Application()
        app.router.add_get(PATH, self._chat)
        self._runner = web.AppRunner(
            app, handler_cancellation=True, shutdown_timeout=CUT_S, access_log=None
        )
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

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        self.opened += 1
        self._happened()
        if turned := self._turned(request):
            return web.json_response(turned.body, status=turned.status, headers=turned.headers)
        socket = web.WebSocketResponse(max_msg_size=64 << 20)
        self.open += 1
        try:
            await socket.prepare(request)
            await self._serve(request, socket)
        except (asyncio.CancelledError, ConnectionError):
            self.cancelled += self._runner is not None
            raise
        finally:
            self.open -= 1
            self._happened()
        self.finished += 1
        if not socket.closed:  # it is the client who closes; until then the line stays open
            await socket.receive()
        return socket

    def _turned(self, request: web.Request) -> Turned | None:
        proof = proven(request, self.key, self.secret, self.clock.now())
        script = self._scripts[0] if self._scripts else self.otherwise
        if proof is not None or not isinstance(script, Turned):
            return proof
        if self._scripts:
            self._scripts.popleft()
        return script

    async def _serve(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        if self.deaf and request.transport is not None:
            request.transport.pause_reading()
            await asyncio.Event().wait()
        message = await socket.receive()
        if message.type is not WSMsgType.TEXT:
            return
        asked = Asked(json.loads(message.data), dict(request.query), dict(request.headers))
        self.requests.append(asked)
        self._happened()
        uid = str(asked.frame["header"].get("uid"))
        told = self._answer(asked.frame, uid)
        self._uids.add(uid)
        try:
            await self._speak(request, socket, told)
        finally:
            self._uids.discard(uid)

    def _answer(self, frame: Frame, uid: str) -> Told:
        if uid in self._uids:
            return Told([replies.code(10006, "user is busy")])
        if frame["header"]["app_id"] != self.app_id:
            return Told([replies.code(10016, "AppIdNoAuthError")])
        if wrong := mistaken(frame):
            return Told([replies.code(10163, wrong)])
        script = self._scripts.popleft() if self._scripts else self.otherwise
        assert not isinstance(script, Turned), "too late: the line is open"
        return replies.told(script(frame) if callable(script) else script)

    async def _speak(self, request: web.Request, socket: web.WebSocketResponse, told: Told) -> None:
        for step in told.steps:
            await self.turn()
            if step == "hang":
                await asyncio.Event().wait()
            elif step == "cut":
                if request.transport is not None:
                    request.transport.abort()
                return
            elif step == "close":
                await socket.close(code=1011, message=b"engine died")
                return
            elif isinstance(step, bytes):
                await socket.send_bytes(step)
            else:
                await socket.send_str(step)
            self._happened()


def proven(request: web.Request, key: str, secret: str, now: datetime) -> Turned | None:
    """None when the address of *request* is signed as it must be, and lately."""
    query = request.query
    try:
        late_s = abs((parsedate_to_datetime(query["date"]) - now).total_seconds())
        claim = CLAIM.fullmatch(base64.b64decode(query["authorization"]).decode())
    except (KeyError, ValueError):
        return replies.unsigned()
    if late_s > SKEW_S:
        return replies.untimely()
    host = request.headers["Host"]
    lines = (f"host: {host}", f"date: {query['date']}", f"GET {request.path} HTTP/1.1")
    digest = hmac.new(secret.encode(), "\n".join(lines).encode(), hashlib.sha256).digest()
    proof = (key, base64.b64encode(digest).decode())
    known = claim is not None and proof == claim.groups() and query.get("host") == host
    return None if known else replies.unsigned()


def mistaken(frame: Frame) -> str:
    """What is wrong with the question in *frame*, or nothing."""
    chat, text = frame["parameter"]["chat"], frame["payload"]["message"]["text"]
    patches = frame["header"].get("patch_id", [""])
    if not chat.get("domain"):
        return "domain is missing"
    if not isinstance(patches, list) or not all(isinstance(patch, str) for patch in patches):
        return "patch_id is a list of strings"
    if not text or any(said["role"] == "system" for said in text[1:]):
        return "system may stand first only"
    return ""
