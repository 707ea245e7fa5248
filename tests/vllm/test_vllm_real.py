"""The backends' contract over a real vLLM, and what it does with a soul's adapter.

Its model does not say back what it hears, as the far sides of the ordinary suite do: what is
asserted of text is that it is, whole, what the server itself answers in one piece.
"""

import asyncio
from dataclasses import replace
from typing import Final

import pytest

from anima.errors import BackendUnavailable
from anima.model import Delta, Message, Prompt, Soul
from backend.breaker import APART_S
from backend.signs import AdapterRefused, Resting
from backend.vllm import Vllm
from tests.backend_fakes import Notes
from tests.contracts.backends import World
from tests.contracts.test_backend import (
    test_no_delta_is_empty,
    test_probe,
    test_usage_comes_once,
)
from tests.vllm.asking import (
    BASE,
    BLUNT,
    ENDLESS,
    NOWHERE,
    WIDE,
    A,
    B,
    Line,
    heard,
    spoken,
    thought,
    told,
)
from tests.vllm.serving import RealVllm

__all__ = ["test_no_delta_is_empty", "test_probe", "test_usage_comes_once"]

pytestmark = [pytest.mark.vllm, pytest.mark.slow]

RUNNING: Final = "vllm:num_requests_running{"
FINISHED: Final = "vllm:request_success_total{"
LOAD: Final = "POST /v1/load_lora_adapter"

WORDS: Final = [
    "Hello there, how was your day?",
    "今天天气真好！🍵",
    "お元気ですか？「もち」も元気。",
]

SOULS: Final = pytest.mark.parametrize("soul", [BASE, A, B], ids=lambda soul: soul.name)


@pytest.fixture
def world(thinking: Vllm, line: Line) -> World:
    """The real server as the ordinary suite sees it, where that is not after an echo."""
    # it is closed by its fixture, and none of the three tests closes it
    return World(thinking, lambda: line.until(RUNNING, 0))  # type: ignore[arg-type]


def noted(notes: Notes, event: str) -> list[str]:
    """The reasons that were told with *event*."""
    return [str(facts.get("reason", "")) for each, facts in notes.noted if each == event]


async def test_a_model_that_thinks(thinking: Vllm) -> None:
    """Thought and text arrive apart, the text in three scripts and one character in pieces."""
    deltas = await heard(thinking.stream(told("Hi"), BASE))

    assert thought(deltas) == "somebody greets me"
    assert spoken(deltas) == "\n\nHello, I am small. 你好！こんにちは。🍵"


@SOULS
@pytest.mark.parametrize("text", WORDS)
async def test_text_is_whole(blunt: Vllm, line: Line, soul: Soul, text: str) -> None:
    """The pieces put together are what the server answers in one piece."""
    deltas = await heard(blunt.stream(told(text), soul))

    whole = await line.whole(told(text), soul, **BLUNT)
    assert (whole["content"] or "") == spoken(deltas)
    assert len(spoken(deltas)) > 10


@SOULS
async def test_thought_is_whole(thinking: Vllm, line: Line, soul: Soul) -> None:
    """So it is with what is thought, and when the answer ends before the thought does."""
    deltas = await heard(thinking.stream(told(WORDS[1]), soul))

    whole = await line.whole(told(WORDS[1]), soul)
    assert (whole["reasoning"] or "") == thought(deltas)
    assert (whole["content"] or "") == spoken(deltas)


@SOULS
async def test_no_delta_of_a_soul_is_empty(thinking: Vllm, soul: Soul) -> None:
    """Each delta brings something: a word, a thought or a count."""
    deltas = await heard(thinking.stream(told(WORDS[0]), soul))

    assert all(delta.text or delta.thought or delta.usage for delta in deltas)


@SOULS
async def test_usage_of_a_soul_comes_once(thinking: Vllm, line: Line, soul: Soul) -> None:
    """The tokens are counted at the end, after the last word, and as the server counts them."""
    deltas = await heard(thinking.stream(told(WORDS[0]), soul))

    counted = (await line.whole(told(WORDS[0]), soul))["usage"]
    usages = [delta.usage for delta in deltas if delta.usage]
    assert [(counted["prompt_tokens"], counted["completion_tokens"])] == [
        (usage.prompt, usage.completion) for usage in usages
    ]
    assert deltas[-1].usage is not None


async def test_closing_early(blunt: Vllm, line: Line) -> None:
    """Who has heard enough closes the stream, and the server stops working on it."""
    finished = await line.counted(FINISHED)
    stream = blunt.stream(told("Hi"), ENDLESS)

    await anext(stream)
    await stream.aclose()

    await line.until(RUNNING, 0)
    assert finished == await line.counted(FINISHED)


async def test_cancelled_while_it_streams(blunt: Vllm, line: Line) -> None:
    """A turn that is cancelled leaves nothing running at the server either."""
    finished, begun = await line.counted(FINISHED), asyncio.Event()

    async def listen() -> None:
        async for _ in blunt.stream(told("Hi"), ENDLESS):
            begun.set()

    async with asyncio.TaskGroup() as group:
        listening = group.create_task(listen())
        await begun.wait()
        listening.cancel()

    await line.until(RUNNING, 0)
    assert finished == await line.counted(FINISHED)


async def test_it_runs_until_it_is_closed(blunt: Vllm, line: Line) -> None:
    """The server counts a stream as running for as long as it is open."""
    stream = blunt.stream(told("Hi"), ENDLESS)

    await anext(stream)

    await line.until(RUNNING, 1)
    await stream.aclose()
    await line.until(RUNNING, 0)


async def test_several_at_once(blunt: Vllm, line: Line) -> None:
    """Streams of two souls that run at the same time do not mix.

    The model without an adapter is left out: on the processor vLLM 0.32 takes "no adapter", which
    is slot -1, for the last slot, so in one batch with others it speaks with a foreign voice.
    """
    asked = [
        (soul, told(f"{number} {text}")) for number in range(4) for text in WORDS for soul in (A, B)
    ]

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(heard(blunt.stream(prompt, soul))) for soul, prompt in asked]

    alone = [(await line.whole(prompt, soul, **BLUNT))["content"] for soul, prompt in asked]
    assert alone == [spoken(task.result()) for task in tasks]
    assert len(set(alone)) > len(alone) / 2  # chance may say the same twice, as it may be silent


async def test_one_after_the_other(blunt: Vllm) -> None:
    """A backend answers again after an answer that nobody heard to its end."""
    stream = blunt.stream(told("never mind"), ENDLESS)
    await anext(stream)
    await stream.aclose()

    deltas = await heard(blunt.stream(told("and now this"), A))

    assert spoken(deltas)


async def test_each_soul_has_its_own_voice(blunt: Vllm) -> None:
    """The same question gets another answer from each adapter and from the model without one."""
    voices = [spoken(await heard(blunt.stream(told("Hi"), soul))) for soul in (BASE, A, B)]

    assert len(set(voices)) == 3


async def test_many_ask_for_a_new_adapter(
    blunt: Vllm, server: RealVllm, line: Line, notes: Notes
) -> None:
    """It is loaded once, and all of them are answered with it."""
    loads = server.asked(LOAD)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(heard(blunt.stream(told("Hi"), A))) for _ in range(20)]

    whole = await line.whole(told("Hi"), A, **BLUNT)
    assert {whole["content"]} == {spoken(task.result()) for task in tasks}
    assert 1 == server.asked(LOAD) - loads
    assert [] == notes.noted


async def test_an_adapter_that_is_there(blunt: Vllm, server: RealVllm, line: Line) -> None:
    """What another process has loaded is not loaded again."""
    await line.post("/v1/load_lora_adapter", lora_name=A.name, lora_path=A.adapter)
    loads = server.asked(LOAD)

    deltas = await heard(blunt.stream(told("Hi"), A))

    assert spoken(deltas)
    assert loads == server.asked(LOAD)


@pytest.mark.parametrize(
    ("soul", "why"),
    [(WIDE, "LoRA rank 64 is greater than max_lora_rank 16"), (NOWHERE, "No adapter found")],
    ids=["too wide", "missing"],
)
async def test_an_adapter_that_is_refused(
    blunt: Vllm, server: RealVllm, notes: Notes, soul: Soul, why: str
) -> None:
    """It is one clear line, however many ask, and the server is well for all others."""
    loads = server.asked(LOAD)

    reasons = [await refused(blunt, soul) for _ in range(3)]

    lines = noted(notes, "adapter refused")
    assert 1 == len(lines) == len(set(reasons)) == len(lines[0].splitlines())
    assert why in lines[0]
    assert soul.name in lines[0]
    assert 1 == server.asked(LOAD) - loads
    assert spoken(await heard(blunt.stream(told("Hi"), A)))


async def refused(backend: Vllm, soul: Soul) -> str:
    """Why *soul* does not answer."""
    with pytest.raises(AdapterRefused) as caught:
        await heard(backend.stream(told("Hi"), soul))
    return str(caught.value)


async def test_an_adapter_that_somebody_took_away(
    blunt: Vllm, server: RealVllm, line: Line
) -> None:
    """It is loaded again, and nobody notices."""
    before = spoken(await heard(blunt.stream(told("Hi"), A)))
    await line.post("/v1/unload_lora_adapter", lora_name=A.name)
    loads = server.asked(LOAD)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(heard(blunt.stream(told("Hi"), A))) for _ in range(8)]

    assert {before} == {spoken(task.result()) for task in tasks}
    assert 1 == server.asked(LOAD) - loads


async def test_more_adapters_than_the_server_has_room_for(blunt: Vllm) -> None:
    """The server puts them in and out on its own; each answers as itself."""
    souls = [replace(A, name=f"A-{number}") for number in range(3)]
    souls += [replace(B, name=f"B-{number}") for number in range(3)]

    first = [spoken(await heard(blunt.stream(told("Hi"), soul))) for soul in souls]
    again = [spoken(await heard(blunt.stream(told("Hi"), soul))) for soul in souls]

    assert first == again
    assert [1, 1] == [len(set(first[:3])), len(set(first[3:]))]
    assert first[0] != first[3]


def long_talk(messages: int) -> Prompt:
    """So many lines of 60 tokens, under a system prompt that must stay."""
    says: tuple[Message, ...] = (Message("system", "Be kind."),)
    for number in range(messages):
        says += (Message("assistant" if number % 2 else "user", " two" * 60),)
    return (*says, Message("user", "Hi"))


async def test_too_long_is_trimmed(blunt: Vllm, notes: Notes) -> None:
    """Talk beyond the server's context loses its oldest part, and is answered."""
    deltas = await heard(blunt.stream(long_talk(40), A))

    assert spoken(deltas)
    assert noted(notes, "prompt trimmed")
    assert 0 < usage(deltas) < 1024


async def test_too_long_for_one_token(blunt: Vllm, notes: Notes, line: Line) -> None:
    """Talk that fills the context to its last token leaves no room, and is trimmed as well."""
    prompt = long_talk(12)
    fits = int((await line.whole(prompt, BASE, **BLUNT))["usage"]["prompt_tokens"])
    prompt = (*prompt[:-1], Message("user", "Hi" + " two" * (1024 - fits)))

    deltas = await heard(blunt.stream(prompt, BASE))

    assert spoken(deltas)
    assert noted(notes, "prompt trimmed")


def usage(deltas: list[Delta]) -> int:
    """The tokens of the prompt that was answered."""
    return sum(delta.usage.prompt for delta in deltas if delta.usage)


async def test_a_server_that_was_restarted(blunt: Vllm, server: RealVllm, notes: Notes) -> None:
    """While it is away that is said; then its adapters are loaded again, and speak as before."""
    before = spoken(await heard(blunt.stream(told("Hi"), A)))
    await asyncio.to_thread(server.stop)
    with pytest.raises(BackendUnavailable):
        await heard(blunt.stream(told("Hi"), A))
    server.launch()
    await asyncio.to_thread(server.await_ready)
    loads = server.asked(LOAD)

    after = await patiently(blunt, A)

    assert before == after
    assert 1 == server.asked(LOAD) - loads
    assert noted(notes, "backend away")
    assert 1 == len(noted(notes, "backend back"))


async def patiently(backend: Vllm, soul: Soul) -> str:
    """What *soul* says as soon as the backend looks at its server again."""
    async with asyncio.timeout(2 * APART_S):
        while True:
            try:
                return spoken(await heard(backend.stream(told("Hi"), soul)))
            except Resting:
                await asyncio.sleep(0)
