"""Native tools: the offer in a question, and the calls of an answer however they are cut."""

import json
from collections.abc import AsyncIterator

import pytest

from anima.errors import BackendUnavailable, Refused
from anima.model import Call, Delta, Message, Soul
from backend.answer import Answer
from backend.asked_tools import LONGEST, MOST, schemas
from backend.openai_compatible import OpenAICompatible
from persona.tools import REMIND, SILENCE
from tests.backend_fakes import HastyClock, Notes
from tests.far_side import replies
from tests.far_side.model import ModelServer


def answered(*saids: dict[str, object], key: str = "delta") -> list[Call]:
    answer = Answer(lambda text: text)
    for said in saids:
        answer.take(json.dumps({"choices": [{key: said}]}).encode())
    assert key == "message" or () == answer.calls()
    answer.take(b'{"choices": [{"delta": {}, "finish_reason": "tool_calls"}]}')
    return [*answer.calls(), *answer.calls()]


def piece(
    index: int | None = None, name: str = "", arguments: object = "", id_: str = ""
) -> object:
    found: dict[str, object] = {"function": {"name": name, "arguments": arguments}}
    found |= {} if index is None else {"index": index}
    return found | ({"id": id_} if id_ else {})


def calls(*pieces: object) -> dict[str, object]:
    return {"tool_calls": list(pieces)}


REMEMBER = Call("remember", '{"text": "x"}')
SILENT = Call("silence", "{}")

ANSWERS = {
    "in pieces": [
        calls(piece(0, "remember", "", "a")),
        calls(piece(0, "", '{"text"')),
        calls(piece(0, "", ': "x"}')),
    ],
    "the name again and again": [
        calls(piece(0, "remember", '{"text"', "a")),
        calls(piece(0, "remember", ': "x"}', "a")),
    ],
    "the name in pieces": [calls(piece(0, "remem")), calls(piece(0, "ber", '{"text": "x"}'))],
    "whole": [calls(piece(None, "remember", '{"text": "x"}', "a"))],
    "an object": [calls(piece(0, "remember", {"text": "x"}))],
    "the old form": [
        {"function_call": {"name": "remember"}},
        {"function_call": {"arguments": '{"text": "x"}'}},
    ],
}


@pytest.mark.parametrize("said", ANSWERS.values(), ids=ANSWERS)
def test_one_call(said: list[dict[str, object]]) -> None:
    """A call comes whole and once, when the answer is over."""
    assert [REMEMBER] == answered(*said)


SEVERAL = {
    "by index": [
        calls(piece(0, "remember", '{"text"', "a"), piece(1, "silence", "", "b")),
        calls(piece(1, "", "{}"), piece(0, "", ': "x"}')),
    ],
    "by id alone": [
        calls(piece(None, "remember", '{"text": "x"}', "a")),
        calls(piece(None, "silence", "{}", "b")),
    ],
    "one index for all": [
        calls(piece(0, "remember", '{"text": "x"}', "a")),
        calls(piece(0, "silence", "{}", "b")),
    ],
    "without any mark": [
        calls(piece(None, "remember", '{"text": "x"}'), piece(None, "silence", "{}"))
    ],
}


@pytest.mark.parametrize("said", SEVERAL.values(), ids=SEVERAL)
def test_several_calls(said: list[dict[str, object]]) -> None:
    """Several calls are kept apart, whatever mark the server gives them."""
    assert [REMEMBER, SILENT] == answered(*said)


def test_an_answer_in_one_piece() -> None:
    """A server that does not stream sends its calls in a message."""
    assert [REMEMBER] == answered(calls(piece(None, "remember", '{"text": "x"}')), key="message")


@pytest.mark.parametrize(
    "said",
    [
        {"tool_calls": "x"},
        {"tool_calls": [1, {}, {"function": 1}]},
        {"tool_calls": [{"index": 0, "function": {"name": 1, "arguments": 2}}]},
        {"tool_calls": [{"index": "x", "function": {"arguments": "{}"}}]},
        {"tool_calls": None, "function_call": None},
        calls(piece(0, "remember", "x" * (LONGEST + 1))),
    ],
)
def test_no_call(said: dict[str, object]) -> None:
    """What makes no sense, and what is far too long, is no call and no trouble."""
    assert [] == answered(said)


def test_so_many_calls() -> None:
    """An answer asks for a handful of things; a flood is cut."""
    assert MOST == len(answered(calls(*(piece(at, "silence", "{}") for at in range(99)))))


def test_a_long_call_in_pieces() -> None:
    """Endless arguments are not kept."""
    assert [] == answered(*[calls(piece(0, "remember", "x" * 4096, "a")) for _ in range(20)])


def test_schemas() -> None:
    """A tool is offered as a function whose parameters are texts."""
    remind, silence = schemas([REMIND, SILENCE])

    function = remind["function"]
    assert isinstance(function, dict)
    assert ("function", "remind") == (remind["type"], function["name"])
    assert (
        ["text", "when"]
        == function["parameters"]["required"]
        == [*function["parameters"]["properties"]]
    )
    assert {"type": "object", "properties": {}, "required": []} == silence["function"]["parameters"]  # type: ignore[index] # as above


PROMPT = (Message("user", "hi"),)
SOUL = Soul("KU5.0", "default", model="base", form="native", tools=(REMIND, SILENCE))
NO_TOOLS = replies.error(
    400, '"auto" tool choice requires --enable-auto-tool-choice', "Bad Request"
)


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


async def heard(backend: OpenAICompatible, soul: Soul = SOUL) -> list[Delta]:
    return [delta async for delta in backend.stream(PROMPT, soul)]


async def test_a_call_over_the_wire(server: ModelServer, backend: OpenAICompatible) -> None:
    """Tools go out with the question, and a streamed call comes back whole, among the words."""
    steps = [
        replies.chunk({"content": "Okay. "}),
        replies.chunk(calls(piece(0, "remind", '{"text": "tea", ', "a"))),
        replies.chunk(calls(piece(0, "", '"when": "in 2m"}'))),
        replies.chunk({}, "tool_calls"),
    ]
    server.script(replies.Reply(steps))

    deltas = await heard(backend)

    assert ["Okay. "] == [delta.text for delta in deltas if delta.text]
    assert [Call("remind", '{"text": "tea", "when": "in 2m"}')] == [
        delta.call for delta in deltas if delta.call
    ]
    body = server.requests[0].body
    assert ("auto", schemas(SOUL.tools)) == (body["tool_choice"], body["tools"])


async def test_without_tools_nothing_is_said_of_them(
    server: ModelServer, backend: OpenAICompatible
) -> None:
    """A soul that is offered none asks as ever."""
    await heard(backend, Soul("KU5.0", "default", model="base"))

    assert not {"tools", "tool_choice"} & set(server.requests[0].body)


async def test_a_server_that_takes_no_tools(
    server: ModelServer, backend: OpenAICompatible, notes: Notes
) -> None:
    """It is asked again at once without them, and never again with them; it is said once."""
    server.script(NO_TOOLS)

    first, second = await heard(backend), await heard(backend)

    assert first == second
    assert [True, False, False] == ["tools" in asked.body for asked in server.requests]
    assert ["tools refused by the server"] == [event for event, _ in notes.noted]


async def test_a_server_that_takes_no_question(
    server: ModelServer, backend: OpenAICompatible, notes: Notes
) -> None:
    """Where it was not the tools, they are offered again the next time."""
    no = replies.error(422, "no", "Bad Request")
    server.script(no, no)

    with pytest.raises(BackendUnavailable, match="422"):
        await heard(backend)
    await heard(backend)

    assert [True, False, True] == ["tools" in asked.body for asked in server.requests]
    assert [] == notes.noted


async def test_a_filter_is_not_about_tools(server: ModelServer, backend: OpenAICompatible) -> None:
    """What the server's filter refuses is not asked again."""
    server.script(replies.failure(400, {"error": {"code": "content_filter", "message": "tool"}}))

    with pytest.raises(Refused):
        await heard(backend)

    assert 1 == len(server.requests)
