"""Somebody's memories are carried away and brought in again, on SQLite and on PostgreSQL."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from datetime import UTC
from pathlib import Path

import pytest

from anima.errors import ConfigError
from memory.longterm.bringing import Bringing, Brought
from memory.longterm.carrying import Carrying, jsonl
from memory.longterm.consenting import Consents
from memory.longterm.readable import markdown
from memory.longterm.wanted import Matching
from memory.tables import conversation, fact, memory, memory_source, relation
from tests.contracts.databases import opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.lived_in import KOKORO, ROOM, TOM, House, viewer
from tests.contracts.words import MEI

WHO = (MEI.address,)


@pytest.fixture
async def house(sql_ledgers: SqlLedgers) -> House:
    """An empty house over each kind of database."""
    return House(await opened(sql_ledgers))


@pytest.fixture
async def elsewhere(tmp_path: Path, _alembic: None) -> AsyncIterator[House]:
    """Another house."""
    async with AsyncExitStack() as stack:
        yield House(await opened(SqlLedgers(f"sqlite:///{tmp_path / 'other.db'}", stack)))


async def lived_in(house: House) -> int:
    """Mei talks alone and in company, and is known a little."""
    here = await house.talk(1, "my cat is Tama", "Lovely.")
    await house.talk(2, "hello all", "Hello Mei.", where=ROOM)
    await house.talk(3, "Tom's own", "Yes.", who=TOM, where=ROOM)
    await house.talk(4, "Tom's secret", "I see.", who=TOM)
    await house.learn(here, MEI, "has a cat", await house.id_of("my cat is Tama"))
    row = {"persona": KOKORO, "speaker": MEI.address, "closeness": 0.5, "turns": 3}
    await house.store.add(relation, **row, first_at=START, last_at=START, lately=0.1)
    await Consents(house.store.database, house.store.ledgers.clock).wish(MEI.address)
    return here


async def exported(house: House) -> list[str]:
    """The file that Mei gets."""
    records = Carrying(house.store.database, house.store.ledgers.clock).records(WHO)
    return [line async for line in jsonl(records)]


async def test_what_is_theirs_is_carried_and_no_more(house: House) -> None:
    """Both sides of a private place, their own lines in company, what is known, what they wish."""
    await lived_in(house)

    records = [json.loads(line) for line in await exported(house)]

    kinds = [one["kind"] for one in records]
    assert ["anima memory", "place", "place", *["line"] * 3, "fact", "relation", "wish"] == kinds
    texts = [one["text"] for one in records if one["kind"] == "line"]
    assert ["my cat is Tama", "Lovely.", "hello all"] == texts
    (known,) = [one for one in records if one["kind"] == "fact"]
    assert [records[3]["digest"]] == known["sources"]
    assert "Tom" not in json.dumps(records)


@pytest.mark.slow
async def test_what_was_carried_away_is_brought_in(house: House, elsewhere: House) -> None:
    """Another house then knows the same, in places of the same name."""
    await lived_in(house)
    file = await exported(house)

    brought = await Bringing(elsewhere.store.database).bring(file, WHO)

    assert Brought(new=4) == brought
    assert ["my cat is Tama", "Lovely.", "hello all", "has a cat"] == await elsewhere.remembered()
    assert [("5", True), ("-100", False)] == [
        (row.chat, row.private) for row in await elsewhere.store.rows(conversation)
    ]
    assert [True, True, False, True] == [row.private for row in await elsewhere.store.rows(memory)]
    assert 1 == len(await elsewhere.store.rows(memory_source))
    assert file[1:] == _renumbered(await exported(elsewhere), file)


def _renumbered(file: Sequence[str], like: Sequence[str]) -> list[str]:
    """*file* with its places numbered as in *like*, without the header."""
    numbers = [json.loads(line)["number"] for line in like if '"kind":"place"' in line]
    own = [json.loads(line)["number"] for line in file if '"kind":"place"' in line]
    told = []
    for line in file[1:]:
        one = json.loads(line)
        name = "number" if one["kind"] == "place" else "place"
        if name in one:
            one[name] = numbers[own.index(one[name])]
        told.append(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n")
    return told


async def test_bringing_twice_changes_nothing(house: House) -> None:
    """Neither where it comes from."""
    await lived_in(house)
    before = await house.store.rows(memory)

    again = [
        await Bringing(house.store.database).bring(await exported(house), WHO) for _ in range(2)
    ]

    assert [Brought(known=4)] * 2 == again
    assert before == await house.store.rows(memory)


async def test_what_was_forgotten_stays_so(house: House) -> None:
    """A file from before brings back neither the line nor what was known from it."""
    here = await lived_in(house)
    file = await exported(house)
    await house.forgetting.forget(viewer(here), Matching("cat"), MEI.address)

    brought = await Bringing(house.store.database).bring(file, WHO)

    assert Brought(known=1, forgotten=3) == brought
    assert [] == await house.store.rows(fact)
    assert "my cat is Tama" not in await house.remembered()


def changed(line: str, **values: object) -> str:
    """A line of a file with other values."""
    return json.dumps({**json.loads(line), **values})


async def test_what_is_wrong_is_told_with_its_line(house: House, elsewhere: House) -> None:
    """And nothing is half done."""
    await lived_in(house)
    file = await exported(house)
    wrong = {
        "line 1: there is nothing": [],
        "line 1: an export begins": file[1:],
        "line 1: version 9": [changed(file[0], version=9), *file[1:]],
        "line 5: invalid JSON": [*file[:4], "{oops", *file[5:]],
        "line 4: at": [*file[:3], changed(file[3], at="2026-01-05T08:00:00")],
        "line 4: words: Extra inputs": [*file[:3], file[3].replace('"text"', '"words"')],
        "line 4: place 99": [*file[:3], changed(file[3], place=99)],
        "line 4: 'telegram:6' is not": [*file[:3], changed(file[3], speaker="telegram:6")],
        "line 6: what we said": [*file[:5], changed(file[5], speaker="")],
        "line 8: 'telegram:6' is not": [*file[:7], changed(file[7], speaker="telegram:6")],
        "line 10: a second header": [*file, file[0]],
        "line 2: input tag": [file[0], changed(file[1], kind="thing")],
    }

    told = {}
    for expected, lines in wrong.items():
        with pytest.raises(ConfigError) as caught:
            await Bringing(elsewhere.store.database).bring(lines, WHO)
        told[expected] = str(caught.value)

    assert [] == [told for told in told.items() if not told[1].startswith(told[0])]
    assert [] == await elsewhere.remembered()
    assert [] == await elsewhere.store.rows(conversation)


@pytest.mark.slow
async def test_nobody_brings_words_into_a_place_of_others(house: House) -> None:
    """A file that calls Tom's place theirs is refused."""
    await lived_in(house)
    file = await exported(house)
    forged = [file[0], changed(file[1], chat="new"), changed(file[2], chat=TOM.id, private=True)]
    before = await house.remembered(), await house.store.rows(conversation)

    with pytest.raises(ConfigError, match="line 3: the place '6' is not theirs alone here"):
        await Bringing(house.store.database).bring([*forged, *file[3:]], WHO)

    assert before == (await house.remembered(), await house.store.rows(conversation))


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "What is remembered"),
        ("zh", "关于你的记忆"),
        ("ja", "あなたについて"),
        ("fr", "What is"),
    ],
)
async def test_people_can_read_it(house: House, language: str, title: str) -> None:
    """In their language, with dates, and with no word of others."""
    await lived_in(house)
    records = Carrying(house.store.database, house.store.ledgers.clock).records(WHO)

    page = "".join([part async for part in markdown(records, language, UTC)])

    assert page.startswith(f"# {title}")
    assert "- 2026-01-05 08:00 **Mei**: my cat is Tama\n" in page
    assert "Tom" not in page
    assert 3 == page.count("\n## ")


async def test_marks_in_words_are_no_marks_of_the_page(house: House) -> None:
    """What somebody said can pose as nothing else."""
    await house.talk(1, "# not\n## a [heading](x)", "Yes.")
    records = Carrying(house.store.database, house.store.ledgers.clock).records(WHO)

    page = "".join([part async for part in markdown(records, "en", UTC)])

    assert r"\# not \#\# a \[heading\](x)" in page
