"""What the backend makes of a real server's answers."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from anima.errors import ConfigError
from anima.model import Delta, Message, Soul, Usage
from backend.openai_compatible import OpenAICompatible
from tests.backend_fakes import HastyClock, Notes
from tests.far_side import replies
from tests.far_side.model import ModelServer
from tests.jump import JumpClock

PROMPT = (Message("system", "You are Aiko."), Message("user", "你好，小雅"))
SOUL = Soul("KU5.0", "default", model="base", temperature=0.7, max_tokens=99)
KEY = "made-up-key-of-nobody-1234"


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with ModelServer() as server:
        yield server


@pytest.fixture
async def backend(server: ModelServer) -> AsyncIterator[OpenAICompatible]:
    backend = OpenAICompatible(
        server.url,
        clock=HastyClock(),
        witness=Notes(),
        api_key=KEY,
        headers={"lora_id": "7"},
        body={"top_p": 0.5, "chat_template_kwargs": {"enable_thinking": False}},
    )
    yield backend
    await backend.aclose()


async def heard(backend: OpenAICompatible, soul: Soul = SOUL) -> list[Delta]:
    return [delta async for delta in backend.stream(PROMPT, soul)]


def spoken(deltas: list[Delta]) -> str:
    return "".join(delta.text for delta in deltas)


async def test_request(server: ModelServer, backend: OpenAICompatible) -> None:
    """The question holds the prompt as it is, what the soul says, and what the settings add."""
    await heard(backend)

    expected = {
        "model": "base",
        "messages": [
            {"role": "system", "content": "You are Aiko."},
            {"role": "user", "content": "你好，小雅"},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0.7,
        "max_tokens": 99,
        "top_p": 0.5,
        "chat_template_kwargs": {"enable_thinking": False},
    }
    assert expected == server.requests[0].body


async def test_headers(server: ModelServer, backend: OpenAICompatible) -> None:
    """The key and the settings' headers go out with the question."""
    await heard(backend)

    headers = server.requests[0].headers
    assert f"Bearer {KEY}" == headers["Authorization"]
    assert headers["lora_id"] == "7"


async def test_nothing_from_the_environment(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys and names that lie about in the environment go to no server of ours."""
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "someone-elses")
    monkeypatch.setenv(
        "OPENAI_CUSTOM_HEADERS", "X-Odd: someone-elses\nAuthorization: someone-elses"
    )
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    backend = OpenAICompatible(server.url, clock=HastyClock(), witness=Notes())

    await heard(backend)
    await backend.aclose()

    sent = server.requests[0].headers
    assert "someone-elses" not in json.dumps(sent)
    assert not [name for name in sent if name.lower().startswith("openai-")]


async def test_nothing_about_this_machine(server: ModelServer, backend: OpenAICompatible) -> None:
    """A server learns nothing of the machine that asks it."""
    await heard(backend)

    known = {"host", "accept", "accept-encoding", "connection", "user-agent", "content-type"}
    known |= {"content-length", "authorization", "lora_id", "x-stainless-retry-count"}
    assert known == {name.lower() for name in server.requests[0].headers}


async def test_thoughts(server: ModelServer, backend: OpenAICompatible) -> None:
    """Thoughts come apart from words, under each of their two names."""
    for name in ("reasoning", "reasoning_content"):
        server.script(replies.streamed(["Hi"], thoughts=["they ", "greet"], thought_field=name))

        deltas = await heard(backend)

        expected = [Delta(thought="they "), Delta(thought="greet"), Delta("Hi")]
        assert [*expected, Delta(usage=Usage(19, 1))] == deltas


@pytest.mark.parametrize("opening", ["", None, replies.ABSENT])
async def test_openings(
    server: ModelServer, backend: OpenAICompatible, opening: str | None
) -> None:
    """A first delta may hold no words, null for words, or not come at all."""
    server.script(replies.streamed(["Hi ", "you"], opening=opening, usage=False))

    assert [Delta("Hi "), Delta("you")] == await heard(backend)


@pytest.mark.parametrize("finish", ["stop", "length", "tool_calls"])
@pytest.mark.parametrize("done", [True, False])
async def test_endings(
    server: ModelServer, backend: OpenAICompatible, finish: str, done: bool
) -> None:
    """A finish reason makes an answer whole, with a farewell or without one."""
    server.script(replies.streamed(["Hi"], finish=finish, done=done, usage=False))

    assert [Delta("Hi")] == await heard(backend)


async def test_farewell_that_never_comes(server: ModelServer, backend: OpenAICompatible) -> None:
    """After the finish reason the answer is whole, even if the line then goes dead."""
    answer = replies.streamed(["Hi"], usage=False, done=False)
    server.script(replies.broken(answer, "cut", after=3))

    assert [Delta("Hi")] == await heard(backend)


@pytest.mark.jumping
async def test_farewell_that_takes_too_long(
    server: ModelServer, backend: OpenAICompatible, clock: JumpClock
) -> None:
    """Nobody waits the whole limit between deltas for a farewell."""
    answer = replies.streamed(["Hi"], usage=False, done=False)
    server.script(replies.broken(answer, "hang", after=3))

    deltas = await heard(backend)

    assert [Delta("Hi")] == deltas
    assert 1 == pytest.approx(clock.elapsed(), abs=0.1)


async def test_whole_body(server: ModelServer, backend: OpenAICompatible) -> None:
    """A server that does not stream gives its answer in one delta."""
    server.script(replies.whole("你好！ I am here.", thought="greet"))

    assert [Delta("你好！ I am here.", "greet", Usage(19, 4))] == await heard(backend)


async def test_nothing_but_a_thought(server: ModelServer, backend: OpenAICompatible) -> None:
    """A model that spends all its tokens on thinking has given a whole answer without words."""
    server.script(replies.whole(None, thought="hm", finish="length"))

    assert [Delta(thought="hm", usage=Usage(19, 1))] == await heard(backend)


@pytest.mark.parametrize("size", [1, 2, 3, 7])
async def test_cut_characters(server: ModelServer, backend: OpenAICompatible, size: int) -> None:
    """Packets that end inside a character or a line change nothing."""
    texts = ["こんにちは", "🌸", "再见"]
    server.script(replies.recut(replies.streamed(texts, usage=False), size))

    assert [Delta(text) for text in texts] == await heard(backend)


async def test_line_ends(server: ModelServer, backend: OpenAICompatible) -> None:
    """Lines may end as they do on another system."""
    server.script(replies.crlf(replies.streamed(["Hi ", "you"], usage=False)))

    assert [Delta("Hi "), Delta("you")] == await heard(backend)


async def test_packed(server: ModelServer, backend: OpenAICompatible) -> None:
    """A proxy may pack the stream."""
    steps = [step for step in replies.streamed(["Hi ", "you"]).steps if isinstance(step, bytes)]
    packed = replies.Reply([gzip.compress(b"".join(steps))], headers={"Content-Encoding": "gzip"})
    server.script(packed)

    assert spoken(await heard(backend)) == "Hi you"


async def test_whole_body_without_a_reason(server: ModelServer, backend: OpenAICompatible) -> None:
    """A whole message is whole, whether or not the server says why it ended."""
    body = {"choices": [{"message": {"content": "Hi"}}], "usage": {"prompt_tokens": None}}
    server.script(replies.failure(200, body))

    assert [Delta("Hi", usage=Usage())] == await heard(backend)


async def test_comments(server: ModelServer, backend: OpenAICompatible) -> None:
    """Keep-alives before, between and after the deltas are no deltas."""
    steps: list[replies.Step] = [b": ping\n\n"]
    for step in replies.streamed(["Hi ", "you"], usage=False).steps:
        steps += [step, b": ping\n\n"]
    server.script(replies.Reply(steps))

    assert [Delta("Hi "), Delta("you")] == await heard(backend)


async def test_model_is_asked_for_once(server: ModelServer, backend: OpenAICompatible) -> None:
    """A soul without a model's name gets the first that the server has, asked for once."""
    server.models = ("first", "second")
    nameless = Soul("KU5.0", "default")

    async with asyncio.TaskGroup() as group:
        for _ in range(5):
            group.create_task(heard(backend, nameless))

    assert {"first"} == {asked.body["model"] for asked in server.requests}
    assert 1 == server.asked_models


async def test_model_is_asked_for_again(server: ModelServer, backend: OpenAICompatible) -> None:
    """When the server does not know the model any more, its name is asked for anew."""
    nameless = Soul("KU5.0", "default")
    await heard(backend, nameless)
    server.models = ("newer",)
    server.script(replies.no_model("base", "newer"))
    with pytest.raises(Exception, match="404"):
        await heard(backend, nameless)

    await heard(backend, nameless)

    assert "newer" == server.requests[-1].body["model"]


async def test_half_a_character(backend: OpenAICompatible) -> None:
    """Half a surrogate pair, which is no character, does not keep the rest from being asked."""
    prompt = (Message("user", "odd \ud83d thing"),)

    deltas = [delta async for delta in backend.stream(prompt, SOUL)]

    assert spoken(deltas) == "You said: odd ? thing"


async def test_closing_is_seen(server: ModelServer, backend: OpenAICompatible) -> None:
    """A stream that is closed in its middle frees the server at once."""
    server.hold()
    server.step(3)

    async with aclosing(backend.stream(PROMPT, SOUL)) as deltas:
        await anext(deltas)
    await server.until(lambda: server.cancelled == 1)

    assert 0 == server.open


@pytest.mark.parametrize("steps", [0, 3])
async def test_cancelling_is_seen(
    server: ModelServer, backend: OpenAICompatible, steps: int
) -> None:
    """A task that is cancelled, before its first delta or after, frees the server at once."""
    server.hold()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(heard(backend))
        await server.until(lambda: server.open == 1)
        server.step(steps)
        await asyncio.sleep(0)
        task.cancel()
    await server.until(lambda: server.cancelled == 1)

    assert task.cancelled()


async def test_words_after_the_end(server: ModelServer, backend: OpenAICompatible) -> None:
    """What a server says after its finish reason is heard all the same."""
    steps = [replies.chunk({"content": "Hi "}, "stop"), replies.chunk({"content": "you"}, "stop")]
    server.script(replies.Reply([*steps, replies.DONE]))

    assert [Delta("Hi "), Delta("you")] == await heard(backend)


async def test_line_is_used_again(server: ModelServer, backend: OpenAICompatible) -> None:
    """An answer that was heard to its end leaves its line to the next one."""
    for _ in range(3):
        await heard(backend)

    assert 1 == server.lines


async def test_after_closing(backend: OpenAICompatible) -> None:
    """A backend that was closed can be closed again, and asked again."""
    await heard(backend)
    await backend.aclose()
    await backend.aclose()

    assert spoken(await heard(backend)) == "You said: 你好，小雅"


async def test_server_that_comes_back(server: ModelServer, backend: OpenAICompatible) -> None:
    """A line that the server dropped between two answers is not missed."""
    await heard(backend)
    await server.stop()
    await server.start()

    assert spoken(await heard(backend)) == "You said: 你好，小雅"


@pytest.mark.parametrize(
    ("base_url", "api_key", "headers", "complaint"),
    [
        ("http://127.0.0.1:nine/v1", "", {}, "base_url"),
        ("http://127.0.0.1:9/v1", "key\n", {}, "api_key"),
        ("http://127.0.0.1:9/v1", "ключ", {}, "api_key"),
        ("http://127.0.0.1:9/v1", "", {"lora_id": "a\r\nb"}, "lora_id"),
    ],
)
def test_what_cannot_be_sent(
    base_url: str, api_key: str, headers: dict[str, str], complaint: str
) -> None:
    """Settings that no request can carry are refused before anything starts."""
    with pytest.raises(ConfigError, match=complaint):
        OpenAICompatible(
            base_url, clock=HastyClock(), witness=Notes(), api_key=api_key, headers=headers
        )
