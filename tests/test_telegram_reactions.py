"""Reactions to messages, sent with a real client to a real server."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiogram import Bot

from anima.errors import Gone, SlowDown, Unreachable
from anima.model import Conversation
from anima.ports import Reacts
from bots.gate import Gates
from bots.telegram.client import client
from bots.telegram.outgoing import Outgoing
from persona.reactions import FACES
from tests.backend_fakes import HastyClock, Notes
from tests.far_side.botapi import BotApi, Fault, Person
from tests.living import TOKEN

HOME = Conversation("telegram", "42", "7")


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    async with BotApi(TOKEN) as api:
        yield api


@pytest.fixture
async def outgoing(server: BotApi) -> AsyncIterator[Outgoing]:
    bot: Bot = client(TOKEN, server.url)
    yield Outgoing(bot, Gates(HastyClock()), Notes())
    await bot.session.close()


@pytest.fixture
def message(server: BotApi) -> str:
    ann: Person = server.person(7, "Ann")
    return str(server.says(ann, ann, "look")["message"]["message_id"])


@pytest.mark.parametrize("face", FACES)
async def test_every_face_that_we_know_is_taken(
    server: BotApi, outgoing: Outgoing, message: str, face: str
) -> None:
    """By the list of another library."""
    assert await outgoing.react(HOME, message, face)
    assert {int(message): face} == server.reactions(Person(7, "Ann"))


async def test_the_same_again_changes_nothing(
    server: BotApi, outgoing: Outgoing, message: str
) -> None:
    """One reaction is all there is."""
    for _ in range(2):
        await outgoing.react(HOME, message, "❤")

    assert {int(message): "❤"} == server.reactions(Person(7, "Ann"))


async def test_one_that_is_not_taken_is_not_there(outgoing: Outgoing, message: str) -> None:
    """A face that nobody knows, or a message that is gone."""
    assert not await outgoing.react(HOME, message, "🦊")
    assert not await outgoing.react(HOME, "99", "❤")


async def test_a_business_connection_has_no_way(
    server: BotApi, outgoing: Outgoing, message: str
) -> None:
    """Nothing is asked."""
    assert not await outgoing.react(replace(HOME, connection="bc1"), message, "❤")
    assert not server.calls


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.status(403, "Forbidden: bot was blocked by the user"), Gone),
        (Fault.gateway(502), Unreachable),
        (Fault.slow_down(7), SlowDown),
    ],
    ids=["blocked", "away", "tired"],
)
async def test_other_troubles_are_those_of_sending(
    server: BotApi, outgoing: Outgoing, message: str, fault: Fault, error: type[Exception]
) -> None:
    """Whoever delivers knows what to do."""
    server.faults.add("setMessageReaction", fault)

    with pytest.raises(error):
        await outgoing.react(HOME, message, "❤")


async def test_a_tired_chat_is_left_alone(server: BotApi, outgoing: Outgoing, message: str) -> None:
    """Reactions and words wait at the same gate."""
    server.faults.add("setMessageReaction", Fault.slow_down(7))
    for _ in range(2):
        with pytest.raises(SlowDown):
            await outgoing.react(HOME, message, "❤")

    assert 1 == server.count["setMessageReaction"]
    assert isinstance(outgoing, Reacts)
