"""Talk that is not to be remembered, on SQLite and on PostgreSQL."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from anima.steps import Began, Ended, Released, Say
from memory.longterm.erasing import Erasing
from memory.longterm.hushing import REST, Hushing
from memory.tables import heard, hush, said, thread
from tests.contracts.databases import BOTS, Store, opened
from tests.contracts.ledgers import START, SqlLedgers
from tests.contracts.words import MEI
from tests.files import found_in_files

WHO = MEI.address


class Dropped(list[int]):
    """The places whose tails were dropped."""

    async def drop(self, conversation_id: int) -> None:
        self.append(conversation_id)


@pytest.fixture
async def store(sql_ledgers: SqlLedgers) -> Store:
    """An empty database of each kind."""
    return await opened(sql_ledgers)


@pytest.fixture
def dropped() -> Dropped:
    """What happens to a cache."""
    return Dropped()


@pytest.fixture
def hushing(store: Store, dropped: Dropped) -> Hushing:
    """Begins and ends."""
    return Hushing(store.database, store.ledgers.clock, dropped, Erasing(store.database))


async def words(store: Store) -> Sequence[str]:
    """All words of the ledger that are left."""
    theirs = [row.text for row in await store.rows(heard)]
    return [text for text in theirs + [row.text for row in await store.rows(said)] if text]


async def test_a_hush_holds_until_it_is_ended(store: Store, hushing: Hushing) -> None:
    """It begins once, ends once, and may begin again."""
    here = await store.talk(1, "hello", "Hi.")

    told = [
        await hushing.is_hushed(here),
        await hushing.begin(here, "off", 2, WHO),
        await hushing.begin(here, "off", 3, WHO),
        await hushing.is_hushed(here),
        await hushing.end(here, "off", 4),
        await hushing.end(here, "off", 5),
        await hushing.is_hushed(here),
        await hushing.begin(here, "off", 6, WHO),
    ]

    assert [False, True, False, True, True, False, False, True] == told
    spans = [(row.since, row.until) for row in await store.rows(hush)]
    assert [(2, 4), (6, None)] == spans


async def test_both_kinds_hold_beside_each_other(store: Store, hushing: Hushing) -> None:
    """A private talk in a place that is never remembered ends alone."""
    here = await store.talk(1, "hello", "Hi.")
    await hushing.begin(here, "off", 2, WHO)
    await hushing.begin(here, "private", 3, WHO)

    await hushing.end(here, "private", 4)

    assert frozenset({"off"}) == await hushing.kinds(here)


async def test_ending_off_erases_nothing(store: Store, hushing: Hushing, dropped: Dropped) -> None:
    """The talk itself goes on as before."""
    await store.talk(1, "hello", "Hi.")
    here = await store.talk(2, "apricot", "Yes.")
    await hushing.begin(here, "off", 2, WHO)

    await hushing.end(here, "off", 3)

    assert ["hello", "apricot", "Hi.", "Yes."] == await words(store)
    assert [] == dropped


async def private_talk(store: Store, hushing: Hushing) -> int:
    """A talk of three turns, of which the second is private."""
    here = await store.talk(1, "hello", "Hi.")
    await hushing.begin(here, "private", 2, WHO)
    await store.talk(2, "apricot", "So apricot.")
    await store.add(
        thread,
        persona="",
        speaker=WHO,
        conversation_id=here,
        text="apricot ahead",
        due=None,
        at=START,
    )
    return here


async def test_a_private_talk_is_taken_out_when_it_ends(
    store: Store, hushing: Hushing, dropped: Dropped
) -> None:
    """Both sides of it, what came of it, and the cache; the rows stay, and wait for no answer."""
    here = await private_talk(store, hushing)

    await hushing.end(here, "private", 3)
    await store.talk(3, "back", "Welcome.")

    assert ["hello", "back", "Hi.", "Welcome."] == await words(store)
    assert ["answered"] * 3 == [row.state for row in await store.rows(heard)]
    assert [] == await store.rows(thread)
    assert [here] == dropped
    assert () == await store.ledger.claim(9, BOTS)


async def test_nothing_of_it_is_left_in_the_files(store: Store, hushing: Hushing) -> None:
    """Not in the file, not in its log, not beside it."""
    here = await private_talk(store, hushing)
    before = await found_in_files(store.database, "apricot")

    await hushing.end(here, "private", 3)

    assert before or "postgresql" in store.ledgers.url
    assert 0 == await found_in_files(store.database, "apricot")


async def test_what_is_edited_and_replied_to_goes_with_it(store: Store, hushing: Hushing) -> None:
    """A platform sends the words of a message again when it is edited, and with each reply."""
    here = await private_talk(store, hushing)
    (row,) = [one for one in await store.rows(heard) if one.text == "apricot"]
    await store.add(heard, **copy_of(here, "e1", "edit", message=row.message, text="apricots"))
    await store.add(heard, **copy_of(here, "r1", "answered", reply_to=row.message, text="back"))
    await store.add(heard, **copy_of(here, "o1", "answered", reply_to="77", text="other"))

    await hushing.end(here, "private", 3)

    left = {one.key: (one.text, one.raw) for one in await store.rows(heard)}
    assert ("", "") == left["e1"]
    assert ("back", "") == left["r1"]
    assert ("other", "apricot") == left["o1"]


def copy_of(here: int, key: str, state: str, **more: str) -> dict[str, object]:
    """A row of what was heard, whose raw form has a certain word."""
    blank = {"speaker_id": "5", "speaker_name": "", "speaker_language": "", "message": key}
    fixed = {"source": "telegram:anima", "conversation_id": here, "turn_id": None}
    times = {"addressed": False, "at": START, "heard_at": START, "reply_to": "", "text": ""}
    return {**blank, **fixed, **times, "raw": "apricot", "key": key, "state": state, **more}


async def test_a_private_talk_lapses_after_an_hour(
    store: Store, hushing: Hushing, dropped: Dropped
) -> None:
    """Not before, and only where nobody waits for an answer."""
    here = await private_talk(store, hushing)

    early = await hushing.lapsed(START + REST - timedelta(seconds=1))
    late = await hushing.lapsed(START + REST)
    again = await hushing.lapsed(START + 2 * REST)

    assert ([], [here], []) == (list(early), list(late), list(again))
    assert ["hello", "Hi."] == await words(store)
    assert not await hushing.is_hushed(here)
    assert [here] == dropped


@pytest.mark.parametrize("left", ["waiting", "open", "unsent"])
async def test_a_talk_that_goes_on_does_not_lapse(
    store: Store, hushing: Hushing, left: str
) -> None:
    """Somebody waits, a turn is not over, or a bubble is on its way."""
    here = await private_talk(store, hushing)
    await store.heard("still there?")
    if left != "waiting":
        (claim,) = await store.ledger.claim(1, BOTS)
        steps = [Began(3, START)]
        if left == "unsent":
            dealt = tuple(one.id for one in claim.waiting)
            steps += [Say(30, 3, "Yes.", START), Ended(3, dealt, "answered", START), Released()]
        await store.ledger.write(claim, *steps)

    over = await hushing.lapsed(START + 2 * REST)

    assert [] == list(over)
    assert await hushing.is_hushed(here)
