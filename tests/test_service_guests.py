"""Guest mode through the whole service: one answer to each mention, and nothing of elsewhere."""

import json
from pathlib import Path
from typing import Final

import pytest

from tests.far_side import replies
from tests.far_side.botapi import Fault, Group, Person
from tests.far_side.replies import Body
from tests.inside import Inside, living_inside

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

OTHERS: Final = Group(-200, "Others")
"""A group that has not let the bot in."""

ASKED: Final = {
    "en": ("@anima_test_bot when does the train leave?", "The train leaves at five.", "At five."),
    "zh": ("@anima_test_bot 火车几点开？", "火车五点开。", "五点开。"),
    "ja": ("@anima_test_bot 電車は何時に出る？", "電車は五時に出ます。", "五時です。"),
}


def prompt(inside: Inside) -> str:
    """All that the model was told last."""
    return json.dumps(inside.model.requests[-1].body["messages"], ensure_ascii=False)


def bob(inside: Inside) -> Person:
    """Somebody whom Ann talks with."""
    return inside.person(8, "Bob")


@pytest.mark.parametrize("language", ASKED)
async def test_a_mention_is_answered_where_it_is_no_member(language: str, tmp_path: Path) -> None:
    """By one inline answer, which knows the message that was quoted and who wrote it."""
    question, before, answer = ASKED[language]
    async with living_inside(tmp_path) as inside:
        ann = inside.person(language=language)
        quoted = inside.telegram.written(OTHERS, bob(inside), before)
        inside.model.script(answer)
        inside.telegram.mentions(OTHERS, ann, question, quoted=quoted)

        said = await inside.gets(OTHERS)
        await inside.rests()

    assert [answer] == said
    assert "guest" == inside.telegram.sent[0].kind
    assert f"Bob› {before}" in prompt(inside)
    assert ["answered", "noted"] == sorted(inside.rows("SELECT state FROM heard"))
    methods = ("answerGuestQuery", "sendMessage", "sendChatAction")
    assert [1, 0, 0] == [inside.telegram.count[method] for method in methods]


async def test_all_bubbles_are_one_answer(tmp_path: Path) -> None:
    """A guest speaks once: what would be several bubbles elsewhere is one text here."""
    async with living_inside(tmp_path) as inside:
        inside.model.script("One.\n\n**Two.**\n\nThree.")
        inside.telegram.mentions(OTHERS, inside.person(), "@anima_test_bot count!")

        said = await inside.gets(OTHERS)
        await inside.rests()

        assert ["One.\n\nTwo.\n\nThree."] == said
        assert ["delivered"] == inside.rows("SELECT state FROM said")
        assert ["bold"] == [one["type"] for one in inside.telegram.sent[0].entities]


async def test_each_mention_has_its_own_answer(tmp_path: Path) -> None:
    """Also two of one person in one breath, for each question is answered by its own name."""
    async with living_inside(tmp_path, pace={"linger_s": 1.2}) as inside:
        ann = inside.person()
        for text in ("@anima_test_bot one?", "@anima_test_bot two?"):
            inside.telegram.mentions(OTHERS, ann, text)

        said = await inside.gets(OTHERS, 2)

        assert [
            "You said: ‹Ann› @anima_test_bot one?",
            "You said: ‹Ann› @anima_test_bot two?",
        ] == said
        assert [1, 2] == [sent.reply_to for sent in inside.telegram.sent]


async def test_nothing_of_elsewhere_is_told_there(tmp_path: Path) -> None:
    """Neither what she said alone nor what was said in another place of others."""
    async with living_inside(tmp_path) as inside:
        ann, elsewhere = inside.person(), Group(-300, "Elsewhere")
        inside.telegram.says(ann, ann, "My secret word is canary-violet, remember it!")
        await inside.gets(ann)
        inside.telegram.mentions(elsewhere, ann, "@anima_test_bot our word is canary-amber")
        await inside.gets(elsewhere)
        await inside.rests()

        inside.telegram.mentions(OTHERS, ann, "@anima_test_bot what is my secret word?")
        await inside.gets(OTHERS)

        assert "canary" not in prompt(inside)


async def test_the_chat_of_two_others_is_no_chat_with_one_of_them(tmp_path: Path) -> None:
    """Telegram names it by one of the two; who called us there tells such chats apart."""
    async with living_inside(tmp_path) as inside:
        ann, peer, cy = inside.person(), bob(inside), inside.person(9, "Cy")
        inside.telegram.says(peer, peer, "My secret word is canary-violet.")
        await inside.gets(peer)
        inside.telegram.mentions(peer, ann, "@anima_test_bot ours is canary-amber")
        await inside.gets(peer, 2)

        inside.telegram.mentions(peer, cy, "@anima_test_bot which words do you know?")
        await inside.gets(peer, 3)
        told = prompt(inside)
        places = inside.rows("SELECT chat, connection, thread, private FROM conversation")

    assert "canary" not in told
    assert [("8", "", "", 1), ("8", "guest", "7", 0), ("8", "guest", "9", 0)] == sorted(places)


@pytest.mark.parametrize(
    ("fault", "calls"),
    [
        (Fault.gateway(502), 2),
        (Fault.cut(), 2),
        (Fault.cut().afterwards(), 2),
        (Fault.gateway(504).afterwards(), 2),
        (Fault.slow_down(7), 2),
    ],
)
async def test_a_lost_answer_is_no_second_one(fault: Fault, calls: int, tmp_path: Path) -> None:
    """It is given again until Telegram takes it, or says that it has been given."""
    async with living_inside(tmp_path) as inside:
        inside.telegram.faults.add("answerGuestQuery", fault)
        inside.telegram.mentions(OTHERS, inside.person(), "@anima_test_bot hello")
        await inside.until(lambda: inside.telegram.count["answerGuestQuery"] == calls)
        await inside.rests()

        assert ["You said: ‹Ann› @anima_test_bot hello"] == inside.telegram.texts(OTHERS)
        assert ["delivered"] == inside.rows("SELECT state FROM said")


async def test_trouble_with_the_model_is_told_in_the_one_answer(tmp_path: Path) -> None:
    """There is no other way to say so."""
    async with living_inside(tmp_path) as inside:
        inside.model.script(replies.streamed(["It may be"], finish=None, done=False))
        inside.telegram.mentions(OTHERS, inside.person(), "@anima_test_bot hello")

        (said,) = await inside.gets(OTHERS)
        await inside.rests()

    assert said.startswith("Sorry, ")
    assert 1 == inside.telegram.count["answerGuestQuery"]


async def test_what_is_too_long_for_one_answer_is_cut(tmp_path: Path) -> None:
    """The rest has no way to get there, and it is not remembered as said."""
    async with living_inside(tmp_path) as inside:
        inside.model.script("word " * 900 + "\n\n" + "more " * 200)
        inside.telegram.mentions(OTHERS, inside.person(), "@anima_test_bot talk!")

        (said,) = await inside.gets(OTHERS)
        await inside.rests()

        assert 3500 < len(said) <= 4096
        assert ["delivered", "failed"] == inside.rows("SELECT state FROM said ORDER BY id")


async def test_with_drafts_chosen_a_guest_draws_none(tmp_path: Path) -> None:
    """Words as they come are for private chats of our own."""
    async with living_inside(tmp_path, telegram={"stream": "draft"}) as inside:
        peer = bob(inside)
        inside.telegram.mentions(peer, inside.person(), "@anima_test_bot hello")
        await inside.gets(peer)

        assert 0 == inside.telegram.count["sendMessageDraft"]
        assert 0 == inside.telegram.count["sendChatAction"]


async def test_a_command_of_one_alone_is_not_done_there(tmp_path: Path) -> None:
    """What is for a private talk is refused, in the one answer."""
    async with living_inside(tmp_path) as inside:
        inside.telegram.mentions(OTHERS, inside.person(), "/memory@anima_test_bot export")

        (said,) = await inside.gets(OTHERS)

    assert "/memory export" in said
    assert 0 == len(inside.model.requests)


async def test_where_it_may_not_visit_it_hears_nothing(tmp_path: Path) -> None:
    """Without the switch at BotFather such an update means nothing."""
    async with living_inside(tmp_path) as inside:
        inside.telegram.world.visits = False
        ann = inside.person()
        inside.telegram.mentions(OTHERS, ann, "@anima_test_bot hello")
        inside.telegram.says(ann, ann, "Hi!")
        await inside.gets(ann)
        await inside.rests()

        assert [] == inside.telegram.texts(OTHERS)
        assert ["Hi!"] == inside.rows("SELECT text FROM heard")


async def test_a_burst_before_the_answer_joins_no_turn(tmp_path: Path) -> None:
    """While the model thinks about one mention, another waits for its own turn."""
    async with living_inside(tmp_path) as inside:
        ann = inside.person()

        def interrupted(_body: Body) -> str:
            inside.telegram.mentions(OTHERS, ann, "@anima_test_bot two?")
            return "First."

        inside.model.script(interrupted, "Second.")
        inside.telegram.mentions(OTHERS, ann, "@anima_test_bot one?")

        assert ["First.", "Second."] == await inside.gets(OTHERS, 2)
        assert 2 == len(inside.model.requests)
