"""Telegram, Discord, the page and the terminal offer the same commands, to the same people."""

import runpy
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from anima.model import Conversation, Heard, Speaker
from anima.offers import Language, Offer, on
from anima.orders import Order
from bots.discord.slash_forms import forms
from bots.telegram.menu import described, sheets
from service.commands.offering import offers
from service.commands.table import Command, Wish, at, form, nothing
from service.commands.welcome import page
from tests.counter import TURN, Counter, claimed, says

PLATFORMS = ("telegram", "discord", "web", "console")
COUNTER = Counter(admins=["telegram:7", "discord:7"])
TABLE = COUNTER.door.table
OFFERS = offers(TABLE)
LANGUAGES: Mapping[Language, str] = {"en": "en-GB", "zh": "zh-Hans", "ja": "ja"}


def commands(table: tuple[Command, ...], path: str = "") -> Iterator[tuple[str, Command]]:
    """All that does something, under its whole path."""
    for one in table:
        whole = f"{path} {one.name}".strip()
        if one.subcommands:
            yield from commands(one.subcommands, whole)
        else:
            yield whole, one


def slashes(form: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, set[str]]]:
    """The same of one of Discord's forms, with the names of what is asked for."""
    whole = f"{path} {form['name']}".strip()
    inner = [one for one in form["options"] if one["type"] in {1, 2}]
    if not inner:
        yield whole, {one["name"] for one in form["options"]}
    for one in inner:
        yield from slashes(one, whole)


async def told(text: str, platform: str, *, admin: bool = True, language: str = "en") -> str:
    """What the door says to somebody on *platform*."""
    speaker = Speaker(platform, "7" if admin else "8", "Ann", language)
    claim = replace(claimed(), conversation=Conversation(platform, "ku", "7"))
    heard: Heard = says(text, speaker)
    return (await COUNTER.door.obey(Order(claim, heard, TURN))).text


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_help_is_written_from_the_table(platform: str, language: Language) -> None:
    """A line for each command with its form and its help, in the reader's language."""
    lines = (await told("/help", platform, language=LANGUAGES[language])).splitlines()[1:]

    colon = ": " if language == "en" else "："
    expected = [
        f"{form(path, one)}{colon}{one.help.to(language)}"
        for path, one in commands(at(platform, TABLE))
    ]
    assert expected == lines


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_every_command_is_understood_everywhere(platform: str) -> None:
    """The door finds it by its path, and its own line answers, or its handler does."""
    for path, one in commands(at(platform, TABLE)):
        speaker = Speaker(platform, "7", "Ann", "en")

        assert COUNTER.door.commands(says(f"/{path}", speaker))
        if any(argument.required for argument in one.arguments):
            assert (await told(f"/{path}", platform)).endswith(form(path, one))


def test_telegrams_menu_is_the_table() -> None:
    """Names and help; to admins all of it, to others what is for everyone."""
    shown = {one.place: dict(one.commands) for one in sheets(OFFERS, ["telegram:7"])}
    ours = on("telegram", OFFERS)
    sheet_of = {
        (one.place, one.language): dict(one.commands) for one in sheets(OFFERS, ["telegram:7"])
    }

    assert {one.name for one in at("telegram", TABLE)} == set(shown["telegram:7"])
    everyone = {one.name for one in at("telegram", TABLE) if one.who == "everyone"}
    assert everyone == set(shown["private chats"])
    codes: Mapping[Language, str] = {"en": "", "zh": "zh", "ja": "ja"}
    for language, code in codes.items():
        told_there = sheet_of["telegram:7", code]
        assert {one.name: described(one, language) for one in ours} == told_there


def test_discords_forms_are_the_table() -> None:
    """Names, arguments, help in three languages; who may is hinted at."""
    known = {one["name"]: one for one in forms(OFFERS)}
    ours = [one for one in TABLE if not one.only or "discord" in one.only]

    leaves = {path: {each.name for each in one.arguments} for path, one in commands(tuple(ours))}
    assert leaves == dict(leaf for one in known.values() for leaf in slashes(one))
    for one in ours:
        shown = known[one.name]
        assert (one.help.en, one.help.ja) == (
            shown["description"],
            shown["description_localizations"]["ja"],
        )
        assert one.help.zh == shown["description_localizations"]["zh-CN"]
        hidden = shown["default_member_permissions"] is not None
        assert (one.who == "admins") == hidden


OF_PEOPLE = {"allow", "stats", "audit", "schedule list"}
"""What looks into the database, where it is not refused."""


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_who_may_is_asked_at_the_door(platform: str) -> None:
    """Not where it is shown: whoever asks for what is for admins is refused, or is one."""
    at_home = platform in {"web", "console"}
    admins = [path for path, one in commands(tuple(c for c in TABLE if c.who == "admins"))]

    asked = [path for path in admins if not at_home or path not in OF_PEOPLE]
    refused = [
        (await told(f"/{path}", platform, admin=False)).startswith("sorry (forbidden)")
        for path in asked
    ]

    assert [not at_home] * len(asked) == refused
    assert set(admins) > OF_PEOPLE


def test_what_one_platform_has_is_talk_elsewhere() -> None:
    """Help there does not tell of it, and the door does not know it."""
    own = Command("own", TABLE[0].help, only=("discord",))
    speech = Command("utter", TABLE[0].help, speech=True)
    table = (*TABLE, own, speech)

    pages = {one: page(at(one, table), "admins", "en") for one in PLATFORMS}

    assert ["discord"] == [one for one, text in pages.items() if "/own" in text]
    assert not any("/utter" in text for text in pages.values())
    assert {"own", "utter"} <= {one.name for one in on("discord", offers(table))}
    assert not COUNTER.door.commands(says("/ask me", Speaker("telegram", "7", "Ann", "en")))


async def test_what_leaves_it_to_its_subcommands_does_nothing() -> None:
    """So that it may be a part of the table like any other."""
    wish = Wish(Order(claimed(), says("/model"), TURN), "en", {})

    assert "" == (await nothing(wish)).text
    assert isinstance(OFFERS[0], Offer)


def test_the_page_of_commands_is_current() -> None:
    """`docs/commands.md` is what `scripts/commands_table.py` writes today."""
    root = Path(__file__).parent.parent
    write = runpy.run_path(str(root / "scripts" / "commands_table.py"))["page"]

    expected = write()

    assert expected == (root / "docs" / "commands.md").read_text(encoding="utf-8")
    assert all(
        f"`{form(path, one)}`".replace("|", "\\|") in expected for path, one in commands(TABLE)
    )
