"""Business chats on Telegram: the whole service writes for its owner in their own chats."""

from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.far_side import replies
from tests.far_side.botapi import Person
from tests.far_side.botapi.links import RIGHTS, Link
from tests.far_side.replies import Body
from tests.inside import Inside, living_inside

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

ADMIN = {"admins": ["telegram:9"]}
DAY_S = 24 * 3600


def newest(body: Body) -> str:
    """What the model is told last: the late block and the messages to answer."""
    return str(body["messages"][-1]["content"])


def whole(body: Body) -> str:
    """All that the model is told."""
    return "\n".join(str(one["content"]) for one in body["messages"])


def said(*texts: str, by: str = "Ann") -> list[str]:
    """What the echoing model makes of *texts*, which it sees with their speaker."""
    return [f"You said: ‹{by}› {text}" for text in texts]


def connected(inside: Inside, **how: Any) -> tuple[Person, Link]:
    """The owner, whose account is connected."""
    owner = inside.person(9, "Olga")
    return owner, inside.telegram.connects(owner, **how)


async def gets(inside: Inside, chat: Person, count: int = 1, connection: str = "bc1") -> list[str]:
    """What was said in the owner's chat with *chat*, once there are *count* bubbles."""
    await inside.until(lambda: len(inside.telegram.texts(chat, connection)) >= count)
    return inside.telegram.texts(chat, connection)


async def taken(inside: Inside) -> None:
    """Wait until all that happened was heard and dealt with."""
    await inside.until(lambda: not inside.telegram.pending)
    await inside.rests()


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Are you free on Friday?", "en"),
        ("你星期五有空吗？我们一起吃饭吧。", "zh"),
        ("金曜日は空いていますか？一緒に食べましょう。", "ja"),
    ],
    ids=["en", "zh", "ja"],
)
async def test_it_answers_in_its_owners_chat(question: str, language: str, tmp_path: Path) -> None:
    """In the owner's name, knowing that, with the message ticked as read, and its echo unheard."""
    async with living_inside(tmp_path, access=ADMIN) as inside:
        _, link = connected(inside)
        ann = inside.person(7, "Ann", language)

        inside.telegram.tells(link, ann, question)

        assert said(question) == await gets(inside, ann)
        await taken(inside)
        told = newest(inside.model.requests[0].body)
        assert (
            "the own chat of your owner ‹Olga› with ‹Ann›, to whom you write in your owner's place"
            in told
        )
        assert {7: 1} == link.read
        assert [question] == inside.rows("SELECT text FROM heard WHERE state = 'answered'")
        assert 1 == len(inside.model.requests)
        assert [] == inside.telegram.texts(ann)


async def test_it_goes_on_with_what_was_said_there(tmp_path: Path) -> None:
    """The chat is a conversation of its own, beside the same person's chat with the bot."""
    async with living_inside(tmp_path, access=ADMIN) as inside:
        _, link = connected(inside)
        ann = inside.person()
        inside.telegram.says(ann, ann, "My secret is canary.")
        await inside.gets(ann)
        inside.telegram.tells(link, ann, "Hello Olga!")
        await gets(inside, ann)
        await inside.rests()

        inside.telegram.tells(link, ann, "Are you there?")

        await gets(inside, ann, 2)
        told = whole(inside.model.requests[-1].body)
        assert "canary" not in told
        assert "‹Ann› Hello Olga!" in told


async def test_its_owner_takes_over(tmp_path: Path) -> None:
    """After a line of the owner it is silent for a while, and knows what was said meanwhile."""
    async with living_inside(
        tmp_path, access=ADMIN, telegram={"takeover_s": 600}, limits={"max_age_s": 9000}
    ) as inside:
        _, link = connected(inside)
        ann = inside.person()
        inside.telegram.types(link, ann, "I write to you myself.")
        inside.telegram.tells(link, ann, "Oh, how nice!")
        await taken(inside)
        await inside.clock.sleep(590)
        inside.telegram.types(link, ann, "See you.")
        await taken(inside)
        await inside.clock.sleep(590)
        inside.telegram.tells(link, ann, "Bye!")
        await taken(inside)
        silent = len(inside.model.requests)
        await inside.clock.sleep(11)

        inside.telegram.tells(link, ann, "And now?")

        assert said("And now?") == await gets(inside, ann)
        assert 0 == silent
        told = whole(inside.model.requests[0].body)
        for line in ("‹Olga› I write to you myself.", "‹Ann› Oh, how nice!", "‹Ann› Bye!"):
            assert line in told
        assert {7: 5} == link.read


async def test_an_owner_who_writes_stops_what_is_being_thought(tmp_path: Path) -> None:
    """A line of the owner ends the turn before its first bubble, and nothing of it is said."""
    async with living_inside(tmp_path, access=ADMIN) as inside:
        _, link = connected(inside)
        ann = inside.person()
        inside.model.hold()
        inside.telegram.tells(link, ann, "Are you there?")
        await inside.model.until(lambda: inside.model.requests)

        inside.telegram.types(link, ann, "I am.")
        await taken(inside)
        inside.model.flow()
        await taken(inside)

        assert [] == inside.telegram.texts(ann, "bc1")
        assert ["noted", "noted"] == inside.rows("SELECT state FROM heard ORDER BY id")


async def test_nothing_is_sent_a_day_after_the_last_word(tmp_path: Path) -> None:
    """What could not be sent in time fails once, and tells why."""
    async with living_inside(tmp_path, access=ADMIN, limits={"max_age_s": 3 * DAY_S}) as inside:
        _, link = connected(inside)
        ann = inside.person()
        inside.model.hold()
        a_day_ago = int(inside.clock.now().timestamp()) - DAY_S - 60
        inside.telegram.tells(link, ann, "Are you there?", date=a_day_ago)
        await inside.model.until(lambda: inside.model.requests)

        with capture_logs() as lines:
            inside.model.flow()
            await taken(inside)

        assert [] == inside.telegram.texts(ann, "bc1")
        assert 0 == inside.telegram.count["sendMessage"]
        assert [("failed", "nobody else has written there for 24 hours")] == inside.rows(
            "SELECT state, reason FROM said"
        )
        assert ["nobody else has written there for 24 hours"] == [
            line["reason"] for line in lines if line["event"] == "undelivered"
        ]


async def test_a_strangers_connection_is_nothing_to_us(tmp_path: Path) -> None:
    """Who is no admin cannot make our bot write for them, and it is noted once."""
    async with living_inside(tmp_path, access=ADMIN) as inside:
        eve, ann = inside.person(6, "Eve"), inside.person()
        with capture_logs() as lines:
            link = inside.telegram.connects(eve)
            for text in ("one", "two"):
                inside.telegram.tells(link, ann, text)
                await inside.until(lambda: not inside.telegram.pending)

        await taken(inside)
        assert [] == inside.telegram.texts(ann, "bc1")
        assert [] == inside.rows("SELECT text FROM heard")
        assert 1 == [line["event"] for line in lines].count("business ignored")


async def test_everybodys_connection_may_count(tmp_path: Path) -> None:
    """By the settings it writes for whoever connects it; or for nobody at all."""
    for business, expected in (("everyone", said("one")), ("off", [])):
        folder = tmp_path / business
        folder.mkdir()
        async with living_inside(folder, access=ADMIN, telegram={"business": business}) as inside:
            eve, ann = inside.person(6, "Eve"), inside.person()
            link = inside.telegram.connects(eve)
            inside.telegram.tells(link, ann, "one")
            await taken(inside)
            await taken(inside)

            assert expected == inside.telegram.texts(ann, "bc1")


async def test_it_writes_only_where_it_may(tmp_path: Path) -> None:
    """Without the right to reply, or switched off, it hears nothing and reads nothing."""
    async with living_inside(tmp_path, access=ADMIN) as inside:
        owner, link = connected(inside, rights=["can_read_messages"])
        ann = inside.person()
        inside.telegram.tells(link, ann, "one")
        inside.telegram.connects(owner, enabled=False)
        inside.telegram.tells(link, ann, "two")
        await taken(inside)
        before = inside.rows("SELECT text FROM heard"), dict(link.read)

        inside.telegram.connects(owner, ["can_reply"])
        inside.telegram.tells(link, ann, "three")

        assert said("three") == await gets(inside, ann)
        assert ([], {}) == before
        assert {} == link.read


async def test_an_unknown_connection_is_asked_for(tmp_path: Path) -> None:
    """What was connected before our database knew of it is known all the same."""
    async with living_inside(tmp_path, access=ADMIN) as inside:
        owner, ann = inside.person(9, "Olga"), inside.person()
        inside.telegram.world.links.known["old"] = Link("old", owner, RIGHTS)

        inside.telegram.tells(inside.telegram.world.links.known["old"], ann, "one")

        assert said("one") == await gets(inside, ann, connection="old")
        assert 1 == inside.telegram.count["getBusinessConnection"]


async def test_what_was_taken_back_is_not_answered(tmp_path: Path) -> None:
    """A message that was deleted while another was answered is gone, with its words."""
    async with living_inside(tmp_path, access=ADMIN) as inside:
        _, link = connected(inside)
        ann = inside.person()
        inside.model.hold()
        inside.telegram.tells(link, ann, "one")
        await inside.model.until(lambda: inside.model.requests)
        gone = inside.telegram.tells(link, ann, "canary")
        inside.telegram.takes_back(link, gone)
        inside.model.flow()
        await taken(inside)

        assert said("one") == inside.telegram.texts(ann, "bc1")
        assert [] == inside.rows("SELECT text FROM heard WHERE text LIKE '%canary%'")


async def test_other_bots_and_machines_are_not_answered(tmp_path: Path) -> None:
    """Two avatars would talk for ever, and what an away message says is said by nobody."""
    async with living_inside(tmp_path, access=ADMIN) as inside:
        _, link = connected(inside)
        ann = inside.person()
        bot = {"id": 5, "is_bot": True, "first_name": "Other", "username": "other_bot"}
        inside.telegram.tells(link, ann, "I am a bot.", **{"from": bot})
        inside.telegram.types(link, ann, "I am away.", is_from_offline=True)
        await taken(inside)

        inside.telegram.tells(link, ann, "Hello?")

        assert said("Hello?") == await gets(inside, ann)


@pytest.mark.parametrize("text", ["/start", "/help", "/memory forget all yes"])
async def test_there_are_no_commands_in_its_owners_chats(text: str, tmp_path: Path) -> None:
    """Nobody there talks with a bot: what looks like a command is talk."""
    async with living_inside(tmp_path, access=ADMIN) as inside:
        _, link = connected(inside)
        ann = inside.person()

        inside.telegram.tells(link, ann, text)

        assert said(text) == await gets(inside, ann)


async def test_nobody_is_refused_or_told_excuses_in_its_owners_name(tmp_path: Path) -> None:
    """Whom the house does not admit, and what goes wrong, meets with silence there."""
    access = {**ADMIN, "who": "listed", "listed": ["telegram:8"]}
    async with living_inside(tmp_path, access=access) as inside:
        _, link = connected(inside)
        ann, bob = inside.person(), inside.person(8, "Bob")
        inside.model.otherwise = replies.streamed([])
        inside.telegram.tells(link, ann, "Let me in!")
        inside.telegram.tells(link, bob, "Hello!", date=int(inside.clock.now().timestamp()) - 7200)
        inside.telegram.tells(link, bob, "Are you there?")
        await taken(inside)

        assert [] == inside.telegram.sent
        assert ["refused"] == inside.rows("SELECT state FROM heard WHERE speaker_id = '7'")
        assert ["expired", "answered"] == inside.rows(
            "SELECT state FROM heard WHERE speaker_id = '8' ORDER BY id"
        )
        assert ["failed"] == inside.rows("SELECT outcome FROM turn WHERE outcome = 'failed'")


async def test_a_closed_connection_closes_the_chat(tmp_path: Path) -> None:
    """Telegram's no is heeded: no second bubble is tried, until somebody writes there again."""
    async with living_inside(tmp_path, access=ADMIN) as inside:
        _, link = connected(inside)
        ann = inside.person()
        inside.model.script("One.\n\nTwo.\n\nThree.")
        inside.telegram.tells(link, ann, "one")
        del inside.telegram.world.links.known["bc1"]
        await taken(inside)

        assert 1 == inside.telegram.count["sendMessage"]
        assert {"failed"} == set(inside.rows("SELECT state FROM said"))


async def test_its_owner_switches_a_chat_off_and_on(tmp_path: Path) -> None:
    """By a button in their own chat with the bot; where it is off nothing is heard or kept."""
    async with living_inside(tmp_path, access=ADMIN) as inside:
        owner, link = connected(inside)
        ann = inside.person()
        inside.telegram.tells(link, ann, "one")
        await gets(inside, ann)
        inside.telegram.says(owner, owner, "/business")
        await inside.gets(owner)
        listing = next(sent for sent in inside.telegram.sent if sent.buttons)
        inside.telegram.presses(owner, listing, listing.buttons[0]["callback_data"])
        await inside.gets(owner, 2)

        inside.telegram.tells(link, ann, "two")
        await taken(inside)
        inside.telegram.says(owner, owner, "/business on Ann")
        await inside.gets(owner, 3)
        inside.telegram.tells(link, ann, "three")

        assert [*said("one"), *said("three")] == await gets(inside, ann, 2)
        assert ["Done. Ann: off", "Done. Ann: on"] == inside.telegram.texts(owner)[1:]
        assert [] == inside.rows("SELECT text FROM heard WHERE text = 'two'")
