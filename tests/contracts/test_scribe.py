"""Talk becomes memory, each turn once, on SQLite and on PostgreSQL."""

import asyncio
import threading
from collections.abc import Sequence
from datetime import datetime

import pytest
from sqlalchemy import Connection

from anima.model import Conversation, Incoming, Renamed, Speaker
from anima.steps import Began, Delivered, Ended, Outcome, Postponed, Released, Say
from memory.longterm.erasing import Erasing
from memory.longterm.hushing import Hushing
from memory.longterm.scribe import TURNS, Scribe, catch_up
from memory.shortterm import LocalTail
from memory.tables import conversation, fact, memory, memory_source, sitting
from persona.facts.kinds import Fact, Wish
from tests.contracts.databases import BOTS, Store, later, opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.lived_in import House
from tests.contracts.words import MEI, arrival, place

KOKORO = "kokoro"
ROOM = place("-100")
TOM = Speaker("telegram", "6", "Tom", "en")
PATIENCE_S = 10
Line = tuple[str, str]


@pytest.fixture
async def store(sql_ledgers: SqlLedgers) -> Store:
    """An empty database of each kind."""
    return await opened(sql_ledgers)


@pytest.fixture
def scribe(store: Store) -> Scribe:
    """One who writes it down."""
    return Scribe(store.database)


async def talk(store: Store, turn: int, text: str, *answers: str, **how: object) -> int:
    """A turn of Kokoro's."""
    return await store.talk(turn, text, *answers, persona=KOKORO, **how)


async def lines(store: Store) -> Sequence[Line]:
    """Who said what, as it is remembered."""
    return [(row.speaker, row.text) for row in await store.rows(memory)]


async def test_both_sides_are_kept_in_their_order(store: Store, scribe: Scribe) -> None:
    """With who said it, to whom, when, where, in which language, and which rows it comes from."""
    await talk(store, 1, "hello", "Hi.", "How are you?")
    here = await talk(store, 2, "我很好", "好。")

    more = await scribe.catch_up(here)

    assert not more
    expected = [(MEI.address, "hello"), ("", "Hi."), ("", "How are you?")]
    assert [*expected, (MEI.address, "我很好"), ("", "好。")] == await lines(store)
    rows = await store.rows(memory)
    first, answer, *_ = rows
    assert (KOKORO, "line", True, "Mei") == (first.persona, first.kind, first.private, first.name)
    assert (here, START, None) == (first.conversation_id, first.at, first.said_id)
    assert (None, 10001) == (answer.heard_id, answer.said_id)
    assert ["zh", "zh"] == [row.language for row in rows[3:]]
    assert 5 == sum(row.lines for row in await store.rows(sitting))


async def test_each_turn_is_kept_once(store: Store, scribe: Scribe) -> None:
    """However often it is looked at, also by two processes at once."""
    here = await talk(store, 1, "hello", "Hi.")
    other = Scribe((await store.another()).database)

    await asyncio.gather(*(one.catch_up(here) for one in (scribe, other, scribe, other)))
    await talk(store, 2, "again", "Yes.")
    await asyncio.gather(*(one.catch_up(here) for one in (scribe, other)))

    assert [(MEI.address, "hello"), ("", "Hi."), (MEI.address, "again"), ("", "Yes.")] == (
        await lines(store)
    )


@pytest.mark.parametrize(
    ("outcome", "kept"),
    [
        ("answered", ["hello", "Hi."]),
        ("failed", ["hello", "Hi."]),
        ("silent", ["hello", "Hi."]),
        ("expired", ["hello", "Hi."]),
        ("refused", ["Hi."]),
        ("command", []),
        ("notice", []),
    ],
)
async def test_what_is_no_part_of_the_talk_is_left_out(
    store: Store, scribe: Scribe, outcome: Outcome, kept: Sequence[str]
) -> None:
    """Commands, notices, and what we would not answer."""
    here = await talk(store, 1, "hello", "Hi.", outcome=outcome)

    await scribe.catch_up(here)

    assert kept == [text for _, text in await lines(store)]
    assert [] == await scribe.behind()


async def test_what_waits_is_not_kept_yet(store: Store, scribe: Scribe) -> None:
    """It becomes memory with its turn."""
    here = await talk(store, 1, "hello", "Hi.")
    await store.heard("and now?")

    await scribe.catch_up(here)

    assert ["hello", "Hi."] == [text for _, text in await lines(store)]


async def test_a_turn_that_is_not_over_holds_up_those_behind_it(
    store: Store, scribe: Scribe
) -> None:
    """So that what is remembered stands in the order in which it happened."""
    await talk(store, 1, "hello", "Hi.")
    await store.heard("what now")
    (claim,) = await store.ledger.claim(1, BOTS)
    await store.ledger.write(claim, Began(2, START, KOKORO), Say(21, 2, "This.", START))
    await store.ledger.write(claim, Delivered(21, "m21", START))

    await scribe.catch_up(claim.id)
    open_yet = [text for _, text in await lines(store)]
    dealt = tuple(one.id for one in claim.waiting)
    await store.ledger.write(claim, Ended(2, dealt, "answered", START), Released())
    await scribe.catch_up(claim.id)

    assert ["hello", "Hi."] == open_yet
    assert ["hello", "Hi.", "what now", "This."] == [text for _, text in await lines(store)]


@pytest.mark.parametrize("unsure", [False, True])
async def test_a_bubble_on_its_way_holds_up_its_turn(
    store: Store, scribe: Scribe, unsure: bool
) -> None:
    """Nobody knows yet whether it will have been said."""
    await store.heard("hello")
    (claim,) = await store.ledger.claim(1, BOTS)
    dealt = tuple(one.id for one in claim.waiting)
    ended = Ended(1, dealt, "answered", START)
    late = Postponed(11, later(5), unsure)
    begun = Began(1, START, KOKORO), Say(11, 1, "Hi.", START)
    await store.ledger.write(claim, *begun, late, ended)

    await scribe.catch_up(claim.id)
    before = await lines(store)
    await store.ledger.write(claim, Delivered(11, "m11", START), Released())
    await scribe.catch_up(claim.id)

    assert [] == list(before)
    assert [(MEI.address, "hello"), ("", "Hi.")] == await lines(store)


async def test_an_old_ledger_is_caught_up_with_in_portions(store: Store, scribe: Scribe) -> None:
    """After an upgrade there are many turns that nobody has looked at."""
    for turn in range(1, TURNS + 3):
        here = await talk(store, turn, f"line {turn}")

    behind = await scribe.behind()
    told = [await scribe.catch_up(here), await scribe.catch_up(here)]

    assert [here] == behind
    assert [True, False] == told
    assert [f"line {turn}" for turn in range(1, TURNS + 3)] == [
        text for _, text in await lines(store)
    ]
    assert [] == await scribe.behind()


async def test_what_is_hushed_leaves_nothing(store: Store, scribe: Scribe) -> None:
    """The mark moves on over it, and what comes after it is kept again."""
    hushing = Hushing(store.database, store.ledgers.clock, LocalTail(), Erasing(store.database))
    here = await talk(store, 1, "hello", "Hi.")
    await hushing.begin(here, "off", 2, MEI.address)
    await talk(store, 2, "apricot", "Apricot!")
    await scribe.catch_up(here)
    await hushing.end(here, "off", 3)
    await talk(store, 3, "back", "Good.")

    await scribe.catch_up(here)

    assert ["hello", "Hi.", "back", "Good."] == [text for _, text in await lines(store)]
    (row,) = await store.rows(conversation)
    assert 3 == row.kept_turn


async def test_in_company_everybody_is_known_by_name(store: Store, scribe: Scribe) -> None:
    """And the place is no private one."""
    for who, text in ((MEI, "hello all"), (TOM, "hi Mei")):
        spoken = Incoming(ROOM, who, text, START, text, private=False)
        await store.ledger.hear([arrival(text, spoken)])
    (claim,) = await store.ledger.claim(1, BOTS)
    await store.goes_on(claim, 1, "Hello both.", persona=KOKORO)

    await scribe.catch_up(claim.id)

    rows = await store.rows(memory)
    assert [(MEI.address, "Mei"), (TOM.address, "Tom"), ("", "")] == [
        (row.speaker, row.name) for row in rows
    ]
    assert [False] * 3 == [row.private for row in rows]


async def test_a_kill_keeps_both_or_neither(store: Store) -> None:
    """Whoever dies before the commit has kept nothing, and the next one keeps all of it."""
    here = await talk(store, 1, "hello", "Hi.")

    def dies(connection: Connection) -> None:
        catch_up(connection, here, {})
        raise ValueError("stands for a death")

    with pytest.raises(ValueError, match="a death"):
        await store.database.write(dies)
    before = await lines(store)
    await Scribe((await store.another()).database).catch_up(here)

    assert [] == list(before)
    assert [(MEI.address, "hello"), ("", "Hi.")] == await lines(store)


async def test_places_do_not_mix(store: Store, scribe: Scribe) -> None:
    """Catching up with one leaves the other behind."""
    here = await talk(store, 1, "hello", "Hi.")
    there = await talk(store, 2, "ciao", "Ciao.", where=Conversation("telegram", "anima", "8"))

    await scribe.catch_up(there)

    assert [here] == await scribe.behind()
    assert {there} == {row.conversation_id for row in await store.rows(memory)}


class Lives:
    """Finds where people live, in lines like `I live in Kobe`, and what they want remembered."""

    def found(
        self, line_text: str, at: datetime, speaker: str, language: str
    ) -> Sequence[Fact | Wish]:
        if not speaker:
            return ()
        if line_text.startswith("remember"):
            return (Wish("remember", line_text),)
        gone = line_text.startswith("I left ")
        if not gone and not line_text.startswith("I live in "):
            return ()
        city = line_text.rpartition(" ")[2]
        norm = f"at:{city.lower()}"
        return (Fact("", "lives_in", city, norm, line_text, "en", line_text, negated=gone),)


@pytest.fixture
def learner(store: Store) -> Scribe:
    """A scribe that learns where people live."""
    return Scribe(store.database, Lives())


async def facts(store: Store) -> Sequence[tuple[str, bool]]:
    """What is known, and whether it still holds."""
    return [(row.norm, row.valid_to is None) for row in await store.rows(fact)]


async def test_facts_are_kept_with_their_lines(store: Store, learner: Scribe) -> None:
    """What we say ourselves is nobody's fact."""
    here = await talk(store, 1, "I live in Kobe", "I live in Nara")

    await learner.catch_up(here)

    assert [("at:kobe", True)] == await facts(store)
    (edge,) = await store.rows(memory_source)
    by_id = {row.id: row.text for row in await store.rows(memory)}
    assert "I live in Kobe" == by_id[edge.source_id]


class Ponders(Lives):
    """Finds nothing before *go*, however long that takes."""

    def __init__(self) -> None:
        self.asked, self.go = threading.Event(), threading.Event()

    def found(
        self, line_text: str, at: datetime, speaker: str, language: str
    ) -> Sequence[Fact | Wish]:
        self.asked.set()
        assert self.go.wait(PATIENCE_S)
        return super().found(line_text, at, speaker, language)


async def test_nobody_waits_while_facts_are_found(store: Store) -> None:
    """It is done beside the loop."""
    finds = Ponders()
    here = await talk(store, 1, "I live in Kobe")

    async with asyncio.TaskGroup() as group:
        group.create_task(Scribe(store.database, finds).catch_up(here))
        assert await asyncio.to_thread(finds.asked.wait, PATIENCE_S)
        finds.go.set()

    assert [("at:kobe", True)] == await facts(store)


async def test_what_is_said_again_is_surer(store: Store, learner: Scribe) -> None:
    """It is one fact, from two lines; the same line counts once."""
    await talk(store, 1, "I live in Kobe")
    here = await talk(store, 2, "I live in dear Kobe")

    await learner.catch_up(here)
    await learner.catch_up(here)

    (row,) = await store.rows(fact)
    assert pytest.approx(0.7) == row.confidence
    assert 2 == len(await store.rows(memory_source))
    assert [1] == [row.uses for row in await store.rows(memory) if row.kind == "fact"]


async def test_what_is_newer_ends_what_it_contradicts(store: Store, learner: Scribe) -> None:
    """The older is kept, with when it was over and what came after it."""
    await talk(store, 1, "I live in Kobe")
    here = await talk(store, 2, "I live in Nara")

    await learner.catch_up(here)

    old, new = await store.rows(fact)
    assert ("at:kobe", START, new.memory_id) == (old.norm, old.valid_to, old.superseded_by)
    assert ("at:nara", None, None) == (new.norm, new.valid_to, new.superseded_by)


async def test_a_denial_ends_a_fact(store: Store, learner: Scribe) -> None:
    """And is none itself."""
    await talk(store, 1, "I live in Kobe")
    here = await talk(store, 2, "I left Kobe")

    await learner.catch_up(here)

    assert [("at:kobe", False)] == await facts(store)


async def test_what_is_said_in_private_changes_nothing_in_company(
    store: Store, learner: Scribe
) -> None:
    """Neither does it end there, nor is it surer there."""
    spoken = Incoming(ROOM, MEI, "I live in Kobe", START, "r", private=False)
    await store.ledger.hear([arrival("r", spoken)])
    (claim,) = await store.ledger.claim(1, BOTS)
    room = await store.goes_on(claim, 1, persona=KOKORO)
    here = await talk(store, 2, "I live in Kobe")
    await talk(store, 3, "I live in Nara")

    for where in (room, here):
        await learner.catch_up(where)

    assert [("at:kobe", True), ("at:kobe", False), ("at:nara", True)] == await facts(store)
    assert {0.6} == {row.confidence for row in await store.rows(fact)}


async def test_what_somebody_wants_remembered_is_pinned(store: Store, learner: Scribe) -> None:
    """The line itself."""
    here = await talk(store, 1, "remember the milk", "I will.")

    await learner.catch_up(here)

    assert [(True, 5), (False, 3)] == [
        (row.pinned, row.importance) for row in await store.rows(memory)
    ]


async def test_what_joins_another_place_is_remembered_there(sql_ledgers: SqlLedgers) -> None:
    """A group that goes on under a new name remembers what was said under the old one."""
    house = House(await opened(sql_ledgers))
    old, new = place("-5"), place("-100")
    await house.talk(1, "I have a parrot", "A parrot!", where=old)
    there = await house.talk(2, "we moved", "So we did.", where=new)

    await house.store.ledger.hear([arrival("moved", Renamed(old, "-100"))])
    while await Scribe(house.store.database).catch_up(there):
        pass

    rows = await house.store.rows(memory)
    assert {there} == {row.conversation_id for row in rows}
    told = ["A parrot!", "I have a parrot", "So we did.", "we moved"]
    assert told == sorted(row.text for row in rows)
