"""What every embedder promises, whatever makes its vectors."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from anima.ports import Embedder
from backend.embedding.served import Served
from tests.contracts.embedders import ALL, likeness

ASKED = [
    pytest.param(
        "What is the name of my dog?",
        "My dog is called Mochi and his name means rice cake.",
        "The train to Kyoto leaves at nine.",
        id="en",
    ),
    pytest.param(
        "我的狗叫什么名字？",
        "我的狗叫麻糬，今年三岁了。",
        "去京都的火车九点出发。",
        id="zh",
    ),
    pytest.param(
        "私の犬の名前は何ですか？",
        "私の犬の名前はもちです。三歳になりました。",
        "京都行きの電車は九時に出ます。",
        id="ja",
    ),
]

ODD = ["", " \n\t", "\0", "a\0b", "\ud83d", "ok \udc00 ok", "😀" * 40, "\u200b", "e\u0301" * 9]
LONG = ["word " * 4000, "我家的猫很喜欢睡觉。" * 2000, "😀" * 20_000, "a" * 20_000]


@pytest.fixture(params=ALL)
async def embedder(request: pytest.FixtureRequest) -> AsyncIterator[Embedder]:
    """Each embedder in turn, ready."""
    async with ALL[request.param]() as made:
        await made.prepare()
        yield made


@pytest.mark.parametrize(("question", "answer", "unrelated"), ASKED)
async def test_a_question_is_near_its_answer(
    embedder: Embedder, question: str, answer: str, unrelated: str
) -> None:
    """In each language a question is nearer to its answer than to a line about something else."""
    (asked,) = await embedder.embed([question], asked=True)

    near, far = await embedder.embed([answer, unrelated])

    assert likeness(asked, near) > likeness(asked, far)


async def test_the_same_text_has_the_same_vector(embedder: Embedder) -> None:
    """A text means the same tomorrow, alone or among others, and as a question too."""
    one, other = "My dog is called Mochi.", "我喜欢喝茶。"

    alone = await embedder.embed([one])
    among = await embedder.embed([other, one, other])

    assert alone[0] == among[1]
    assert among[0] == among[2]
    assert await embedder.embed([one], asked=True) == await embedder.embed([one], asked=True)


async def test_who_stands_in_a_thread_asks_there(embedder: Embedder) -> None:
    """It is the same vector; only a far side has to be awaited."""
    question = "我的狗叫什么名字？" * 99
    (awaited,) = await embedder.embed([question], asked=True)

    here = embedder.now and await asyncio.to_thread(embedder.now, question)

    assert here == (None if isinstance(embedder, Served) else awaited)


async def test_each_text_has_its_vector_in_its_place(embedder: Embedder) -> None:
    """Of many texts, more than go out at once, each vector is that of its own text."""
    texts = [f"{word} {number}" for number in range(7) for word in ("tea", "犬", "電車")]

    together = await embedder.embed(texts)

    assert together == [(await embedder.embed([text]))[0] for text in texts]


async def test_vectors_have_one_form(embedder: Embedder) -> None:
    """Each is so many numbers of 32 bits as the embedder says, of length 1 together."""
    vectors = await embedder.embed(["tea", "お茶が好きです。"])

    assert [4 * embedder.dim] * 2 == [len(vector) for vector in vectors]
    assert [pytest.approx(1, abs=1e-5)] * 2 == [likeness(one, one) for one in vectors]


async def test_nothing_asked_is_nothing_answered(embedder: Embedder) -> None:
    """No texts have no vectors."""
    assert [] == list(await embedder.embed([]))


@pytest.mark.parametrize("text", ODD, ids=ascii)
async def test_odd_texts_have_vectors(embedder: Embedder, text: str) -> None:
    """What is hardly a text has a vector of length 1 all the same."""
    (vector,) = await embedder.embed([text])
    (asked,) = await embedder.embed([text], asked=True)

    assert pytest.approx(1, abs=1e-5) == likeness(vector, vector)
    assert pytest.approx(1, abs=1e-5) == likeness(asked, asked)


@pytest.mark.slow
@pytest.mark.parametrize("text", LONG, ids=["en", "zh", "emoji", "one word"])
async def test_long_texts_have_vectors(embedder: Embedder, text: str) -> None:
    """However long a text is, it has a vector of length 1."""
    (vector,) = await embedder.embed([text])

    assert pytest.approx(1, abs=1e-5) == likeness(vector, vector)


@pytest.mark.slow
async def test_a_question_passes_a_long_batch(embedder: Embedder) -> None:
    """Who asks while much is being read in does not wait until all of it is done."""
    batch = ["a long line about this and that, and tea " * 5] * 60

    async with asyncio.TaskGroup() as group:
        reading = group.create_task(embedder.embed(batch))
        await embedder.embed(["tea?"], asked=True)
        left = not reading.done()
        reading.cancel()

    assert left


async def test_it_has_a_name_that_fits(embedder: Embedder) -> None:
    """The name stands beside each vector, in at most 64 characters."""
    assert 0 < len(embedder.name) <= 64
