"""The gateway: a socket each, what is said through it, and how it may go wrong."""

import asyncio
import json
from contextlib import suppress
from typing import Any, Final

from aiohttp import WSMsgType, web

from tests.far_side.discord import shown
from tests.far_side.discord.events import PRIVILEGED, Intents
from tests.far_side.discord.sessions import Session
from tests.far_side.discord.wire import Json, dumps
from tests.far_side.discord.world import World

HEARTBEAT, IDENTIFY, PRESENCE, RESUME, RECONNECT = 1, 2, 3, 6, 7
REQUEST_MEMBERS, INVALID, HELLO, ACK = 8, 9, 10, 11

UNKNOWN_OP, DECODE_ERROR, NOT_IDENTIFIED, WRONG_TOKEN = 4001, 4002, 4003, 4004
IDENTIFIED_TWICE, INVALID_SHARD, DISALLOWED_INTENTS = 4005, 4010, 4014


OPEN: Final = "/gateway"
_GOODBYE: Final = frozenset({1000, 1001})


class Closed(Exception):
    """The platform ends the line with *code*."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class Line:
    """One open connection: what goes out stands in a queue, and may be held back."""

    def __init__(self, request: web.BaseRequest, socket: web.WebSocketResponse) -> None:
        self.session: Session | None = None
        self.beats = 0
        self._request = request
        self._socket = socket
        self._waiting: asyncio.Queue[str | Closed] = asyncio.Queue()

    def put(self, frame: str) -> None:
        """Send *frame* after what was put before it."""
        self._waiting.put_nowait(frame)

    def say(self, op: int, body: object = None) -> None:
        """Send something that is no event."""
        self.put(dumps({"op": op, "d": body, "s": None, "t": None}))

    def close(self, code: int) -> None:
        """Close it properly, after what was put before."""
        self._waiting.put_nowait(Closed(code))

    def cut(self) -> None:
        """The line is dead at once; what waited to be sent is lost."""
        if self._request.transport is not None:
            self._request.transport.abort()

    async def write(self, speaks: "Voice") -> None:
        """Send what is put here, while the gateway has a voice."""
        while True:
            frame = await self._waiting.get()
            await speaks.wait()
            if isinstance(frame, Closed):
                raise frame
            await self._socket.send_str(frame)

    async def read(self) -> Json | None:
        """What the bot says next, None when it has gone."""
        message = await self._socket.receive()
        if message.type not in {WSMsgType.TEXT, WSMsgType.BINARY}:
            return None
        try:
            frame = json.loads(message.data)
        except ValueError:
            raise Closed(DECODE_ERROR) from None
        return frame if isinstance(frame, dict) else {}


class Voice(asyncio.Event):
    """Set while the gateway says anything at all."""

    def __init__(self) -> None:
        super().__init__()
        self.set()


class Gateway:
    """All lines of the bot. *heartbeat_s* is what it is asked to keep to."""

    def __init__(self, world: World, heartbeat_s: float) -> None:
        self.world = world
        self.heartbeat_s = heartbeat_s
        self.voice = Voice()
        self.lines: list[Line] = []
        self.allowed = Intents(-1)

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """One connection from beginning to end."""
        socket = web.WebSocketResponse(max_msg_size=1 << 20)
        await socket.prepare(request)
        line = Line(request, socket)
        self.lines.append(line)
        line.say(HELLO, {"heartbeat_interval": int(self.heartbeat_s * 1000), "_trace": []})
        try:
            await self._talk(line)
        except* Closed as closed:
            with suppress(ConnectionError):
                await socket.close(code=_code(closed))
        except* ConnectionError:
            line.cut()
        finally:
            self._end(line, forget=socket.close_code in _GOODBYE)
        return socket

    async def _talk(self, line: Line) -> None:
        async with asyncio.TaskGroup() as group:
            writing = group.create_task(line.write(self.voice))
            while (frame := await line.read()) is not None:
                self._hear(line, frame)
                self.world.journal.turned()
            writing.cancel()

    def _end(self, line: Line, *, forget: bool) -> None:
        """The bot that says goodbye properly cannot come back to its session."""
        self.lines.remove(line)
        session = line.session
        if session is not None and session.line is line:
            session.line = None
            if forget:
                self.world.sessions.all.pop(session.id, None)
        self.world.journal.turned()

    def _hear(self, line: Line, frame: Json) -> None:
        op, body = frame.get("op"), frame.get("d")
        if op == HEARTBEAT:
            line.beats += 1
            line.say(ACK)
        elif op == IDENTIFY:
            self._identify(line, body or {})
        elif op == RESUME:
            self._resume(line, body or {})
        elif line.session is None:
            raise Closed(NOT_IDENTIFIED)
        elif op == REQUEST_MEMBERS:
            self._members(line.session, body or {})
        elif op not in {PRESENCE, 4}:
            raise Closed(UNKNOWN_OP)

    def _identify(self, line: Line, body: Json) -> None:
        if line.session is not None:
            raise Closed(IDENTIFIED_TWICE)
        if body.get("token") != self.world.token:
            raise Closed(WRONG_TOKEN)
        number, count = body.get("shard") or (0, 1)
        if not 0 <= number < count:
            raise Closed(INVALID_SHARD)
        intents = Intents(body.get("intents", 0))
        if intents & PRIVILEGED & ~self.allowed:
            raise Closed(DISALLOWED_INTENTS)
        line.session = self.world.sessions.begin(line, intents, (number, count))
        self._greet(line.session)

    def _greet(self, session: Session) -> None:
        number, count = session.shard
        guilds = [
            one
            for one in self.world.guilds.values()
            if (one.id >> 22) % count == number and not one.left
        ]
        session.tell("READY", self._ready(session, [one.id for one in guilds]))
        for one in guilds:
            if Intents.GUILDS in session.intents:
                members = Intents.MEMBERS in session.intents
                session.tell("GUILD_CREATE", self.world.whole(one, members=members))

    def _ready(self, session: Session, guilds: list[int]) -> Json:
        application = self.world.application()
        return {
            "v": 10,
            "user": self.world.me.shown() | {"verified": True, "mfa_enabled": False, "flags": 0},
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "guilds": [{"id": str(one), "unavailable": True} for one in guilds],
            "application": {"id": application["id"], "flags": application["flags"]},
            "shard": list(session.shard),
            "private_channels": [],
            "presences": [],
            "_trace": [],
        }

    @property
    def url(self) -> str:
        """Where the gateway is."""
        return self.world.url.replace("http://", "ws://", 1) + OPEN

    def _resume(self, line: Line, body: Json) -> None:
        if body.get("token") != self.world.token:
            raise Closed(WRONG_TOKEN)
        session = self.world.sessions.all.get(str(body.get("session_id")))
        if session is None:
            line.say(INVALID, body=False)
            return
        line.session = session
        self.world.sessions.resumed += 1
        session.resume(line, int(body.get("seq") or 0))

    def _members(self, session: Session, body: Json) -> None:
        guild = self.world.guilds[int(body["guild_id"])]
        wanted = {int(one) for one in body.get("user_ids") or ()}
        found = [one for one in guild.people.values() if not wanted or one.id in wanted]
        chunk: Json = {
            "guild_id": str(guild.id),
            "members": [shown.member(guild, one) for one in found],
            "chunk_index": 0,
            "chunk_count": 1,
        }
        if body.get("nonce"):
            chunk["nonce"] = body["nonce"]
        session.tell("GUILD_MEMBERS_CHUNK", chunk)


def _code(group: BaseExceptionGroup[Any]) -> int:
    first = group.exceptions[0]
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    assert isinstance(first, Closed)
    return first.code
