"""What the house tells people on Discord unasked: its owner, who was let in, who was linked."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from service.telegram import telegram as telegram_bot
from tests.far_side.botapi import BotApi
from tests.far_side.discord import Discord, Fault, Person
from tests.far_side.model import ModelServer
from tests.jump import JumpClock
from tests.living import TOKEN
from tests.migrated import sqlite_at
from tests.test_service_discord import Inside, chosen, far_sides, housed, living

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

PATIENCE_S = 600


def owned_by(person: Person, **more: Any) -> dict[str, Any]:
    """Settings in which *person* looks after the house."""
    return {"access": {"admins": [f"discord:{person.id}"], **more}}


def code_in(text: str, form: str = r"\b[B-Y]{6}\b") -> str:
    """The code in a line."""
    found = re.search(form, text)
    assert found, text
    return found[0]


async def last(far: Discord, person: Person, begins: str) -> str:
    """What *person* was told that begins so, as soon as it is there."""

    def there() -> str:
        return next((one for one in far.texts(person) if one.startswith(begins)), "")

    return await far.sees(there, timeout=PATIENCE_S)


async def test_an_owner_on_discord_is_told_in_private(tmp_path: Path, clock: JumpClock) -> None:
    """Though they never wrote to us; a talk is opened for it, and each change told once."""
    async with far_sides(clock) as (far, model):
        ann, bob = far.person("Ann"), far.person("Bob")
        general = far.channel(far.guild("Friends", ann, bob), "general")
        async with living(tmp_path, far, model, clock, **owned_by(ann)) as inside:
            await model.stop()
            far.says(bob, general, f"{far.me.mention} hello?")

            told = await last(far, ann, "For my owner: the model server “default” does not")
            await model.start()
            far.says(bob, general, f"{far.me.mention} hello again?")
            back = await last(far, ann, "For my owner: the model server “default” answers again")
            await inside.house.attendant.rested()

    assert [told, back] == far.texts(ann)
    assert far.count["create_dm"] >= 1
    assert all("For my owner" not in one for one in far.texts(general))


async def test_an_owner_who_takes_no_private_words_costs_nobody_anything(
    tmp_path: Path, clock: JumpClock
) -> None:
    """Discord says so, and the next owner is told; one who cannot be asked for is tried again."""
    async with far_sides(clock) as (far, model):
        ann, bob = far.person("Ann"), far.person("Bob")
        general = far.channel(far.guild("Friends", ann, bob), "general")
        shut = Fault(code=400, description="No.", parameters={"code": 50007})
        far.faults.add("create_dm", shut)
        far.refuses("create_dm", 5)
        far.faults.add("create_dm", Fault.gateway(502), times=6)
        admins = [f"discord:{one.id}" for one in (ann, bob)]
        async with living(tmp_path, far, model, clock, access={"admins": admins}):
            await model.stop()
            far.says(bob, general, f"{far.me.mention} hello?")

            await last(far, bob, "For my owner: the model server “default” does not")

    assert [] == far.texts(ann)


@pytest.mark.parametrize(
    ("language", "hello", "welcome"),
    [
        ("en-US", "Hello, who are you?", "Bo, my owner has let you in"),
        ("zh-CN", "你好，你是谁？", "Bo，我的主人同意了"),
        ("ja", "こんにちは、だれですか？", "Boさん、持ち主の許しが出ました"),
    ],
)
async def test_who_is_let_in_is_told_where_they_knocked(
    language: str, hello: str, welcome: str, tmp_path: Path, clock: JumpClock
) -> None:
    """A stranger gets a code in private, an owner says it there, and they are answered."""
    async with far_sides(clock) as (far, model):
        ann, bo = far.person("Ann"), far.person("Bo", language=language)
        far.channel(far.guild("Friends", ann, bo), "general")
        async with living(tmp_path, far, model, clock, **owned_by(ann, who="paired")) as inside:
            await far.sees(far.commands, timeout=PATIENCE_S)
            far.says(bo, bo, hello)
            (line,) = await inside.gets(bo)
            asked = far.uses(ann, ann, "allow", who=code_in(line).lower())
            await far.sees(lambda: asked.texts, timeout=PATIENCE_S)
            told = (await inside.gets(bo, 2))[1]
            far.says(bo, bo, "I am in")
            answer = (await inside.gets(bo, 3))[2]

    assert [f"Bo (discord:{bo.id}) may talk with me now."] == asked.texts
    assert told.startswith(welcome)
    assert answer
    assert 1 == len(model.requests)


@asynccontextmanager
async def both(
    folder: Path, far: Discord, model: ModelServer, clock: JumpClock
) -> AsyncIterator[tuple[Inside, BotApi]]:
    """A house on Discord and on Telegram."""
    async with BotApi(TOKEN) as telegram:
        tables = {"telegram": {"token": TOKEN, "api_base": telegram.url}}
        settings = chosen(folder, far, model, **tables)
        sqlite_at(folder / "anima.db")
        async with housed(settings, far, model, clock, telegram_bot) as inside:
            yield inside, telegram


@pytest.mark.parametrize("first", ["discord", "telegram"])
async def test_who_is_linked_is_told_on_the_other_side(
    first: str, tmp_path: Path, clock: JumpClock
) -> None:
    """Whichever side the code comes from; Discord asks by its own commands."""
    async with far_sides(clock) as (far, model):
        ann = far.person("Ann")
        async with both(tmp_path, far, model, clock) as (inside, telegram):
            await far.sees(far.commands, timeout=PATIENCE_S)
            annie = telegram.person(7, "Annie", "en")

            async def on_discord(**given: str) -> str:
                asked = far.uses(ann, ann, "link", **given)
                await far.sees(lambda: asked.texts, timeout=PATIENCE_S)
                return asked.texts[0]

            async def on_telegram(text: str) -> str:
                known = len(telegram.texts(annie))
                telegram.says(annie, annie, text)
                await telegram.until(lambda: len(telegram.texts(annie)) > known, timeout=PATIENCE_S)
                return telegram.texts(annie)[known]

            form = r"[2-9A-Z]{4}-[2-9A-Z]{4}"
            if first == "discord":
                code = code_in(await on_discord(), form)
                linked = await on_telegram(f"/link {code} yes")
                told = await last(far, ann, "“Annie” on Telegram and you are one person")
            else:
                code = code_in(await on_telegram("/link"), form)
                linked = await on_discord(code=f"{code} yes")
                await telegram.until(
                    lambda: "one person" in telegram.texts(annie)[-1], timeout=PATIENCE_S
                )
                told = telegram.texts(annie)[-1]
            await inside.house.attendant.rested()

    assert "one person for me now" in linked
    assert ("Annie" if first == "discord" else "Ann") in told
