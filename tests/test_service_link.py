"""Somebody talks on Telegram and on the page, and wants to be one person for it."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from service.chat_page import chat_page
from service.commands import link_words as say
from service.commands.words import Language, Words
from service.web import app, serve
from tests.far_side.botapi import Person
from tests.inside import Inside, chosen, living_inside
from tests.test_service_memory import on_disk, told
from tests.web_page import Browser

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

TABLES: Final[dict[str, Any]] = {
    "access": {"admins": ["telegram:7"]},
    "souls": ({"name": "KU1.0", "model": "base"}, {"name": "KU2.0", "model": "other"}),
}
WRONG: Final = "WRNG-WRNG"
LINKED: Final = "You are one person for me now"


class Guest:
    """Somebody at a browser: *says* waits for the answer and returns it."""

    def __init__(self, inside: Inside, browser: Browser) -> None:
        self.inside, self.browser = inside, browser
        self.count = 0

    async def says(self, text: str) -> str:
        self.count += 1
        await self.inside.clock.sleep(60)  # the page takes only so many messages a minute
        (await self.browser.says(text, f"key-number-{self.count:04}")).raise_for_status()
        await self.inside.rests()
        return (await self.browser.history())[-1]

    async def lines(self) -> list[str]:
        """All that stands on the page."""
        await self.inside.rests()
        return await self.browser.history()


class Ann:
    """Somebody on Telegram."""

    def __init__(self, inside: Inside, person: Person) -> None:
        self.inside, self.person = inside, person

    async def says(self, text: str) -> str:
        known = len(self.inside.telegram.texts(self.person))
        self.inside.telegram.says(self.person, self.person, text)
        return (await self.inside.gets(self.person, known + 1))[-1]

    async def hears(self) -> str:
        """What they were told last."""
        await self.inside.rests()
        return self.inside.telegram.texts(self.person)[-1]

    async def code(self) -> str:
        """The code that `/link` gives."""
        return code_in(await self.says("/link"))


def code_in(text: str) -> str:
    """The first code in *text*."""
    found = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", text)
    assert found
    return found[0]


@asynccontextmanager
async def both(
    folder: Path, language: str = "en", number: int = 7
) -> AsyncIterator[tuple[Inside, Ann, Guest]]:
    """A house with Telegram and a page; Ann on the one, a guest on the other."""
    async with living_inside(folder, **TABLES) as inside:
        settings = chosen(folder, inside.telegram, inside.model, **TABLES)
        async with chat_page(settings, inside.house) as page:
            site = app(inside.house.health(), inside.house.registry, page.routes, page.guarded)
            async with (
                serve(site, "127.0.0.1", 0) as url,
                Browser(url, **{"accept-language": language}) as browser,
            ):
                browser.client.timeout = None  # such a timer would be jumped to
                await browser.get()
                yield (
                    inside,
                    Ann(inside, inside.person(number, "Ann", language)),
                    Guest(inside, browser),
                )


def words(line: Words, language: str, **facts: object) -> str:
    """*line* in one of our languages."""
    spoken: Language = "zh" if language == "zh" else "ja" if language == "ja" else "en"
    return line.to(spoken, **facts)


@pytest.mark.parametrize(
    ("language", "said", "name", "asked"),
    [
        (
            "en",
            "My cat is called Miso and she loves boxes",
            "Miso",
            ("Do you know my cat?", "What is my cat called?", "And who loves boxes?"),
        ),
        (
            "zh",
            "我的猫叫年糕，特别爱睡觉",
            "年糕",
            ("你认识我的猫吗？", "我的猫叫什么名字？", "谁特别爱睡觉？"),
        ),
        (
            "ja",
            "うちの猫はミソという名前です",
            "ミソ",
            ("うちの猫を知ってる？", "猫は何という名前だっけ？", "うちの猫の名前は？"),
        ),
    ],
)
async def test_what_was_told_on_telegram_is_known_on_the_page(
    tmp_path: Path, language: str, said: str, name: str, asked: Sequence[str]
) -> None:
    """Once both are one person, not before, and no longer when they are parted again."""
    async with both(tmp_path, language) as (inside, ann, guest):
        for text in ("Hello!", said, "Bread, butter, jam"):
            await ann.says(text)
        await guest.says(asked[0])
        before = told(inside)
        code = await ann.code()
        found = await guest.says(f"/link {code.lower()}")
        linked = await guest.says(f"/link {code} yes")
        ann_hears = await ann.hears()
        await guest.says(asked[1])
        known = told(inside)
        parted = await guest.says("/unlink")
        ann_hears_then = await ann.hears()
        await guest.says(asked[2])

        where = words(say.WHERE["telegram"], language)
        ann_there = words(say.SIDE, language, name="Ann", where=where)
        page = words(say.SIDE, language, name="Guest", where=words(say.WHERE["web"], language))
        assert [] == before
        form = f"/link {code} yes"
        assert words(say.FOUND, language, others=ann_there, form=form) == found
        assert words(say.LINKED, language, others=ann_there) == linked
        assert words(say.TOLD_LINKED, language, others=page) == ann_hears
        assert any(name in line for line in known)
        assert words(say.PARTED, language, others=ann_there) == parted
        assert words(say.TOLD_PARTED, language, others=page) == ann_hears_then
        assert [] == told(inside)


async def test_a_code_survives_a_restart(tmp_path: Path) -> None:
    """Asked for in one life of the house and brought in the next, by a press of the button."""
    async with both(tmp_path) as (inside, _, guest):
        code = code_in(await guest.says("/link"))

    async with both(tmp_path) as (inside, ann, _):
        await ann.says(f"/link {code}")
        asked = inside.telegram.sent[-1]
        (button,) = asked.buttons
        inside.telegram.presses(ann.person, asked, button["callback_data"])
        (_, told_last) = (await inside.gets(ann.person, 2))[-2:]
        everyone = inside.rows("SELECT speaker FROM linked")

    assert told_last.startswith(LINKED)
    assert 2 == len(everyone)


async def test_a_code_that_is_not_right_gets_one_line(tmp_path: Path) -> None:
    """Whether it ran out, was somebody else's before, is one's own, or no code at all."""
    async with both(tmp_path) as (inside, ann, guest):
        old = await ann.code()
        await inside.clock.sleep(601)
        over = await guest.says(f"/link {old} yes")
        code = await ann.code()
        own = await ann.says(f"/link {code}")
        await guest.says(f"/link {code} yes")
        bo = Ann(inside, inside.person(8, "Bo"))
        foreign = await bo.says(f"/link {code} yes")
        none = await bo.says("/link please do")
        again = await guest.says("/link")
        everyone = inside.rows("SELECT speaker FROM linked WHERE speaker LIKE 'telegram:%'")

    wrong = say.WRONG.to("en")
    assert (wrong, wrong) == (over, foreign)
    assert say.OWN.to("en", code=code) == own
    assert none.startswith("“please do” is no code; one looks like this: ")
    assert again.startswith("Here you are one person for me with “Ann” on Telegram.")
    assert ["telegram:7"] == everyone


async def test_who_guesses_has_to_wait(tmp_path: Path) -> None:
    """After five wrong codes, also with the right one; then there is one line with the time."""
    async with both(tmp_path) as (inside, ann, _):
        code = await ann.code()
        eve = Ann(inside, inside.person(9, "Eve"))
        wrong = [await eve.says(f"/link {WRONG}") for _ in range(5)]
        refused = await eve.says(f"/link {code} yes")

        assert {say.WRONG.to("en")} == set(wrong)
        assert re.fullmatch(r"There were too many wrong codes\. .* in (59|60) min\.", refused)
        assert [] == inside.rows("SELECT speaker FROM linked")


async def test_codes_are_for_the_two_of_us(tmp_path: Path) -> None:
    """In a group nobody is given one."""
    async with both(tmp_path) as (inside, ann, _):
        group = inside.telegram.group(-100, "Friends")
        inside.telegram.says(group, ann.person, "/link")
        (line,) = await inside.gets(group, 1)

        assert line.startswith("That is for the two of us alone")
        assert [] == inside.rows("SELECT speaker FROM link_code")


async def test_what_is_known_and_forgotten_is_the_persons(tmp_path: Path) -> None:
    """The page tells what was said on Telegram, and forgets it there, too."""
    async with both(tmp_path) as (inside, ann, guest):
        await ann.says("I'm allergic to peanuts")
        await inside.clock.sleep(5)
        code = await ann.code()
        await guest.says("Hello")
        await guest.says(f"/link {code} yes")
        known = await guest.says("/memory what")
        exported = await guest.says("/memory export")
        gone = await guest.says("/memory forget all yes")
        alone = await ann.says("/unlink")

        assert "· Allergies: " in known
        assert "facts: 1" in exported
        assert "linked platforms: 2" in gone
        assert b"peanuts" not in on_disk(tmp_path)
        assert [] == [*(tmp_path / "exports").iterdir()]
        assert say.NOT_LINKED.to("en") == alone


async def test_nobody_in_a_group_learns_who_is_whom(tmp_path: Path) -> None:
    """What is told there is what the speaker themself said there; private words never are."""
    async with both(tmp_path) as (inside, ann, guest):
        await guest.says("The code of my safe is heliotrope")
        code = await ann.code()
        await guest.says(f"/link {code} yes")
        group = inside.telegram.group(-100, "Friends")
        inside.telegram.says(group, ann.person, "Kokoro, what is the code of my safe?")
        await inside.gets(group, 1)
        in_company = told(inside)
        await ann.says("What is the code of my safe?")

        assert [] == in_company
        assert any("heliotrope" in line for line in told(inside))


async def test_a_platform_that_is_not_linked_is_named(tmp_path: Path) -> None:
    """With whom somebody is linked instead."""
    async with both(tmp_path) as (_, ann, guest):
        code = await ann.code()
        await guest.says(f"/link {code} yes")
        nobody = await ann.says("/unlink discord")
        page = await ann.says("/unlink web")
        lines = await guest.lines()

    assert nobody.startswith("You are not linked with anybody on Discord, only with “")
    assert page.startswith("Done: “")
    assert lines[-1].startswith("“Ann” on Telegram and you are no longer one person for me.")


async def test_everything_is_forgotten_from_a_group_as_well(tmp_path: Path) -> None:
    """All that the person ever said anywhere; nothing of it is shown there before."""
    async with both(tmp_path) as (inside, ann, guest):
        await guest.says("The code of my safe is heliotrope")
        await ann.says("My locker has the number 4711")
        code = await ann.code()
        await guest.says(f"/link {code} yes")
        group = inside.telegram.group(-100, "Friends")
        lines = []
        for count, text in enumerate(("/memory forget all", "/memory forget all yes"), 1):
            inside.telegram.says(group, ann.person, text)
            lines.append((await inside.gets(group, count))[-1])

        asked, done = lines
        assert asked.startswith("This would be forgotten for good: ")
        assert not [word for word in ("heliotrope", "4711") if word in asked]
        assert done.startswith("Forgotten for good: ")
        assert not [word for word in (b"heliotrope", b"4711") if word in on_disk(tmp_path)]


async def test_a_wrong_fact_is_corrected_from_either_side(tmp_path: Path) -> None:
    """It was said on Telegram; the page says that it is not so."""
    async with both(tmp_path) as (inside, ann, guest):
        await ann.says("I'm allergic to peanuts")
        await inside.clock.sleep(5)
        (number,) = inside.rows("SELECT memory_id FROM fact")
        before = await guest.says(f"/memory wrong #{number}")
        code = await ann.code()
        await guest.says(f"/link {code} yes")
        after = await guest.says(f"/memory wrong #{number}")

    assert before.startswith(f"I know nothing called #{number} ")
    assert after.startswith("I no longer hold that for true.")
