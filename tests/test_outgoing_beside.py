"""Buttons and files reach Telegram with their words, and cost nobody a word."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from anima.errors import AnimaError, Gone, Moved, SlowDown, Unreachable
from anima.model import NOTHING, Beside, Button
from bots.telegram.outgoing import Outgoing
from tests.backend_fakes import Notes
from tests.far_side.botapi import BotApi, Fault
from tests.jump import JumpClock
from tests.test_outgoing import FORUM, HERE, notes, outgoing, params, telegram

__all__ = ["notes", "outgoing", "telegram"]

pytestmark = [pytest.mark.jumping, pytest.mark.slow]


@dataclass(frozen=True)
class Post:
    """The sending side, what it sends to, and a *folder* for files."""

    telegram: BotApi
    outgoing: Outgoing
    notes: Notes
    clock: JumpClock
    folder: Path

    async def sends(self, text: str, *, key: int = 1, beside: Beside = NOTHING) -> str:
        """Say it to Ann."""
        return await self.outgoing.send(HERE, text, key=key, reply_to="", beside=beside)


@pytest.fixture
def post(
    telegram: BotApi, outgoing: Outgoing, notes: Notes, clock: JumpClock, tmp_path: Path
) -> Post:
    """All of it."""
    return Post(telegram, outgoing, notes, clock, tmp_path)


def asking(*shown: str) -> Beside:
    """Buttons that show this."""
    return Beside(tuple(Button(one, f"/say {one}") for one in shown))


async def test_buttons_stand_below_the_words(post: Post) -> None:
    """Two short ones share a row, a long one has its own; below them all is how it is liked."""
    long, wide = "Forget everything here", "全部忘れてください"
    beside = asking("Yes", "No", "はい", long, "a", wide, "b")

    await post.outgoing.send(HERE, "Sure?", key=2**63 - 1, reply_to="", asks=True, beside=beside)

    markup = json.loads(params(post.telegram, "sendMessage")[0]["reply_markup"])
    rows = [[one["text"] for one in row] for row in markup["inline_keyboard"]]
    named = [one["callback_data"] for row in markup["inline_keyboard"] for one in row]
    rating = ["👍", "👎", "Not like me"]
    assert [["Yes", "No"], ["はい"], [long], ["a"], [wide], ["b"], rating] == rows
    assert [f"say:{2**63 - 1}:{which}" for which in range(7)] == named[:7]
    assert max(len(one.encode()) for one in named) <= 64


async def test_no_button_costs_the_words(post: Post) -> None:
    """Where Telegram will not have the buttons, the text goes out without them."""
    complaint = Fault.status(400, "Bad Request: can't parse inline keyboard button: Text is empty")
    post.telegram.faults.add("sendMessage", complaint)

    await post.sends("Sure?", key=1, beside=asking("Yes"))

    assert [("Sure?", ())] == [(one.text, one.buttons) for one in post.telegram.sent]


CONTENT = '{"text": "你好"}\n'.encode()


def export(folder: Path, content: bytes = CONTENT) -> Beside:
    """A file under data/exports."""
    file = folder / "7.jsonl"
    file.write_bytes(content)
    return replace(asking("Again"), document=file, name="思い出 Mei.jsonl")


async def test_a_file_comes_with_its_words(post: Post) -> None:
    """Under the name that people know it by, with entities and buttons."""
    message = await post.sends("Here is **all**.", beside=export(post.folder))

    (sent,) = post.telegram.sent
    assert ("document", "Here is all.", str(sent.message_id)) == (sent.kind, sent.text, message)
    assert (["bold"], ["Again"]) == (
        [one["type"] for one in sent.entities],
        [one["text"] for one in sent.buttons],
    )
    assert CONTENT == post.telegram.content(sent)
    assert post.telegram.world.files.paths[sent.file_id].endswith("/思い出 Mei.jsonl")


async def test_a_file_goes_where_the_words_would(post: Post) -> None:
    """To the topic, and as an answer to the question."""
    ann, group = post.telegram.person(), post.telegram.group(-1_000_000_000_100, "Forum")
    question = post.telegram.says(group, ann, "/memory export")["message"]["message_id"]

    await post.outgoing.send(
        FORUM, "Here.", key=1, reply_to=str(question), beside=export(post.folder)
    )

    (sent,) = post.telegram.sent
    assert (5, question) == (sent.thread, sent.reply_to)


@pytest.mark.parametrize(
    ("text", "kinds"), [("🎻" * 512, ["document"]), ("🎻" * 512 + "!", ["text", "document"])]
)
async def test_long_words_go_ahead_of_their_file(post: Post, text: str, kinds: list[str]) -> None:
    """Below a file there is room for 1,024 units; nothing is cut, and the buttons go ahead too."""
    message = await post.sends(text, beside=export(post.folder))

    assert kinds == [one.kind for one in post.telegram.sent]
    assert text == "".join(one.text for one in post.telegram.sent)
    assert (str(post.telegram.sent[0].message_id), 1) == (
        message,
        len(post.telegram.sent[0].buttons),
    )
    assert CONTENT == post.telegram.content(post.telegram.sent[-1])


@pytest.mark.parametrize(
    ("fault", "error"), [(Fault.slow_down(3), SlowDown), (Fault.gateway(502), Unreachable)]
)
async def test_words_that_went_ahead_are_not_said_again(
    post: Post, fault: Fault, error: type[AnimaError]
) -> None:
    """When the file has to wait, it alone is tried again; the next bubble is another one."""
    beside, text = export(post.folder), "word " * 300
    post.telegram.faults.add("sendDocument", fault)
    with pytest.raises(error):
        await post.sends(text, key=1, beside=beside)

    await post.clock.sleep(4)
    message = await post.sends(text, key=1, beside=beside)
    await post.sends(text, key=2, beside=beside)

    assert ["text", "document", "text", "document"] == [one.kind for one in post.telegram.sent]
    assert str(post.telegram.sent[0].message_id) == message


@pytest.mark.parametrize("text", ["Here.", "word " * 300], ids=["caption", "ahead"])
@pytest.mark.parametrize("content", [CONTENT, b"", None], ids=["refused", "empty", "gone"])
async def test_a_file_that_cannot_be_sent_costs_no_words(
    post: Post, text: str, content: bytes | None
) -> None:
    """What Telegram refuses, or what is gone from the disk, is noted; the words go out once."""
    beside = export(post.folder, content or b"")
    if content is None and beside.document:
        beside.document.unlink()
    elif content:
        post.telegram.faults.add("sendDocument", Fault.status(413, "Request Entity Too Large"))

    message = await post.sends(text, key=7, beside=beside)

    (sent,) = post.telegram.sent
    assert ("text", text.strip(), str(sent.message_id)) == (sent.kind, sent.text, message)
    assert 1 == len(sent.buttons)
    assert [("file lost", 7)] == [(event, facts["said"]) for event, facts in post.notes.noted]


async def test_a_file_that_vanishes_while_it_waits_costs_no_words(post: Post) -> None:
    """The words that went ahead are what was said."""
    beside = export(post.folder)
    post.telegram.faults.add("sendDocument", Fault.slow_down(3))
    with pytest.raises(SlowDown):
        await post.sends("word " * 300, key=1, beside=beside)
    (post.folder / "7.jsonl").unlink()

    await post.clock.sleep(4)
    message = await post.sends("word " * 300, key=1, beside=beside)

    assert [message] == [str(one.message_id) for one in post.telegram.sent]
    assert ["file lost"] == [event for event, _ in post.notes.noted]


@pytest.mark.parametrize(
    ("fault", "refusal"),
    [
        (Fault.slow_down(3), SlowDown),
        (Fault.status(400, "Bad Request: x", migrate_to_chat_id=-1_000_000_000_777), Moved),
        (Fault.status(403, "Forbidden: bot was blocked by the user"), Gone),
        (Fault.status(500, "Internal Server Error"), Unreachable),
        (Fault.cut(), Unreachable),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
async def test_a_refused_file_comes_in_our_words(
    post: Post, fault: Fault, refusal: type[AnimaError]
) -> None:
    """Errors that are not the file's own are those of any message."""
    post.telegram.faults.add("sendDocument", fault)

    with pytest.raises(refusal):
        await post.sends("Here.", beside=export(post.folder))

    assert [] == post.telegram.sent


async def test_what_telegram_quarrels_with_does_not_cost_the_file(post: Post) -> None:
    """Without its topic, and without marks, it is a file all the same."""
    beside = export(post.folder)
    gone = Fault.status(400, "Bad Request: message thread not found")
    post.telegram.faults.add("sendDocument", gone)
    await post.outgoing.send(FORUM, "Here.", key=1, reply_to="", beside=beside)
    post.telegram.faults.add(
        "sendDocument", Fault.status(400, "Bad Request: can't parse MessageEntity")
    )
    await post.sends("**Here.**", key=2, beside=beside)

    assert [("document", None, ())] * 2 == [
        (one.kind, one.thread, one.entities) for one in post.telegram.sent
    ]


async def test_words_nobody_comes_back_for_are_forgotten(post: Post) -> None:
    """What went ahead of files that never went is kept for some, not for all for ever."""
    beside, text = export(post.folder), "word " * 300
    post.telegram.faults.add("sendDocument", Fault.gateway(502), times=101)
    for key in range(101):
        with pytest.raises(Unreachable):
            await post.sends(text, key=key, beside=beside)

    await post.sends(text, key=100, beside=beside)
    await post.sends(text, key=0, beside=beside)

    assert ["document", "text", "document"] == [one.kind for one in post.telegram.sent][101:]
