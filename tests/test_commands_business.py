"""`/business`: where the persona writes in its owner's place."""

from dataclasses import replace
from datetime import timedelta

import pytest

from anima.mandate import Entrusted, Mandate
from anima.model import Button, Conversation, Speaker
from anima.steps import Represented
from tests.counter import ANN, KEN, LI, Counter
from tests.persona_fakes import NOW

RIGHTS = frozenset({"can_reply", "can_read_messages"})
MANDATE = Mandate("telegram", "ku", "bc1", ANN, "7", True, RIGHTS)
WEB = Speaker("web", "guest", "Guest")


def chat(number: int, name: str, connection: str = "bc1") -> Entrusted:
    """A chat of the owner's."""
    return Entrusted(Conversation("telegram", "ku", str(number), connection), name, heard_at=NOW)


def represented(
    number: str, *, answers: bool, connection: str = "bc1", by: Speaker = ANN
) -> Represented:
    """What shall last."""
    return Represented("telegram", "ku", connection, number, answers, by.address, NOW)


def connected(*chats: Entrusted, **how: object) -> Counter:
    """A house with Ann's account connected."""
    counter = Counter()
    counter.book.given["bc1"] = replace(MANDATE, **how)  # type: ignore[arg-type]
    counter.book.chats = {one.conversation: one for one in chats}
    return counter


@pytest.mark.parametrize(
    ("speaker", "begins"), [(ANN, "Nobody has connected"), (LI, "还没有人"), (KEN, "まだ誰も")]
)
async def test_how_to_connect_is_told(speaker: Speaker, begins: str) -> None:
    """Where there is nothing yet, the way to it is told in the person's language."""
    answer = await Counter().obey("/business", speaker=speaker)

    assert answer.text.startswith(begins)
    assert () == answer.beside.buttons


@pytest.mark.parametrize(
    ("speaker", "lines", "shown"),
    [
        (
            ANN,
            [
                "▶ Ann: on, marks messages as read",
                "Bob: on",
                "Cy: off",
                "Di: you write there; silent until 12:30 UTC",
            ],
            ["Bob: off", "Cy: on", "Di: on"],
        ),
        (
            LI,
            ["▶ 小丽：开、会标为已读", "Bob：开", "Cy：关", "Di：你在那里说话；我沉默到 12:30 UTC"],
            ["Bob：关", "Cy：开", "Di：开"],
        ),
        (
            KEN,
            [
                "▶ 健：オン、既読をつけます",
                "Bob：オン",
                "Cy：オフ",
                "Di：あなたが書いています。12:30 UTC まで黙っています",
            ],
            ["Bob：オフ", "Cy：オン", "Di：オン"],
        ),
    ],
    ids=["en", "zh", "ja"],
)
async def test_all_chats_are_listed(speaker: Speaker, lines: list[str], shown: list[str]) -> None:
    """With how each stands, and a button that makes it otherwise."""
    until = NOW.replace(hour=12, minute=30) + timedelta(days=1)
    silent = replace(chat(3, "Di"), silent_until=until)
    counter = connected(
        chat(1, "Bob"), replace(chat(2, "Cy"), answers=False), silent, owner=speaker
    )

    answer = await counter.obey("/business", speaker=speaker)

    assert lines == answer.text.splitlines()
    says = ["/business off 1", "/business on 2", "/business on 3"]
    assert [Button(*pair) for pair in zip(shown, says, strict=True)] == [*answer.beside.buttons]
    assert () == answer.steps


async def test_a_long_list_ends() -> None:
    """With how many more there are; only the newest have buttons."""
    counter = connected(*(chat(number, f"P{number}") for number in range(23)))

    answer = await counter.obey("/business")

    assert "… and 3 more" == answer.text.splitlines()[-1]
    assert (22, 8) == (len(answer.text.splitlines()), len(answer.beside.buttons))


@pytest.mark.parametrize(
    ("how", "line"),
    [
        ({"enabled": False}, "▶ Ann: disconnected in Telegram"),
        ({"rights": frozenset()}, "▶ Ann: Telegram gives me no right to reply"),
        ({"rights": frozenset({"can_reply"})}, "▶ Ann: on"),
        ({"answers": False}, "▶ Ann: off, marks messages as read"),
    ],
)
async def test_what_is_allowed_is_told(how: dict[str, object], line: str) -> None:
    """By Telegram and by us; and that nobody has written yet."""
    answer = await connected(**how).obey("/business")

    assert [line, "Nobody has written there yet."] == answer.text.splitlines()


async def test_all_are_switched_at_once() -> None:
    """Each connection of the owner's, and nobody else's."""
    counter = connected(chat(1, "Bob"))
    counter.book.given["bc2"] = replace(MANDATE, id="bc2")
    counter.book.given["bc3"] = replace(MANDATE, id="bc3", owner=LI)

    answer = await counter.obey("/business off")

    assert "Done. all chats: off" == answer.text
    expected = [represented("", answers=False, connection=one) for one in ("bc1", "bc2")]
    assert expected == [*answer.steps]


@pytest.mark.parametrize("word", ["Bob", "bob", "ＢＯＢ", "1"])
async def test_one_is_switched_by_name_or_number(word: str) -> None:
    """However it is written."""
    answer = await connected(chat(1, "Bob"), chat(2, "Bobby")).obey(f"/business on {word}")

    assert ("Done. Bob: on", (represented("1", answers=True),)) == (answer.text, answer.steps)


async def test_a_name_of_nobody_or_of_several() -> None:
    """Nothing is switched, and those that could be meant are told."""
    counter = connected(chat(1, "Bob"), chat(2, "Bob"), chat(3, "小梅"))

    several = await counter.obey("/business off Bob")
    unknown = await counter.obey("/business off Zed Zulu")
    empty = await connected().obey("/business off Zed")

    assert (
        "There are several called Bob. Write the number instead: 1 (Bob), 2 (Bob)" == several.text
    )
    assert "I know no chat Zed Zulu. Those I know: Bob, Bob, 小梅" == unknown.text
    assert "I know no chat Zed. Those I know: –" == empty.text
    assert () == (*several.steps, *unknown.steps, *empty.steps)


async def test_others_are_told_nothing() -> None:
    """Another admin sees no chats but their own; at home all are seen; others are refused."""
    counter = connected(chat(1, "Bob"))
    eve = Speaker("telegram", "66", "Eve", "en")

    assert (await counter.obey("/business", speaker=LI)).text.startswith("还没有人")
    assert "Bob: on" in (await counter.obey("/business", speaker=WEB)).text
    assert (await counter.obey("/business", speaker=eve)).text.startswith("sorry (forbidden)")
