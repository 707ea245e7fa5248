"""The backends over which the contract is proven, each with a far side that speaks its protocol."""

import asyncio
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, Protocol

from anima.model import Delta, Message, Prompt, Soul
from backend.builtin import Builtin
from backend.limits import Limits
from backend.maas import Maas
from backend.openai_compatible import OpenAICompatible
from backend.scripted import Scripted
from backend.vllm import Vllm
from backend.weights_search import Told
from backend.xfyun import Xfyun
from tests.backend_fakes import HastyClock, Notes
from tests.far_side import replies, xfyun_replies
from tests.far_side.model import ModelServer
from tests.far_side.vllm import VllmServer
from tests.far_side.xfyun import XfyunServer

Happening = Literal["thinks", "busy", "cut", "silent", "garbage", "blocked", "too long", "tells"]
"""What a server can do next: think and then say Hi, be too busy to answer, say Hi and go dead, say
Hi and fall silent, say Hi and then nonsense, block the prompt, find it too long, or fail with all
that it was sent in its complaint."""

SOUL: Final = Soul("KU5.0", "default", model="base")
KEY: Final = "made-up-key-of-nobody-1234"
HI: Final = ("Hi ", "you")
LIMITS: Final = Limits(retries=1)


class Probed(Protocol):
    """The port Backend, which can be asked how it is besides."""

    def stream(self, prompt: Prompt, soul: Soul) -> AsyncGenerator[Delta, None]: ...

    async def probe(self) -> None: ...


@dataclass
class World:
    """A backend, how to make it echo its last line, and how to see that nothing runs."""

    backend: Probed
    stopped: Callable[[], Awaitable[None]]
    """Returns when the far side has stopped writing what was closed early."""
    notes: Notes = field(default_factory=Notes)
    next: Callable[[Happening], None] = lambda _happening: None
    """Lays down what the far side does with the next question."""
    prompts: Callable[[], list[list[tuple[str, str]]]] = list
    """The messages of all questions so far, as role and content."""
    secrets: tuple[str, ...] = ()
    """What no reason may hold."""


def repeat(prompt: Prompt) -> str:
    """The last thing said."""
    return prompt[-1].content


def talk(turns: int) -> Prompt:
    """A prompt with some talk before its last words, which are its number of *turns*."""
    pairs = [
        (Message("user", f"heard {turn}"), Message("assistant", f"said {turn}"))
        for turn in range(turns)
    ]
    said = [message for pair in pairs for message in pair]
    return Message("system", "Say it back."), *said, Message("user", str(turns))


@asynccontextmanager
async def scripted() -> AsyncIterator[World]:
    """A script."""
    backend = Scripted(repeat, piece=3)

    async def stopped() -> None:
        assert backend.open == 0

    yield World(backend, stopped)


def over(server: ModelServer, backend: Probed, notes: Notes, **told: replies.Reply) -> World:
    """The world of a *backend* over a *server* that speaks OpenAI's protocol.

    *told*: what it does otherwise than any other, by the happening, `_` for its space.
    """
    good = replies.streamed(HI)
    happenings: dict[str, replies.Script] = {
        "thinks": replies.streamed(HI, thoughts=["they ", "greet"]),
        "busy": replies.busy(),
        "cut": replies.broken(good, "cut"),
        "silent": replies.broken(good, "hang"),
        "garbage": replies.broken(good, b"data: {nonsense}\n\n"),
        "blocked": replies.failure(400, {"error": {"code": "content_filter", "message": "no"}}),
        "too long": replies.too_long(),
        "tells": lambda _body: replies.failure(400, server.requests[-1].headers),
    }
    happenings.update({name.replace("_", " "): reply for name, reply in told.items()})
    server.otherwise = lambda body: str(body["messages"][-1]["content"])
    return World(
        backend,
        lambda: server.until(lambda: server.open == 0),
        notes,
        lambda happening: server.script(happenings[happening]),
        lambda: [
            [(said["role"], said["content"]) for said in asked.body["messages"]]
            for asked in server.requests
        ],
        (KEY,),
    )


@asynccontextmanager
async def openai() -> AsyncIterator[World]:
    """Any compatible server."""
    async with ModelServer() as server:
        notes = Notes()
        backend = OpenAICompatible(
            server.url, clock=HastyClock(), witness=notes, api_key=KEY, limits=LIMITS
        )
        yield over(server, backend, notes)
        await backend.aclose()


@asynccontextmanager
async def maas() -> AsyncIterator[World]:
    """The compatible side of iFLYTEK."""
    async with ModelServer() as server:
        notes = Notes()
        backend = Maas(server.url, clock=HastyClock(), witness=notes, api_key=KEY, limits=LIMITS)
        yield over(
            server,
            backend,
            notes,
            busy=replies.Reply([replies.iflytek(10110, "Engine Busy")]),
            blocked=replies.Reply([replies.iflytek(10013, "输入内容审核不通过")]),
            too_long=replies.Reply([replies.iflytek(10907, "tokens exceed the limit")]),
            garbage=replies.broken(replies.streamed(HI), replies.iflytek(10012)),
        )
        await backend.aclose()


@asynccontextmanager
async def xfyun() -> AsyncIterator[World]:
    """The WebSocket of iFLYTEK."""
    clock, notes = HastyClock(), Notes()
    async with XfyunServer(clock) as server:
        backend = Xfyun(
            server.url,
            server.app_id,
            server.key,
            server.secret,
            clock=clock,
            witness=notes,
            limits=LIMITS,
        )
        yield _over_websocket(server, backend, notes)
        await backend.aclose()


def _over_websocket(server: XfyunServer, backend: Xfyun, notes: Notes) -> World:
    good = xfyun_replies.streamed(HI)
    happenings: dict[str, xfyun_replies.Script] = {
        "thinks": xfyun_replies.streamed(HI, thoughts=["they ", "greet"]),
        "busy": xfyun_replies.Turned(503),
        "cut": xfyun_replies.broken(good, "cut"),
        "silent": xfyun_replies.broken(good, "hang"),
        "garbage": xfyun_replies.broken(good, "{nonsense}"),
        "blocked": xfyun_replies.Told([xfyun_replies.code(10013, "输入内容审核不通过")]),
        "too long": xfyun_replies.Told([xfyun_replies.code(10907, "too many tokens")]),
        "tells": lambda _frame: xfyun_replies.Told(
            [xfyun_replies.code(11200, f"{server.secret} {server.requests[-1].query}")]
        ),
    }
    server.otherwise = lambda frame: str(frame["payload"]["message"]["text"][-1]["content"])
    return World(
        backend,
        lambda: server.until(lambda: server.open == 0),
        notes,
        lambda happening: server.script(happenings[happening]),
        lambda: [
            [(said["role"], said["content"]) for said in asked.text] for asked in server.requests
        ],
        (server.key, server.secret),
    )


@asynccontextmanager
async def vllm() -> AsyncIterator[World]:
    """vLLM, of which there may be several; here is one."""
    async with VllmServer() as server:
        notes = Notes()
        backend = Vllm(
            [server.url],
            name="ku",
            clock=HastyClock(),
            witness=notes,
            api_key=KEY,
            limits=LIMITS,
        )
        async with backend:
            yield over(server, backend, notes)


class Awaited(Notes):
    """The port Witness that tells when an *event* has come."""

    def __init__(self, event: str) -> None:
        super().__init__()
        self.came = asyncio.Event()
        self._event = event

    def note(self, event: str, **facts: object) -> None:
        super().note(event, **facts)
        if event == self._event:
            self.came.set()


class _Here:
    """The port Finder of somebody who has the weights already."""

    async def find(self, told: Told) -> Path:
        del told
        return Path("weights.gguf")


@asynccontextmanager
async def builtin() -> AsyncIterator[World]:
    """A model server of our own: the process is real, who answers at its address is played."""
    async with ModelServer() as server:
        told = f"print('listening {server.url.removesuffix('/v1')}', flush=True)"
        process = (sys.executable, "-S", "-c", f"import sys; {told}; sys.stdin.read()")
        notes = Awaited("model ready")
        backend = Builtin(
            _Here(), lambda _file: process, clock=HastyClock(), witness=notes, limits=LIMITS
        )
        async with backend:
            await notes.came.wait()
            notes.noted.clear()
            yield over(server, backend, notes)


Made = Callable[[], AbstractAsyncContextManager[World]]

SERVED: Final[Mapping[str, Made]] = MappingProxyType(
    {"openai": openai, "vllm": vllm, "maas": maas, "xfyun": xfyun, "builtin": builtin}
)
"""Those with a server at their far side, which can fail."""

ALL: Final[Mapping[str, Made]] = MappingProxyType({"scripted": scripted, **SERVED})

ALONE: Final = ("scripted", "openai", "maas", "xfyun")
"""Those that are one server and nothing around it."""
