"""What Telegram shows when somebody types a slash."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest

from anima.offers import Language, Offer, Offers
from bots.telegram.client import client
from bots.telegram.menu import LONGEST, MOST, Sheet, described, sheets
from bots.telegram.registering import Registering
from service.commands.offering import offers
from service.commands.table import at
from tests.backend_fakes import Notes
from tests.counter import Counter
from tests.far_side.botapi import BotApi, Fault
from tests.jump import JumpClock
from tests.living import TOKEN

ADMINS = ("telegram:7", "discord:8")
SCOPES = ("default", "all_private_chats", "all_group_chats", "chat 7")
LANGUAGES = ("", "zh", "ja")
TABLE = offers(at("telegram", Counter().door.table))


def named(sheet: Sheet) -> set[str]:
    """The commands of a *sheet*."""
    return {name for name, _ in sheet.commands}


def sheet_at(place: str, *, known: Offers = TABLE) -> Sheet:
    """The English sheet of a place."""
    return next(one for one in sheets(known, ADMINS) if one.place == place and not one.language)


def test_everybody_is_shown_what_everybody_may_do() -> None:
    """In private all of it; in groups and elsewhere without what is for two alone."""
    everyone = {one.name for one in TABLE if one.who == "everyone"}
    alone = {one.name for one in TABLE if one.alone}

    assert everyone == named(sheet_at("private chats"))
    assert everyone - alone == named(sheet_at("group chats")) == named(sheet_at("default"))
    assert "private" in everyone & alone


def test_admins_are_shown_all_in_their_own_chat() -> None:
    """One sheet for each admin on Telegram; those of other platforms are shown it there."""
    places = {one.place for one in sheets(TABLE, ADMINS)}

    assert {one.name for one in TABLE} == named(sheet_at("telegram:7"))
    assert {"default", "private chats", "group chats", "telegram:7"} == places


@pytest.mark.parametrize(
    ("language", "word"), [("", "in which language"), ("zh", "我用哪种语言"), ("ja", "どの言語")]
)
def test_each_language_has_its_sheet(language: str, word: str) -> None:
    """English is for all others."""
    sheet = next(one for one in sheets(TABLE, ()) if one.language == language)

    assert dict(sheet.commands)["language"].startswith(word)


def test_subcommands_stand_in_the_description() -> None:
    """Telegram knows no subcommands, so people are told what there is to ask."""
    told = dict(sheet_at("telegram:7").commands)["model"]

    assert "versions of the soul (list · use · info · rollback · canary · compare)" == told


def test_what_belongs_to_another_platform_is_not_shown() -> None:
    """Neither is a way to talk, which everybody has here."""
    plain = Offer("plain", TABLE[0].help)
    known = (
        plain,
        replace(plain, name="thread", only=("discord",)),
        replace(plain, name="ours", only=("telegram",)),
        replace(plain, name="ask", speech=True),
    )

    assert {"plain", "ours"} == named(sheet_at("default", known=known))


@pytest.mark.parametrize("language", ["en", "zh", "ja"])
def test_a_long_description_is_cut(language: Language) -> None:
    """Telegram takes 256 characters, and a hundred commands."""
    long = Offer("long", {"en": "word " * 60, "zh": "字" * 300, "ja": "字" * 300})

    told = described(long, language)

    assert (LONGEST, "…") == (len(told), told[-1])
    assert MOST == len(sheet_at("default", known=(long,) * 120).commands)


@dataclass(slots=True)
class Told:
    """A bot whose menu is compared, and what it noted."""

    telegram: BotApi
    clock: JumpClock
    notes: Notes

    async def registers(self, known: Offers = TABLE, admins: tuple[str, ...] = ADMINS) -> int:
        """Start once; gives how often Telegram was told something."""
        before = self.telegram.count["setMyCommands"]
        bot = client(TOKEN, self.telegram.url)
        try:
            await Registering(bot, known, admins, self.clock, self.notes).run()
        finally:
            await bot.session.close()
        return self.telegram.count["setMyCommands"] - before

    def shown(self, scope: str, language: str = "") -> dict[str, str]:
        """What a client shows there."""
        known = self.telegram.world.commands.get((scope, language), [])
        return {one["command"]: one["description"] for one in known}


@asynccontextmanager
async def told(clock: JumpClock) -> AsyncIterator[Told]:
    """A Bot API server at which Ann has started the bot."""
    async with BotApi(TOKEN) as telegram:
        telegram.person(7)
        yield Told(telegram, clock, Notes())


@pytest.mark.jumping
async def test_the_menu_is_registered_once(clock: JumpClock) -> None:
    """At the first start all of it; at the next one nothing, for nothing has changed."""
    async with told(clock) as here:
        changes = [await here.registers(), await here.registers()]

        assert [len(SCOPES) * len(LANGUAGES), 0] == changes
        assert {(scope, language) for scope in SCOPES for language in LANGUAGES} == set(
            here.telegram.world.commands
        )
        assert "model" in here.shown("chat 7", "zh")
        assert "model" not in here.shown("all_private_chats")
        assert [("menu changed", {"sheets": 12})] == here.notes.noted


@pytest.mark.jumping
async def test_only_what_changed_is_registered(clock: JumpClock) -> None:
    """Another word in one language is one call."""
    async with told(clock) as here:
        await here.registers()
        first = replace(TABLE[0], help={**TABLE[0].help, "zh": "你好"})

        changes = await here.registers((first, *TABLE[1:]))

        assert len(SCOPES) == changes
        assert "你好" == here.shown("default", "zh")[first.name]


@pytest.mark.jumping
async def test_an_admin_who_never_wrote_costs_nothing_but_a_line(clock: JumpClock) -> None:
    """Telegram knows no chat with them; the others get theirs."""
    async with told(clock) as here:
        await here.registers(admins=("telegram:99", "telegram:7"))

        reasons = [facts for event, facts in here.notes.noted if event == "menu not changed"]
        assert [{"place": "telegram:99", "reason": "Bad Request: chat not found"}] * 3 == reasons
        assert "model" in here.shown("chat 7")


@pytest.mark.jumping
@pytest.mark.parametrize(
    ("fault", "waits_s"),
    [(Fault.slow_down(30), 30), (Fault.status(500, "Oh"), 0.5), (Fault.cut(), 0.5)],
)
@pytest.mark.parametrize("method", ["getMyCommands", "setMyCommands"])
async def test_a_failure_is_waited_out(
    clock: JumpClock, fault: Fault, waits_s: float, method: str
) -> None:
    """A server that is tired, broken or away is asked again after a while."""
    async with told(clock) as here:
        here.telegram.faults.add(method, fault)
        begun = clock.elapsed()

        await here.registers()

        assert clock.elapsed() - begun >= 5 + waits_s
        assert 12 == len(here.telegram.world.commands)
        assert [("menu changed", {"sheets": 12})] == here.notes.noted


@pytest.mark.slow
@pytest.mark.jumping
async def test_a_server_that_stays_away_is_given_up(clock: JumpClock) -> None:
    """Each sheet is tried five times, and what failed is noted; nothing is raised."""
    async with told(clock) as here:
        here.telegram.faults.add("getMyCommands", Fault.status(500, "Oh"), times=None)

        await here.registers()

        assert 5 * 12 == here.telegram.count["getMyCommands"]
        assert ["menu not changed"] * 12 == [event for event, _ in here.notes.noted]


@pytest.mark.jumping
async def test_it_ends_when_it_is_told_to(clock: JumpClock) -> None:
    """Whoever stops the service does not wait for a menu."""
    async with told(clock) as here, asyncio.TaskGroup() as group:
        bot = client(TOKEN, here.telegram.url)
        menu = group.create_task(Registering(bot, TABLE, ADMINS, clock, here.notes).run())
        await asyncio.sleep(0)
        menu.cancel()
        await asyncio.wait([menu])
        await bot.session.close()

        assert menu.cancelled()
        assert {} == here.telegram.world.commands
