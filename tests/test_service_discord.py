"""Discord from the event to the bubble: the whole service between the real protocols."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from anima.errors import ConfigError
from anima.ports import Hearing, Voice
from service.compose import House, composed
from service.discord import discord
from service.health import OK
from service.run import live
from service.settings import Settings
from tests.far_side.discord import Channel, Discord, Person
from tests.far_side.model import ModelServer
from tests.jump import JumpClock
from tests.migrated import sqlite_at

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

Opened = Callable[[Settings, House], AbstractAsyncContextManager[object]]
"""Adds a platform to a house while entered."""


@dataclass(slots=True)
class Inside:
    """A house that lives, and its far sides."""

    far: Discord
    model: ModelServer
    house: House
    clock: JumpClock

    async def gets(self, place: Person | Channel, count: int = 1) -> list[str]:
        """What was said in *place*, once there are *count* bubbles."""
        await self.far.sees(lambda: len(self.far.texts(place)) >= count, timeout=600)
        return self.far.texts(place)


def chosen(folder: Path, far: Discord, model: ModelServer, **tables: Any) -> Settings:
    """Settings for these far sides; *tables* go on top of the quick ones."""
    tree: dict[str, Any] = {
        "data": folder,
        "discord": {"token": far.token, "api_base": far.api},
        "database": {"url": f"sqlite:///{folder / 'anima.db'}"},
        "memory": {"embeddings": "off"},
        "backends": {"default": {"kind": "openai", "base_url": model.url}},
        "souls": [{"name": "KU1.0", "model": "base"}],
        "pace": {"linger_s": 0, "typing": False},
    }
    for name, table in tables.items():
        tree[name] = tree.get(name, {}) | table
    return Settings.model_validate(tree)


@asynccontextmanager
async def far_sides(clock: JumpClock) -> AsyncIterator[tuple[Discord, ModelServer]]:
    """Both servers, and the clock that Discord dates its messages by."""
    async with Discord(now=lambda: clock.now().timestamp()) as far, ModelServer() as model:
        yield far, model


@asynccontextmanager
async def living(
    folder: Path,
    far: Discord,
    model: ModelServer,
    clock: JumpClock,
    *,
    mouth: Voice | None = None,
    ear: Hearing | None = None,
    **tables: Any,
) -> AsyncIterator[Inside]:
    """A house alive until left, with *mouth* and *ear*; then it drains as on SIGTERM."""
    settings = chosen(folder, far, model, **tables)
    if not (folder / "anima.db").exists():
        sqlite_at(folder / "anima.db")
    async with housed(settings, far, model, clock, mouth=mouth, ear=ear) as inside:
        yield inside


@asynccontextmanager
async def housed(
    settings: Settings,
    far: Discord,
    model: ModelServer,
    clock: JumpClock,
    *more: Opened,
    mouth: Voice | None = None,
    ear: Hearing | None = None,
) -> AsyncIterator[Inside]:
    """A house of these *settings*, on Discord and on *more* platforms."""
    async with AsyncExitStack() as stack:
        entered = composed(settings, clock=clock, voice=mouth, hearing=ear)
        house = await stack.enter_async_context(entered)
        for opened in (discord, *more):
            await stack.enter_async_context(opened(settings, house))
        group = await stack.enter_async_context(asyncio.TaskGroup())
        stopped = asyncio.Event()
        group.create_task(live(house, stopped))
        await far.sees(lambda: far.connected, timeout=600)
        try:
            yield Inside(far, model, house, clock)
        finally:
            far.faults.clear()
            model.flow()
            stopped.set()


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("how are you?", "Fine, and you?"),
        ("你今天好吗？", "很好，你呢？"),
        ("元気ですか？", "元気です。あなたは？"),
    ],
)
async def test_a_mention_on_a_server_is_answered_as_a_reply(
    asked: str, answer: str, tmp_path: Path, clock: JumpClock
) -> None:
    """To whom it was asked by, and nobody else is called."""
    async with far_sides(clock) as (far, model):
        model.otherwise = answer
        ann = far.person("Ann")
        general = far.channel(far.guild("Friends", ann), "general")
        async with living(tmp_path, far, model, clock) as inside:
            question = far.says(ann, general, f"{far.me.mention} {asked}")

            assert [answer] == await inside.gets(general)

    assert int(question["id"]) == far.sent[0].reply_to
    told = str(model.requests[-1].body["messages"])
    assert (True, True) == (asked in told, "#general · Friends" in told)


async def test_talk_among_others_is_heard_and_not_answered(
    tmp_path: Path, clock: JumpClock
) -> None:
    """It is what was said before when somebody asks at last."""
    async with far_sides(clock) as (far, model):
        ann, bob = far.person("Ann"), far.person("Bob")
        general = far.channel(far.guild("Friends", ann, bob), "general")
        async with living(tmp_path, far, model, clock) as inside:
            far.says(bob, general, "soup is best")
            far.says(ann, general, f"{far.me.mention} is it?")

            await inside.gets(general)

    assert "soup is best" in str(model.requests[-1].body["messages"])


async def test_a_reply_and_a_name_call_as_well(tmp_path: Path, clock: JumpClock) -> None:
    """Nobody needs to write a mention."""
    async with far_sides(clock) as (far, model):
        ann = far.person("Ann")
        general = far.channel(far.guild("Friends", ann), "general")
        async with living(tmp_path, far, model, clock) as inside:
            name = inside.house.company.at("discord").card.name
            far.says(ann, general, f"{name}, are you there?")
            await inside.gets(general)
            far.says(ann, general, "and now?", reply_to=far.sent[0])

            assert 2 == len(await inside.gets(general, 2))


async def test_a_private_talk_has_no_quotes(tmp_path: Path, clock: JumpClock) -> None:
    """That would be odd. Each thread and post is a talk of its own."""
    async with far_sides(clock) as (far, model):
        ann = far.person("Ann")
        guild = far.guild("Friends", ann)
        post = far.post(ann, far.channel(guild, "ideas", kind="forum"), "Soup", "Which one?")
        async with living(tmp_path, far, model, clock) as inside:
            far.says(ann, ann, "hello")
            await inside.gets(ann)
            far.says(ann, post, f"{far.me.mention} well?")
            await inside.gets(post)

    assert [None] == [one.reply_to for one in far.sent if one.channel_id == far.dm(ann).id]


async def test_what_was_edited_or_taken_back_in_time_counts(
    tmp_path: Path, clock: JumpClock
) -> None:
    """The answer is to what stands there by then."""
    async with far_sides(clock) as (far, model):
        ann = far.person("Ann")
        async with living(tmp_path, far, model, clock, pace={"linger_s": 5}) as inside:
            first, second = far.says(ann, ann, "apricots"), far.says(ann, ann, "pers")
            far.edits(second, "pears")
            far.deletes(first)

            await inside.gets(ann)

    told = str(model.requests[-1].body["messages"])
    assert (False, True) == ("apricots" in told, "pears" in told)


async def test_a_thumb_is_kept_with_the_answer(tmp_path: Path, clock: JumpClock) -> None:
    """A reaction to a bubble is a verdict on the turn."""
    async with far_sides(clock) as (far, model):
        ann = far.person("Ann")
        async with living(tmp_path, far, model, clock) as inside:
            far.says(ann, ann, "hello")
            await inside.gets(ann)
            await inside.house.attendant.rested()
            far.reacts(ann, far.sent[0], "👎")
            far.says(ann, ann, "sorry")
            await inside.gets(ann, 2)

            rows = await _rows(tmp_path, "SELECT verdict, speaker FROM feedback")

    assert [("bad", f"discord:{ann.id}")] == rows


async def test_it_is_healthy_while_it_hears(tmp_path: Path, clock: JumpClock) -> None:
    """And says nothing of its token, whatever is logged."""
    with capture_logs() as lines:
        async with far_sides(clock) as (far, model), living(tmp_path, far, model, clock) as inside:
            ann = far.person("Ann")
            far.says(ann, ann, "hello")
            await inside.gets(ann)
            report = await inside.house.health().report()

    assert OK == report.parts["discord"]
    assert not [line for line in lines if "TEST.made-up" in str(line)]


async def test_a_worker_sends_without_a_gateway(tmp_path: Path, clock: JumpClock) -> None:
    """One process hears, another one answers."""
    async with far_sides(clock) as (far, model):
        ann = far.person("Ann")
        settings = chosen(tmp_path, far, model)
        sqlite_at(tmp_path / "anima.db")
        async with (
            composed(settings, clock=clock, works=False) as ears,
            composed(settings, clock=clock) as hands,
            discord(settings, ears),
            discord(settings, hands, listens=False),
            asyncio.TaskGroup() as group,
        ):
            stopped = asyncio.Event()
            group.create_task(live(ears, stopped, frozenset({"listen"})))
            group.create_task(live(hands, stopped, frozenset({"work"})))
            await far.sees(lambda: far.connected, timeout=600)
            far.says(ann, ann, "hello")
            await far.sees(lambda: far.texts(ann), timeout=600)
            stopped.set()

    assert (1, 1) == (far.count["connect"], far.identified)


async def test_a_token_that_nobody_knows_ends_the_service(tmp_path: Path, clock: JumpClock) -> None:
    """With one line that says what to do."""
    async with far_sides(clock) as (far, model):
        settings = chosen(tmp_path, far, model, discord={"token": "wrong"})
        async with composed(settings, clock=clock) as house, discord(settings, house):
            with pytest.raises(ConfigError, match=re.escape("discord.token: Discord does not")):
                await live(house, asyncio.Event())


async def _rows(folder: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(folder / "anima.db")) as ledger:
        return list(ledger.execute(query))


async def test_another_persona_speaks_under_its_own_name(tmp_path: Path, clock: JumpClock) -> None:
    """Where it was chosen; a reply to what it said is for it."""
    async with far_sides(clock) as (far, model):
        ann = far.person("Ann")
        general = far.channel(far.guild("Friends", ann), "general")
        tables = {
            "personas": {"harrow": {"path": Path("personas/harrow")}},
            "access": {"admins": [f"discord:{ann.id}"]},
        }
        async with living(tmp_path, far, model, clock, **tables) as inside:
            far.says(ann, general, f"{far.me.mention} /persona use harrow")
            await inside.gets(general)
            far.says(ann, general, f"{far.me.mention} good evening")
            await inside.gets(general, 2)
            far.says(ann, general, "and you?", reply_to=far.sent[-1])
            await inside.gets(general, 3)

    authors = [one.author for one in far.messages(general) if one.author != "Ann"]
    assert ["Harrow", "Harrow"] == [one.split()[-1] for one in authors[1:]]
    assert "You are Harrow" in str(model.requests[-1].body["messages"][0]["content"])
