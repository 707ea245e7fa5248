"""The server of embeddings that the tests lean on does what it says, as OpenAI's client sees it."""

from collections.abc import AsyncIterator

import openai
import pytest
from openai import AsyncOpenAI, DefaultAsyncHttpxClient

from tests.far_side.embeddings import EmbeddingServer
from tests.far_side.faults import Fault


@pytest.fixture
async def server() -> AsyncIterator[EmbeddingServer]:
    async with EmbeddingServer(key="right") as server:
        yield server


@pytest.fixture
async def client(server: EmbeddingServer) -> AsyncIterator[AsyncOpenAI]:
    outside = DefaultAsyncHttpxClient(trust_env=False)
    async with AsyncOpenAI(
        base_url=server.url, api_key="right", max_retries=0, http_client=outside
    ) as client:
        yield client


async def test_both_forms_say_the_same(client: AsyncOpenAI) -> None:
    """In base64, which the client asks for by itself, the numbers are those of the long form."""
    short = await client.embeddings.create(model="m", input=["one", "two"])
    long = await client.embeddings.create(model="m", input=["one", "two"], encoding_format="float")

    numbers = [one.embedding for one in long.data]

    assert [pytest.approx(one.embedding) for one in short.data] == numbers
    assert [0, 1] == [one.index for one in long.data]
    assert 256 == len(numbers[0])


async def test_errors(server: EmbeddingServer, client: AsyncOpenAI) -> None:
    """Its errors are told apart by the client as a real server's are, and then it is well again."""
    server.faults.add("embeddings", Fault.slow_down(3))
    server.faults.add("embeddings", Fault.gateway(502))
    server.faults.add("embeddings", Fault.cut())

    for kind in (openai.RateLimitError, openai.InternalServerError, openai.APIConnectionError):
        with pytest.raises(kind):
            await client.embeddings.create(model="m", input="one")

    assert await client.embeddings.create(model="m", input="one")


async def test_what_no_server_takes(server: EmbeddingServer, client: AsyncOpenAI) -> None:
    """It refuses a wrong key, an empty text, and base64 where it does not know that."""
    with pytest.raises(openai.AuthenticationError):
        await client.with_options(api_key="wrong").embeddings.create(model="m", input="one")
    with pytest.raises(openai.BadRequestError, match="input"):
        await client.embeddings.create(model="m", input=[""])
    server.short = False
    with pytest.raises(openai.BadRequestError, match="encoding_format"):
        await client.embeddings.create(model="m", input="one")
