"""Discord's list of commands from the click to the answer: the whole service in between."""

from pathlib import Path
from typing import Any

import pytest

from tests.far_side.discord import Channel, Discord, Person
from tests.far_side.discord.interactions import Interaction
from tests.jump import JumpClock
from tests.test_service_discord import Inside, far_sides, living

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

PATIENCE_S = 600


async def answered(inside: Inside, asked: Interaction, count: int = 1) -> list[str]:
    """What the person sees, once there are so many answers."""
    await inside.far.sees(lambda: len(asked.texts) >= count, timeout=PATIENCE_S)
    return asked.texts


async def offered(far: Discord) -> None:
    """Wait until Discord knows our commands."""
    await far.sees(far.commands, timeout=PATIENCE_S)


def home(far: Discord, *people: Person) -> Channel:
    """A channel of a server with *people* in it."""
    return far.channel(far.guild("Friends", *people), "general")


def admin(person: Person) -> dict[str, Any]:
    """The settings in which *person* looks after the house."""
    return {"access": {"admins": [f"discord:{person.id}"]}}


async def test_the_commands_are_told_once(tmp_path: Path, clock: JumpClock) -> None:
    """A second start compares them, and finds that Discord knows them."""
    async with far_sides(clock) as (far, model):
        async with living(tmp_path, far, model, clock):
            await offered(far)
        async with living(tmp_path, far, model, clock):
            compared = "get_global_application_commands"
            await far.sees(lambda: far.count[compared] == 2, timeout=PATIENCE_S)
            await clock.sleep(10)

        assert 1 == far.count["bulk_overwrite_global_application_commands"]


@pytest.mark.parametrize(
    ("language", "begins"),
    [("en-US", "Just write to me"), ("zh-CN", "直接跟我说话就好"), ("ja", "ふつうに話しかけて")],
)
async def test_help_is_told_to_who_asked(
    tmp_path: Path, clock: JumpClock, language: str, begins: str
) -> None:
    """In their language, whole, and nobody else on the server sees it."""
    async with far_sides(clock) as (far, model):
        ann = far.person("Ann", language=language)
        general = home(far, ann)
        async with living(tmp_path, far, model, clock) as inside:
            await offered(far)
            asked = far.uses(ann, general, "help")

            texts = await answered(inside, asked)

        assert texts[0].startswith(begins)
        assert "/thread" in "".join(texts)
        assert all(asked.hidden)
        assert [] == far.texts(general) or all(one.ephemeral for one in far.sent)
        assert not model.requests


async def test_whoever_brought_us_talks_by_a_command(tmp_path: Path, clock: JumpClock) -> None:
    """What they say is talk like any other, and its answer is for all to read."""
    async with far_sides(clock) as (far, model):
        model.otherwise = "Fine, and you?"
        ann = far.person("Ann")
        general = home(far, ann)
        async with living(tmp_path, far, model, clock) as inside:
            await offered(far)
            asked = far.uses(ann, general, "ask", words="How are you?")

            assert ["Fine, and you?"] == await answered(inside, asked)
            assert [False] == asked.hidden
            assert "How are you?" in str(model.requests[-1].body["messages"])


async def test_a_private_command_is_answered_in_private(tmp_path: Path, clock: JumpClock) -> None:
    """The place for the answer is kept in a private chat, too."""
    async with far_sides(clock) as (far, model):
        ann = far.person("Ann")
        async with living(tmp_path, far, model, clock) as inside:
            await offered(far)
            asked = far.uses(ann, ann, "language", language="ja")

            texts = await answered(inside, asked)

        assert texts[0].startswith("これからは、どこで話しかけられても日本語で")
        assert not asked.thinking


async def test_who_may_is_asked_of_the_house(tmp_path: Path, clock: JumpClock) -> None:
    """Whatever Discord shows to whom; an admin's word lasts."""
    async with far_sides(clock) as (far, model):
        ann, bob = far.person("Ann"), far.person("Bob")
        general = home(far, bob, ann)
        async with living(tmp_path, far, model, clock, **admin(ann)) as inside:
            await offered(far)
            by_bob = far.uses(bob, general, "talk", dial="3")
            refused = await answered(inside, by_bob)
            by_ann = far.uses(ann, general, "talk", dial="3")
            told = await answered(inside, by_ann)

        assert told[0].startswith("/talk 3 · ")
        assert "/talk" not in refused[0]


async def test_versions_are_completed_for_admins(tmp_path: Path, clock: JumpClock) -> None:
    """Nobody else learns which there are."""
    async with far_sides(clock) as (far, model):
        ann, bob = far.person("Ann"), far.person("Bob")
        general = home(far, ann, bob)
        async with living(tmp_path, far, model, clock, **admin(ann)):
            await offered(far)
            asked = [
                far.completes(person, general, "model use", "version", "k") for person in (ann, bob)
            ]
            await far.sees(lambda: all(one.acknowledged for one in asked), timeout=PATIENCE_S)

        assert [[("KU1.0", "KU1.0")], []] == [one.choices for one in asked]


async def test_a_thread_is_opened_and_the_talk_goes_on_there(
    tmp_path: Path, clock: JumpClock
) -> None:
    """Everybody sees where; in it the avatar is at home like anywhere."""
    async with far_sides(clock) as (far, model):
        model.otherwise = "The stars are out."
        ann = far.person("Ann")
        general = home(far, ann)
        async with living(tmp_path, far, model, clock) as inside:
            await offered(far)
            asked = far.uses(ann, general, "thread", title="Night sky")
            (line,) = await answered(inside, asked)
            thread = far.world.channels[int(line.partition("<#")[2].partition(">")[0])]
            far.says(ann, thread, f"{far.me.mention} what do you see?")

            assert ["The stars are out."] == await inside.gets(thread)

        assert ("Night sky", general) == (thread.name, thread.parent)
        assert [False] == asked.hidden
