"""Strangers, invitations and bans, through a real chat on Telegram."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from service.compose import composed
from service.run import live
from service.telegram import telegram as telegram_bot
from tests.far_side.botapi import BotApi
from tests.far_side.model import ModelServer
from tests.inside import Inside, chosen, far_sides, living_inside
from tests.jump import JumpClock
from tests.migrated import sqlite_at
from tests.test_service_souls import Talk

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

OWNER = {"admins": ["telegram:7"]}
PAIRED = {**OWNER, "who": "paired"}


def code_in(text: str) -> str:
    """The pairing code in a line."""
    found = re.search(r"\b[B-Y]{6}\b", text)
    assert found, text
    return found[0]


@asynccontextmanager
async def one_life(
    folder: Path, far: tuple[BotApi, ModelServer, JumpClock], **tables: Any
) -> AsyncIterator[Inside]:
    """The house from its start to its stop, between far sides that know it from before."""
    telegram, model, clock = far
    settings = chosen(folder, telegram, model, **tables)
    async with (
        composed(settings, clock=clock) as house,
        telegram_bot(settings, house),
        asyncio.TaskGroup() as group,
    ):
        stopped = asyncio.Event()
        group.create_task(live(house, stopped))
        yield Inside(telegram, model, house, clock, folder)
        stopped.set()


async def silent(inside: Inside, talk: Talk, text: str) -> list[str]:
    """What somebody who says *text* is told."""
    known = len(inside.telegram.texts(talk.person))
    inside.telegram.says(talk.person, talk.person, text)
    dealt = "SELECT text FROM heard WHERE state <> 'waiting'"
    before = inside.rows(dealt).count(text)
    await inside.until(lambda: inside.rows(dealt).count(text) > before)
    await inside.rests()
    return inside.telegram.texts(talk.person)[known:]


@pytest.mark.parametrize(
    ("language", "hello", "told", "welcome"),
    [
        ("en", "Hello, who are you?", "I do not know you yet", "Bo, my owner has let you in"),
        ("zh", "你好，你是谁？", "我还不认识你", "Bo，我的主人同意了"),
        (
            "ja",
            "こんにちは、だれですか？",
            "まだあなたを知りません",
            "Boさん、持ち主の許しが出ました",
        ),
    ],
)
async def test_a_stranger_is_paired(
    tmp_path: Path, language: str, hello: str, told: str, welcome: str
) -> None:
    """One line with a code; an admin says it; they are told, and answered from then on."""
    async with living_inside(tmp_path, access=PAIRED) as inside:
        ann, bo = Talk(inside, inside.person()), Talk(inside, inside.person(8, "Bo", language))
        line = await bo.says(hello)
        more = await silent(inside, bo, "again")
        asked = len(inside.model.requests)
        done = await ann.says(f"/allow {code_in(line).lower()}")
        texts = await inside.gets(bo.person, 2)
        answer = await bo.says("I am in")
        rows = inside.rows('SELECT "by", deed, subject, after FROM audit')

    assert line.startswith(told)
    assert ([], 0) == (more, asked)
    assert "Bo (telegram:8) may talk with me now." == done
    assert texts[1].startswith(welcome)
    assert answer
    assert [("telegram:7", "allow", "telegram:8", "allowed")] == rows


async def test_a_code_outlives_a_restart_and_is_renewed_when_it_is_over(tmp_path: Path) -> None:
    """The old code still pairs after a new start; after an hour the next word brings another."""
    sqlite_at(tmp_path / "anima.db")
    async with far_sides() as far:
        async with one_life(tmp_path, far, access=PAIRED) as inside:
            ann, cy = inside.person(), inside.person(9, "Cy")
            first = code_in(await Talk(inside, inside.person(8, "Bo")).says("Hello"))
            late = code_in(await Talk(inside, cy).says("Hello"))
        async with one_life(tmp_path, far, access=PAIRED) as inside:
            done = await Talk(inside, ann).says(f"/allow {first}")
            inside.execute("UPDATE ticket SET until = at")  # an hour, in polls, takes long
            expired = await Talk(inside, ann).says(f"/allow {late}")
            renewed = code_in(await Talk(inside, cy).says("Hello again"))
            paired = await Talk(inside, ann).says(f"/allow {renewed}")

    assert done.startswith("Bo (telegram:8) may")
    assert expired.startswith(f"{late} is no code that is open")
    assert renewed != late
    assert paired.startswith("Cy (telegram:9) may")


async def test_somebody_is_let_in_by_name_by_address_and_by_a_button(tmp_path: Path) -> None:
    """Whoever knocked is in the list, and the buttons under it say the rest."""
    async with living_inside(tmp_path, access=PAIRED) as inside:
        ann = Talk(inside, inside.person())
        for number, name in ((8, "Bo"), (9, "Cy"), (10, "Di")):
            await Talk(inside, inside.person(number, name)).says("Hello")
        waiting = await ann.says("/allow")
        asked = inside.telegram.sent[-1]
        named = await ann.says("/allow bo")
        addressed = await ann.says("/allow telegram:9")
        again = await ann.says("/allow telegram:9")
        data = {one["text"]: one["callback_data"] for one in asked.buttons}
        inside.telegram.presses(ann.person, asked, data["Allow Di"])
        pressed = (await inside.gets(ann.person, 5))[-1]
        everybody = await ann.says("/allow list")

    title, *people = waiting.splitlines()[:4]
    assert "At the door:" == title
    assert ["· Bo (telegram:8)", "· Cy (telegram:9)", "· Di (telegram:10)"] == sorted(people)
    assert "Bo (telegram:8) may talk with me now." == named
    assert "Cy (telegram:9) may talk with me now." == addressed
    assert "Cy (telegram:9) may talk with me already." == again
    assert "Di (telegram:10) may talk with me now." == pressed
    assert everybody.splitlines()[:2] == ["Nobody is at the door.", "Let in:"]


async def test_an_invitation_lets_in_one(tmp_path: Path) -> None:
    """By a link that opens a chat with us; whoever comes second, or guesses, is not let in."""
    async with living_inside(tmp_path, access=PAIRED) as inside:
        ann = Talk(inside, inside.person())
        bo, cy = Talk(inside, inside.person(8, "Bo")), Talk(inside, inside.person(9, "Cy"))
        link = (await ann.says("/allow invite")).splitlines()[1]
        payload = link.partition("?start=")[2]
        greeting = await bo.says(f"/start {payload}")
        answer = await bo.says("Hello")
        once_more = await bo.says(f"/start {payload}")
        late = await cy.says(f"/start {payload}")
        wrong = [await cy.says(f"/start invite_BCDFGHJKMNP{end}") for end in "QRTV"]
        quiet = await silent(inside, cy, "/start invite_BCDFGHJKMNPW")
        rows = inside.rows('SELECT "by", deed, subject, after FROM audit')

    assert link.startswith("https://t.me/")
    assert greeting == once_more
    assert answer
    assert late.startswith("This invitation is not good any more.")
    assert {late} == set(wrong)
    assert [] == quiet
    assert ("telegram:7", "allow", "telegram:8", "invitation") in rows


@pytest.mark.parametrize("who", ["everyone", "paired"])
async def test_a_ban_is_silence_that_lasts(tmp_path: Path, who: str) -> None:
    """Neither a word nor a press is answered, in private or in a group, also after a restart."""
    access = {**OWNER, "who": who, "listed": ["telegram:8"]}
    sqlite_at(tmp_path / "anima.db")
    async with far_sides() as far:
        async with one_life(tmp_path, far, access=access) as inside:
            ann, bo = Talk(inside, inside.person()), Talk(inside, inside.person(8, "Bo"))
            await bo.says("Hello")
            told = await ann.says("/ban Bo shouting at people")
            quiet = await silent(inside, bo, "Why?")
        async with one_life(tmp_path, far, access=access) as inside:
            ann, bo = Talk(inside, ann.person), Talk(inside, bo.person)
            later = await silent(inside, bo, "Still?")
            command = await silent(inside, bo, "/help")
            group = inside.telegram.group(-100, "Friends")
            inside.telegram.says(group, bo.person, "Kokoro, are you there?")
            inside.telegram.says(group, ann.person, "Kokoro, good evening!")
            spoken = await inside.gets(group, 1)
            seen = str(inside.model.requests[-1].body)
            listed = await ann.says("/ban list")
            freed = await ann.says("/unban Bo")
            answer = await bo.says("Thank you")

    assert told.startswith("I do not hear Bo (telegram:8) any more.")
    assert ([], [], []) == (quiet, later, command)
    assert (1, False) == (len(spoken), "are you there" in seen)
    assert "· Bo (telegram:8): shouting at people" in listed
    assert freed.startswith("Bo (telegram:8) is not banned any more.")
    assert answer


async def test_a_reply_says_who_is_meant(tmp_path: Path) -> None:
    """In a group, to what somebody said; all that is said there is the reason."""
    async with living_inside(tmp_path, access=OWNER) as inside:
        ann, bo = inside.person(), inside.person(8, "Bo")
        group = inside.telegram.group(-100, "Friends")
        said = inside.telegram.says(group, bo, "Kokoro, buy my stamps!")
        await inside.gets(group, 1)
        inside.telegram.says(group, ann, "/ban selling stamps", reply_to=said)
        texts = await inside.gets(group, 2)
        inside.telegram.says(group, ann, "/unban", reply_to=said)
        freed = await inside.gets(group, 3)
        rows = inside.rows("SELECT deed, subject, before, after FROM audit")

    assert texts[1].startswith("I do not hear Bo (telegram:8) any more.")
    assert freed[2].startswith("Bo (telegram:8) is not banned any more.")
    assert [
        ("ban", "telegram:8", "", "selling stamps"),
        ("unban", "telegram:8", "banned", ""),
    ] == rows


@pytest.mark.parametrize(
    ("language", "yourself", "other"),
    [
        ("en", "I will not shut you out", "telegram:9 is one of my admins"),
        ("zh", "我可不会把你关在", "telegram:9 是我的管理员"),
        ("ja", "あなたをご自分の家から", "telegram:9 は管理者です"),
    ],
)
async def test_admins_are_not_banned(
    tmp_path: Path, language: str, yourself: str, other: str
) -> None:
    """Neither oneself nor another one; one clear line."""
    access = {"admins": ["telegram:7", "telegram:9"]}
    async with living_inside(tmp_path, access=access) as inside:
        ann = Talk(inside, inside.person(language=language))
        lines = [await ann.says("/ban telegram:7"), await ann.says("/ban telegram:9 because")]
        rows = inside.rows("SELECT deed FROM audit")

    assert lines[0].startswith(yourself)
    assert lines[1].startswith(other)
    assert [] == rows


@pytest.mark.parametrize(
    ("language", "notice"),
    [("en", "That is a lot at once."), ("zh", "一下子说得太多啦"), ("ja", "一度にたくさんで")],
)
async def test_too_much_is_told_once_a_minute(tmp_path: Path, language: str, notice: str) -> None:
    """Then silence, until there is room again; nothing is lost, and the model is not asked."""
    words = {"en": "Tell me more", "zh": "再多说一点吧", "ja": "もっと話してください"}[language]
    tables: dict[str, Any] = {"access": OWNER, "limits": {"per_minute": 2}}
    async with living_inside(tmp_path, **tables) as inside:
        bo = Talk(inside, inside.person(8, "Bo", language))
        answers = [await bo.says(words), await bo.says(words)]
        told = await bo.says(words)
        quiet = await silent(inside, bo, "hello?")
        asked = len(inside.model.requests)
        await inside.clock.sleep(70)
        again = await bo.says(words)
        rows = inside.rows("SELECT state FROM heard ORDER BY id")
        reasons = inside.rows("SELECT reason FROM turn WHERE outcome = 'refused'")

    assert all(answers)
    assert told.startswith(notice)
    assert ([], 2) == (quiet, asked)
    assert not again.startswith(notice)
    assert ["answered", "answered", "refused", "refused", "answered"] == rows
    assert ["limit person", "limit person"] == reasons


async def test_owners_have_no_limit(tmp_path: Path) -> None:
    """Neither of a minute nor of a day, and their commands work while others wait."""
    limits = {"per_minute": 1, "per_group_minute": 1, "tokens_per_day": 1}
    async with living_inside(tmp_path, access=OWNER, limits=limits) as inside:
        ann = Talk(inside, inside.person())
        answers = [await ann.says(f"number {count}") for count in range(4)]
        stats = await ann.says("/stats")

    assert 4 == len(answers)
    assert "refused" not in stats
    assert "answered 4" in stats


async def test_a_group_has_a_limit_of_its_own(tmp_path: Path) -> None:
    """Whoever speaks in it; the others hear so once, and their private talks go on."""
    tables: dict[str, Any] = {"access": OWNER, "limits": {"per_group_minute": 2}}
    async with living_inside(tmp_path, **tables) as inside:
        group = inside.telegram.group(-100, "Friends")
        people = [inside.person(number, f"P{number}") for number in range(10, 15)]
        for count, one in enumerate(people[:3], start=1):
            inside.telegram.says(group, one, "Kokoro, how are you?")
            texts = await inside.gets(group, count)
        inside.telegram.says(group, people[3], "Kokoro, and me?")
        wanted = "SELECT count(*) FROM heard WHERE state = 'refused'"
        await inside.until(lambda: inside.rows(wanted) == [2])
        await inside.rests()
        silence = len(inside.telegram.texts(group))
        alone = await Talk(inside, people[4]).says("Hello")

    assert texts[2].startswith("It is lively here.")
    assert 3 == silence
    assert not alone.startswith("It is lively here.")


@pytest.mark.parametrize(
    ("limit", "line"),
    [("tokens_per_day", "with you"), ("tokens_per_day_total", "as much as I may")],
)
async def test_a_day_has_a_budget(tmp_path: Path, limit: str, line: str) -> None:
    """One person's, or everybody's; what came of it is told once that day."""
    tables: dict[str, Any] = {"access": OWNER, "limits": {limit: 1}}
    async with living_inside(tmp_path, **tables) as inside:
        bo, cy = Talk(inside, inside.person(8, "Bo")), Talk(inside, inside.person(9, "Cy"))
        await bo.says("Hello")
        await inside.rests()
        inside.execute("UPDATE turn SET prompt_tokens = 100")
        await inside.clock.sleep(15)
        told = await bo.says("Hello again")
        quiet = await silent(inside, bo, "and now?")
        other = await cy.says("Hello")

    assert line in told
    assert [] == quiet
    assert (limit == "tokens_per_day_total") == ("as much as I may" in other)
