"""Groups on Telegram: who comes in, topics, admins who stay unknown, channels."""

from pathlib import Path

import pytest

from tests.inside import Inside, living_inside

pytestmark = [pytest.mark.jumping, pytest.mark.slow]


async def taken(inside: Inside) -> None:
    """Wait until all that happened was heard and dealt with."""
    await inside.until(lambda: not inside.telegram.pending)
    await inside.rests()


@pytest.mark.parametrize(
    ("language", "begins"), [("en", "Hello, Sensei!"), ("zh", "老师好呀"), ("ja", "先生、")]
)
async def test_it_greets_a_group_once(language: str, begins: str, tmp_path: Path) -> None:
    """In the language of who brought it in, one line; a repeat greets nobody."""
    async with living_inside(tmp_path) as inside:
        ann, group = inside.person(7, "Ann", language), inside.telegram.group(-100)
        joined = inside.telegram.adds(group, ann)
        await inside.gets(group)

        inside.telegram.again(joined)
        await taken(inside)

        (greeting,) = inside.telegram.texts(group)
        assert greeting.startswith(begins)
        assert [] == inside.model.requests


async def test_who_may_not_talk_may_not_bring_it_in(tmp_path: Path) -> None:
    """A stranger's group is not greeted; there they hear, once, why."""
    async with living_inside(tmp_path, access={"who": "listed", "listed": []}) as inside:
        ann, group = inside.person(), inside.telegram.group(-100)
        inside.telegram.adds(group, ann)
        inside.telegram.adds(group, ann)
        await taken(inside)

        assert 1 == len(inside.telegram.texts(group))
        assert inside.telegram.texts(group)[0].startswith("I only talk with people I know.")


async def test_a_topic_is_answered_in_its_place(tmp_path: Path) -> None:
    """Each topic is a talk of its own; one that was deleted meanwhile costs nobody the words."""
    async with living_inside(tmp_path) as inside:
        ann = inside.person()
        forum = inside.telegram.group(-1_000_000_000_123, "Forum")
        topic = inside.telegram.opens(forum, ann, "Trips")
        here = {"message_thread_id": topic, "is_topic_message": True}
        inside.telegram.says(forum, ann, "@anima_test_bot one?", **here)
        await inside.gets(forum)
        inside.model.hold()
        inside.telegram.says(forum, ann, "@anima_test_bot two?", **here)
        await inside.model.until(lambda: len(inside.model.requests) == 2)

        inside.telegram.closes(forum, topic)
        inside.model.flow()

        await inside.gets(forum, 2)
        assert [topic, None] == [sent.thread for sent in inside.telegram.sent]


async def test_a_group_that_moved_is_followed_by_the_error_too(tmp_path: Path) -> None:
    """Where no message told of it, the refusal of the answer does."""
    async with living_inside(tmp_path) as inside:
        ann, group = inside.person(), inside.telegram.group(-100)
        new = inside.telegram.group(-1_000_000_000_100)
        inside.model.hold()
        inside.telegram.says(group, ann, "@anima_test_bot one?")
        await inside.model.until(lambda: inside.model.requests)
        inside.telegram.world.places.at(-100).moved_to = new.id

        inside.model.flow()

        assert 1 == len(await inside.gets(new))
        assert [str(new.id)] == inside.rows("SELECT chat FROM conversation")


async def test_an_unknown_admin_is_no_admin_of_ours(tmp_path: Path) -> None:
    """They may talk as anybody may; commands for admins they may not use."""
    access = {"admins": ["telegram:7"]}
    async with living_inside(tmp_path, access=access) as inside:
        ann, group = inside.person(), inside.telegram.group(-100)
        mask = {"sender_chat": group.chat()}
        inside.telegram.says(group, ann, "/model list", **mask)
        await inside.gets(group)
        inside.telegram.says(group, ann, "@anima_test_bot hello?", **mask)

        refused, answered = await inside.gets(group, 2)

        assert "KU1.0" not in refused
        assert "‹Friends (admin)›" in answered


async def test_a_linked_channel_is_not_answered(tmp_path: Path) -> None:
    """What a channel posts into its group is not said to anybody."""
    async with living_inside(tmp_path) as inside:
        ann, group = inside.person(), inside.telegram.group(-100)
        channel = {"id": -1009, "type": "channel", "title": "News"}
        inside.telegram.says(
            group, ann, "@anima_test_bot news!", sender_chat=channel, is_automatic_forward=True
        )
        inside.telegram.push({"channel_post": {"message_id": 1, "date": 1, "chat": channel}})
        await taken(inside)

        assert ([], []) == (inside.telegram.sent, inside.model.requests)
