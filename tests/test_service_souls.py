"""Versions of the soul, from the command on Telegram to the model that is asked."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from anima.errors import ConfigError
from tests.far_side import replies
from tests.far_side.botapi import Person
from tests.far_side.model import ModelServer
from tests.inside import Inside, composed_inside, living_inside

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

KU5, KU6 = {"name": "KU5.0", "model": "ku-5"}, {"name": "KU6.0", "model": "ku-6"}
OWNER = {"admins": ["telegram:7"]}


def as_model(body: Any) -> str:
    """An answer that tells which model was asked."""
    return f"{body['model']} here"


@asynccontextmanager
async def two_souls(
    folder: Path, *souls: dict[str, object], **tables: Any
) -> AsyncIterator[Inside]:
    """A house with two versions on one server, owned by Ann."""
    wanted = souls or (KU5, KU6)
    async with living_inside(folder, souls=wanted, access=OWNER, **tables) as inside:
        inside.model.otherwise = as_model
        yield inside


class Talk:
    """One person's private chat: *says* waits for the answer and returns it."""

    def __init__(self, inside: Inside, person: Person) -> None:
        self.inside, self.person = inside, person

    async def says(self, text: str) -> str:
        known = len(self.inside.telegram.texts(self.person))
        self.inside.telegram.says(self.person, self.person, text)
        return (await self.inside.gets(self.person, known + 1))[-1]


def asking(folder: Path) -> str:
    """Kokoro, who asks how people like her answers."""
    copy = folder / "kokoro"
    shutil.copytree("personas/kokoro", copy)
    card = copy / "persona.toml"
    card.write_text(f"feedback = true\n{card.read_text('utf-8')}", "utf-8")
    return str(copy)


def seen(inside: Inside) -> list[str]:
    """What the model was shown of the talk with the last question."""
    return [str(one["content"]) for one in inside.model.requests[-1].body["messages"][1:]]


async def test_the_owner_switches_a_conversation(tmp_path: Path) -> None:
    """The next answer is the new version's, which begins afresh; others keep theirs."""
    async with two_souls(tmp_path) as inside:
        ann, bob = Talk(inside, inside.person()), Talk(inside, inside.person(8, "Bob"))
        before = [await ann.says("hello"), await bob.says("hello")]

        told = await ann.says("/model use KU6.0")

        after = [await ann.says("and now?"), await bob.says("and now?")]
        await inside.rests()
        rows = inside.rows('SELECT "by", deed, subject, before, after FROM audit')

    assert ["ku-5 here", "ku-5 here"] == before
    assert "KU6.0" in told
    assert ["ku-6 here", "ku-5 here"] == after
    assert [("telegram:7", "model use", "here", "KU5.0", "KU6.0")] == rows


async def test_the_new_version_reads_nothing_of_the_old_talk(tmp_path: Path) -> None:
    """Its prompt holds neither the old talk nor the command; what it says itself is kept."""
    async with two_souls(tmp_path) as inside:
        ann = Talk(inside, inside.person())
        for text in ("my cat is Miso", "/model use KU6.0", "hello again", "still there?"):
            await ann.says(text)

        shown = "\n".join(seen(inside))

    assert "Miso" not in shown
    assert "/model" not in shown
    assert "hello again" in shown


async def test_everywhere_and_back(tmp_path: Path) -> None:
    """A switch for all reaches every conversation, and one rollback takes it back everywhere."""
    async with two_souls(tmp_path) as inside:
        ann, bob = Talk(inside, inside.person()), Talk(inside, inside.person(8, "Bob"))
        await bob.says("hello")
        await ann.says("/model use KU6.0 everywhere")
        switched = await bob.says("who are you?")

        await ann.says("/model rollback")

        assert ["ku-6 here", "ku-5 here", "ku-5 here"] == [
            switched,
            await bob.says("and now?"),
            await ann.says("and you?"),
        ]


async def test_a_choice_outlives_the_process(tmp_path: Path) -> None:
    """After a restart the version speaks that was chosen before it."""
    async with two_souls(tmp_path) as inside:
        await Talk(inside, inside.person()).says("/model use KU6.0 everywhere")
    async with two_souls(tmp_path) as inside:
        answer = await Talk(inside, inside.person(9, "Cy")).says("hello")

    assert "ku-6 here" == answer


async def test_nobody_else_switches(tmp_path: Path) -> None:
    """Who is no admin gets one short refusal in the persona's voice, and nothing changes."""
    async with two_souls(tmp_path) as inside:
        bob = Talk(inside, inside.person(8, "小博", "zh-hans"))

        told = [await bob.says(text) for text in ("/model use KU6.0", "/model", "/replay last")]

        assert "ku-5 here" == await bob.says("你好")
        assert 1 == len(set(told))
        assert "KU" not in told[0]
        assert [] == inside.rows("SELECT id FROM choice")


@pytest.mark.parametrize(
    ("language", "word"), [("en", "afresh"), ("zh-hans", "记忆"), ("ja", "記憶")]
)
async def test_the_answer_is_in_the_owners_language(
    tmp_path: Path, language: str, word: str
) -> None:
    """In three languages, with both names."""
    async with two_souls(tmp_path) as inside:
        told = await Talk(inside, inside.person(language=language)).says("/model use ku6.0")

    assert "KU5.0" in told
    assert "KU6.0" in told
    assert word in told


async def test_a_dead_server_costs_nobody_its_answer(tmp_path: Path) -> None:
    """Ten conversations in flight when their server dies are answered by the fallback."""
    spare = {"spare": {"kind": "openai", "base_url": ""}}
    async with ModelServer() as second:
        second.otherwise = lambda _body: "the spare speaks"
        spare["spare"]["base_url"] = second.url
        async with living_inside(
            tmp_path,
            souls=({**KU5, "fallback": ["KU1.0"]}, {"name": "KU1.0", "backend": "spare"}),
            backends=spare,
            access=OWNER,
        ) as inside:
            inside.model.otherwise = replies.Reply(["hang"])
            owner = inside.person()
            people = [inside.person(number, f"P{number}") for number in range(20, 30)]
            for person in people:
                inside.telegram.says(person, person, "hello")
            await inside.model.until(lambda: len(inside.model.requests) == len(people))

            await inside.model.stop()

            answers = [await inside.gets(person) for person in people]
            notices = await inside.gets(owner)
            souls = inside.rows("SELECT DISTINCT soul FROM turn WHERE outcome = 'answered'")
            await inside.model.start()
            inside.model.otherwise = as_model
            notices = await inside.gets(owner, 2)
            await inside.rests()
            again = await Talk(inside, people[0]).says("back?")

    assert [["the spare speaks"]] * 10 == answers
    assert ["KU1.0"] == souls
    assert "“default” does not answer" in notices[0]
    assert "“default” answers again" in notices[1]
    assert "ku-5 here" == again


async def test_what_people_think_of_it(tmp_path: Path) -> None:
    """A pressed button is stored with the turn and its version, the newest word alone."""
    async with two_souls(tmp_path, persona=asking(tmp_path)) as inside:
        ann = inside.person()
        await Talk(inside, ann).says("hello")
        bubble = inside.telegram.sent[-1]
        for button in (bubble.buttons[0], bubble.buttons[2]):
            inside.telegram.presses(ann, bubble, button["callback_data"])
        await inside.until(lambda: len(inside.rows("SELECT id FROM heard WHERE text = ''")) == 2)

        assert [("KU5.0", "unlike", "telegram:7")] == inside.rows(
            "SELECT soul, verdict, speaker FROM feedback"
        )
        told = await Talk(inside, ann).says("/model info KU5.0")
        assert "1" in told


async def test_a_thumb_as_a_reaction_counts_like_a_button(tmp_path: Path) -> None:
    """As long as it stands there."""
    async with two_souls(tmp_path) as inside:
        ann = inside.person()
        await Talk(inside, ann).says("hello")
        answer, found = inside.telegram.sent[-1], []
        for face in ("👍", "👎", ""):
            inside.telegram.reacts(ann, answer, face)
            await inside.until(lambda: not inside.telegram.pending)
            await inside.rests()
            found.append(inside.rows("SELECT verdict FROM feedback"))

        assert [["good"], ["bad"], []] == found


async def test_a_version_never_changes(tmp_path: Path) -> None:
    """One that has spoken cannot become another under the same name: nothing starts."""
    async with two_souls(tmp_path) as inside:
        await Talk(inside, inside.person()).says("hello")
        await inside.rests()

    other = ({**KU5, "model": "ku-5-new"},)
    with pytest.raises(ConfigError, match=r"'KU5\.0' has spoken .*'ku-5'.*'ku-5-new'"):
        async with composed_inside(tmp_path, souls=other):
            pass


async def test_a_version_that_is_gone_is_retired(tmp_path: Path) -> None:
    """Its conversations go on with the first version, and the register still knows it."""
    async with two_souls(tmp_path) as inside:
        ann = Talk(inside, inside.person())
        await ann.says("/model use KU6.0 everywhere")
        await ann.says("hello")
        await inside.rests()
    async with two_souls(tmp_path, KU5) as inside:
        bob = Talk(inside, inside.person(8, "Bob"))

        assert "ku-5 here" == await bob.says("hello?")
        assert [("KU5.0", 0), ("KU6.0", 1)] == inside.rows(
            "SELECT name, retired_at IS NOT NULL FROM soul ORDER BY name"
        )
        ann = Talk(inside, inside.person())
        assert "KU6.0" in await ann.says("/model list")


async def test_two_answers_side_by_side(tmp_path: Path) -> None:
    """A comparison asks both versions, and leaves no trace in the talk."""
    async with two_souls(tmp_path) as inside:
        ann = Talk(inside, inside.person())
        await ann.says("hello")

        told = await ann.says("/model compare KU5.0 KU6.0 What is your favourite tea?")
        await ann.says("go on")

        shown = "\n".join(seen(inside))
    assert "ku-5 here" in told
    assert "ku-6 here" in told
    assert "favourite tea" not in shown


async def test_a_turn_again_on_another_version(tmp_path: Path) -> None:
    """A replay shows what was said and what the other version would have said, to its owner."""
    async with two_souls(tmp_path) as inside:
        ann = Talk(inside, inside.person())
        await ann.says("hello")

        told = await ann.says("/replay last KU6.0")

        asked = inside.model.requests[-1].body
    assert "ku-5 here" in told
    assert "ku-6 here" in told
    assert "hello" in str(asked["messages"][-1]["content"])
