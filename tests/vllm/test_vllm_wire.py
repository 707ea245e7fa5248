"""What a real vLLM answers, word by word; the far side of the ordinary tests answers the same."""

import json
from collections.abc import AsyncIterator
from typing import Any, Final

import pytest

from tests.far_side.vllm import VllmServer
from tests.vllm.asking import NOWHERE, WIDE, A, Line
from tests.vllm.serving import CONTEXT, RANK, RealVllm

pytestmark = [pytest.mark.vllm, pytest.mark.slow]

FRAME: Final = 8
"""The tokens that the template puts around one message."""

HI: Final = [{"role": "user", "content": "Hi"}]
LOAD: Final = "/v1/load_lora_adapter"
UNLOAD: Final = "/v1/unload_lora_adapter"


@pytest.fixture
async def imitated() -> AsyncIterator[Line]:
    """A line to the server that the ordinary tests take for a vLLM."""
    async with VllmServer(max_lora_rank=RANK) as fake, Line(fake.url.removesuffix("/v1")) as opened:
        yield opened


@pytest.fixture(params=["real", "imitated"])
def vllm(request: pytest.FixtureRequest) -> Line:
    """A line to a server that speaks vLLM's protocol."""
    if request.param == "real":
        request.getfixturevalue("server")
    found: Line = request.getfixturevalue("line" if request.param == "real" else "imitated")
    return found


def error(body: bytes) -> dict[str, Any]:
    """What went wrong, in the server's words."""
    found: dict[str, Any] = json.loads(body)["error"]
    return found


async def test_the_list_of_models(vllm: Line) -> None:
    """An adapter stands behind its base model, with where it came from."""
    await vllm.post(LOAD, lora_name="A-1", lora_path=A.adapter)

    base, adapter = await vllm.models()

    assert ("base", None, CONTEXT) == (base["id"], base["parent"], base["max_model_len"])
    assert ("A-1", "base", A.adapter) == (adapter["id"], adapter["parent"], adapter["root"])
    assert adapter["max_model_len"] is None


async def test_an_adapter_that_is_not_loaded(vllm: Line) -> None:
    """It is a model that does not exist."""
    answer = await vllm.post("/v1/chat/completions", model="A-1", messages=HI)

    assert error(answer.content) == {
        "message": "The model `A-1` does not exist. Valid aliases: base.",
        "type": "NotFoundError",
        "param": "model",
        "code": 404,
    }
    assert answer.status_code == 404


async def test_loading_twice(vllm: Line) -> None:
    """The first time is told in plain words, the second is an error that names the adapter."""
    first = await vllm.post(LOAD, lora_name="A-1", lora_path=A.adapter)
    second = await vllm.post(LOAD, lora_name="A-1", lora_path=A.adapter)

    assert (200, "Success: LoRA adapter 'A-1' added successfully.") == (
        first.status_code,
        first.text,
    )
    assert error(second.content) == {
        "message": "The lora adapter 'A-1' has already been loaded. If you want to load the"
        " adapter in place, set 'load_inplace' to True.",
        "type": "InvalidUserInput",
        "param": None,
        "code": 400,
    }


async def test_a_path_that_leads_nowhere(vllm: Line) -> None:
    """It is an error that names the adapter."""
    answer = await vllm.post(LOAD, lora_name="N-1", lora_path=NOWHERE.adapter)

    said = error(answer.content)
    assert said["message"].startswith("Loading lora N-1 failed: No adapter found for ")
    assert (404, "NotFoundError", 404) == (answer.status_code, said["type"], said["code"])


async def test_a_rank_that_is_too_high(vllm: Line) -> None:
    """It is told as an error of the server's own, which goes on to work."""
    answer = await vllm.post(LOAD, lora_name="W-1", lora_path=WIDE.adapter)

    said = error(answer.content)
    assert "'LoRA rank 64 is greater than max_lora_rank 16.'" in said["message"]
    assert (500, "InternalServerError") == (answer.status_code, said["type"])
    assert ["base"] == [card["id"] for card in await vllm.models()]


async def test_unloading_twice(vllm: Line) -> None:
    """The first time is told in plain words, the second is an error."""
    await vllm.post(LOAD, lora_name="A-1", lora_path=A.adapter)

    first = await vllm.post(UNLOAD, lora_name="A-1")
    second = await vllm.post(UNLOAD, lora_name="A-1")

    assert "Success: LoRA adapter 'A-1' removed successfully." == first.text
    assert "The lora adapter 'A-1' cannot be found." == error(second.content)["message"]
    assert [200, 404] == [first.status_code, second.status_code]


@pytest.mark.parametrize(
    ("words", "param"),
    [(2 * CONTEXT, "input_tokens"), (CONTEXT - FRAME, "max_tokens")],
    ids=["over the context", "the whole context"],
)
async def test_a_prompt_that_is_too_long(
    server: RealVllm, line: Line, words: int, param: str
) -> None:
    """What does not fit is an error of the prompt; what leaves no room, one of the answer."""
    assert server.url
    messages = [{"role": "user", "content": " two" * words}]

    answer = await line.post("/v1/chat/completions", model="base", messages=messages, max_tokens=10)

    assert (400, param) == (answer.status_code, error(answer.content)["param"])


async def test_an_answer_that_has_little_room(server: RealVllm, line: Line) -> None:
    """An answer is cut to the room that the prompt leaves, without an error."""
    assert server.url
    messages = [{"role": "user", "content": " two" * (CONTEXT - FRAME - 4)}]

    answer = await line.post(
        "/v1/chat/completions", model="base", messages=messages, max_tokens=500
    )

    body = answer.json()
    assert CONTEXT == body["usage"]["total_tokens"]
    assert "length" == body["choices"][0]["finish_reason"]
