"""What an owner is told of its model servers, and where."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from anima.errors import AnimaError, Gone, LedgerUnavailable, SlowDown, Unreachable
from anima.model import Conversation
from anima.ports import BotName
from service.owner import Overhearing, Owner
from tests.backend_fakes import Notes
from tests.jump import JumpClock

pytestmark = pytest.mark.jumping

BACK: tuple[str, dict[str, object]] = ("backend back", {"backend": "ku", "seconds": 3.0})
BOTS = {("telegram", "42"): None, ("web", "page"): None}


def away(reason: str) -> tuple[str, dict[str, object]]:
    """The server called ku went away for this *reason*."""
    return "backend away", {"backend": "ku", "reason": reason}


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
    clock: JumpClock,
    announcements: Announcements,
    *news: tuple[str, dict[str, object]],
    language: str = "en",
    bots: Mapping[BotName, object] = BOTS,
) -> None:
    """The owner hears *news* and is told all of it."""

    async def client(_place: Conversation) -> str:
        return language

    owner = Owner(["telegram:7", "discord:8"], bots, announcements, client, clock)
    witness = Overhearing(Notes(), owner)
    for event, facts in news:
        witness.note(event, **facts)
    async with asyncio.TaskGroup() as group:
        telling = group.create_task(owner.run())
        await clock.sleep(300)
        telling.cancel()


async def test_an_owner_is_told_in_private(clock: JumpClock) -> None:
    """Both changes of a server, where the owner talks with the avatar anyway."""
    announcements = Announcements()

    await told(clock, announcements, away("no word in 30 s"), BACK)

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

    await told(clock, announcements, away("no word"), language=language)

    assert line in announcements.said[0][1]


async def test_no_secret_and_no_address_is_told(clock: JumpClock) -> None:
    """The reason is in plain words; keys and addresses are for the log at most."""
    announcements = Announcements()
    reason = "cannot reach http://10.0.0.1:8000/v1 with sk-0123456789abcdefghij0123"

    await told(clock, announcements, away(reason))

    assert "10.0.0.1" not in announcements.said[0][1]
    assert "sk-0123456789" not in announcements.said[0][1]


async def test_news_outlast_a_database_that_is_away(clock: JumpClock) -> None:
    """They are told when it is back, in their order."""
    announcements = Announcements(failures=3)

    await told(clock, announcements, away("dead"), BACK)

    assert ["away", "back"] == [state for _, state in announcements.states]


async def test_an_adapter_that_is_refused_is_told(clock: JumpClock) -> None:
    """With the soul, the server and the reason; what else happens there is nobody's news."""
    announcements = Announcements()
    refused = {"soul": "KU5.0", "backend": "gpu", "reason": "LoRA rank 64 is greater than 16"}

    await told(
        clock, announcements, ("adapter refused", refused), ("backend retry", {"reason": "x"})
    )

    (line,) = [text for _, text in announcements.said]
    assert "“gpu” does not load the adapter of KU5.0: LoRA rank 64" in line
    assert [("adapter of KU5.0 at gpu", refused["reason"])] == announcements.states


@dataclass
class Door:
    """A platform on which private talks are opened; first it has these *troubles*."""

    troubles: list[AnimaError] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    async def private_with(self, person: str) -> str:
        self.asked.append(person)
        if self.troubles:
            raise self.troubles.pop(0)
        return f"room of {person}"


async def test_where_a_private_talk_has_a_name_it_is_asked_for(clock: JumpClock) -> None:
    """Again when the platform is tired or away; the others are told in between."""
    announcements = Announcements()
    door = Door([SlowDown(3), Unreachable("dead")])

    await told(clock, announcements, away("x"), bots={("discord", "1"): door, **BOTS})

    assert ["8"] * 3 == door.asked
    assert [("telegram", "7"), ("discord", "room of 8")] == [
        (place.platform, place.chat) for place, _ in announcements.said
    ]


@pytest.mark.parametrize(
    ("troubles", "count"), [([Gone("no")], 1), ([Unreachable("dead")] * 9, 4)], ids=["no", "dead"]
)
async def test_who_cannot_be_reached_is_left_out(
    troubles: list[AnimaError], count: int, clock: JumpClock
) -> None:
    """After a no at once, else after some tries."""
    announcements, door = Announcements(), Door(list(troubles))

    await told(clock, announcements, away("x"), bots={("discord", "1"): door})

    assert (["8"] * count, []) == (door.asked, announcements.said)
