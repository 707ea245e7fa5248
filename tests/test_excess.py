"""Where an answer would be too much, nobody is asked for one."""

from dataclasses import replace

import pytest

from anima.model import Decision, Heard, Scene
from anima.orders import Obeyed, Order
from memory.standing import Counted
from service.doorway_words import LIMITS, welcome
from service.limits import FRESH_S, Limit, Measure, counted
from service.settings_manners import Limits
from tests.cast import BO
from tests.counter import LI, TURN, Counter, claimed, says
from tests.persona_fakes import HandClock
from tests.stage import Stage
from tests.test_rooms import lively, reasons

pytestmark = pytest.mark.jumping

DAY_S = 24 * 3600


async def test_too_much_is_told_once_and_costs_no_model() -> None:
    """Then there is silence, and all of it is dealt with."""
    stage = Stage()
    stage.porch.busy = "person"

    async with stage.attending():
        for text in ("hello", "hello?"):
            await stage.hears(text)
            await stage.rests()

    assert (["limit person"], []) == (stage.phone.texts, stage.actor.scenes)
    assert (["refused", "refused"], ["refused", "refused"]) == (stage.states, stage.outcomes)


async def test_a_command_may_be_one_too_many() -> None:
    """For others; an owner's is obeyed."""
    stage = Stage()
    stage.porch.busy = "person"
    stage.porch.owners.add("Ann")

    async with stage.attending():
        await stage.hears("/erase", who=BO, private=False)
        await stage.rests()
        await stage.hears("/erase", private=False)
        await stage.rests()

    assert ["limit person", "did /erase"] == stage.phone.texts


@pytest.mark.parametrize("sure", [True, False])
async def test_nobody_is_told_who_did_not_ask(*, sure: bool) -> None:
    """In a group we only keep silent, and do not even think it over."""
    stage = await lively()
    stage.porch.busy = "group"

    def weighs(scene: Scene, dial: int) -> Decision:
        return Decision(speaks=sure, reason=f"{len(scene.heard)} {dial}", sure=sure)

    stage.actor.weighs = weighs
    await stage.hears("who knows?", private=False, addressed=False)
    await stage.plays()

    assert ([], [], []) == (stage.actor.pondered, stage.actor.scenes, stage.phone.texts)
    assert "limit group" == reasons(stage)[-1]


class Purse:
    """What was spent, and who was told of it."""

    def __init__(self) -> None:
        self.spent: dict[str, int] = {}
        self.asked: list[tuple[str, int]] = []
        self.knows: set[str] = set()

    async def of(self, address: str, since: int) -> int:
        self.asked.append((address, since))
        return self.spent.get(address, 0)

    async def all(self, since: int) -> int:
        self.asked.append(("", since))
        return sum(self.spent.values())

    async def told_here(self, place: int, reason: str, since: int) -> bool:
        self.asked.append((f"in {place}", since))
        return reason in self.knows

    async def told(self, address: str, reason: str, since: int) -> bool:
        self.asked.append((f"to {address}", since))
        return reason in self.knows


def measure(purse: Purse, clock: HandClock, **limits: int) -> Measure:
    """With these limits."""
    return Measure(Limits.model_validate(limits), purse, clock)


def after(lately: int = 0, crowd: int = 0) -> list[Heard]:
    """A message of somebody who said so much already."""
    return [replace(says("Hi", LI), lately=lately, crowd=crowd)]


@pytest.mark.parametrize(
    ("lately", "crowd", "private", "expected"),
    [
        (1, 0, True, ""),
        (2, 0, True, "person"),
        (9, 9, False, "person"),
        (0, 2, False, ""),
        (0, 3, False, "group"),
        (0, 3, True, ""),
    ],
)
async def test_a_minute_is_counted_with_the_message(
    lately: int, crowd: int, expected: str, *, private: bool
) -> None:
    """The database is not asked; what is said to one alone is no group."""
    purse = Purse()
    minute = measure(purse, HandClock(), per_minute=2, per_group_minute=3)

    found = await minute.excess(replace(claimed(), private=private), after(lately, crowd))

    assert (expected, []) == (found, purse.asked)


@pytest.mark.parametrize(
    ("limits", "spent", "expected"),
    [
        ({"tokens_per_day": 10}, {LI.address: 9, "telegram:9": 99}, ""),
        ({"tokens_per_day": 10}, {LI.address: 10}, "day"),
        ({"tokens_per_day_total": 10}, {LI.address: 5, "telegram:9": 4}, ""),
        ({"tokens_per_day_total": 10}, {LI.address: 1, "telegram:9": 9}, "house"),
        ({"tokens_per_day": 0, "tokens_per_day_total": 0}, {LI.address: 10**9}, ""),
        ({"tokens_per_day": 5, "tokens_per_day_total": 5}, {LI.address: 5}, "day"),
    ],
)
async def test_a_day_has_its_tokens(
    limits: dict[str, int], spent: dict[str, int], expected: str
) -> None:
    """One person's and everybody's; 0 is no limit, and asks nothing."""
    purse = Purse()
    purse.spent = spent

    found = await measure(purse, HandClock(), **limits).excess(claimed(), after())

    assert expected == found
    assert bool(purse.asked) == any(limits.values())


async def test_what_was_spent_is_asked_seldom_and_anew_each_day() -> None:
    """Ten seconds long it is believed; at midnight UTC everybody begins at nothing."""
    purse, clock = Purse(), HandClock()
    budget = measure(purse, clock, tokens_per_day=10)

    for step in (0.0, FRESH_S - 1, 1.0, DAY_S):
        clock.at += step
        await budget.excess(claimed(), after())

    first, second, third = [since for _, since in purse.asked]
    assert first == second < third


async def test_not_everybody_is_remembered() -> None:
    """After very many others somebody is asked after again."""
    purse, clock = Purse(), HandClock()
    budget = measure(purse, clock, tokens_per_day=10)
    people = [replace(LI, id=str(number)) for number in range(10_001)]

    for one in [*people, people[1], people[0]]:
        await budget.excess(claimed(), [says("Hi", one)])

    assert [address for address, _ in purse.asked[10_001:]] == ["telegram:0"]


@pytest.mark.parametrize(
    ("limit", "asked"),
    [
        ("person", "to telegram:8"),
        ("day", "to telegram:8"),
        ("group", "in 3"),
        ("house", "in 3"),
    ],
)
async def test_whether_it_was_told_is_asked_where_it_counts(limit: Limit, asked: str) -> None:
    """Of a person wherever they were told, of all of us in that place; since the window began."""
    purse, clock = Purse(), HandClock()
    order = Order(claimed(), says("Hi", LI), TURN)

    before = await measure(purse, clock).told(order, limit, "limit x")
    purse.knows.add("limit x")
    after_it = await measure(purse, clock).told(order, limit, "limit x")

    assert (False, True) == (before, after_it)
    assert {asked} == {where for where, _ in purse.asked}


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("再说一点吧", "一下子"),
        ("/help", "一下子"),
        ("もっと話してください", "一度に"),
        ("Tell me all", "That is"),
    ],
)
async def test_a_limit_is_told_in_their_language(text: str, begins: str) -> None:
    """Of what they say, or of their client where it is a command."""
    counter, purse = Counter(), Purse()
    doorway = replace(counter.doorway, measure=measure(purse, counter.clock))
    order = Order(claimed(), says(text, LI), TURN)

    told = await doorway.refuse(order, "limit person")
    purse.knows.add("limit person")

    assert told.text.startswith(begins)
    assert Obeyed("") == await doorway.refuse(order, "limit person")


async def test_owners_are_not_measured() -> None:
    """Whatever they said already."""
    counter = Counter(admins=[LI.address])

    assert "" == await counter.door.excess(claimed(), after(10**6))
    assert "person" == await Counter(admins=[]).door.excess(claimed(), after(10**6))


@pytest.mark.parametrize("language", ["en", "zh", "ja", "fr", ""])
@pytest.mark.parametrize("name", ["Bo", ""])
def test_a_welcome_has_a_name_where_there_is_one(name: str, language: str) -> None:
    """In the languages of the house, and else in English."""
    words = welcome(name, language)

    assert words.startswith(name)
    assert ("owner" in words) == (language in {"en", "fr", ""})


def test_no_more_is_counted_than_there_is_a_limit() -> None:
    """One that nobody reaches is not counted at all."""
    far = Limits(per_minute=1001, per_group_minute=1000)

    assert (Counted(20, 30), Counted(0, 1000)) == (counted(Limits()), counted(far))


def test_every_limit_has_its_words() -> None:
    """Else somebody would hear nothing at all."""
    assert {"person", "group", "day", "house"} == set(LIMITS)
