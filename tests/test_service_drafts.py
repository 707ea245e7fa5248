"""Words as they come, through the whole service: shown, stopped, and said once over any crash."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from tests.far_side import replies
from tests.far_side.botapi import Fault, Person
from tests.far_side.replies import Reply
from tests.inside import Inside, living_inside
from tests.living import Nursery
from tests.talk import talking

TALES: Final = {
    "en": (
        "Tell me a tale!",
        (
            "Once upon a time there lived, at the edge of a wide forest, an old fiddler who had "
            "forgotten all of his songs, "
        ),
        "but one.",
    ),
    "zh": (
        "给我讲个故事吧！",
        (
            "从前有一座很高很高的山，山里住着一位年纪很大的琴师，他把自己会拉的曲子都忘光了，只记得最后一首，每天傍晚都坐在门口拉给"
            "风听，风听完了就把它带到山下的村子里去，村里的孩子们听见了，就知道"
        ),
        "该回家了。",
    ),
    "ja": (
        "お話を聞かせて！",
        (
            "むかしむかし、とても高い山のふもとに、年をとったバイオリン弾きが住んでいて、覚えていた曲をみんな忘れてしまったのに、最後の一曲だけは"
            "どうしても忘れられず、夕方になると戸口にすわって風に聞かせていたので、村の子どもたちは"
        ),
        "家に帰りました。",
    ),
}
"""What is asked, how the answer begins, and how it ends."""


def held(text: str) -> Reply:
    """*text* in pieces, and then silence without an end."""
    reply = replies.streamed([text[at : at + 8] for at in range(0, len(text), 8)], done=False)
    ends = [number for number, step in enumerate(reply.steps) if b'"stop"' in bytes(step)]  # type: ignore[arg-type]  # no step of it is a word
    return replace(reply, steps=[*reply.steps[: ends[0]], "hang"])


@asynccontextmanager
async def drafting(folder: Path, **tables: object) -> AsyncIterator[tuple[Inside, Person]]:
    """A house that shows words as they come, whose soul is known to think quietly."""
    chosen = {"telegram": {"stream": "draft"}, "pace": {"typing": True}} | tables
    async with living_inside(folder, **chosen) as inside:
        zoe = inside.person(99, "Zoe")
        inside.telegram.says(zoe, zoe, "Hi!")
        await inside.gets(zoe)
        yield inside, inside.person()


async def seen(inside: Inside, ann: Person, text: str) -> None:
    """Wait until Ann sees the whole of *text* being written."""

    def is_seen() -> bool:
        draft = inside.telegram.sees(ann)
        return bool(draft and draft.text == text)

    await inside.until(is_seen)


@pytest.mark.jumping
@pytest.mark.slow
@pytest.mark.parametrize("language", TALES)
async def test_words_are_shown_as_they_come_and_then_said(language: str, tmp_path: Path) -> None:
    """The draft grows while the model writes; the message takes its place, once."""
    asked, begun, rest = TALES[language]
    async with drafting(tmp_path) as (inside, ann):
        inside.model.hold()
        inside.model.script(replies.streamed([begun, rest]))
        inside.telegram.says(ann, ann, asked)
        await inside.until(lambda: inside.telegram.sees(ann))
        thinking = inside.telegram.sees(ann)
        inside.model.step(2)
        await seen(inside, ann, begun.strip())
        inside.model.flow()

        said = await inside.gets(ann)
        await inside.rests()

    assert thinking
    assert ("", True) == (thinking.text, thinking.can_stop)
    assert [begun + rest] == said
    assert inside.telegram.sees(ann) is None


@pytest.mark.jumping
@pytest.mark.slow
@pytest.mark.parametrize("language", TALES)
async def test_a_stop_keeps_what_was_seen(language: str, tmp_path: Path) -> None:
    """It is said and remembered; the model is let go; the next question has its answer."""
    asked, begun, _ = TALES[language]
    async with drafting(tmp_path) as (inside, ann):
        inside.model.script(held(begun))
        inside.telegram.says(ann, ann, asked)
        await seen(inside, ann, begun.strip())

        inside.telegram.stops(ann)
        stopped = await inside.gets(ann)
        await inside.rests()
        await inside.model.until(lambda: inside.model.cancelled == 1)
        inside.telegram.says(ann, ann, "Hm?")

        assert [begun.strip(), "You said: Hm?"] == await inside.gets(ann, 2)

    talk = [message["content"] for message in inside.model.requests[-1].body["messages"]]
    assert [begun.strip()] == stopped
    assert [asked, begun.strip()] == talk[1:3]
    outcome = "SELECT outcome, reason FROM turn JOIN heard ON turn.id = turn_id WHERE text = ?"
    assert [("answered", "stopped")] == inside.rows(outcome.replace("?", f"'{asked}'"))
    assert inside.telegram.sees(ann) is None


@pytest.mark.jumping
@pytest.mark.slow
async def test_a_stop_before_the_first_word_is_an_end_too(tmp_path: Path) -> None:
    """While it thinks there is a button already."""
    async with drafting(tmp_path) as (inside, ann):
        inside.model.script(Reply(["hang"]))
        inside.telegram.says(ann, ann, "Hello?")
        await inside.until(lambda: inside.telegram.sees(ann))

        inside.telegram.stops(ann)
        inside.telegram.stops(ann)
        await inside.model.until(lambda: inside.model.cancelled == 1)
        await inside.rests()
        late = inside.telegram.stops(ann)
        inside.telegram.says(ann, ann, "Hm?")

        assert ["You said: Hm?"] == await inside.gets(ann)
        assert late


@pytest.mark.jumping
@pytest.mark.slow
async def test_a_model_that_thinks_long_is_seen_thinking(tmp_path: Path) -> None:
    """The draft is there all the time, at the price of a call every twenty seconds."""
    async with drafting(tmp_path) as (inside, ann):
        inside.model.script(Reply(["hang"]))
        inside.telegram.says(ann, ann, "Hello?")
        await inside.until(lambda: inside.telegram.sees(ann))
        there = []
        for _ in range(25):
            await inside.clock.sleep(1)
            there.append(inside.telegram.sees(ann))

        assert all(there)
        assert 2 >= inside.telegram.count["sendMessageDraft"] - 1
        assert 0 == inside.telegram.count["sendChatAction"]


@pytest.mark.jumping
@pytest.mark.slow
async def test_patience_costs_frames_and_no_word(tmp_path: Path) -> None:
    """Asked to wait, it shows nothing more, calls nothing meanwhile, and says it then, once."""
    _, begun, rest = TALES["en"]
    async with drafting(tmp_path) as (inside, ann):
        calls = len(inside.telegram.calls)
        inside.telegram.faults.add("sendMessageDraft", Fault.slow_down(50))
        inside.model.script(replies.streamed([begun, rest]))
        began = inside.clock.elapsed()
        inside.telegram.says(ann, ann, "A tale!")

        said = await inside.gets(ann)

    hers = [one for one in inside.telegram.calls[calls:] if one.params.get("chat_id")]
    assert [begun + rest] == said
    assert 50 <= inside.clock.elapsed() - began < 60
    assert ["sendMessageDraft", "sendMessage"] == [one.method for one in hers]


@pytest.mark.jumping
@pytest.mark.slow
async def test_in_a_group_it_speaks_in_bubbles(tmp_path: Path) -> None:
    """There is no draft and nothing to stop."""
    async with drafting(tmp_path) as (inside, ann):
        calls = inside.telegram.count["sendMessageDraft"]
        friends = inside.telegram.group(-100, "Friends")
        inside.telegram.says(friends, ann, "@anima_test_bot hello")

        assert ["You said: ‹Ann› @anima_test_bot hello"] == await inside.gets(friends)
        assert calls == inside.telegram.count["sendMessageDraft"]


@pytest.mark.jumping
@pytest.mark.slow
async def test_without_the_setting_there_are_bubbles_everywhere(tmp_path: Path) -> None:
    """And a stop of nothing is no harm."""
    async with living_inside(tmp_path) as inside:
        ann = inside.person()
        inside.telegram.push({"stopped_message_generation": {"chat": ann.chat(), "draft_id": 5}})
        inside.telegram.says(ann, ann, "Hi!")

        assert ["You said: Hi!"] == await inside.gets(ann)
        assert 0 == inside.telegram.count["sendMessageDraft"]


@pytest.mark.slow
@pytest.mark.parametrize("stopped", [False, True])
async def test_killed_in_mid_draft_it_answers_once(
    tmp_path: Path, born: Nursery, *, stopped: bool
) -> None:
    """After the restart the answer comes, and once; a stop of what died is no harm."""
    async with talking(tmp_path, born, stream="draft") as talk:
        await talk.warmed_up()
        ann = talk.telegram.person()
        talk.model.script(held(TALES["en"][1]))
        talk.tell(ann, "rain")

        def is_seen() -> bool:
            draft = talk.telegram.sees(ann)
            return bool(draft and draft.text)

        await talk.telegram.until(is_seen)
        talk.anima.kill()
        if stopped:
            talk.telegram.stops(ann)
        talk.restart()
        await talk.answered()
        talk.tell(ann, "snow")
        await talk.answered()

        talk.prove()
        assert [] == talk.repeats()
