"""Pictures in a question: in parts, off the loop, and left out where a server takes none."""

import base64
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from anima.errors import BackendUnavailable, Refused
from anima.model import Message, Picture, Soul
from backend.openai_compatible import OpenAICompatible
from backend.trimming import trimmed
from tests.backend_fakes import HastyClock, Notes
from tests.far_side import replies
from tests.far_side.model import ModelServer
from tests.far_side.replies import Body, Reply

FOX = Picture("image/jpeg", b"\xff\xd8\xff fox", 4, 3)
RAIN = Picture("image/png", b"\x89PNG rain", 4, 3)
PROMPT = (
    Message("system", "You are Aiko."),
    Message("user", "hi"),
    Message("assistant", "Hi."),
    Message("user", "[photo] ×2 这是什么？", (FOX, RAIN)),
)
SOUL = Soul("KU5.0", "default", model="base")
MADE = ("mmproj", "At most 1 image(s) may be provided", "This model is not multimodal.")


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with ModelServer() as server:
        yield server


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
async def backend(server: ModelServer, notes: Notes) -> AsyncIterator[OpenAICompatible]:
    backend = OpenAICompatible(server.url, clock=HastyClock(), witness=notes)
    yield backend
    await backend.aclose()


async def said(backend: OpenAICompatible, soul: Soul = SOUL) -> str:
    """What is answered to the prompt."""
    return "".join([delta.text async for delta in backend.stream(PROMPT, soul)])


def blind(words: str, code: int = 400) -> Any:
    """A server whose model takes no pictures, and says so in these *words*."""

    def answer(body: Body) -> str | Reply:
        shows = any(isinstance(one["content"], list) for one in body["messages"])
        return replies.error(code, words, "BadRequestError") if shows else "I see nothing."

    return answer


async def test_a_picture_is_a_part_of_its_message(
    server: ModelServer, backend: OpenAICompatible
) -> None:
    """The words first, then each picture as a data URL; other messages stay plain text."""
    await said(backend)

    *before, last = server.requests[0].body["messages"]
    assert ["You are Aiko.", "hi", "Hi."] == [one["content"] for one in before]
    words, *pictures = last["content"]
    assert {"type": "text", "text": "[photo] ×2 这是什么？"} == words
    assert ["image_url"] * 2 == [one["type"] for one in pictures]
    heads, datas = zip(*(one["image_url"]["url"].split(",") for one in pictures), strict=True)
    assert ("data:image/jpeg;base64", "data:image/png;base64") == heads
    assert [FOX.content, RAIN.content] == [base64.b64decode(data) for data in datas]


@pytest.mark.parametrize("words", MADE)
@pytest.mark.parametrize("code", [400, 500])
async def test_a_server_that_takes_no_pictures_is_asked_without(
    words: str, code: int, server: ModelServer, backend: OpenAICompatible, notes: Notes
) -> None:
    """At once and from then on; it is noted once."""
    server.otherwise = blind(words if "image" in words.lower() else f"image input: {words}", code)

    answers = [await said(backend), await said(backend)]

    assert ["I see nothing."] * 2 == answers
    assert 3 == len(server.requests)
    assert ["pictures refused by the server"] == [event for event, _ in notes.noted]


async def test_another_model_behind_the_same_server_may_see(
    server: ModelServer, backend: OpenAICompatible
) -> None:
    """What one model cannot take is shown to the other."""
    server.otherwise = blind("no image support")
    await said(backend)

    await said(backend, replace(SOUL, model="other"))

    assert isinstance(server.requests[2].body["messages"][-1]["content"], list)


async def test_a_refusal_for_another_reason_stays_one(
    server: ModelServer, backend: OpenAICompatible
) -> None:
    """A filter is no matter of pictures alone."""
    server.otherwise = replies.failure(
        400, {"error": {"message": "no image like that", "code": "content_filter"}}
    )

    with pytest.raises(Refused):
        await said(backend)

    assert 1 == len(server.requests)


async def test_what_a_server_says_of_a_picture_is_not_noted(
    server: ModelServer, backend: OpenAICompatible, notes: Notes
) -> None:
    """Some repeat what they do not understand; no log gets it."""
    data = base64.b64encode(FOX.content * 9).decode()
    server.otherwise = blind(f"image_url: data:image/jpeg;base64,{data} is invalid")

    await said(backend)

    assert data[:12] not in str(notes.noted)
    assert "data:… is invalid" in str(notes.noted)


async def test_a_trouble_that_names_a_picture_is_told_without_it(
    server: ModelServer, backend: OpenAICompatible
) -> None:
    """Also where there is no answer at all."""
    data = base64.b64encode(FOX.content * 9).decode()
    server.otherwise = replies.error(418, f"data:image/png;base64,{data}", "x")

    with pytest.raises((BackendUnavailable, Refused)) as trouble:
        await said(backend)

    assert data[:12] not in str(trouble.value)


def test_pictures_go_when_there_is_no_talk_left_to_leave_out() -> None:
    """First the talk, then what was shown; the words stay."""
    without_talk = trimmed(PROMPT)
    assert without_talk is not None
    wordy = trimmed(without_talk)

    assert [(), (FOX, RAIN)] == [one.pictures for one in without_talk]
    assert wordy == (PROMPT[0], replace(PROMPT[-1], pictures=()))
    assert trimmed(wordy) is None
