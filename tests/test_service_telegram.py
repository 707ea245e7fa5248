"""Telegram from the update to the bubble: the whole service between the real protocols."""

import asyncio
import re
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from anima.errors import ConfigError
from service.run import live
from tests.far_side import replies
from tests.far_side.botapi import Fault
from tests.far_side.botapi.world import Webhook
from tests.far_side.replies import Body, Reply
from tests.inside import KEY, composed_inside, far_sides, living_inside
from tests.jump import START
from tests.living import TOKEN
from tests.servers import free_port

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

THOUGHT = "canary thought: the user wants"
CANARIES = re.compile(
    rf"canary|{TOKEN}|127\.0\.0\.1|https?:|localhost|Traceback|Error\b|Exception|Unavailable|</?think"
)
"""What belongs to the house and never into a chat."""

SERVER = {
    "en": "Sorry, a server error occurred, please try again later.",
    "zh": "抱歉，服务器出现错误，请稍后再试。",
    "ja": "申し訳ありません、サーバーエラーが発生しました。後でもう一度お試しください。",
}
CONNECTION = {
    "en": "Sorry, a connection error occurred, please try again later.",
    "zh": "抱歉，连接出现错误，请稍后再试。",
    "ja": "申し訳ありません、接続エラーが発生しました。後でもう一度お試しください。",
}
ASKING = {
    "en": "How are you today?",
    "zh": "你今天过得怎么样呀？",
    "ja": "今日はどんな気分ですか？",
}


def newest(body: Body) -> str:
    """What the model is told last: the late block and the messages to answer."""
    return str(body["messages"][-1]["content"])


def whole(text: str) -> str:
    """*text* without the white space that a cut may change."""
    return "".join(text.split())


async def test_a_message_is_answered_in_its_chat(tmp_path: Path) -> None:
    """What two people write is answered to each of them, with what was said before in mind."""
    async with living_inside(tmp_path) as inside:
        ann, bob = inside.person(), inside.person(8, "Bob")
        inside.telegram.says(ann, ann, "Hi!")
        inside.telegram.says(bob, bob, "Ho!")
        await inside.gets(ann)
        await inside.gets(bob)

        inside.telegram.says(ann, ann, "And now?")

        assert ["You said: Hi!", "You said: And now?"] == await inside.gets(ann, 2)
        assert ["You said: Ho!"] == inside.telegram.texts(bob)
        talk = [message["content"] for message in inside.model.requests[-1].body["messages"]]
        assert ["Hi!", "You said: Hi!"] == talk[1:3]


async def test_an_update_is_in_the_ledger_before_it_is_confirmed(tmp_path: Path) -> None:
    """The poll that confirms an update comes when it is on disk, and not before."""
    async with living_inside(tmp_path) as inside:
        ann = inside.person()
        held: list[list[str]] = []
        inside.telegram.on(
            "getUpdates",
            lambda poll: (
                held.append(inside.rows("SELECT text FROM heard")) if poll.whole("offset") else None
            ),
            "received",
        )

        inside.telegram.says(ann, ann, "Hi!")

        await inside.gets(ann)
        await inside.until(lambda: not inside.telegram.pending)
        assert ["Hi!"] == held[0]


async def test_nothing_is_confirmed_while_the_ledger_is_away(tmp_path: Path) -> None:
    """An update that cannot be kept stays with Telegram, and is answered when it can."""
    async with living_inside(tmp_path) as inside:
        ann = inside.person()
        inside.telegram.says(ann, ann, "one")
        await inside.gets(ann)
        await inside.rests()
        inside.execute("ALTER TABLE heard RENAME TO lost")
        with capture_logs() as lines:
            inside.telegram.says(ann, ann, "two")
            await inside.clock.sleep(10)
            pending = inside.telegram.pending
            inside.execute("ALTER TABLE lost RENAME TO heard")

            texts = await inside.gets(ann, 2)

        assert 1 == pending
        assert ["You said: one", "You said: two"] == texts
        events = [line["event"] for line in lines]
        assert 1 == events.count("poll failed")
        assert 1 == events.count("poll recovered")


async def test_a_repeated_update_is_answered_once(tmp_path: Path) -> None:
    """What Telegram delivers twice is one message."""
    async with living_inside(tmp_path) as inside:
        ann = inside.person()
        update = inside.telegram.says(ann, ann, "one")
        await inside.gets(ann)

        inside.telegram.again(update)
        inside.telegram.says(ann, ann, "two")

        assert ["You said: one", "You said: two"] == await inside.gets(ann, 2)


async def test_an_unreadable_update_blocks_nobody(tmp_path: Path) -> None:
    """It is set aside with its raw text, and the messages around it are answered."""
    async with living_inside(tmp_path) as inside:
        ann, bob = inside.person(), inside.person(8, "Bob")
        inside.telegram.says(ann, ann, "one")
        inside.telegram.push({"message": {"message_id": "what?"}})
        inside.telegram.push("nonsense")
        inside.telegram.says(bob, bob, "two")

        answers = [*await inside.gets(ann), *await inside.gets(bob)]

        assert ["You said: one", "You said: two"] == answers
        aside = inside.rows("SELECT raw FROM heard WHERE state = 'aside'")
        assert ['"what?"', "nonsense"] == [
            re.findall('"what\\?"|nonsense', one)[0] for one in aside
        ]
        await inside.until(lambda: not inside.telegram.pending)


async def test_a_token_that_telegram_does_not_know_ends_the_service(tmp_path: Path) -> None:
    """A wrong token is a mistake in the settings, told in one line without the token."""
    telegram = {"token": "43:WRONG"}
    async with composed_inside(tmp_path, telegram=telegram) as inside:
        with pytest.raises(ConfigError) as wrong:
            await live(inside.house, asyncio.Event())

        assert str(wrong.value).startswith("telegram.token: ")
        assert "\n" not in str(wrong.value)
        assert "WRONG" not in str(wrong.value)


async def test_a_slowed_down_chat_waits_alone(tmp_path: Path) -> None:
    """A chat that Telegram is tired of gets its bubble after the wait; others get theirs now."""
    async with living_inside(tmp_path) as inside:
        ann, bob = inside.person(), inside.person(8, "Bob")
        inside.telegram.faults.add(
            "sendMessage", Fault.slow_down(7), when=lambda call: str(call["chat_id"]) == "7"
        )
        inside.telegram.says(ann, ann, "one")
        await inside.until(lambda: inside.telegram.count["sendMessage"])
        begun = inside.clock.elapsed()

        inside.telegram.says(bob, bob, "two")
        await inside.gets(bob)
        others_s = inside.clock.elapsed() - begun

        assert ["You said: one"] == await inside.gets(ann)
        assert others_s < 5
        assert 7 <= inside.clock.elapsed() - begun < 9
        assert 3 == inside.telegram.count["sendMessage"]


async def test_when_two_chats_are_slowed_down_the_whole_bot_waits(tmp_path: Path) -> None:
    """Telegram does not say that it means the bot; two tired chats do."""
    async with living_inside(tmp_path) as inside:
        people = [inside.person(number, f"P{number}") for number in (1, 2, 3)]
        inside.telegram.faults.add("sendMessage", Fault.slow_down(7), times=2)
        for person in people[:2]:
            inside.telegram.says(person, person, "Hi!")
        await inside.until(lambda: inside.telegram.count["sendMessage"] == 2)
        begun = inside.clock.elapsed()

        inside.telegram.says(people[2], people[2], "Hi!")
        await inside.gets(people[2])

        assert inside.clock.elapsed() - begun >= 7
        for person in people:
            assert ["You said: Hi!"] == await inside.gets(person)
        assert 5 == inside.telegram.count["sendMessage"]


@pytest.mark.parametrize(
    ("fault", "copies"),
    [
        (Fault.status(500, "Internal Server Error"), 1),
        (Fault.gateway(502), 1),
        (Fault.garbage(), 1),
        (Fault.garbage("<html>"), 1),
        (Fault.cut(), 1),
        (Fault.torn(), 1),
        (Fault.cut().afterwards(), 2),
        (Fault.gateway(504).afterwards(), 2),
    ],
    ids=["500", "502", "garbage", "html", "cut", "torn", "cut after", "504 after"],
)
async def test_a_bubble_is_sent_until_it_is_confirmed(
    fault: Fault, copies: int, tmp_path: Path
) -> None:
    """Whatever happens to the call, the bubble arrives, and twice only if nobody could know."""
    async with living_inside(tmp_path) as inside:
        ann = inside.person()
        inside.telegram.faults.add("sendMessage", fault)
        inside.telegram.says(ann, ann, "one")
        await inside.gets(ann, copies)

        inside.telegram.says(ann, ann, "two")

        expected = [*["You said: one"] * copies, "You said: two"]
        assert expected == await inside.gets(ann, copies + 1)


async def test_whoever_blocked_us_is_left_alone_until_they_write(tmp_path: Path) -> None:
    """A 403 closes the conversation, and a new message opens it again."""
    async with living_inside(tmp_path) as inside:
        ann = inside.person()
        blocked = Fault.status(403, "Forbidden: bot was blocked by the user")
        inside.telegram.faults.add("sendMessage", blocked)
        inside.model.script("One.\n\nTwo.\n\nThree.")
        inside.telegram.says(ann, ann, "one")
        await inside.until(lambda: inside.telegram.count["sendMessage"])
        await inside.rests()
        calls = inside.telegram.count["sendMessage"]
        states = inside.rows("SELECT state FROM said")

        inside.telegram.says(ann, ann, "two")

        assert 1 == calls
        assert ["failed"] * len(states) == states
        assert ["You said: two"] == await inside.gets(ann)


async def test_a_blocked_bot_is_silent_and_is_let_in_again(tmp_path: Path) -> None:
    """Blocked and let in again, it answers what is written then, and nothing older."""
    async with living_inside(tmp_path) as inside:
        ann = inside.person()
        inside.telegram.says(ann, ann, "one")
        await inside.gets(ann)
        await inside.rests()
        inside.telegram.blocks(ann)
        inside.telegram.unblocks(ann)
        await inside.until(lambda: not inside.telegram.pending)

        inside.telegram.says(ann, ann, "two")

        assert ["You said: one", "You said: two"] == await inside.gets(ann, 2)


async def test_a_group_that_was_upgraded_is_followed(tmp_path: Path) -> None:
    """An answer on its way reaches the group under its new id, and so do later ones."""
    async with living_inside(tmp_path) as inside:
        ann = inside.person()
        group = inside.telegram.group(-100, "Friends")
        inside.model.hold()
        inside.telegram.says(group, ann, "@anima_test_bot one?")
        await inside.model.until(lambda: inside.model.requests)
        upgraded = inside.telegram.migrates(group, ann, -1_000_000_000_777)
        inside.model.flow()
        await inside.gets(upgraded)

        inside.telegram.says(upgraded, ann, "@anima_test_bot two?")

        texts = await inside.gets(upgraded, 2)
        assert ["one?", "two?"] == [text.rpartition(" ")[2] for text in texts]
        assert [] == inside.telegram.texts(group)


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(f"Paragraph {n} " + "with many words " * 12 + "ends." for n in range(40)),
        "一个很长的故事，没有尽头。" * 620,
        "Emoji 🎻 and words. " * 420,
        "x" * 8000,
    ],
    ids=["paragraphs", "chinese", "emoji", "one word"],
)
async def test_a_long_answer_arrives_whole_and_in_order(text: str, tmp_path: Path) -> None:
    """Eight kilobytes come in several messages, none too long, and nothing is lost."""
    async with living_inside(tmp_path) as inside:
        ann = inside.person()
        inside.model.script(text)
        inside.telegram.says(ann, ann, "Tell me.")

        await inside.until(
            lambda: len(whole("".join(inside.telegram.texts(ann)))) >= len(whole(text))
        )

        texts = inside.telegram.texts(ann)
        assert whole(text) == whole("".join(texts))
        assert max(len(one.encode("utf-16-le")) // 2 for one in texts) <= 4096


async def test_markdown_arrives_as_entities(tmp_path: Path) -> None:
    """What the model marks is marked for people, and the marks are gone."""
    async with living_inside(tmp_path) as inside:
        ann = inside.person()
        inside.model.script("🎻 **bold** and `code`\n```python\nx = 1\n```")
        inside.telegram.says(ann, ann, "Hi!")

        await inside.gets(ann)

        sent = inside.telegram.sent[0]
        assert "🎻 bold and code" in sent.text
        assert "*" not in sent.text
        kinds = {one["type"]: (one["offset"], one["length"]) for one in sent.entities}
        assert (3, 4) == kinds["bold"]
        assert (12, 4) == kinds["code"]
        assert "pre" in kinds


async def test_it_shows_that_it_is_writing(tmp_path: Path) -> None:
    """While the model takes its time, people see the typing indicator, again and again."""
    async with living_inside(tmp_path, pace={"typing": True}) as inside:
        ann = inside.person()
        inside.model.hold()
        inside.telegram.says(ann, ann, "Hi!")

        await inside.until(lambda: inside.telegram.count["sendChatAction"] >= 3)
        inside.model.flow()

        assert ["You said: Hi!"] == await inside.gets(ann)
        actions = [call for call in inside.telegram.calls if call.method == "sendChatAction"]
        assert {("7", "typing")} == {
            (str(one.params["chat_id"]), one.params["action"]) for one in actions
        }


async def test_a_burst_is_one_turn(tmp_path: Path) -> None:
    """Messages that follow each other quickly are answered together."""
    async with living_inside(tmp_path, pace={"linger_s": 1.2}) as inside:
        ann = inside.person()

        for text in ("one", "two", "three"):
            inside.telegram.says(ann, ann, text)
            await inside.clock.sleep(0.5)

        await inside.gets(ann)
        assert 1 == len(inside.model.requests)
        assert "one\ntwo\nthree" in newest(inside.model.requests[0].body)


async def test_a_late_addition_joins_the_turn(tmp_path: Path) -> None:
    """What comes before the first bubble is taken in: the model is asked again with all of it."""
    async with living_inside(tmp_path) as inside:
        ann = inside.person()
        inside.model.hold()
        inside.telegram.says(ann, ann, "one")
        await inside.model.until(lambda: len(inside.model.requests) == 1)
        inside.telegram.says(ann, ann, "two")
        await inside.model.until(lambda: len(inside.model.requests) == 2)

        inside.model.flow()

        assert ["You said: two"] == await inside.gets(ann)
        await inside.rests()
        assert "one\ntwo" in newest(inside.model.requests[1].body)
        assert 1 == len(inside.telegram.texts(ann))


async def test_an_edit_replaces_what_was_not_answered(tmp_path: Path) -> None:
    """The model never sees the first form of a message that was rewritten in time."""
    async with living_inside(tmp_path, pace={"linger_s": 1.2}) as inside:
        ann = inside.person()
        update = inside.telegram.says(ann, ann, "I like dgos")

        inside.telegram.edits(update, "I like dogs")

        assert ["You said: I like dogs"] == await inside.gets(ann)
        assert "dgos" not in str(inside.model.requests[0].body)


async def test_a_stale_backlog_expires_with_one_line(tmp_path: Path) -> None:
    """Messages too old after an outage get one honest line for all, and are not answered."""
    async with living_inside(tmp_path) as inside:
        ann, bob = inside.person(), inside.person(8, "Bob", "zh")
        long_ago = int(START.timestamp()) - 2000
        with capture_logs() as lines:
            for number in range(4):
                inside.telegram.says(ann, ann, f"old {number}", at=long_ago + number)
            inside.telegram.says(bob, bob, "以前的消息", at=long_ago)
            await inside.gets(ann)
            await inside.gets(bob)
            await inside.rests()

        assert [1, 1] == [len(inside.telegram.texts(one)) for one in (ann, bob)]
        assert re.search("[一-鿿]", inside.telegram.texts(bob)[0])
        assert [] == inside.model.requests
        assert {1, 4} == {line["count"] for line in lines if line["event"] == "expired"}


async def test_what_is_fresh_is_answered_after_an_outage(tmp_path: Path) -> None:
    """Old messages of a backlog expire without a line of their own when a fresh one is there."""
    async with composed_inside(tmp_path) as inside:
        ann = inside.person()
        inside.telegram.says(ann, ann, "old", at=int(START.timestamp()) - 2000)
        inside.telegram.says(ann, ann, "new")
        stopped = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(live(inside.house, stopped))
            texts = await inside.gets(ann)
            stopped.set()

        assert ["You said: new"] == texts
        assert "came too late" in newest(inside.model.requests[0].body)


async def test_in_a_group_it_answers_who_means_it(tmp_path: Path) -> None:
    """Others' talk is context with its speakers; the answer points at what it answers."""
    async with living_inside(tmp_path) as inside:
        ann, bob = inside.person(), inside.person(8, "Bob")
        group = inside.telegram.group()
        inside.telegram.says(group, bob, "I bought a violin.")
        inside.telegram.says(group, bob, "It is red.")
        await inside.until(lambda: not inside.telegram.pending)
        await inside.rests()
        inside.model.script("A red one!")

        asked = inside.telegram.says(group, ann, "🎻 @anima_test_bot what did he buy?")

        assert ["A red one!"] == await inside.gets(group)
        assert asked["message"]["message_id"] == inside.telegram.sent[0].reply_to
        assert 1 == len(inside.model.requests)
        talk = "\n".join(one["content"] for one in inside.model.requests[0].body["messages"][1:])
        assert "‹Bob› I bought a violin.\n‹Bob› It is red." in talk
        assert "‹Ann› 🎻 @anima_test_bot what did he buy?" in talk
        assert "group ‹Friends›" in talk


async def test_a_reply_and_a_name_mean_it_too(tmp_path: Path) -> None:
    """In a group a reply to its message and its own name address it, an ordinary line does not."""
    async with living_inside(tmp_path) as inside:
        ann = inside.person()
        group = inside.telegram.group()
        inside.telegram.says(group, ann, "Kokoro, one?")
        await inside.gets(group)
        inside.telegram.says(group, ann, "nothing")
        inside.telegram.says(group, ann, "two?", reply_to=inside.telegram.sent[0])

        await inside.gets(group, 2)

        await inside.rests()
        assert 2 == len(inside.telegram.texts(group)) == len(inside.model.requests)


async def test_a_topic_is_a_conversation_of_its_own(tmp_path: Path) -> None:
    """An answer goes into the topic of its question, which knows nothing of the other topic."""
    async with living_inside(tmp_path) as inside:
        ann = inside.person()
        group = inside.telegram.group(-1_000_000_000_100, "Forum")
        for thread, word in ((5, "red"), (6, "blue")):
            topic = {"message_thread_id": thread, "is_topic_message": True}
            inside.telegram.says(group, ann, f"@anima_test_bot {word}?", **topic)

        await inside.gets(group, 2)

        threads = {sent.thread: sent.text for sent in inside.telegram.sent}
        assert {5, 6} == set(threads)
        assert "red" in threads[5]
        assert "blue" in threads[6]
        asked = [str(request.body["messages"]) for request in inside.model.requests]
        assert [True, True] == [("red?" in one) != ("blue?" in one) for one in asked]


FAULTS: dict[str, tuple[Reply, dict[str, str]]] = {
    "500": (replies.error(500, f"Error at {KEY} http://gpu-1:8000", "InternalServerError"), SERVER),
    "401": (replies.unauthorized(), SERVER),
    "404": (replies.no_model("base canary"), SERVER),
    "429": (replies.too_many(), SERVER),
    "503": (replies.busy(), SERVER),
    "page": (replies.html(), SERVER),
    "empty": (replies.streamed([]), SERVER),
    "thought only": (replies.streamed([], thoughts=[THOUGHT]), SERVER),
    "no end": (replies.streamed(["So "], finish=None, done=False), SERVER),
    "cut": (replies.broken(replies.streamed(["a", "b"]), "cut", after=0), CONNECTION),
    "cut in the middle": (replies.broken(replies.streamed(["a", "b"]), "cut"), CONNECTION),
    "silence": (replies.broken(replies.streamed(["a"]), "hang", after=0), CONNECTION),
    "silence in the middle": (replies.broken(replies.streamed(["a", "b"]), "hang"), CONNECTION),
    "broken events": (replies.broken(replies.streamed(["a"]), b"data: {canary\n\n"), SERVER),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_a_failing_model_is_told_politely(name: str, tmp_path: Path) -> None:
    """A line in the person's language with a reference to the log, and nothing internal."""
    fault, lines_of = FAULTS[name]
    language = ("en", "zh", "ja")[list(FAULTS).index(name) % 3]
    async with living_inside(tmp_path) as inside:
        inside.model.otherwise = fault
        ann = inside.person()
        with capture_logs() as lines:
            inside.telegram.says(ann, ann, ASKING[language])

            texts = await inside.gets(ann)
            await inside.rests()

        told = re.fullmatch(r"(.+) \(([0-9a-f]{6})\)", texts[-1])
        assert told is not None
        assert lines_of[language] == told[1]
        failed = [line for line in lines if line["event"] == "turn failed"]
        assert [told[2]] == [line["reference"] for line in failed]
        assert not CANARIES.search("\n".join(texts))
        inside.model.otherwise = replies.echo
        inside.telegram.says(ann, ann, "again")
        await inside.until(lambda: "You said: again" in inside.telegram.texts(ann))


@pytest.mark.parametrize(
    "answer",
    [
        replies.streamed(["Hello ", "Ann."], thoughts=[THOUGHT, " more"]),
        replies.streamed(["Hello ", "Ann."], thoughts=[THOUGHT], thought_field="reasoning_content"),
        replies.streamed([f"<think>{THOUGHT}", " more</th", "ink>\n\nHello ", "Ann."]),
        replies.streamed([f"{THOUGHT}", " more\n</think>", "\n\nHello Ann."]),
        replies.recut(replies.streamed(["<thi", f"nk>{THOUGHT}</think>Hello Ann."]), 7),
    ],
    ids=["reasoning", "reasoning_content", "tags", "no opening tag", "cut anywhere"],
)
async def test_thoughts_stay_inside(answer: Reply, tmp_path: Path) -> None:
    """However a model marks its reasoning, people get the answer alone."""
    async with living_inside(tmp_path) as inside:
        ann = inside.person()
        inside.model.script(answer)

        inside.telegram.says(ann, ann, "Hi!")

        assert ["Hello Ann."] == await inside.gets(ann)
        await inside.rests()
        assert 1 == len(inside.telegram.sent)


async def test_a_thought_that_never_ends_is_no_answer(tmp_path: Path) -> None:
    """A model that only thinks has said nothing, and nothing of it is shown."""
    async with living_inside(tmp_path) as inside:
        ann = inside.person()
        inside.model.otherwise = replies.streamed([f"<think>{THOUGHT}", " and more"])

        inside.telegram.says(ann, ann, "Hi!")

        texts = await inside.gets(ann)
        assert texts[0].startswith(SERVER["en"])
        assert not CANARIES.search(texts[0])


async def test_telegram_may_bring_its_updates(tmp_path: Path) -> None:
    """By webhook: pushed, kept, then confirmed; brought again while we cannot keep it."""
    port = free_port()
    hook = {"mode": "webhook", "public_url": f"http://127.0.0.1:{port}", "webhook_secret": "s3cret"}
    async with living_inside(tmp_path, telegram=hook) as inside:
        ann = inside.person()
        inside.telegram.says(ann, ann, "one")
        await inside.gets(ann)
        await inside.rests()
        inside.execute("ALTER TABLE heard RENAME TO lost")
        inside.telegram.says(ann, ann, "two")
        mishap = await inside.until(lambda: inside.telegram.world.mishap)
        inside.execute("ALTER TABLE lost RENAME TO heard")

        assert ["You said: one", "You said: two"] == await inside.gets(ann, 2)
        assert "503" in mishap.reason
        assert 0 == inside.telegram.count["getUpdates"]


async def test_nobody_else_may_bring_updates(tmp_path: Path) -> None:
    """With another secret, or none, an update is refused with 401 and never kept."""
    port = free_port()
    hook = {"mode": "webhook", "public_url": f"http://127.0.0.1:{port}", "webhook_secret": "s3cret"}
    async with living_inside(tmp_path, telegram=hook) as inside:
        known = await inside.until(lambda: inside.telegram.world.webhook)
        inside.telegram.world.webhook = Webhook(known.url, "wrong")  # now somebody else pushes
        inside.telegram.says(inside.person(), inside.person(), "let me in")

        mishap = await inside.until(lambda: inside.telegram.world.mishap)

        assert "s3cret" == known.secret
        assert "401" in mishap.reason
        assert [] == inside.rows("SELECT text FROM heard")


async def test_the_far_sides_are_dated_alike() -> None:
    """Messages carry the time of the clock that jumps, or all of them would be stale."""
    async with far_sides() as (telegram, _model, clock):
        ann = telegram.person()
        await clock.sleep(3600)

        update = telegram.says(ann, ann, "Hi!")

        assert int(START.timestamp()) + 3600 == update["message"]["date"]
