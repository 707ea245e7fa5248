"""Every kind of backend in one house, from a message on Telegram to what its server was asked."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from service.settings import Settings
from service.settings_checks import mistakes
from tests.far_side import replies, xfyun_replies
from tests.far_side.vllm import engine_dead
from tests.far_side.xfyun_replies import Told, Turned
from tests.mixed_house import LORA, PATCH, Mixed, able, ended, mixed

pytestmark = [pytest.mark.jumping, pytest.mark.slow]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Mixed]:
    """The far sides; each test says which soul is the first of its house."""
    async with mixed(tmp_path) as found:
        yield found


def told(body: Any) -> str:
    """All that a model was told."""
    return "\n".join(message["content"] for message in body["messages"])


async def test_a_talk_wanders_over_all_kinds(house: Mixed) -> None:
    """Each soul answers from where it lives, with its own adapter in its server's own form."""
    async with house.lives("KU5.0"):
        ann = house.talk()
        answers = [await ann.says("one")]
        for name in ("KU6.0", "KU7.0", "KU8.0", "KU1.0", "KU5.0"):
            await ann.says(f"/model use {name}")
            answers.append(await ann.says("one"))

    heard = ["ku-5 heard: one", "ku-6 heard: one", "xq heard: one", *["You said: one"] * 2]
    assert [*heard, "ku-5 heard: one"] == answers
    assert ["ku-5", "ku-6"] == house.loads
    assert LORA == house.cloud.requests[0].headers["lora_id"]
    assert [PATCH] == house.spark.requests[0].frame["header"]["patch_id"]


@pytest.mark.parametrize("name", ["KU5.0", "KU7.0", "KU8.0"])
async def test_the_whole_history_goes_along(house: Mixed, name: str) -> None:
    """What was said before is told again, theirs and ours, and the thoughts of neither."""
    thought = replies.streamed(["second answer"], thoughts=["hm, a cat"])
    house.cloud.script("first answer", thought)
    house.spark.script("first answer", xfyun_replies.streamed(["second answer"], thoughts=["hm"]))
    for gpu in house.gpus:
        gpu.script("first answer", thought)
    async with house.lives(name):
        ann = house.talk()
        for text in ("my cat is Miso", "and my dog is Bo", "who are they?"):
            await ann.says(text)

    requests = [*house.gpus[0].requests, *house.gpus[1].requests, *house.cloud.requests]
    shown = told(requests[-1].body) if requests else str(house.spark.requests[-1].text)
    for words in ("Miso", "first answer", "Bo", "second answer", "who are they?"):
        assert words in shown
    assert "hm" not in shown.split("first answer")[1]


@pytest.mark.parametrize("name", ["KU5.0", "KU7.0", "KU8.0"])
async def test_a_history_over_the_limit_is_shortened_here(house: Mixed, name: str) -> None:
    """The oldest talk is left out to fit `context`; who it is and what was just said stay."""
    small = {where: {"context": 3500, "max_tokens": 500} for where in ("gpu", "cloud", "spark")}
    async with house.lives(name, backends=small):
        ann = house.talk()
        for number in range(12):
            await ann.says(f"number {number} " + "word " * 300)
        await ann.says("the end?")

    requests = [*house.gpus[0].requests, *house.gpus[1].requests, *house.cloud.requests]
    shown = told(requests[-1].body) if requests else str(house.spark.requests[-1].text)
    assert "number 0" not in shown
    assert "number 11" in shown
    assert "the end?" in shown
    assert "Kokoro" in shown


async def test_twenty_at_once_load_each_adapter_once(house: Mixed) -> None:
    """All are answered, and each server was asked to load each adapter once."""
    async with house.lives("KU5.0"):
        ann = house.talk()
        people = [house.talk(number, f"P{number}") for number in range(20, 40)]
        for person in people:
            person.tells("hello")
        answers = [(await house.inside.gets(one.person))[0] for one in people]
        for person in people[:10]:
            person.tells("again")
        await ann.says("/model use KU6.0 everywhere")
        for person in people[10:]:
            person.tells("and now?")
        later = [(await house.inside.gets(one.person, 2))[1] for one in people[10:]]

    assert ["ku-5 heard: hello"] * 20 == answers
    assert ["ku-6 heard: and now?"] * 10 == later
    assert ["ku-5", "ku-6"] == house.loads


async def test_adapters_that_a_restart_lost(house: Mixed) -> None:
    """They are loaded again, and who asks notices nothing."""
    async with house.lives("KU5.0"):
        ann = house.talk()
        before = await ann.says("one")
        for gpu in house.gpus:
            await gpu.restart()

        after = [await ann.says("two"), await ann.says("three")]

    assert "ku-5 heard: one" == before
    assert ["ku-5 heard: two", "ku-5 heard: three"] == after
    assert ["ku-5", "ku-5"] == house.loads


async def test_a_replica_that_dies_in_mid_talk(house: Mixed) -> None:
    """The other one loads the adapter and answers; with both gone the fallback does."""
    async with house.lives("KU5.0"):
        ann = house.talk()
        answers = [await ann.says("one")]
        home = next(gpu for gpu in house.gpus if gpu.loads)
        other = next(gpu for gpu in house.gpus if gpu is not home)
        await home.stop()
        answers.append(await ann.says("two"))
        await other.stop()
        bob = house.talk(8, "Bob")
        answers.append(await bob.says("three"))
        await home.start()
        home.adapters.clear()
        await other.start()
        await house.inside.clock.sleep(90)
        answers.append(await bob.says("four"))

    assert "ku-5 heard: one" == answers[0]
    assert "ku-5 heard: two" == answers[1]
    assert "You said: three" == answers[2]
    assert "ku-5 heard: four" == answers[3]
    assert ["ku-5"] == other.loads


@pytest.mark.parametrize("fault", ["rank", "path"])
async def test_an_adapter_that_the_server_refuses(house: Mixed, fault: str) -> None:
    """The fallback answers each time, and the log has one line for the owner, not one a message."""
    if fault == "rank":
        for gpu in house.gpus:
            gpu.max_lora_rank = 4
    else:
        house.paths["KU5.0"] = "/nowhere/ku-5"
    async with house.lives("KU5.0"):
        bob = house.talk(8, "Bob")
        answers = [await bob.says(text) for text in ("one", "two", "three")]

    assert ["You said: one", "You said: two", "You said: three"] == answers
    refused = house.events("adapter refused")
    assert 2 == len(refused)  # one for each server
    assert ("max_lora_rank 4" if fault == "rank" else "/nowhere/ku-5") in refused[0]["reason"]
    assert [] == house.loads


@pytest.mark.parametrize(
    ("text", "language", "refused"),
    [
        ("tell me", "en", "another road"),
        ("告诉我那件事吧", "zh-hans", "换个话题"),
        ("それを教えてください", "ja", "別のお話"),
    ],
)
async def test_input_that_spark_blocks(
    house: Mixed, text: str, language: str, refused: str
) -> None:
    """The persona declines in its own words and the person's language; nobody else is asked."""
    house.spark.script(Told([xfyun_replies.code(10013, "sensitive input")]))
    async with house.lives("KU8.0") as inside:
        said = await house.talk(8, "Bob", language).says(text)
        outcomes = await ended(inside, 1)

    assert refused in said
    assert "10013" not in said
    assert ["refused"] == outcomes
    assert [] == inside.model.requests


async def test_a_prompt_that_spark_finds_too_long(house: Mixed) -> None:
    """It is asked again with less, and answers; the person sees no more than the answer."""
    async with house.lives("KU8.0"):
        ann = house.talk()
        for text in ("one", "two", "three"):
            await ann.says(text)
        house.spark.script(Told([xfyun_replies.code(10907, "too many tokens")]))
        answer = await ann.says("four")

    assert "You said: four" == answer
    asked = [len(one.text) for one in house.spark.requests[-2:]]
    assert asked[0] > asked[1]
    assert 1 == len(house.events("prompt trimmed"))


@pytest.mark.parametrize(
    "fault",
    [
        Told([xfyun_replies.code(11200, "no licence")]),
        Told([xfyun_replies.code(11201, "day quota")]),
        Told([xfyun_replies.code(10016, "app id")]),
        Told(["close"]),
        Told(["cut"]),
        Told(["hang"]),
        Told(["{nonsense"]),
        Turned(401, {"message": "HMAC signature does not match"}),
        Turned(403, {"message": "a valid date is required"}),
        Turned(500, "oops"),
    ],
)
async def test_spark_that_fails_before_its_first_word(house: Mixed, fault: Told | Turned) -> None:
    """The fallback answers."""
    house.spark.script(*[fault] * 5)
    async with house.lives("KU8.0"):
        said = await house.talk(8, "Bob").says("hello")

    assert "You said: hello" == said
    assert 1 == len(house.events("fell back"))


@pytest.mark.parametrize("fault", ["secret", "clock"])
async def test_a_signature_that_is_no_good(house: Mixed, fault: str) -> None:
    """A wrong secret, or a clock that is off, is told to the log, and the fallback answers."""
    if fault == "secret":
        house.spark.secret = "another"
    else:
        house.spark.clock = type("Ahead", (), {"now": lambda _: _later()})()
    async with house.lives("KU8.0"):
        said = await house.talk(8, "Bob").says("hello")

    assert "You said: hello" == said
    assert "refused our signature" in house.events("fell back")[0]["reason"]


def _later() -> Any:
    return datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("hello there", "en", "error occurred"),
        ("你好，今天怎么样？", "zh-hans", "出现错误"),
        ("こんにちは、元気ですか？", "ja", "エラーが発生しました"),
    ],
)
@pytest.mark.parametrize("step", ["close", "cut", xfyun_replies.code(10014, "output")])
async def test_spark_that_ends_too_soon(
    house: Mixed, step: str, text: str, language: str, words: str
) -> None:
    """What was said stands, and a line with a reference follows in the person's language."""
    begun = xfyun_replies.streamed(["One whole line.\n\n", "And ", "another"])
    house.spark.script("Hi.")
    house.spark.script(xfyun_replies.broken(begun, step, after=3))
    async with house.lives("KU8.0") as inside:
        bob = house.talk(8, "Bob", language)
        await bob.says(text)  # from now on she is known to think before she speaks
        bob.tells(text)
        outcomes = (await ended(inside, 2))[1:]
        await inside.rests()
        said = bob.texts[1:]

    assert "One whole line." == said[0]
    assert [] == inside.model.requests
    if step in {"close", "cut"}:
        assert words in said[-1]
        assert ["failed"] == outcomes
        reference = house.events("turn failed")[0]["reference"]
        assert f"({reference})" in said[-1]
    else:
        assert ["refused"] == outcomes


@pytest.mark.parametrize(
    ("code", "outcome"), [(10013, "refused"), (11200, "failed"), ("10110", "failed")]
)
async def test_an_error_chunk_of_maas_in_mid_stream(
    house: Mixed, code: int | str, outcome: str
) -> None:
    """It ends the answer, and neither its number nor its words reach the person."""
    begun = replies.streamed(["One whole line.\n\n", "And ", "another"])
    step = replies.iflytek(code, "EngineInternalError:secret")
    house.cloud.script("Hi.", replies.broken(begun, step, after=4))
    async with house.lives("KU7.0") as inside:
        bob = house.talk(8, "Bob")
        await bob.says("hello")
        bob.tells("tell me more")
        outcomes = await ended(inside, 2)
        await inside.rests()
        said = bob.texts[1:]

    assert ["answered", outcome] == outcomes
    assert "One whole line." == said[0]
    assert 2 == len(said)
    assert "EngineInternal" not in said[1]
    assert str(code) not in said[1]


async def test_an_error_chunk_of_maas_at_the_beginning(house: Mixed) -> None:
    """It is a failure before the first word: the fallback answers."""
    house.cloud.script(replies.Reply([replies.iflytek(11200, "no licence")]))
    async with house.lives("KU7.0"):
        said = await house.talk(8, "Bob").says("hello")

    assert "You said: hello" == said


def thinking(texts: list[str], thoughts: list[str]) -> dict[str, Any]:
    """The same answer by all servers: thoughts apart, and words."""
    http = replies.streamed(texts, thoughts=thoughts, thought_field="reasoning_content")
    return {"gpu": http, "cloud": http, "spark": xfyun_replies.streamed(texts, thoughts=thoughts)}


def scripted(house: Mixed, script: dict[str, Any]) -> None:
    """Lay it down everywhere."""
    for gpu in house.gpus:
        gpu.script(script["gpu"])
    house.cloud.script(script["cloud"])
    house.spark.script(script["spark"])


KINDS = pytest.mark.parametrize("name", ["KU5.0", "KU7.0", "KU8.0"])


@KINDS
@pytest.mark.parametrize(
    ("texts", "thoughts"),
    [
        (["Good ", "day."], ["they say hello, ", "I shall too"]),
        (["<think>they say", " hello</think>", "Good ", "day."], []),
        (["they say hello\n</thi", "nk>\n\nGood day."], []),
        (["<thi", "nk>they say hello</think>Good day."], ["they say"]),
    ],
)
async def test_thoughts_are_never_shown(
    house: Mixed, name: str, texts: list[str], thoughts: list[str]
) -> None:
    """Whether the server parts them, or the model's tags do, or only the closing one."""
    scripted(house, thinking(texts, thoughts))
    async with house.lives(name) as inside:
        bob = house.talk(8, "Bob")
        bob.tells("hello")
        await ended(inside, 1)
        await inside.rests()

    assert ["Good day."] == bob.texts


@KINDS
async def test_all_in_the_thoughts_and_nothing_said(house: Mixed, name: str) -> None:
    """An apology, and not the thought."""
    scripted(house, thinking([], ["they say hello, ", "I shall say good day"]))
    async with house.lives(name) as inside:
        bob = house.talk(8, "Bob")
        bob.tells("hello")
        outcomes = await ended(inside, 1)
        await inside.rests()

    assert ["failed"] == outcomes
    assert 1 == len(bob.texts)
    assert "server error" in bob.texts[0]


async def test_two_thousand_tokens_over_spark(house: Mixed) -> None:
    """They all arrive, in order, in messages that Telegram takes."""
    words = [f"w{number}。\n\n" if number % 25 == 24 else f"w{number} " for number in range(2000)]
    house.spark.script(xfyun_replies.streamed(words))
    async with house.lives("KU8.0") as inside:
        bob = house.talk(8, "Bob")
        bob.tells("all of it, please")
        outcomes = await ended(inside, 1)
        await inside.rests()
        rows = inside.rows("SELECT prompt_tokens, completion_tokens FROM turn")

    assert ["answered"] == outcomes
    assert "".join("".join(words).split()) == "".join("".join(bob.texts).split())
    assert [(14, 2000)] == rows


@KINDS
async def test_an_emoji_in_halves(house: Mixed, name: str) -> None:
    """Bytes and surrogates of one character may come apart; what arrives is the character."""
    family, flag = "\U0001f468‍\U0001f469‍\U0001f467", "\U0001f1ef\U0001f1f5"
    texts = [f"Look {family[:2]}", f"{family[2:]} and {flag[:1]}", f"{flag[1:]} nice"]
    script = thinking(texts, [])
    scripted(house, script | {key: replies.recut(script[key], 3) for key in ("gpu", "cloud")})
    async with house.lives(name):
        said = await house.talk(8, "Bob").says("hello")

    assert f"Look {family} and {flag} nice" == said


def _bom(reply: replies.Reply) -> replies.Reply:
    return replies.Reply([b"\xef\xbb\xbf", *reply.steps], headers=reply.headers)


def _gzipped(reply: replies.Reply) -> replies.Reply:
    wire = b"".join(step for step in reply.steps if isinstance(step, bytes))
    packed = gzip.compress(wire)
    pieces = [packed[at : at + 7] for at in range(0, len(packed), 7)]
    return replies.Reply(pieces, headers={"Content-Encoding": "gzip"})


def _closing(reply: replies.Reply) -> replies.Reply:
    return replies.Reply(reply.steps, headers={"Connection": "close"})


def _null(_reply: replies.Reply) -> replies.Reply:
    return replies.Reply(
        [
            replies.chunk({"role": "assistant", "content": None}),
            replies.chunk({"content": None, "reasoning": None, "tool_calls": None}),
            replies.chunk({"content": "Good "}),
            replies.chunk({"content": None}),
            replies.chunk({"content": "day."}, None, usage=None),
            replies.chunk({"content": None}, "stop", usage=None),
            replies.DONE,
        ]
    )


def _uncounted(_reply: replies.Reply) -> replies.Reply:
    return replies.streamed(["Good ", "day."], usage=False)


def _undone(_reply: replies.Reply) -> replies.Reply:
    return replies.streamed(["Good ", "day."], usage=False, done=False)


def _whole(_reply: replies.Reply) -> replies.Reply:
    return replies.whole("Good day.")


@pytest.mark.parametrize("name", ["KU5.0", "KU7.0"])
@pytest.mark.parametrize(
    "odd", [_bom, replies.crlf, _gzipped, _closing, _null, _uncounted, _undone, _whole]
)
async def test_servers_with_odd_habits(
    house: Mixed, name: str, odd: Callable[[replies.Reply], replies.Reply]
) -> None:
    """Marks, line ends, packing, nulls, no counts, no end mark: the answer is the answer."""
    reply = odd(replies.streamed(["Good ", "day."]))
    scripted(house, {"gpu": reply, "cloud": reply, "spark": ""})
    async with house.lives(name) as inside:
        bob = house.talk(8, "Bob")
        bob.tells("hello")
        outcomes = await ended(inside, 1)
        await inside.rests()
        again = await bob.says("and again?")

    assert ["answered"] == outcomes
    assert "Good day." == bob.texts[0]
    assert again.endswith("heard: and again?")


async def _ancient(reading: asyncio.StreamReader, writing: asyncio.StreamWriter) -> None:
    """Speaks HTTP/1.0: no length and no chunks, the end of the line is the end of the answer."""
    await reading.readuntil(b"\r\n\r\n")
    writing.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
    for step in replies.streamed(["Good ", "day."]).steps:
        assert isinstance(step, bytes)
        writing.write(step)
    writing.close()


async def test_a_server_of_http_1_0(house: Mixed) -> None:
    """An answer that ends with its line is whole, time after time."""
    async with await asyncio.start_server(_ancient, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        cloud = {"cloud": {"base_url": f"http://127.0.0.1:{port}/v2"}}
        async with house.lives("KU7.0", backends=cloud):
            bob = house.talk(8, "Bob")
            answers = [await bob.says(text) for text in ("one", "two")]

    assert ["Good day."] * 2 == answers


@KINDS
async def test_a_slow_trickle(house: Mixed, name: str) -> None:
    """A word every twelve seconds is an answer, as long as the whole stays in its limit."""
    scripted(house, thinking(["Hi."], []))
    scripted(house, thinking(["Good ", "day ", "to ", "you."], []))
    async with house.lives(name):
        bob = house.talk(8, "Bob")
        await bob.says("hello")
        for far_side in (*house.gpus, house.cloud, house.spark):
            far_side.delay_s = 12
        said = await bob.says("hello again")

    assert "Good day to you." == said


@KINDS
async def test_a_trickle_without_end(house: Mixed, name: str) -> None:
    """The total limit ends it: an apology, and the server is hung up on."""
    scripted(house, thinking(["Hi."], []))
    scripted(house, thinking(["word "] * 60, []))
    short = {where: {"timeout_total_s": 40} for where in ("gpu", "cloud", "spark")}
    async with house.lives(name, backends=short) as inside:
        bob = house.talk(8, "Bob")
        await bob.says("hello")
        for far_side in (*house.gpus, house.cloud, house.spark):
            far_side.delay_s = 12
        began = inside.clock.elapsed()
        bob.tells("hello again")
        outcomes = (await ended(inside, 2))[1:]
        seconds = inside.clock.elapsed() - began
        await inside.rests()
        opened = [far_side.open for far_side in (*house.gpus, house.cloud, house.spark)]

    assert ["failed"] == outcomes
    assert 35 < seconds < 60
    assert "connection error" in bob.texts[-1]
    assert [0, 0, 0, 0] == opened


@KINDS
async def test_stopping_in_mid_answer(house: Mixed, name: str) -> None:
    """The turn is parked with what was said of it, and the next start says the rest, once."""
    far = (*house.gpus, house.cloud, house.spark)
    whole = thinking(["One whole line.\n\n", "Two whole lines.\n\n", "Three."], [])
    scripted(house, thinking(["Hi."], []))
    scripted(house, whole)
    async with house.lives(name, pace={"drain_s": 10}) as inside:
        bob = house.talk(8, "Bob")
        await bob.says("hello")
        await inside.rests()
        for far_side in far:
            far_side.hold()
            far_side.step(2 if far_side is house.spark else 3)
        bob.tells("tell me all")
        first = (await inside.gets(bob.person, 2))[1:]
    hung_up = sum(far_side.cancelled for far_side in far), sum(far_side.open for far_side in far)
    parked = inside.rows("SELECT outcome FROM turn ORDER BY id")
    scripted(house, whole)
    async with house.lives(name) as inside:
        bob = house.talk(8, "Bob")
        outcomes = await ended(inside, 2)
        await inside.rests()
        rest = bob.texts

    assert ["One whole line."] == first
    assert (1, 0) == hung_up
    assert ["answered", None] == parked
    assert ["answered", "answered"] == outcomes
    assert ["Two whole lines.", "Three."] == rest


@KINDS
async def test_somebody_adds_a_message(house: Mixed, name: str) -> None:
    """The server sees that nobody listens any more, and the next question has both messages."""
    far = (*house.gpus, house.cloud, house.spark)
    async with house.lives(name) as inside:
        bob = house.talk(8, "Bob")
        for far_side in far:
            far_side.hold()
            far_side.step(2)
        bob.tells("one")
        asked = await _asked(house, 1)
        bob.tells("two")
        await asked.until(lambda: asked.cancelled == 1)
        for far_side in far:
            far_side.flow()
        said = await inside.gets(bob.person)
        await inside.rests()
        outcomes = inside.rows("SELECT outcome FROM turn")

    last = asked.requests[-1]
    shown = told(last.body) if hasattr(last, "body") else str(last.text)
    assert 1 == asked.cancelled
    assert 1 == len(said)
    assert "one" in shown
    assert "two" in shown
    assert ["answered"] == outcomes


async def _asked(house: Mixed, count: int) -> Any:
    """The far side that was asked so often."""
    far = (*house.gpus, house.cloud, house.spark)
    while True:
        for far_side in far:
            if len(far_side.requests) >= count:
                return far_side
        await house.inside.clock.sleep(0.05)


async def test_an_engine_that_died_behind_its_server(house: Mixed) -> None:
    """A vLLM that answers for a dead engine is left for the other one, and nobody sees it."""
    async with house.lives("KU5.0"):
        bob = house.talk(8, "Bob")
        await bob.says("one")
        home = next(gpu for gpu in house.gpus if gpu.loads)
        home.otherwise = engine_dead()
        answers = [await bob.says(text) for text in ("two", "three", "four", "five")]

    assert [f"ku-5 heard: {text}" for text in ("two", "three", "four", "five")] == answers


REMEMBER = '{"name": "remember", "arguments": {"text": "Bob likes tea"}}'


def native(name: str, arguments: str, content: str | None = None) -> replies.Reply:
    """An answer that only calls a tool, as vLLM streams it."""
    call = {"index": 0, "id": "call_1", "type": "function"}
    return replies.Reply(
        [
            replies.chunk({"role": "assistant", "content": content}),
            replies.chunk({"tool_calls": [{**call, "function": {"name": name, "arguments": ""}}]}),
            *[
                replies.chunk({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]})
                for piece in (arguments[:9], arguments[9:])
            ],
            replies.chunk({}, "tool_calls"),
            replies.DONE,
        ]
    )


NATIVE = {"gpu": {"tools": "native"}, "cloud": {"tools": "native"}}


async def test_a_server_that_refuses_tools(house: Mixed, tmp_path: Path) -> None:
    """It is asked without them, at once and from then on, and the person notices nothing."""

    def picky(body: Any) -> str | replies.Reply:
        if "tools" in body:
            words = '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser'
            return replies.error(400, words, "BadRequestError")
        return "Good day."

    for gpu in house.gpus:
        gpu.otherwise = picky
    persona = able(tmp_path, "remember", "recall")
    async with house.lives("KU5.0", persona=persona, backends=NATIVE):
        bob = house.talk(8, "Bob")
        answers = [await bob.says(text) for text in ("one", "two")]

    requests = [one.body for gpu in house.gpus for one in gpu.requests]
    assert ["Good day."] * 2 == answers
    assert [True, False, False] == ["tools" in body for body in requests]
    assert 1 == len(house.events("tools refused by the server"))
    assert [] == house.events("fell back")


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        *[(name, wire) for name in ("KU5.0", "KU7.0") for wire in ("native", "prompt")],
        ("KU8.0", "prompt"),  # the WebSocket knows no function calls
    ],
)
async def test_a_note_is_kept_and_words_follow(
    house: Mixed, tmp_path: Path, name: str, wire: str
) -> None:
    """What the model wants kept is a row, and the answer is in words."""
    call = native("remember", '{"text": "Bob likes tea"}') if wire == "native" else REMEMBER
    spoken = thinking(["Noted, ", "tea it is."], [])
    scripted(house, {"gpu": call, "cloud": call, "spark": REMEMBER})
    scripted(house, spoken)
    persona = able(tmp_path, "remember", "recall", "remind")
    backends = NATIVE if wire == "native" else {}
    async with house.lives(name, persona=persona, backends=backends) as inside:
        bob = house.talk(8, "Bob")
        bob.tells("I like tea")
        outcomes = await ended(inside, 1)
        await inside.rests()
        notes = inside.rows("SELECT text FROM note")

    assert ["answered"] == outcomes
    assert ["Noted, tea it is."] == bob.texts
    assert ["Bob likes tea"] == notes
    asked = house.gpus[0].requests + house.gpus[1].requests + house.cloud.requests
    assert all(("tools" in one.body) == (wire == "native") for one in asked)


@pytest.mark.parametrize("wire", ["native", "prompt"])
async def test_a_reminder_in_four_seconds(house: Mixed, tmp_path: Path, wire: str) -> None:
    """It arrives as a bubble of its own, and once."""
    arguments = '{"text": "drink tea", "when": "in 4s"}'
    call: Any = native("remind", arguments)
    if wire == "prompt":
        call = f'{{"name": "remind", "arguments": {arguments}}}'
    for gpu in house.gpus:
        gpu.script(call, "I will tell you, Sensei.")
    backends = NATIVE if wire == "native" else {}
    async with house.lives("KU5.0", persona=able(tmp_path, "remind"), backends=backends) as inside:
        bob = house.talk(8, "Bob")
        began = inside.clock.elapsed()
        await bob.says("remind me of my tea in 4s")
        texts = await inside.gets(bob.person, 2)
        seconds = inside.clock.elapsed() - began
        await inside.clock.sleep(30)
        await inside.rests()
        after = bob.texts

    assert "I will tell you, Sensei." == texts[0]
    assert "drink tea" in texts[1]
    assert 4 <= seconds < 8
    assert texts == after


async def test_a_reminder_survives_a_restart(house: Mixed, tmp_path: Path) -> None:
    """Who stopped before it was due tells it after the next start, once."""
    arguments = '{"text": "drink tea", "when": "in 9s"}'
    for gpu in house.gpus:
        gpu.script(f'{{"name": "remind", "arguments": {arguments}}}', "I will.")
    persona = able(tmp_path, "remind")
    async with house.lives("KU5.0", persona=persona) as inside:
        await house.talk(8, "Bob").says("remind me of my tea")
        await inside.rests()
    async with house.lives("KU5.0", persona=persona) as inside:
        bob = house.talk(8, "Bob")
        texts = await inside.gets(bob.person)
        await inside.clock.sleep(30)
        await inside.rests()
        after = bob.texts
    async with house.lives("KU5.0", persona=persona) as inside:
        third = house.talk(8, "Bob")
        await inside.clock.sleep(30)
        last = third.texts

    assert "drink tea" in texts[0]
    assert 1 == len(after)
    assert [] == last


@pytest.mark.parametrize("wire", ["native", "prompt"])
async def test_silence_in_a_group(house: Mixed, tmp_path: Path, wire: str) -> None:
    """Nothing is said, and the turn is a silent one; the next answer is as ever."""
    call: Any = native("silence", "{}") if wire == "native" else '{"tool": "silence"}'
    for gpu in house.gpus:
        gpu.script(call, "Here I am.")
    backends = NATIVE if wire == "native" else {}
    async with house.lives("KU5.0", persona=able(tmp_path, "silence"), backends=backends) as inside:
        bob = inside.person(8, "Bob")
        group = inside.telegram.group(owner=bob)
        inside.telegram.says(group, bob, "@anima_test_bot never mind")
        outcomes = await ended(inside, 1)
        await inside.rests()
        said = inside.telegram.texts(group)
        inside.telegram.says(group, bob, "@anima_test_bot are you there?")
        again = await inside.gets(group)

    assert ["silent"] == outcomes
    assert [] == said
    assert ["Here I am."] == again


MALFORMED = {
    "cut off": '{"name": "remember", "arguments": {"text": "Bob likes t',
    "a tag without an end": '<tool_call>\n{"name": "remember", "arguments": {"text": "Bo"',
    "an unknown tool": '<tool_call>{"name": "hammer", "arguments": {"nail": 1}}</tool_call>',
    "a list that is none": '[TOOL_CALLS] [{"name": "remember", "arguments": [}]',
    "no arguments": '{"tool": "remember"}',
    "a fence": '```json\n{"tool": "remember", "text": }\n```',
    "DeepSeek": "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>remember\n"
    "```json\n{",
}


@pytest.mark.parametrize("dress", MALFORMED.values(), ids=MALFORMED)
@pytest.mark.parametrize("name", ["KU5.0", "KU8.0"])
async def test_malformed_calls_are_never_shown(
    house: Mixed, tmp_path: Path, name: str, dress: str
) -> None:
    """What cannot be repaired is dropped, and the words beside it, or after it, are the answer."""
    pieces = ["Good day.\n\n", *[dress[at : at + 5] for at in range(0, len(dress), 5)]]
    scripted(house, thinking(pieces, []))
    persona = able(tmp_path, "remember", "recall", "remind", "silence")
    async with house.lives(name, persona=persona) as inside:
        bob = house.talk(8, "Bob")
        bob.tells("hello")
        outcomes = await ended(inside, 1)
        await inside.rests()

    assert ["answered"] == outcomes
    assert ["Good day."] == bob.texts


@pytest.mark.parametrize("arguments", ["", "{", "null", "[]", '{"text": 5}', '{"txt": "Bo"}', "Bo"])
async def test_native_calls_with_odd_arguments(
    house: Mixed, tmp_path: Path, arguments: str
) -> None:
    """They are repaired or dropped; words follow in any case."""
    for gpu in house.gpus:
        gpu.script(native("remember", arguments), "Good day.")
    async with house.lives("KU5.0", persona=able(tmp_path, "remember"), backends=NATIVE) as inside:
        bob = house.talk(8, "Bob")
        bob.tells("hello")
        outcomes = await ended(inside, 1)
        await inside.rests()

    assert ["answered"] == outcomes
    assert ["Good day."] == bob.texts


def test_wrong_combinations_are_one_clear_line_each() -> None:
    """For each kind of server: what is wrong, at which key, before anything starts."""
    keys = {"app_id": "a", "api_key": "k", "api_secret": "s"}
    spark = {"kind": "xfyun", **keys}
    cloud = {"kind": "maas", "base_url": "https://a/v2", "api_key": "k"}
    vllm = {"kind": "vllm", "base_url": "http://a/v1"}
    one_address = "'maas' has one address; only vllm takes several"
    no_adapters = "'openai' loads no adapters; use a backend of kind vllm, maas or xfyun"
    taken = "'m' is the name of another adapter already; an adapter is never replaced"
    no_calls = "'xfyun' has no function calls of its own"
    found = [
        wrongs({"kind": "vllm"}, {}),
        wrongs({"kind": "maas", "base_url": ["http://a", "http://b"]}, {}),
        wrongs(cloud, {"adapter": "资源"}),
        wrongs(spark, {}),
        wrongs({**spark, "url": "wss://ann:canary@a/b?k=canary"}, {"model": "xs"}),
        wrongs({**spark, "tools": "native"}, {"model": "xs"}),
        wrongs({**spark, "domain": "d"}, {}),
        wrongs({"kind": "openai", "base_url": "http://a/v1"}, {"adapter": "/x"}),
        wrongs(vllm, {"model": "m", "adapter": "/x"}, {"model": "m", "adapter": "/y"}),
    ]

    assert [
        ["backends.default.base_url: missing; say where the server is, like https://host/v1"],
        [f"backends.default.base_url: {one_address}"],
        ["souls.0.adapter: '资源' is no resource id; no header can carry it"],
        ["souls.0.model: missing; name it here or in backends.default.domain"],
        ["backends.default.url: it is no WebSocket address; it is like wss://host/v1.1/chat"],
        [f'backends.default.tools: {no_calls}; use "prompt" or "off"'],
        [],
        [f"souls.0.adapter: {no_adapters}, or name what it serves in model"],
        [f"souls.1.model: {taken}, so give each its own"],
    ] == found


def wrongs(backend: Mapping[str, object], *souls: Mapping[str, object]) -> list[str]:
    """What is wrong with these tables."""
    named = [{"name": f"KU{number}.0", **soul} for number, soul in enumerate(souls)]
    return mistakes(Settings.model_validate({"backends": {"default": backend}, "souls": named}))
