"""People are told what is known of them, as far as they may know it where they ask."""

from dataclasses import replace
from typing import Any

import pytest

from anima.model import Speaker
from anima.steps import Began, Ended, Recollected
from memory.longterm.knowing import Knowing
from memory.longterm.scope import Viewer
from memory.tables import fact, memory
from tests.contracts.databases import Store, later, opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.words import BOTS, HOME, MEI, place

GROUP = place("-100")
LI = Speaker("telegram", "6", "Li", "zh")

MINE, HERS = Viewer("ku", 1, private=True, speakers=(MEI.address,)), (MEI.address,)


@pytest.fixture
async def store(sql_ledgers: SqlLedgers) -> Store:
    """A private place, which is 1, and a group, which is 2."""
    store = await opened(sql_ledgers)
    await store.heard("hello", HOME)
    await store.heard("hello all", GROUP)
    return store


async def kept(store: Store, id_: int, text: str, where: int = 1, **row: Any) -> None:
    """A memory, of Mei where nobody else is named."""
    usual: dict[str, Any] = {
        "id": id_,
        "persona": "ku",
        "kind": "line",
        "conversation_id": where,
        "private": where == 1,
        "speaker": MEI.address,
        "name": "Mei",
        "text": text,
        "language": "en",
        "at": later(id_),
        "sitting": 1,
        "digest": str(id_),
        "importance": 3,
    }
    await store.add(memory, **usual | row)


async def known(store: Store, id_: int, slot: str, text: str, where: int = 1, **row: Any) -> None:
    """A fact, with the rest of what there is to say of it."""
    of_fact = {one.name for one in fact.columns}
    about = {key: value for key, value in row.items() if key in of_fact}
    of_memory = {key: value for key, value in row.items() if key not in of_fact}
    await kept(store, id_, text, where, kind="fact", **of_memory)
    usual: dict[str, Any] = {
        "memory_id": id_,
        "subject": "",
        "slot": slot,
        "norm": text,
        "quote": f"I said {text}",
        "precision": "day",
        "negated": False,
        "hearsay": False,
        "confidence": 0.6,
        "finder": "rules",
    }
    await store.add(fact, **usual | about)


async def test_facts_are_told_by_what_they_are_about(store: Store) -> None:
    """With what is over and what is hearsay; what was held for wrong is not told."""
    await known(store, 5, "pet", "Miso the cat")
    await known(store, 4, "lives_in", "Lyon", valid_to=later(9))
    await known(store, 6, "job", "a nurse", hearsay=True)
    await known(store, 7, "job", "a pilot", retracted_at=later(9))

    told = (await Knowing(store.database).of(MINE, HERS, 3)).facts

    assert [("job", "a nurse"), ("lives_in", "Lyon"), ("pet", "Miso the cat")] == [
        (one.slot, one.text) for one in told
    ]
    assert [(True, False), (False, True), (False, False)] == [
        (one.hearsay, one.over) for one in told
    ]
    assert "I said a nurse" == told[0].quote


async def test_nothing_of_another_place_person_or_persona_is_told(store: Store) -> None:
    """In a group nothing of what was said alone; alone also what one said in the group."""
    await known(store, 1, "pet", "a private cat")
    await known(store, 2, "pet", "a public dog", 2)
    await known(store, 3, "pet", "another's", speaker=LI.address)
    await known(store, 4, "pet", "somebody else's", persona="harrow")
    knowing = Knowing(store.database)

    alone = await knowing.of(MINE, HERS, 3)
    group = await knowing.of(Viewer("ku", 2, private=False), HERS, 3)
    li = await knowing.of(Viewer("ku", 3, private=True, speakers=(LI.address,)), [LI.address], 3)

    assert [["a private cat", "a public dog"], ["a public dog"], []] == [
        [one.text for one in found.facts] for found in (alone, group, li)
    ]


async def test_lines_are_counted_and_talks_told(store: Store) -> None:
    """Those of this place and one's own in groups; the newest talks first."""
    await kept(store, 1, "one")
    await kept(store, 2, "ours", speaker="", name="")
    await kept(store, 3, "in the group", 2)
    await kept(store, 4, "Li's", 2, speaker=LI.address)
    for number in (5, 6, 7):
        await kept(store, number, f"talk {number}", kind="episode", speaker="", name="")

    found = await Knowing(store.database).of(MINE, HERS, 2)

    assert (3, later(1)) == (found.lines, found.since)
    assert ["talk 7", "talk 6"] == [one.text for one in found.episodes]


async def test_talks_of_elsewhere_are_told_where_they_are_known(store: Store) -> None:
    """Private places of one person that know each other, the newest talks of all of them first."""
    for number, where in ((5, 1), (6, 2), (7, 1)):
        row = {"kind": "episode", "speaker": "", "name": "", "private": True}
        await kept(store, number, f"talk {number}", where, **row)

    apart = await Knowing(store.database).of(MINE, HERS, 9)
    one = await Knowing(store.database).of(replace(MINE, together=(2,)), HERS, 2)

    assert ["talk 7", "talk 5"] == [each.text for each in apart.episodes]
    assert ["talk 7", "talk 6"] == [each.text for each in one.episodes]


async def test_a_place_without_memories_has_none(store: Store) -> None:
    """Nothing known, nothing remembered, nothing answered."""
    knowing = Knowing(store.database)

    found = await knowing.of(MINE, HERS, 3)

    assert ((), (), 0, None) == (found.facts, found.episodes, found.lines, found.since)
    assert await knowing.behind(MINE) is None


async def test_what_was_in_mind_is_told_of_the_last_answer(store: Store) -> None:
    """By age; only what may be told to whoever asks, though it was in mind."""
    await kept(store, 2, "my cat is called Miso")
    await known(store, 1, "pet", "Miso the cat")
    await kept(store, 3, "Li's own", 2, speaker=LI.address)
    claims = await store.ledger.claim(2, BOTS)
    (claim,) = (one for one in claims if one.id == 1)
    await store.ledger.write(
        claim,
        Began(8, START, "ku"),
        Ended(8, (), "answered", START),
        Recollected(8, (1, 2, 3), START),
        Began(9, START, "ku"),
        Ended(9, (), "command", START),
    )
    knowing = Knowing(store.database)

    told = await knowing.behind(MINE)
    elsewhere = await knowing.behind(replace(MINE, place=2))

    assert told is not None
    assert [("fact", "Miso the cat"), ("line", "my cat is called Miso")] == [
        (one.kind, one.text) for one in told
    ]
    assert elsewhere is None


async def test_a_fact_is_held_for_wrong_by_whom_it_is_about(store: Store) -> None:
    """Once; by nobody else, and no line is."""
    await known(store, 1, "pet", "a cat")
    await kept(store, 2, "a line")
    knowing = Knowing(store.database)

    others = await knowing.retract(MINE, 1, [LI.address], later(9))
    line = await knowing.retract(MINE, 2, HERS, later(9))
    elsewhere = await knowing.retract(Viewer("ku", 2, private=False), 1, HERS, later(9))
    done = await knowing.retract(MINE, 1, HERS, later(9))
    again = await knowing.retract(MINE, 1, HERS, later(10))

    assert [False, False, False, True, False] == [others, line, elsewhere, done, again]
    assert () == (await knowing.of(MINE, HERS, 3)).facts
    assert not await knowing.retract(MINE, 99, HERS, later(9))
