"""What is special about iFLYTEK's OpenAI-compatible side."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from anima.errors import AnimaError, BackendUnavailable, Refused
from anima.model import Delta, Message, Soul
from backend.iflytek import meant
from backend.maas import Maas
from backend.openai_compatible import OpenAICompatible
from backend.reasons import Passing, TooLong
from tests.backend_fakes import HastyClock, Notes
from tests.far_side import replies
from tests.far_side.model import ModelServer
from tests.far_side.replies import Reply

PROMPT = (Message("system", "You are Aiko."), Message("user", "你好"))
SOUL = Soul("KU5.0", "default", model="xop3qwen1b7", adapter="1947000000000000")
GOOD = replies.streamed(["Hi ", "you"], thoughts=["hm"], thought_field="reasoning_content")

MEANINGS = [
    (10013, Refused),
    (10014, Refused),
    (10007, Passing),
    (10008, Passing),
    (10110, Passing),
    (11202, Passing),
    (11203, Passing),
    (10907, TooLong),
    (10016, BackendUnavailable),
    (11200, BackendUnavailable),
    (11201, BackendUnavailable),
    (10163, BackendUnavailable),
]


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with ModelServer() as server:
        yield server


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
async def backend(server: ModelServer, notes: Notes) -> AsyncIterator[Maas]:
    backend = Maas(
        server.url,
        clock=HastyClock(),
        witness=notes,
        api_key="made-up-key-of-nobody-1234",
        body={"search_disable": True},
        chance=lambda: 0.5,
    )
    yield backend
    await backend.aclose()


async def heard(backend: OpenAICompatible, soul: Soul = SOUL) -> list[Delta]:
    return [delta async for delta in backend.stream(PROMPT, soul)]


async def test_adapter(server: ModelServer, backend: Maas) -> None:
    """The soul's adapter goes out as a header and nowhere in the body, question by question."""
    await heard(backend)
    await heard(backend, replace(SOUL, adapter="0"))
    await heard(backend, replace(SOUL, adapter=""))

    sent = [asked.headers.get("lora_id") for asked in server.requests]
    assert ["1947000000000000", "0", None] == sent
    assert not any("1947" in str(asked.body) for asked in server.requests)


async def test_adapter_over_settings(server: ModelServer) -> None:
    """A soul's own adapter stands above one in the settings, which serves the others."""
    backend = Maas(server.url, clock=HastyClock(), witness=Notes(), headers={"lora_id": "7"})

    await heard(backend)
    await heard(backend, replace(SOUL, adapter=""))
    await backend.aclose()

    assert ["1947000000000000", "7"] == [asked.headers["lora_id"] for asked in server.requests]


@pytest.mark.parametrize("adapter", ["пять", "a\r\nX-Odd: b", " 7"])
async def test_adapter_that_no_header_carries(
    server: ModelServer, backend: Maas, adapter: str
) -> None:
    """An adapter that cannot be sent is told by its name, and nothing is sent."""
    with pytest.raises(BackendUnavailable, match="no resource id"):
        await heard(backend, replace(SOUL, adapter=adapter))

    assert [] == server.requests


async def test_body(server: ModelServer, backend: Maas) -> None:
    """The settings' body and the soul's sampling go out as with any compatible server."""
    await heard(backend, replace(SOUL, top_p=0.8))

    body = server.requests[0].body
    assert [True, 0.8, "xop3qwen1b7"] == [body["search_disable"], body["top_p"], body["model"]]


async def test_success_is_no_error(server: ModelServer, backend: Maas) -> None:
    """A chunk that says code 0, as a number or as a text, is a chunk."""
    for code in (0, "0"):
        steps = [
            replies.chunk({"content": "Hi"}, code=code, message="Success", sid="cht1"),
            replies.chunk({"content": ""}, "stop", code=code, message="Success", sid="cht1"),
        ]
        server.script(Reply([*steps, replies.DONE]))

        assert [Delta("Hi")] == await heard(backend)


def forms(code: int) -> list[Reply]:
    """The places in which an error may stand before the first word."""
    body = {"code": code, "message": "told", "sid": "cht1"}
    return [
        Reply([replies.iflytek(code, "told")]),
        Reply([replies.iflytek(str(code), "told")]),
        Reply([replies.chunk({"role": "assistant", "content": ""}), replies.iflytek(code, "told")]),
        replies.failure(200, body),
        replies.failure(200, {"error": {**body, "code": str(code)}}),
        replies.failure(400, body),
        replies.failure(403, {"error": {**body, "code": str(code)}}),
    ]


@pytest.mark.parametrize(("code", "kind"), MEANINGS)
def test_meanings(code: int, kind: type[AnimaError]) -> None:
    """Each code of theirs is of one kind, as a number and as a text, and its reason names it."""
    for written in (code, str(code)):
        error = meant(written, "told")

        assert kind is type(error)
        assert str(error).startswith(f"the server broke off with {code}: ")
        assert str(error).endswith("(told)")


@pytest.mark.parametrize(
    ("code", "kind"),
    [(10013, Refused), (11202, Passing), (10907, TooLong), (10999, BackendUnavailable)],
)
@pytest.mark.parametrize("form", range(7))
async def test_codes(
    server: ModelServer, backend: Maas, code: int, kind: type[AnimaError], form: int
) -> None:
    """Each code means the same wherever it stands, and the reason names it with what was said."""
    server.otherwise = forms(code)[form]

    with pytest.raises(AnimaError, match=f"{code}.*told") as failure:
        await heard(backend)

    assert kind is type(failure.value)
    assert (3 if kind is Passing else 1) == len(server.requests)


@pytest.mark.parametrize(
    ("code", "kind"),
    [(10014, Refused), (10110, Passing), (10907, TooLong), (10999, BackendUnavailable)],
)
async def test_codes_in_mid_answer(
    server: ModelServer, backend: Maas, code: int, kind: type[AnimaError]
) -> None:
    """A code that breaks off an answer is an error of its kind, and nothing is asked again."""
    server.script(replies.broken(GOOD, replies.iflytek(code), after=3))
    deltas: list[Delta] = []

    async def hear() -> None:
        async for delta in backend.stream(PROMPT, SOUL):
            deltas.append(delta)  # noqa: PERF401 # what came before the failure must stay

    with pytest.raises(kind):
        await hear()

    assert [Delta(thought="hm"), Delta("Hi ")] == deltas
    assert 1 == len(server.requests)


async def test_asked_to_wait(server: ModelServer, notes: Notes) -> None:
    """A service that is at its limit and names a time is given that time."""
    clock = HastyClock()
    backend = Maas(server.url, clock=clock, witness=notes)
    body = {"code": 11202, "message": "AppIdQpsOverFlowError"}
    server.script(replies.failure(429, body, {"Retry-After": "3"}), GOOD)

    await heard(backend)
    await backend.aclose()

    assert [3.0] == clock.slept


async def test_page_in_its_place(server: ModelServer, backend: Maas) -> None:
    """A page of a proxy is told as with any server."""
    server.script(replies.html())

    with pytest.raises(BackendUnavailable, match="no answer but text/html"):
        await heard(backend)


@pytest.mark.parametrize("code", [10013, 10907, 11202])
async def test_others_have_their_own_codes(server: ModelServer, code: int) -> None:
    """At any other server a code of iFLYTEK's means no more than that it broke off."""
    backend = OpenAICompatible(server.url, clock=HastyClock(), witness=Notes())
    server.script(Reply([replies.iflytek(code)]))

    with pytest.raises(BackendUnavailable, match=f"broke off with {code}") as failure:
        await heard(backend)
    await backend.aclose()

    assert BackendUnavailable is type(failure.value)


@pytest.mark.parametrize("code", [None, 0, "", "x", "๑๐๐๑๓", 3.5, True, [10013], {}, 99999])
def test_no_code_of_theirs(code: object) -> None:
    """What is no code of theirs, whatever it looks like, means nothing."""
    assert meant(code, "") is None


@pytest.mark.parametrize(
    "detail",
    [
        {"code": "context_length_exceeded", "message": "too many"},
        {"type": "exceed_context_size_error", "message": "the request exceeds", "code": 400},
        {"param": "input_tokens", "message": "too many", "code": 400},
        {"message": "This model's maximum context length is 1024 tokens.", "code": 400},
    ],
)
@pytest.mark.parametrize("status", [200, 400])
async def test_too_long_elsewhere(
    server: ModelServer, detail: dict[str, object], status: int
) -> None:
    """Each way in which servers say that a prompt is too long is understood, in any place."""
    notes = Notes()
    backend = OpenAICompatible(server.url, clock=HastyClock(), witness=notes)
    talk = (PROMPT[0], Message("user", "a"), Message("assistant", "b"), PROMPT[1])
    server.script(replies.failure(status, {"error": detail}), GOOD)

    deltas = [delta async for delta in backend.stream(talk, SOUL)]
    await backend.aclose()

    assert "Hi you" == "".join(delta.text for delta in deltas)
    assert [4, 2] == [len(asked.body["messages"]) for asked in server.requests]
    assert [("prompt trimmed", {"dropped": 2})] == notes.noted
