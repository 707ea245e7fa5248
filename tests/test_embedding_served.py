"""A server of embeddings that fails in all the ways in which servers fail."""

import base64
import json
import struct
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any, Final

import pytest

from anima.errors import ConfigError, EmbeddingUnavailable
from backend.embedding.answers import vectors
from backend.embedding.hashed import Hashed
from backend.embedding.served import REST_S, Served
from tests.backend_fakes import HastyClock, Notes
from tests.far_side.embeddings import EmbeddingServer
from tests.far_side.faults import Fault

KEY: Final = "made-up-key-of-nobody-1234"


@dataclass
class World:
    """An embedder and the server at its far side."""

    server: EmbeddingServer
    embedder: Served
    clock: HastyClock
    notes: Notes

    async def failure(self, *, asked: bool = False) -> str:
        """Why *tea* has no vector."""
        with pytest.raises(EmbeddingUnavailable) as failure:
            await self.embedder.embed(["tea"], asked=asked)
        return str(failure.value)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """A server that is well."""
    clock, notes = HastyClock(), Notes()
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(EmbeddingServer(key=KEY))
        made = Served(
            server.url,
            "hashes",
            clock=clock,
            witness=notes,
            api_key=KEY,
            timeout_s=0.3,
            chance=lambda: 0.5,
        )
        yield World(server, await stack.enter_async_context(made), clock, notes)


async def test_what_goes_out(world: World) -> None:
    """A request holds the model, the texts and the short form, and nothing of this machine."""
    await world.embedder.embed(["tea", "お茶"])

    (asked,) = world.server.requests

    assert {"model": "hashes", "input": ["tea", "お茶"], "encoding_format": "base64"} == asked.body
    assert f"Bearer {KEY}" == asked.headers["Authorization"]
    assert "anima" == asked.headers["User-Agent"]


async def test_many_texts_are_many_requests(world: World) -> None:
    """A long batch is cut, so that no answer holds the loop for long."""
    found = await world.embedder.embed([f"tea {number}" for number in range(20)])

    sizes = [len(asked.texts) for asked in world.server.requests]

    assert [8, 8, 4] == sizes
    assert list(await Hashed().embed([f"tea {number}" for number in range(20)])) == [
        pytest.approx(one) for one in found
    ]


async def test_long_answers_are_made_shorter(world: World) -> None:
    """Where vectors are so long that reading eight holds the loop, fewer are asked for at once."""
    listed = [{"index": at, "embedding": [0.123456789012345] * 2000} for at in range(8)]
    world.server.faults.add("embeddings", Fault.garbage(json.dumps({"data": listed})))
    world.server.faults.add("embeddings", Fault.status(413, "enough is seen"))

    with pytest.raises(EmbeddingUnavailable, match="enough"):
        await world.embedder.embed([f"tea {number}" for number in range(20)])

    assert [8, 2] == [len(asked.texts) for asked in world.server.requests[:2]]


async def test_a_server_without_base64(world: World) -> None:
    """One that knows only the long form is asked for it at once, and from then on."""
    world.server.short = False

    for _ in range(2):
        await world.embedder.embed(["tea"])

    forms = [asked.body.get("encoding_format") for asked in world.server.requests]
    assert ["base64", None, None] == forms


@pytest.mark.parametrize(
    "fault",
    [Fault.slow_down(3), Fault.gateway(502), Fault.status(500, "boom"), Fault.cut(), Fault.slow(2)],
    ids=["429", "502", "500", "cut", "silence"],
)
async def test_a_passing_trouble_passes(world: World, fault: Fault) -> None:
    """What is not asked is tried again; that it was away, and is back, is told once."""
    world.server.faults.add("embeddings", fault)

    found = await world.embedder.embed(["tea"])

    assert 1 == len(found)
    assert [3 if fault.code == 429 else 0.5] == world.clock.slept
    assert ["embeddings away", "embeddings back"] == [event for event, _ in world.notes.noted]


async def test_it_is_not_tried_for_ever(world: World) -> None:
    """After three attempts it is given up, in one line."""
    world.server.faults.add("embeddings", Fault.status(503, "busy"), times=None)

    actual = await world.failure()

    assert actual == "the server answered 503: busy"
    assert 3 == len(world.server.requests)


async def test_too_much_patience_is_not_had(world: World) -> None:
    """A server that asks for an hour is not waited for."""
    world.server.faults.add("embeddings", Fault.slow_down(3600))

    actual = await world.failure()

    assert "429" in actual
    assert [] == world.clock.slept


async def test_a_question_is_not_tried_again(world: World) -> None:
    """A question fails at once, and after it all for a while; then the server is asked again."""
    world.server.faults.add("embeddings", Fault.cut())

    reasons = [await world.failure(asked=True) for _ in range(2)]
    await world.clock.sleep(REST_S)
    found = await world.embedder.embed(["tea"], asked=True)

    assert "dead" in reasons[0]
    assert "hashes did not answer lately" == reasons[1]
    assert 2 == len(world.server.requests)
    assert 1 == len(found)


async def test_a_wrong_key_is_told_without_it(world: World) -> None:
    """What the server says of a key never holds the key."""
    world.server.key = "another"
    world.server.faults.add("embeddings", Fault.status(401, f"Incorrect API key: {KEY}"))

    reasons = [await world.failure() for _ in range(2)]

    assert all(reason.startswith("the server answered 401") for reason in reasons)
    assert KEY not in "".join(reasons)
    assert [("embeddings away", {"embedder": "hashes", "reason": reasons[0]})] == (
        world.notes.noted
    )


@pytest.mark.parametrize("code", [400, 401, 403, 404])
async def test_who_refuses_all_is_away(world: World, code: int) -> None:
    """A server that has never taken a text is told once, and no question waits for its next no."""
    world.server.faults.add("embeddings", Fault.status(code, "no"), times=None)

    reasons = [await world.failure(asked=True) for _ in range(2)]

    assert [f"the server answered {code}: no", "hashes did not answer lately"] == reasons
    assert ["embeddings away"] == [event for event, _ in world.notes.noted]


@pytest.mark.parametrize(("code", "times"), [(400, 2), (413, 1), (422, 2)])
async def test_a_refused_text_is_no_refused_house(world: World, code: int, times: int) -> None:
    """A server that took other texts and not this one is well, and is asked on."""
    await world.embedder.embed(["coffee"])
    world.server.faults.add("embeddings", Fault.status(code, "odd"), times=times)

    reason = await world.failure(asked=True)
    found = await world.embedder.embed(["cocoa"], asked=True)

    assert f"the server answered {code}: odd" == reason
    assert 1 == len(found)
    assert [] == world.notes.noted


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<html>It works!</html>", "no list of vectors"),
        ('{"data":[{"embed', "no list of vectors"),
        ("[]", "no list of vectors"),
        ('{"data":[{"embedding":null}]}', "no list of vectors"),
        ('{"data":[{"embedding":["1"]}]}', "no list of vectors"),
        ('{"data":[{"embedding":"@@"}]}', "no list of vectors"),
        ('{"data":[{"embedding":"AAA="}]}', "no list of vectors"),
        ('{"data":[]}', "1 texts with 0 vectors"),
        ('{"data":[{"embedding":[0.0,0.0]}]}', "length is nothing"),
        ('{"data":[{"embedding":[]}]}', "length is nothing"),
        ('{"data":[{"embedding":[NaN,1.0]}]}', "without end"),
        ('{"data":[{"embedding":[1e999,1.0]}]}', "without end"),
        ('{"data":[{"index":7,"embedding":[1.0]}]}', "which vector is whose"),
    ],
)
async def test_garbage_is_told(world: World, body: str, told: str) -> None:
    """A success that makes no sense is a failure in one line."""
    world.server.faults.add("embeddings", Fault.garbage(body))

    actual = await world.failure()

    assert actual.startswith("the server cannot be understood: ")
    assert told in actual


async def test_another_length_is_no_vector_of_ours(world: World) -> None:
    """A server that serves another model by the same name is told apart."""
    before = world.embedder.dim
    await world.embedder.embed(["tea"])
    world.server.dim = 128

    actual = await world.failure()

    assert (0, 256) == (before, world.embedder.dim)
    assert "answers with 128 numbers and had 256" in actual
    assert ["embeddings away"] == [event for event, _ in world.notes.noted]


async def test_order_is_the_index() -> None:
    """Vectors are placed by their number, in whatever order they come."""
    listed = [{"index": 1, "embedding": [0.0, 2.0]}, {"index": 0, "embedding": [3.0, 0.0]}]

    actual = vectors(json.dumps({"data": listed}).encode(), 2)

    assert (struct.pack("<2f", 1, 0), struct.pack("<2f", 0, 1)) == actual


async def test_both_forms_are_read() -> None:
    """A server may answer in either form, whatever it was asked for, and leave the index out."""
    numbers = struct.pack("<2f", 3, 4)
    data: list[dict[str, Any]] = [
        {"embedding": base64.b64encode(numbers).decode()},
        {"embedding": [3, 4]},
    ]

    one, other = vectors(json.dumps({"data": data}).encode(), 2)

    assert struct.pack("<2f", 0.6, 0.8) == one == other


async def test_a_long_name_is_cut_apart() -> None:
    """Models of long names have names that fit, and two of them are told apart."""
    clock, notes = HastyClock(), Notes()
    names = [
        Served(
            "http://127.0.0.1:9/v1", "/models/" + "x" * 80 + end, clock=clock, witness=notes
        ).name
        for end in "ab"
    ]

    assert [64, 64] == [len(name) for name in names]
    assert names[0] != names[1]


async def test_a_key_that_no_header_carries_is_refused() -> None:
    """A key with a line break is a mistake in the settings, told without it."""
    with pytest.raises(ConfigError) as mistake:
        Served("http://h/v1", "m", clock=HastyClock(), witness=Notes(), api_key="se\ncret")

    assert "api_key" in str(mistake.value)
    assert "cret" not in str(mistake.value)
