"""The model server that the tests lean on does what it says, as OpenAI's own client sees it."""

import asyncio
import sys
from collections.abc import AsyncIterator
from typing import Any

import openai
import pytest
from openai import AsyncOpenAI, DefaultAsyncHttpxClient

from tests.far_side import replies
from tests.far_side.model import ModelServer
from tests.far_side.replies import Body, Reply


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with ModelServer(models=("base", "persona_a"), key="right") as server:
        yield server


@pytest.fixture
async def client(server: ModelServer) -> AsyncIterator[AsyncOpenAI]:
    outside = DefaultAsyncHttpxClient(trust_env=False)
    async with AsyncOpenAI(
        base_url=server.url, api_key="right", max_retries=0, http_client=outside
    ) as client:
        yield client


async def ask(client: AsyncOpenAI, text: str = "hello", **more: Any) -> Any:
    """What the client makes of the answer to *text*."""
    return await client.chat.completions.create(
        model="base", messages=[{"role": "user", "content": text}], **more
    )


async def streamed(client: AsyncOpenAI, **more: Any) -> list[Any]:
    """The chunks of a streamed answer."""
    return [chunk async for chunk in await ask(client, stream=True, **more)]


def said(chunks: list[Any]) -> str:
    return "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)


async def test_models(client: AsyncOpenAI) -> None:
    """The models it serves are listed."""
    listed = [model.id async for model in client.models.list()]

    assert ["base", "persona_a"] == listed


async def test_echo(client: AsyncOpenAI) -> None:
    """Without a script it says back the last line it heard, whole or streamed."""
    whole = await ask(client, "first\nlast one")
    chunks = await streamed(client, stream_options={"include_usage": True})

    assert whole.choices[0].message.content == "You said: last one"
    assert said(chunks) == "You said: hello"
    assert chunks[-2].choices[0].finish_reason == "stop"
    assert 3 == chunks[-1].usage.completion_tokens


async def test_scripts_come_in_turn(server: ModelServer, client: AsyncOpenAI) -> None:
    """Scripts are answers, replies, or made from the request; then it echoes again."""

    def shout(body: Body) -> str:
        return str(body["messages"][0]["content"]).upper()

    server.script("one", replies.streamed(["t", "wo"]), shout)

    heard = [said(await streamed(client)) for _ in range(4)]

    assert ["one", "two", "HELLO", "You said: hello"] == heard


async def test_errors(server: ModelServer, client: AsyncOpenAI) -> None:
    """Its errors are told apart by the client as a real server's are."""
    server.script(replies.too_long(), replies.no_model("x"), replies.too_many("3"), replies.busy())

    for kind in (
        openai.BadRequestError,
        openai.NotFoundError,
        openai.RateLimitError,
        openai.InternalServerError,
    ):
        with pytest.raises(kind):
            await ask(client)
    with pytest.raises(openai.AuthenticationError):
        await ask(client.with_options(api_key="wrong"))


async def test_what_no_server_takes(client: AsyncOpenAI) -> None:
    """It refuses a question without messages, and one that is not called JSON."""
    with pytest.raises(openai.BadRequestError, match="validation error"):
        await client.chat.completions.create(model="base", messages=[])
    with pytest.raises(openai.BadRequestError, match="Unsupported Media Type"):
        await ask(client, extra_headers={"Content-Type": "text/plain"})


async def test_wrong_key_lists_nothing(server: ModelServer, client: AsyncOpenAI) -> None:
    """Who has no key does not even see the models."""
    with pytest.raises(openai.AuthenticationError):
        await client.with_options(api_key="wrong").models.list()

    assert 1 == server.asked_models


async def test_cut(server: ModelServer, client: AsyncOpenAI) -> None:
    """A cut is seen as a line that went dead, after the words that came before it."""
    server.script(replies.broken(replies.streamed(["Hi"]), "cut"))
    stream = await ask(client, stream=True)
    heard = [await anext(stream), await anext(stream)]

    with pytest.raises(openai.APIConnectionError):
        await anext(stream)

    assert said(heard) == "Hi"


async def test_steps(server: ModelServer, client: AsyncOpenAI) -> None:
    """A held answer moves on by as many steps as it is given, then flows."""
    written: list[int] = []
    server.on_chunk = written.append
    server.hold()
    server.step(2)

    async with asyncio.TaskGroup() as group:
        hearing = group.create_task(streamed(client))
        await server.until(lambda: len(written) == 2)
        steps_before = list(written)
        server.flow()

    assert [0, 1] == steps_before
    assert said(hearing.result()) == "You said: hello"


async def test_clients_that_leave(server: ModelServer, client: AsyncOpenAI) -> None:
    """It counts who goes away in mid-stream, and does not count who hears it out."""
    await streamed(client)
    server.script(Reply(["hang"]))

    async with asyncio.TaskGroup() as group:
        hearing = group.create_task(streamed(client))
        await server.until(lambda: server.open == 1)
        hearing.cancel()
    await server.until(lambda: server.open == 0)

    assert (1, 1) == (server.finished, server.cancelled)


async def test_restart(server: ModelServer, client: AsyncOpenAI) -> None:
    """It comes back on the port it had, and its own going away counts as nobody's leaving."""
    server.script(Reply(["hang"]))
    url = server.url

    async with asyncio.TaskGroup() as group:
        hearing = group.create_task(failure(client))
        await server.until(lambda: server.open == 1)
        await server.stop()
    await server.start()

    assert isinstance(hearing.result(), openai.APIConnectionError)
    assert url == server.url
    assert 0 == server.cancelled
    assert said(await streamed(client)) == "You said: hello"


async def failure(client: AsyncOpenAI) -> openai.OpenAIError | None:
    try:
        await ask(client)
    except openai.OpenAIError as error:
        return error
    return None


async def test_requests_are_kept(server: ModelServer, client: AsyncOpenAI) -> None:
    """What it was asked can be looked at, and a hook sees it before the answer begins."""
    seen: list[Body] = []
    server.on_request = seen.append

    await ask(client, temperature=0.3)

    assert [server.requests[0].body] == seen
    assert 0.3 == seen[0]["temperature"]
    assert server.requests[0].headers["Authorization"] == "Bearer right"


@pytest.mark.slow
async def test_as_a_process() -> None:
    """Started by itself it prints its address and gives as many chunks as it was told to."""
    command = (sys.executable, "-m", "tests.far_side.model", "--tokens", "5")
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    outside = DefaultAsyncHttpxClient(trust_env=False)

    async with AsyncOpenAI(base_url=url, api_key="none", http_client=outside) as client:
        chunks = await streamed(client)
    process.kill()
    await process.wait()

    assert said(chunks) == "word0 word1 word2 word3 word4 "
