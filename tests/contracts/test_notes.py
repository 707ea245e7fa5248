"""Notes are kept once, and found again with the talk, in their own conversation only."""

import asyncio

import pytest

from anima.model import Line
from anima.steps import Began, Delivered, Outcome, Say
from memory.notes import Note, Notes
from tests.contracts.databases import Store, later, opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.words import BOTS, MEI, place

KU = ""
BY = "telegram:5"


@pytest.fixture
async def store(sql_ledgers: SqlLedgers) -> Store:
    """An empty database of each kind."""
    return await opened(sql_ledgers)


@pytest.fixture
def notes(store: Store) -> Notes:
    """Its notes."""
    return Notes(store.database, store.ledgers.clock)


async def found(notes: Notes, here: int, *words: str, limit: int = 8) -> list[str]:
    """The words of what is found."""
    return [line.text for line in await notes.search(here, KU, words, limit)]


async def test_notes_are_told_in_their_order(store: Store, notes: Notes) -> None:
    """The newest stand last; of many the last ones are told, and all are counted."""
    here = await store.talk(1, "hello", "Hi.")
    for text in ("likes tea", "has a cat", "is 30"):
        await notes.keep(here, KU, text, BY)
        store.ledgers.clock.advance(1)

    told = await notes.of(here, KU, 2)

    assert (Note("has a cat", later(1)), Note("is 30", later(2))) == told
    assert 3 == await notes.count(here, KU)


@pytest.mark.parametrize(
    "again",
    ["Mei likes tea", "  mei  LIKES\ntea ", "Ｍｅｉ likes tea"],
    ids=["same", "gaps", "wide"],
)
async def test_a_note_is_kept_once(store: Store, notes: Notes, again: str) -> None:
    """The same words change nothing, however they are spaced or written large or wide."""
    here = await store.talk(1, "hello", "Hi.")

    kept = [await notes.keep(here, KU, text, BY) for text in ("Mei likes tea", again)]

    assert [True, False] == kept
    assert (Note("Mei likes tea", START),) == await notes.of(here, KU, 9)


async def test_two_that_keep_it_at_once_keep_it_once(store: Store, notes: Notes) -> None:
    """Of two processes one keeps it, and the other knows that it is kept."""
    here = await store.talk(1, "hello", "Hi.")
    other = await store.another()
    both = (notes, Notes(other.database, store.ledgers.clock))

    async with asyncio.TaskGroup() as group:
        kept = [group.create_task(one.keep(here, KU, "likes tea", BY)) for one in both * 2]

    assert [False, False, False, True] == sorted(task.result() for task in kept)


async def test_each_conversation_has_its_own(store: Store, notes: Notes) -> None:
    """What is noted in one is neither told nor counted nor found in another, which may note it."""
    here = await store.talk(1, "my canary", "Canary!")
    there = await store.talk(2, "hello", "Hi.", where=place("8"))
    await notes.keep(here, KU, "has a canary", BY)

    assert ((), 0, []) == (
        await notes.of(there, KU, 9),
        await notes.count(there, KU),
        await found(notes, there, "canary"),
    )
    assert await notes.keep(there, KU, "has a canary", BY)


async def test_what_no_database_stores_is_left_out(store: Store, notes: Notes) -> None:
    """A NUL or half a character neither fails nor makes another note."""
    here = await store.talk(1, "hello", "Hi.")

    kept = [await notes.keep(here, KU, text, "x" * 300) for text in ("t\0ea \ud83d", "tea \ud83d")]

    assert [True, False] == kept
    assert ["tea ?"] == [note.text for note in await notes.of(here, KU, 9)]
    assert ["tea ?"] == await found(notes, here, "t\0ea", "\ud83d")


async def test_a_search_finds_lines_and_notes(store: Store, notes: Notes) -> None:
    """What was heard comes with its speaker; our own lines and the notes come without one."""
    here = await store.talk(1, "I drink tea", "Tea is good.", at=later(1))
    store.ledgers.clock.advance(2)
    await notes.keep(here, KU, "likes tea", BY)

    lines = await notes.search(here, KU, ["tea"])

    assert (
        Line(None, "likes tea", later(2)),
        Line(None, "Tea is good.", later(1)),
        Line(MEI, "I drink tea", START),
    ) == lines


async def test_more_words_come_before_newer_ones(store: Store, notes: Notes) -> None:
    """What holds most of the words comes first, and among those the newest, over all kinds."""
    await store.talk(1, "green tea from Uji", at=later(1))
    await store.talk(2, "?", "black tea", at=later(2))
    here = await store.talk(3, "?", "green apples", at=later(3))
    store.ledgers.clock.advance(4)
    await notes.keep(here, KU, "green tea, she said", BY)

    told = await found(notes, here, "green", "tea", "uji")

    assert ["green tea from Uji", "green tea, she said", "green apples", "black tea"] == told


async def test_no_more_is_found_than_wanted(store: Store, notes: Notes) -> None:
    """Eight are told where nothing else is said, the newest ones."""
    here = await store.talk(1, "hello", "Hi.")
    for number in range(10):
        store.ledgers.clock.advance(1)
        await notes.keep(here, KU, f"tea {number}", BY)

    told = await found(notes, here, "tea"), await found(notes, here, "tea", limit=1)

    assert ([f"tea {number}" for number in range(9, 1, -1)], ["tea 9"]) == told
    assert 8 == len(await notes.search(here, KU, ["tea"]))


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("100%", "it was 100% true"),
        ("a_b", "the name is a_b here"),
        ("a/b", "either a/b or c"),
        ("c:\\x", "in c:\\x it is"),
        ("'); drop", "say '); drop it"),
        ("绿茶", "我喜欢喝绿茶"),
        ("抹茶", "抹茶が好きです"),
        ("ÉTÉ", "l'ÉTÉ dernier"),
        ("TEA", "my tea"),
    ],
)
async def test_a_word_means_itself(store: Store, notes: Notes, word: str, line: str) -> None:
    """Signs of a pattern are plain letters, CJK is found inside a line, ASCII in any case."""
    await store.talk(1, line)
    here = await store.talk(2, "nothing 100 axb acb of it x", "No.")

    assert [line] == await found(notes, here, word)


@pytest.mark.parametrize("words", [(), ("",), (" ", "\0")], ids=["none", "empty", "blank"])
async def test_no_words_find_nothing(store: Store, notes: Notes, words: tuple[str, ...]) -> None:
    """Whoever looks for nothing is not told everything."""
    here = await store.talk(1, "hello", "Hi.")

    assert [] == await found(notes, here, *words)


async def test_any_number_of_words_of_any_length_is_taken(store: Store, notes: Notes) -> None:
    """The first eight different ones count, and of a long one its beginning."""
    here = await store.talk(1, "tea", "x" * 200)

    assert ["tea"] == await found(notes, here, "tea", *map(str, range(500)))
    assert ["tea"] == await found(notes, here, *("nothing", "Nothing") * 20, "tea")
    assert ["x" * 200] == await found(notes, here, "x" * 100_000)


@pytest.mark.parametrize("outcome", ["command", "notice", "refused"])
async def test_what_is_no_talk_is_not_found(store: Store, notes: Notes, outcome: Outcome) -> None:
    """Commands with their answers, notices, and what strangers wrote are left out."""
    here = await store.talk(1, "/tea", outcome=outcome)
    await store.talk(2, "tea?", outcome="expired")

    assert ["tea?"] == await found(notes, here, "tea")


@pytest.mark.parametrize("outcome", ["command", "notice"])
async def test_answers_of_the_house_are_not_found(
    store: Store, notes: Notes, outcome: Outcome
) -> None:
    """What we said in such a turn is no memory of the persona's."""
    here = await store.talk(1, "/help", "tea: 5 cups", outcome=outcome)

    assert [] == await found(notes, here, "tea")


async def test_what_is_going_on_is_not_found(store: Store, notes: Notes) -> None:
    """Neither what waits nor what its turn has said so far is a memory yet."""
    here = await store.talk(1, "old tea", "Old.")
    await store.heard("new tea")
    (claim,) = await store.ledger.claim(1, BOTS)
    says = (Say(50, 5, "our tea", START), Delivered(50, "m", START), Say(51, 5, "tea", START))
    await store.ledger.write(claim, Began(5, START), *says)

    assert ["old tea"] == await found(notes, here, "tea")


async def test_what_one_persona_knows_another_does_not(store: Store, notes: Notes) -> None:
    """Notes and lines are found by the persona to whom they belong, in the same place."""
    here = await store.talk(1, "my tea is oolong", "Noted.", persona="kokoro")
    await store.talk(2, "coffee, please", "Of course.", persona="harrow")
    await notes.keep(here, "kokoro", "likes tea", BY)

    same = await notes.keep(here, "harrow", "likes tea", BY)

    assert same
    assert ["likes tea", "my tea is oolong"] == sorted(
        line.text for line in await notes.search(here, "kokoro", ["tea"])
    )
    assert [] == [line.text for line in await notes.search(here, "kokoro", ["coffee"])]
    assert 1 == await notes.count(here, "harrow")
