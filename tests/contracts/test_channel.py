"""What everybody who speaks on a platform keeps, whatever platform that is."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from anima import errors
from anima.errors import SlowDown
from anima.model import Beside, Button
from tests.contracts.channels import STAGES, Stage
from tests.far_side.discord import Fault
from tests.jump import JumpClock

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

LONG = {
    "en": "Rain fell on the old town all night, and nobody slept. " * 180,
    "zh": "昨晚下了一夜的雨，老城里没有人睡着。" * 500,
    "ja": "昨夜は一晩中雨が降って、誰も眠れませんでした。" * 420,
    "faces": "😀👩‍👩‍👧‍👦🇯🇵 " * 900,
}


@pytest.fixture(params=STAGES)
async def stage(request: pytest.FixtureRequest, clock: JumpClock) -> AsyncIterator[Stage]:
    """Each platform, with its far side."""
    async with STAGES[request.param](clock) as opened:
        yield opened


def bare(text: str) -> str:
    """*text* without what a cut may take from between two words."""
    return re.sub(r"\s", "", text)


async def test_a_bubble_arrives_and_gets_a_name(stage: Stage) -> None:
    """Each another one, and what was said stands there in its order."""
    names = [
        await stage.channel.send(stage.where, text, key=key, reply_to="")
        for key, text in enumerate(("Hello", "你好", "こんにちは"), 11)
    ]

    assert 3 == len({name for name in names if name})
    assert ["Hello", "你好", "こんにちは"] == stage.texts()


@pytest.mark.parametrize("language", LONG)
async def test_pieces_lose_nothing_and_all_arrive(stage: Stage, language: str) -> None:
    """However long a text is, and however the platform counts its characters."""
    pieces = stage.channel.pieces(LONG[language])
    for key, piece in enumerate(pieces, 1):
        await stage.channel.send(stage.where, piece, key=key, reply_to="")

    assert bare(LONG[language]) == bare("".join(pieces)) == bare("".join(stage.texts()))


async def test_what_is_short_is_one_piece(stage: Stage) -> None:
    """As it is."""
    assert ["Hello, 你好!"] == list(stage.channel.pieces("Hello, 你好!"))


@pytest.mark.parametrize("kind", ["SlowDown", "Gone", "Undelivered", "Unreachable"])
async def test_a_trouble_is_told_as_one_of_our_own(stage: Stage, kind: str) -> None:
    """Nothing arrived; and after a pause that was asked for, or at once, it does."""
    if kind not in stage.faults:
        assert not stage.faults  # there is no wire that could break
        return
    for _ in range(9):  # clients try some of them again by themselves
        stage.fails(stage.sends, stage.faults[kind])

    with pytest.raises(getattr(errors, kind)) as trouble:
        await stage.channel.send(stage.where, "Hello", key=1, reply_to="")

    assert [] == [one for one in stage.texts() if one == "Hello"]
    assert 7 == getattr(trouble.value, "retry_after", 7)


async def test_who_is_asked_to_wait_asks_nobody_meanwhile(stage: Stage, clock: JumpClock) -> None:
    """The second bubble is not even sent; after the time it is."""
    if not stage.faults:
        assert await stage.channel.send(stage.where, "Hello", key=1, reply_to="")
        return
    stage.fails(stage.sends, stage.faults["SlowDown"])
    for _ in range(2):
        with pytest.raises(SlowDown):
            await stage.channel.send(stage.where, "Hello", key=1, reply_to="")

    await clock.sleep(8)
    assert await stage.channel.send(stage.where, "Hello", key=1, reply_to="")
    assert ["Hello"] == stage.texts()


async def test_the_same_key_is_the_same_bubble_where_keys_are_known(stage: Stage) -> None:
    """Elsewhere each is one more, which our ledger keeps from happening."""
    first = await stage.channel.send(stage.where, "Hello", key=77, reply_to="")
    second = await stage.channel.send(stage.where, "Hello", key=77, reply_to="")

    assert {"Hello"} == set(stage.texts())
    if stage.knows_keys:
        assert (first, 1) == (second, len(stage.texts()))


@pytest.mark.parametrize(
    "fault", [Fault.cut(), Fault.gateway(502), Fault.status(403, "Forbidden"), Fault.slow_down(3)]
)
async def test_that_we_are_writing_costs_nobody_anything(stage: Stage, fault: Fault) -> None:
    """It never raises, and neither do drafts; nothing that was said comes of it."""
    for _ in range(9):
        stage.fails(stage.types, fault)

    await stage.channel.typing(stage.where, mark=1)
    await stage.channel.typing(stage.where)
    if not stage.channel.drafts_in(stage.where):
        await stage.channel.draft(stage.where, "Hel", mark=1)

    assert [] == stage.texts()


async def test_buttons_come_with_the_words(stage: Stage) -> None:
    """In the order in which they are given."""
    beside = Beside((Button("Yes", "/yes"), Button("いいえ", "/no")))

    await stage.channel.send(stage.where, "Sure?", key=5, reply_to="", beside=beside)

    (shown,) = stage.seen()
    assert ("Sure?", ("Yes", "いいえ")) == (shown.text, shown.buttons)


async def test_a_document_comes_with_the_words(stage: Stage, tmp_path: Path) -> None:
    """And where it is gone, the words come all the same."""
    (tmp_path / "memory.md").write_text("all of it")
    here, gone = (Beside(document=tmp_path / name) for name in ("memory.md", "gone.md"))

    await stage.channel.send(stage.where, "Here.", key=5, reply_to="", beside=here)
    await stage.channel.send(stage.where, "There.", key=6, reply_to="", beside=gone)

    assert ["Here.", "There."] == stage.texts()
    assert "document" == stage.seen()[0].file


async def test_an_answer_to_what_is_gone_arrives(stage: Stage) -> None:
    """Whatever it pointed at may have been taken back meanwhile."""
    await stage.channel.send(stage.where, "Hello", key=5, reply_to="999999")

    assert ["Hello"] == stage.texts()
