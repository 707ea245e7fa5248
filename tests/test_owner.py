"""What an owner is told of its model servers, and where."""

import asyncio
from dataclasses import dataclass, field

import pytest

from anima.errors import LedgerUnavailable
from anima.model import Conversation
from service.owner import Owner
from tests.jump import JumpClock

pytestmark = pytest.mark.jumping

BOTS = {("telegram", "42"): None, ("web", "page"): None}


@dataclass
class Announcements:
    """What was said where; the first *failures* times the database is away."""

    failures: int = 0
    said: list[tuple[Conversation, str]] = field(default_factory=list)
    states: list[tuple[str, str]] = field(default_factory=list)

    async def announce(
        self, conversation: Conversation, text: str, *, subject: str, state: str
    ) -> bool:
        if self.failures:
            self.failures -= 1
            raise LedgerUnavailable("the database is away")
        self.said.append((conversation, text))
        self.states.append((subject, state))
        return True


async def told(
    clock: JumpClock, announcements: Announcements, *news: tuple[str, str], language: str = "en"
) -> None:
    """The owner hears *news* and is told all of it."""

    async def client(_place: Conversation) -> str:
        return language

    owner = Owner(["telegram:7", "discord:8"], BOTS, announcements, client, clock)
    for name, reason in news:
        owner.hears(name, reason)
    async with asyncio.TaskGroup() as group:
        telling = group.create_task(owner.run())
        await clock.sleep(300)
        telling.cancel()


async def test_an_owner_is_told_in_private(clock: JumpClock) -> None:
    """Both changes of a server, where the owner talks with the avatar anyway."""
    announcements = Announcements()

    await told(clock, announcements, ("ku", "no word in 30 s"), ("ku", ""))

    home = Conversation("telegram", "42", "7")
    assert [home, home] == [place for place, _ in announcements.said]
    assert [("backend ku", "away"), ("backend ku", "back")] == announcements.states
    assert "“ku” does not answer: no word in 30 s." in announcements.said[0][1]
    assert "“ku” answers again" in announcements.said[1][1]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh-hans", "没有回应：no word"),
        ("ja", "応答しません：no word"),
        ("", "does not answer: no word"),
    ],
)
async def test_in_the_owners_language(clock: JumpClock, language: str, line: str) -> None:
    """As the owner's client speaks, else in English."""
    announcements = Announcements()

    await told(clock, announcements, ("ku", "no word"), language=language)

    assert line in announcements.said[0][1]


async def test_no_secret_and_no_address_is_told(clock: JumpClock) -> None:
    """The reason is in plain words; keys and addresses are for the log at most."""
    announcements = Announcements()
    reason = "cannot reach http://10.0.0.1:8000/v1 with sk-0123456789abcdefghij0123"

    await told(clock, announcements, ("ku", reason))

    assert "10.0.0.1" not in announcements.said[0][1]
    assert "sk-0123456789" not in announcements.said[0][1]


async def test_news_outlast_a_database_that_is_away(clock: JumpClock) -> None:
    """They are told when it is back, in their order."""
    announcements = Announcements(failures=3)

    await told(clock, announcements, ("ku", "dead"), ("ku", ""))

    assert ["away", "back"] == [state for _, state in announcements.states]
