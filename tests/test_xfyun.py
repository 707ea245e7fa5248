"""What the backend makes of iFLYTEK's WebSocket."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from anima.errors import BackendUnavailable
from anima.model import Delta, Message, Usage
from backend.xfyun import Xfyun
from tests.backend_fakes import HastyClock
from tests.far_side import xfyun_replies as replies
from tests.far_side.xfyun import XfyunServer
from tests.far_side.xfyun_replies import Step, Told
from tests.xfyun_world import PROMPT, SOUL, World

SEVERAL = (
    '{"header": {"code": 0, "status": 1}, "payload": {"choices": {"status": 1, "text":'
    ' [{"content": "Hi "}, {"content": "you", "reasoning_content": "h"}, 7, {"content": null}]}}}'
)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with XfyunServer(HastyClock()) as server:
        world = World(server)
        yield world
        for backend in world.backends:
            await backend.aclose()


async def test_question(world: World) -> None:
    """The question has the documented form, with the soul's sampling and the settings' body."""
    await world.heard()

    frame = world.server.requests[0].frame
    uid = frame["header"].pop("uid")
    expected = {
        "header": {"app_id": "a1b2c3d4"},
        "parameter": {
            "chat": {
                "domain": "xspark13b6k",
                "temperature": 0.7,
                "max_tokens": 99,
                "top_k": 4,
                "search_disable": True,
            }
        },
        "payload": {
            "message": {
                "text": [
                    {"role": "system", "content": "You are Aiko."},
                    {"role": "user", "content": "你好，小雅"},
                ]
            }
        },
    }
    assert expected == frame
    assert 0 < len(uid) <= 32


async def test_adapter(world: World) -> None:
    """A soul's adapter is the patch, and a soul without one has none."""
    await world.heard(replace(SOUL, adapter="1947000000000000"))
    await world.heard(SOUL)

    patches = [asked.frame["header"].get("patch_id") for asked in world.server.requests]
    assert [["1947000000000000"], None] == patches


async def test_domain(world: World) -> None:
    """A soul that names no model is served by the backend's domain."""
    await world.heard(replace(SOUL, model=""))

    assert "xdefault" == world.server.requests[0].frame["parameter"]["chat"]["domain"]


async def test_no_domain(world: World) -> None:
    """Where neither names a model, nobody is asked."""
    server = world.server
    backend = Xfyun(server.url, "a", "b", "c", clock=world.clock, witness=world.notes)

    with pytest.raises(BackendUnavailable, match="no domain"):
        await anext(backend.stream(PROMPT, replace(SOUL, model="")))

    assert 0 == server.opened


async def test_uids(world: World) -> None:
    """Many questions at once each have a uid of their own, so none waits for another."""
    backend = world.backend()

    async def hear() -> str:
        return "".join([delta.text async for delta in backend.stream(PROMPT, SOUL)])

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(hear()) for _ in range(30)]

    assert {"You said: 你好，小雅"} == {task.result() for task in tasks}
    assert 30 == len({asked.frame["header"]["uid"] for asked in world.server.requests})


async def test_nothing_about_this_machine(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line is opened with the settings' headers and no proxy or name from the environment."""
    for name in ("HTTP_PROXY", "WS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
        monkeypatch.setenv(name.lower(), "http://127.0.0.1:9")

    await world.heard()

    sent = world.server.requests[0].headers
    known = {"host", "accept", "accept-encoding", "connection", "user-agent", "upgrade", "x-odd"}
    known |= {"sec-websocket-version", "sec-websocket-key"}
    assert known == {name.lower() for name in sent}
    assert "anima" == sent["User-Agent"]


async def test_answer(world: World) -> None:
    """Words, thoughts and counts come as they are sent."""
    world.server.script(replies.streamed(["你好", "🌸"], thoughts=["greet"]))

    deltas = await world.heard()

    expected = [Delta(thought="greet"), Delta("你好"), Delta("🌸"), Delta(usage=Usage(14, 3))]
    assert expected == deltas


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([replies.frame(2, "Hi")], [Delta("Hi")]),
        (
            [replies.frame(2, "Hi", usage={"prompt_tokens": 1, "completion_tokens": 2})],
            [Delta("Hi", usage=Usage(1, 2))],
        ),
        ([replies.frame(0), replies.frame(1, "Hi").encode(), replies.frame(2)], [Delta("Hi")]),
        (['{"header": {"code": "0", "status": 2}}'], []),
        (['{"header": {"status": 0}}', replies.frame(2)], []),
        (['{"header": {"code": 0}, "payload": {"choices": {"status": 2}}}'], []),
        (
            [
                SEVERAL,
                '{"header": {"code": 0, "status": 2}, "payload": {"usage": {"text": {"x": 1}}}}',
            ],
            [Delta("Hi you", "h"), Delta(usage=Usage())],
        ),
    ],
)
async def test_frames(world: World, steps: list[Step], expected: list[Delta]) -> None:
    """The last frame ends the answer; words may come in any frame, in several parts or in none."""
    world.server.script(Told(steps))

    assert expected == await world.heard()


async def test_we_hang_up(world: World) -> None:
    """After the last frame it is we who close the line, at once."""
    await world.heard()
    await world.server.until(lambda: world.server.open == 0)

    assert 1 == world.server.finished


async def test_half_a_character(world: World) -> None:
    """Half a surrogate pair, which is no character, does not keep the rest from being asked."""
    deltas = await world.heard(prompt=(Message("user", "odd \ud83d thing"),))

    assert "You said: odd ? thing" == "".join(delta.text for delta in deltas)
