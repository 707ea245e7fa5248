"""Sleep over SQLite and a real PostgreSQL: what is made of talks while nobody waits."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Row, select, update

from anima.errors import AnimaError, BackendUnavailable, Refused
from memory.longterm.dropping import drop
from memory.longterm.keeping import keep
from memory.longterm.kept import Saying
from memory.longterm.portions import IDLE, LEASE, TURNS, Portion
from memory.longterm.scope import Origin, keys
from memory.longterm.sleeping import PATIENCE, RESTS, TRIES, Sleep
from memory.longterm.spans import MONTH, WEEK, Span
from memory.longterm.tables import fact, memory, memory_source, shelf, shelved, sitting
from persona.distil.noted import Distilled
from persona.distil.ops import checked
from tests.contracts.databases import Store, opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.words import place
from tests.distil_words import answer

MEI = "telegram:1"
BOB = "telegram:2"
NAMES = {MEI: "Mei", BOB: "Bob", "": "Kokoro"}
TALK = ("I moved to Lisbon", "My cat is called Miso", "I work at the harbour", "I love fado music")
LISBON = {
    "op": "add",
    "turn": 1,
    "quote": "I moved to Lisbon",
    "slot": "lives_in",
    "value": "Lisbon",
    "text": "Mei lives in Lisbon.",
}


@dataclass
class Scribe:
    """The port Distils: notes what it is told to, and keeps what it was asked."""

    ops: tuple[object, ...] = ()
    affordable: bool = True
    troubles: list[AnimaError | None] = field(default_factory=list)
    asked: list[Portion] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    meanwhile: Callable[[], Any] | None = None

    def affords(self) -> bool:
        return self.affordable

    async def distil(self, portion: Portion) -> Distilled | None:
        self.asked.append(portion)
        if self.meanwhile:
            await self.meanwhile()
        if self.troubles:
            trouble = self.troubles.pop(0)
            if trouble is None:
                return None
            raise trouble
        found = checked(answer(*self.ops), portion.lines, portion.known, portion.ours)
        assert () == found.complaints
        return Distilled(found.noted, f"They talked of {len(portion.lines)} things.", "KU5.0")

    async def roll_up(self, span: Span) -> str | None:
        self.spans.append(span)
        if self.troubles:
            trouble = self.troubles.pop(0)
            if trouble is None:
                return None
            raise trouble
        return f"A {span.kind} of {len(span.episodes)}."


@pytest.fixture
async def store(sql_ledgers: SqlLedgers) -> Store:
    """An empty database."""
    return await opened(sql_ledgers)


@pytest.fixture
async def home(store: Store) -> int:
    """A place where somebody is alone with Kokoro."""
    return await store.talk(1, "hello", "Hi.")


def sleep(store: Store, distils: Scribe | None = None, busy: Callable[[], bool] = bool) -> Sleep:
    """A process that sleeps."""
    clock = store.ledgers.clock
    called = {"kokoro": "Kokoro"}.__getitem__
    return Sleep(store.database, clock, busy=busy, called=called, distils=distils)


async def talk(
    store: Store,
    place: int,
    *words: str,
    at: datetime = START,
    who: Sequence[str] = (MEI,),
    private: bool = True,
) -> list[int]:
    """Lines a minute apart, by *who* in turn; time goes on to the last one."""
    sayings = [
        Saying(
            Origin("kokoro", place, private, who[number % len(who)]),
            NAMES[who[number % len(who)]],
            text,
            at + timedelta(minutes=number),
        )
        for number, text in enumerate(words)
    ]
    store.ledgers.clock.seconds = max(store.now, sayings[-1].at).timestamp() - START.timestamp()
    kept = await store.database.write(lambda found: keep(found, sayings))
    return [one for one in kept if one]


async def all_of(store: Store, kind: str) -> list[Row[Any]]:
    """All memories of a *kind*, by age."""
    wanted = select(memory).where(memory.c.kind == kind).order_by(memory.c.id)
    return await store.database.read(lambda found: list(found.execute(wanted).all()))


async def texts(store: Store, kind: str = "episode") -> list[str]:
    """What they say."""
    return [row.text for row in await all_of(store, kind)]


async def sources(store: Store, which: int) -> list[int]:
    """What a memory was made of."""
    wanted = select(memory_source.c.source_id).where(memory_source.c.memory_id == which)
    return await store.database.read(lambda found: sorted(found.execute(wanted).scalars()))


async def lies_under(store: Store, which: int) -> set[int]:
    """The keys under which a memory lies."""
    wanted = select(shelf.c.key).join(shelved).where(shelved.c.memory_id == which)
    return await store.database.read(lambda found: set(found.execute(wanted).scalars()))


async def until_done(sleeper: Sleep) -> int:
    """Sleep until there is nothing to do; how many steps it took."""
    steps = 0
    while await sleeper.step():
        steps += 1
        assert steps < 50
    return steps


def rests(store: Store, rest: timedelta = IDLE) -> None:
    """Nothing is said for a while."""
    store.ledgers.clock.advance(rest.total_seconds() + 1)


async def test_a_talk_that_ended_becomes_an_episode_and_facts(store: Store, home: int) -> None:
    """Once, with its lines as sources, under the keys of its place."""
    lines = await talk(store, home, *TALK)
    scribe = Scribe((LISBON,))
    sleeper = sleep(store, scribe)
    early = await sleeper.step()
    rests(store)

    steps = await until_done(sleeper)

    (episode,) = await all_of(store, "episode")
    (known,) = await all_of(store, "fact")
    (told,) = await store.rows(fact)
    (row,) = await store.rows(sitting)
    origin = Origin("kokoro", home, private=True)
    assert (False, 1, 1) == (early, steps, len(scribe.asked))
    assert ("They talked of 4 things.", 1, "en") == (
        episode.text,
        episode.sitting,
        episode.language,
    )
    assert lines == await sources(store, episode.id)
    assert ("Mei lives in Lisbon.", MEI) == (known.text, known.speaker)
    assert lines[:1] == await sources(store, known.id)
    assert ("lives_in", "lisbon", "I moved to Lisbon", "KU5.0") == (
        told.slot,
        told.norm,
        told.quote,
        told.finder,
    )
    assert set(keys(origin)) == await lies_under(store, episode.id)
    assert (0, row.ended_at) == (row.tries, row.distilled_at)


async def test_it_works_without_a_model(store: Store, home: int) -> None:
    """The most telling lines stand for the talk, in their own words and languages."""
    await talk(store, home, "今天面试了", "ok", "我养了一只猫", "😀", "周末去爬山")
    rests(store)

    await until_done(sleep(store))

    assert ["Mei: 今天面试了 / Mei: 我养了一只猫 / Mei: 周末去爬山"] == await texts(store)


async def test_a_talk_of_two_lines_stands_for_itself(store: Store, home: int) -> None:
    """It is looked at once, and there is no episode of it."""
    await talk(store, home, "I moved to Lisbon", "ok", "my password is kitten7")
    rests(store)
    scribe = Scribe((LISBON,))

    steps = await until_done(sleep(store, scribe))

    assert (1, []) == (steps, await texts(store))
    assert ["I moved to Lisbon"] == [line.text for line in scribe.asked[0].lines]
    assert 1 == len(await all_of(store, "fact"))


async def test_where_nothing_is_told_nothing_is_made(store: Store, home: int) -> None:
    """No model is asked about greetings."""
    await talk(store, home, "ok", "😀", "yes")
    rests(store)
    scribe = Scribe()

    assert 1 == await until_done(sleep(store, scribe))
    assert ([], []) == (scribe.asked, await texts(store))


async def test_a_long_talk_is_distilled_while_it_goes_on(store: Store, home: int) -> None:
    """When enough has gathered; what comes later is told of for itself."""
    await talk(store, home, *(f"I like song {number}" for number in range(TURNS)))
    sleeper = sleep(store)

    going_on = await until_done(sleeper)
    await talk(store, home, *TALK, at=store.now + timedelta(minutes=1))
    still = await until_done(sleeper)
    rests(store)
    after = await until_done(sleeper)

    first, second = await all_of(store, "episode")
    assert [1, 0, 1] == [going_on, still, after]
    assert [TURNS, len(TALK)] == [len(await sources(store, one.id)) for one in (first, second)]


async def test_many_words_are_enough(store: Store, home: int) -> None:
    """A thousand tokens count as much as twelve lines."""
    await talk(store, home, "harbour " * 500)

    assert 1 == await until_done(sleep(store))


async def test_a_huge_sitting_is_done_in_portions(store: Store, home: int) -> None:
    """As after an import: each line once, the last ones as well."""
    lines = await talk(store, home, *(f"I like song {number}" for number in range(95)))
    rests(store)

    steps = await until_done(sleep(store))

    told = [await sources(store, one.id) for one in await all_of(store, "episode")]
    assert (3, lines) == (steps, sorted(line for each in told for line in each))


async def test_the_newest_talk_comes_first(store: Store, home: int) -> None:
    """It is the one that is asked for soonest."""
    await talk(store, home, *TALK)
    await talk(store, home, *TALK, at=START + timedelta(days=1))
    rests(store)
    scribe = Scribe()

    await until_done(sleep(store, scribe))

    assert [2, 1] == [portion.sitting for portion in scribe.asked]


async def test_a_person_who_waits_comes_first(store: Store, home: int) -> None:
    """Nothing is begun, and what was begun is left and counts for nothing."""
    await talk(store, home, *TALK)
    rests(store)
    scribe = Scribe(troubles=[None])

    nothing = await sleep(store, scribe, busy=lambda: True).step()
    left = await sleep(store, scribe).step()
    (between,) = await store.rows(sitting)
    steps = await until_done(sleep(store, scribe))

    assert (False, False) == (nothing, left)
    assert (0, None) == (between.tries, between.distilled_at)
    assert (1, 2) == (steps, len(scribe.asked))


@pytest.mark.parametrize("trouble", [BackendUnavailable("busy"), Refused("no")])
async def test_a_talk_is_tried_thrice(store: Store, home: int, trouble: AnimaError) -> None:
    """With longer and longer rests; then it is summed up without a model."""
    await talk(store, home, *TALK)
    rests(store)
    scribe = Scribe(troubles=[trouble] * TRIES)
    sleeper = sleep(store, scribe)
    done = []

    for number in range(TRIES):
        done.append(await sleeper.step())
        assert not await sleeper.step()
        rests(store, RESTS * 3**number)

    assert [False, False, True] == done
    assert TRIES == len(scribe.asked)
    assert "Mei: I moved to Lisbon" in (await texts(store))[0]


async def test_a_death_is_outlived(store: Store, home: int) -> None:
    """A process that dies while it distils leaves nothing; another takes the talk up later."""
    await talk(store, home, *TALK)
    rests(store)
    died = asyncio.Event()
    never = asyncio.Event()

    async def dies() -> None:
        died.set()
        await never.wait()

    async with asyncio.TaskGroup() as group:
        doomed = group.create_task(sleep(store, Scribe(meanwhile=dies)).step())
        await died.wait()
        (held,) = await store.rows(sitting)
        other = await opened(store.ledgers)
        too_early = await sleep(other).step()
        rests(store, LEASE)
        later = await sleep(other).step()
        doomed.cancel()

    (row,) = await store.rows(sitting)
    assert (1, False, True) == (held.tries, too_early, later)
    assert (0, row.ended_at, 1) == (row.tries, row.distilled_at, len(await texts(store)))


async def test_a_talk_at_which_we_die_is_not_tried_for_ever(store: Store, home: int) -> None:
    """After three deaths no model is asked any more."""
    await talk(store, home, *TALK)
    rests(store)
    died = update(sitting).values(tries=TRIES, distilled_at=store.now - LEASE)
    await store.database.write(lambda found: found.execute(died).rowcount)
    scribe = Scribe()

    assert 1 == await until_done(sleep(store, scribe))
    assert ([], 1) == (scribe.asked, len(await texts(store)))


async def test_a_stop_counts_for_nothing(store: Store, home: int) -> None:
    """Whoever is stopped gives back what was begun."""
    await talk(store, home, *TALK)
    rests(store)
    begun = asyncio.Event()
    never = asyncio.Event()

    async def stops() -> None:
        begun.set()
        await never.wait()

    async with asyncio.TaskGroup() as group:
        stopped = group.create_task(sleep(store, Scribe(meanwhile=stops)).step())
        await begun.wait()
        stopped.cancel()

    (row,) = await store.rows(sitting)
    assert (0, None) == (row.tries, row.distilled_at)


async def test_two_processes_share_the_work(store: Store, home: int) -> None:
    """No talk is distilled twice."""
    for day in range(6):
        await talk(store, home, *TALK, at=START + timedelta(days=day % 4, hours=12 * (day // 4)))
    rests(store)
    other = await opened(store.ledgers)
    scribes = [Scribe(), Scribe()]

    async with asyncio.TaskGroup() as group:
        for one, scribe in zip((store, other), scribes, strict=True):
            group.create_task(until_done(sleep(one, scribe)))

    asked = [portion.sitting for scribe in scribes for portion in scribe.asked]
    assert len(await store.rows(sitting)) == len(asked) == len(set(asked))
    assert len(asked) == len(await texts(store))


async def test_what_was_forgotten_meanwhile_does_not_come_back(store: Store, home: int) -> None:
    """A line that goes while a model reads it takes all that came of it along."""
    lines = await talk(store, home, *TALK, "we met Zoe")
    rests(store)

    async def forgets() -> None:
        scribe.meanwhile = None
        await store.database.write(lambda found: drop(found, lines[:1]))
        await store.database.write(lambda found: found.execute(again).rowcount)

    again = update(sitting).values(distilled_at=None)
    scribe = Scribe((LISBON,), meanwhile=forgets)
    sleeper = sleep(store, scribe)
    await sleeper.step()
    nothing = await all_of(store, "fact"), await all_of(store, "episode")
    scribe.ops = ()
    (row,) = await store.rows(sitting)
    if row.tries:  # whoever forgets takes the talk out of our hands, too
        rests(store, LEASE)

    await until_done(sleeper)

    assert ([], []) == nothing
    assert ["They talked of 4 things."] == await texts(store)


async def test_a_budget_makes_talks_wait_a_day(store: Store, home: int) -> None:
    """Then they are summed up without a model."""
    await talk(store, home, *TALK)
    rests(store)
    scribe = Scribe(affordable=False)
    sleeper = sleep(store, scribe)

    at_once = await until_done(sleeper)
    rests(store, PATIENCE)
    later = await until_done(sleeper)

    assert (0, 1, []) == (at_once, later, scribe.asked)


async def test_known_facts_are_shown_and_changed(store: Store, home: int) -> None:
    """A new home ends the old one, which is kept; what is said again is surer; an end is an end."""
    scribe = Scribe((LISBON, {**LISBON, "turn": 2, "quote": "My cat is called Miso", "slot": "pet",
                     "value": "Miso", "text": "Mei has a cat, Miso."}))  # fmt: skip
    sleeper = sleep(store, scribe)
    await talk(store, home, *TALK)
    rests(store)
    await until_done(sleeper)
    porto = {**LISBON, "op": "supersede", "target": "F2", "quote": "I moved to Porto"}
    cat = {**LISBON, "op": "confirm", "target": "F1", "turn": 2, "quote": "Miso is well"}
    scribe.ops = (
        {**porto, "value": "Porto", "text": "Mei lives in Porto."},
        {**cat, "slot": "pet", "value": "Miso", "text": "Mei's cat Miso is well."},
    )
    day = START + timedelta(days=1)

    await talk(store, home, "I moved to Porto", "Miso is well, she sends a purr", at=day)
    rests(store)
    await until_done(sleeper)

    by_norm = {row.norm: row for row in await store.rows(fact)}
    pet = next(row for row in await all_of(store, "fact") if "Miso" in row.text)
    assert {"lisbon", "miso", "porto"} == set(by_norm)
    assert (day, by_norm["porto"].memory_id) == (
        by_norm["lisbon"].valid_to,
        by_norm["lisbon"].superseded_by,
    )
    assert by_norm["porto"].valid_to is None
    assert (pytest.approx(0.8), 1, 2) == (
        by_norm["miso"].confidence,
        pet.uses,
        len(await sources(store, pet.id)),
    )
    assert {"Mei lives in Lisbon.", "Mei has a cat, Miso."} == {
        one.text for one in scribe.asked[1].known
    }


async def test_an_end_closes_what_was_known(store: Store, home: int) -> None:
    """And the line that says so is what ended it."""
    music = {**LISBON, "turn": 4, "quote": "I love fado music", "slot": "likes"}
    scribe = Scribe(({**music, "value": "fado music", "text": "Mei loves fado music."},))
    sleeper = sleep(store, scribe)
    await talk(store, home, *TALK)
    rests(store)
    await until_done(sleeper)
    ended = {**music, "op": "retract", "target": "F1", "turn": 1, "quote": "fado music bores me"}
    scribe.ops = ({**ended, "value": "fado music", "text": "Fado music bores Mei."},)

    await talk(store, home, "now fado music bores me", at=START + timedelta(days=1))
    rests(store)
    await until_done(sleeper)

    (row,) = await store.rows(fact)
    (said,) = [one for one in await store.rows(memory) if one.text == "now fado music bores me"]
    assert (START + timedelta(days=1), said.id) == (row.valid_to, row.superseded_by)


async def test_distilling_again_adds_nothing(store: Store, home: int) -> None:
    """The same line says the same once, however often it is read."""
    scribe = Scribe((LISBON,))
    sleeper = sleep(store, scribe)
    await talk(store, home, *TALK)
    rests(store)
    await until_done(sleeper)
    (episode,) = await all_of(store, "episode")
    again = update(sitting).values(distilled_at=None)

    await store.database.write(lambda found: drop(found, [episode.id]))
    await store.database.write(lambda found: found.execute(again).rowcount)
    scribe.ops = (LISBON, {**LISBON, "value": "moved to Lisbon", "text": "Mei moved to Lisbon."})
    await until_done(sleeper)

    (row,) = await store.rows(fact)
    (known,) = await all_of(store, "fact")
    assert (pytest.approx(0.7), 0) == (row.confidence, known.uses)


async def test_places_stay_apart(store: Store, home: int) -> None:
    """What is known from one place is not shown in another, nor changed by it."""
    elsewhere = await store.talk(2, "hello", "Hi.", where=place("8"))
    scribe = Scribe((LISBON,))
    sleeper = sleep(store, scribe)
    await talk(store, home, *TALK)
    rests(store)
    await until_done(sleeper)

    await talk(store, elsewhere, *TALK, at=START + timedelta(days=1), private=False)
    rests(store)
    await until_done(sleeper)

    first, second = await all_of(store, "fact")
    assert () == scribe.asked[1].known
    assert set(keys(Origin("kokoro", home, private=True))) == await lies_under(store, first.id)
    assert not set(keys(Origin("kokoro", home, private=True))) & await lies_under(store, second.id)


async def test_an_episode_of_several_is_the_rooms(store: Store, home: int) -> None:
    """Nobody carries it into another place; what one said of themself they do."""
    scribe = Scribe((LISBON,))
    lines = await talk(store, home, *TALK, who=(MEI, BOB), private=False)
    public = update(memory).values(private=False)
    await store.database.write(lambda found: found.execute(public).rowcount)
    rests(store)

    await until_done(sleep(store, scribe))

    (episode,) = await all_of(store, "episode")
    assert lines == await sources(store, episode.id)
    assert 1 == len(await lies_under(store, episode.id))


async def test_weeks_and_months_are_summed_up(store: Store, home: int) -> None:
    """When they are over, each once, from what there is of them; a lone episode needs no more."""
    for day in (0, 1, 7, 8, 14, 40):
        await talk(store, home, *TALK, at=START + timedelta(days=day))
    rests(store)
    scribe = Scribe()

    await until_done(sleep(store, scribe))
    again = await until_done(sleep(store, scribe))

    weeks = [row for row in await all_of(store, "episode") if row.sitting == WEEK]
    months = [row for row in await all_of(store, "episode") if row.sitting == MONTH]
    assert ["A week of 2."] * 2 == [row.text for row in weeks]
    assert ["A month of 3."] == [row.text for row in months]
    assert {row.id for row in weeks} < set(await sources(store, months[0].id))
    assert START + timedelta(days=14, minutes=3) == months[0].at
    assert (0, 3) == (again, len(scribe.spans))
    assert START.replace(hour=0) + timedelta(days=7) == scribe.spans[0].begins


async def test_a_week_that_is_not_over_waits(store: Store, home: int) -> None:
    """And so does one of which there is but one episode."""
    await talk(store, home, *TALK)
    await talk(store, home, *TALK, at=START + timedelta(days=1))
    rests(store)
    scribe = Scribe()

    await until_done(sleep(store, scribe))

    assert [] == scribe.spans


@pytest.mark.parametrize("trouble", [BackendUnavailable("busy"), None])
async def test_a_week_without_a_model(store: Store, home: int, trouble: AnimaError | None) -> None:
    """The most telling of its episodes stand for it; while somebody waits, it waits."""
    for day in (0, 1):
        await talk(store, home, *TALK, at=START + timedelta(days=day))
    rests(store, timedelta(days=7))
    sleeper = sleep(store)
    await sleeper.step()
    await sleeper.step()

    done = await sleep(store, Scribe(troubles=[trouble])).step()

    weeks = [row.text for row in await all_of(store, "episode") if row.sitting == WEEK]
    assert (trouble is not None) is done
    assert len(weeks) == int(done)
    assert all("Mei: I moved to Lisbon" in text for text in weeks)


async def test_what_comes_late_makes_a_week_anew(store: Store, home: int) -> None:
    """As when more of an old talk is brought in; and a forgotten line takes its week along."""
    for day in (0, 1):
        await talk(store, home, *TALK, at=START + timedelta(days=day))
    rests(store, timedelta(days=7))
    await until_done(sleep(store, Scribe()))

    for day in (2, 3):
        lines = await talk(store, home, *TALK, at=START + timedelta(days=day))
    await until_done(sleep(store, Scribe()))
    await until_done(sleep(store, Scribe()))
    anew = [row.text for row in await all_of(store, "episode") if row.sitting == WEEK]
    await store.database.write(lambda found: drop(found, lines[:1]))
    gone = [row.text for row in await all_of(store, "episode") if row.sitting == WEEK]
    await until_done(sleep(store, Scribe()))
    less = [row.text for row in await all_of(store, "episode") if row.sitting == WEEK]

    assert (["A week of 4."], [], ["A week of 3."]) == (anew, gone, less)
