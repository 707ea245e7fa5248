"""`/quiet` and `/initiative`: leaving somebody alone, by command or in plain words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from anima.impulse import ImpulseKind
from anima.model import Speaker
from anima.orders import Order
from memory.intents import Intent, Mind
from memory.manners import Manner
from persona.initiative.manners import Why
from persona.initiative.quiet import Window
from service.commands import initiative_words as say
from service.commands.initiative import First, question
from service.commands.words import Words
from tests.counter import ANN, KEN, LI, NOBODY, TURN, Counter, claimed, says
from tests.persona_fakes import NOW

HOUR = timedelta(hours=1)


class Etiquette:
    """Keeps the manners of one person, and of one group."""

    def __init__(self) -> None:
        self.manner = Manner()
        self.allowed: list[tuple[int, bool]] = []

    async def of(self, address: str) -> Manner:
        del address
        return self.manner

    async def hours(self, address: str, window: Window) -> None:
        del address
        self.manner = replace(self.manner, hours=window)

    async def quiet(self, address: str, until: datetime) -> None:
        del address
        self.manner = replace(self.manner, quiet_until=until)

    async def opt_out(self, address: str, at: datetime) -> None:
        del address, at
        self.manner = replace(self.manner, opted_out=True)

    async def welcome(self, address: str) -> None:
        del address
        self.manner = replace(self.manner, opted_out=False, quiet_until=None)

    async def allow(self, place: int, *, allowed: bool) -> None:
        self.allowed.append((place, allowed))


class Thoughts:
    """What is in mind."""

    def __init__(self, mind: Mind) -> None:
        self.mind = mind

    async def of(self, address: str) -> Mind:
        del address
        return self.mind


class Stage:
    """A front door that knows of writing first."""

    def __init__(self, mind: Mind | None = None, *, enabled: bool = True) -> None:
        self.manners = Etiquette()
        first = First(self.manners, Thoughts(mind or Mind()), enabled=enabled)
        self.counter = Counter(first=first)

    async def told(self, text: str, speaker: Speaker = ANN, *, private: bool = True) -> str:
        """What the house says to it."""
        claim = replace(claimed(), private=private)
        heard = says(text, speaker)
        assert self.counter.door.commands(heard)
        return (await self.counter.door.obey(Order(claim, heard, TURN))).text


async def test_quiet_hours_are_kept_and_told() -> None:
    """In the form in which they can be written again."""
    stage = Stage()

    assert "Between 22:00-08:00" in await stage.told("/quiet")
    assert "Between 23:30-07:00" in await stage.told("/quiet 23:30-7")
    assert Window(1410, 420) == stage.manners.manner.hours


async def test_quiet_for_a_while() -> None:
    """Until when is told by their clock, and no more when it is over."""
    stage = Stage(Mind(zone=ZoneInfo("Asia/Tokyo")))

    told = await stage.told("/quiet 3d")

    assert NOW + timedelta(days=3) == stage.manners.manner.quiet_until
    assert "until 2026-11-24 19:48 JST" in told
    stage.counter.clock.at += 4 * 86400
    assert "until" not in await stage.told("/quiet")


async def test_quiet_off_ends_it() -> None:
    """Whatever it was."""
    stage = Stage()
    await stage.told("/quiet 3d")
    await stage.told("/quiet forever")
    assert stage.manners.manner.opted_out

    assert "I may write first again" in await stage.told("/quiet off")
    assert Manner() == stage.manners.manner


async def test_what_is_not_understood_changes_nothing() -> None:
    """And the right forms are told."""
    stage = Stage()

    assert "/quiet 22:00-08:00" in await stage.told("/quiet please")
    assert Manner() == stage.manners.manner


@pytest.mark.parametrize(
    ("text", "speaker", "told"),
    [
        ("don't write to me first", ANN, say.FOREVER.en),
        ("别主动找我", LI, say.FOREVER.zh),
        ("こっちから連絡しないで", KEN, say.FOREVER.ja),
    ],
)
async def test_plain_words_are_understood_and_confirmed(
    text: str, speaker: Speaker, told: str
) -> None:
    """No model has to understand them."""
    stage = Stage()

    assert told == await stage.told(text, speaker)
    assert stage.manners.manner.opted_out
    assert told == await stage.told("/quiet", speaker)


async def test_talk_of_it_stays_talk() -> None:
    """As do such words among others that are not for us."""
    door = Stage().counter.door

    assert not door.commands(says("I hate it when people don't write first"))
    assert not door.commands(replace(says("don't write to me first"), addressed=False))


async def test_initiative_is_the_same_switch() -> None:
    """On and off, for oneself."""
    stage = Stage()

    assert say.FOREVER.en == await stage.told("/initiative off")
    assert stage.manners.manner.opted_out
    assert "I may write first again" in await stage.told("/initiative on")
    assert not stage.manners.manner.opted_out


async def test_a_group_is_the_admins_matter() -> None:
    """Others are told so."""
    stage = Stage()

    assert say.GROUP_ON.en == await stage.told("/initiative on", private=False)
    assert say.GROUP_OFF.en == await stage.told("/initiative off", private=False)
    assert say.ADMINS_ONLY.en == await stage.told("/initiative on", NOBODY, private=False)
    assert [(3, True), (3, False)] == stage.manners.allowed
    assert not stage.manners.manner.opted_out


EXAM = Intent("thread", "waiting", "exam on Friday", NOW, "quiet hours", NOW + HOUR, None)
SAID = Intent("promise", "said", "I'll tell you", NOW, "", None, NOW - HOUR)


async def test_why_tells_what_is_in_mind_and_what_held_it_back() -> None:
    """With times by their clock, and what became of the rest."""
    mind = Mind((EXAM, replace(EXAM, kind="silence", words="", held="")), (SAID,), UTC, sure=True)

    told = await Stage(mind).told("/initiative why")

    assert told.splitlines() == [
        "In mind:",
        "11-21 10:48 · ask how it went “exam on Friday” · waits: your quiet hours",
        "11-21 10:48 · a long silence",
        "Lately:",
        "11-21 09:48 · keep a promise “I'll tell you” · written",
    ]


async def test_why_knows_when_it_only_guesses() -> None:
    """And has nothing to tell where there is nothing, or where the owner wants none of it."""
    assert say.GUESS.en in await Stage(Mind((EXAM,))).told("/initiative why")
    assert say.NOTHING.en == await Stage().told("/initiative why")
    assert say.OFF.en == await Stage(Mind((EXAM,)), enabled=False).told("/initiative why")
    odd = Mind((replace(EXAM, held="a newer Anima's"),))
    assert "waits: a newer Anima's" in await Stage(odd).told("/initiative why")


async def test_why_is_for_one_pair_of_eyes() -> None:
    """What somebody said in private is not read out in a group."""
    assert "exam" not in await Stage(Mind((EXAM,))).told("/initiative why", private=False)


def everything() -> Iterator[Words]:
    """All that is told of it."""
    yield from (one for one in vars(say).values() if isinstance(one, Words))
    for table in (say.KINDS, say.STATES, say.WHY):
        yield from table.values()


def test_it_is_told_in_three_languages() -> None:
    """Each reason and each kind, and no line twice the same but for its form."""
    assert set(get_args(ImpulseKind)) <= set(say.KINDS)
    assert set(get_args(Why)) <= set(say.WHY)
    for words in everything():
        assert words in (say.LINE, say.ENDED) or len({words.en, words.zh, words.ja}) > 1


@pytest.mark.parametrize(
    ("language", "minutes", "clock", "says"),
    [
        ("en", 540, "UTC+09:00", "19:48"),
        ("zh", -330, "UTC-05:30", "05:18"),
        ("", 0, "UTC+00:00", "10:48"),
    ],
)
def test_the_question_brings_its_answer(language: str, minutes: int, clock: str, says: str) -> None:
    """A button that sets what we guessed."""
    text, beside = question(language, minutes, NOW)

    assert says in text
    assert [f"/timezone {clock}"] == [button.says for button in beside.buttons]
