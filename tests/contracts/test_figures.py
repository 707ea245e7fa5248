"""What a version's talk comes to, counted from the turns and from what people think of them."""

import pytest

from anima.model import Account, Rated, Speaker, Verdict
from memory.figures import Figures
from memory.register import Register
from tests.contracts.databases import SAID, Store, opened
from tests.contracts.ledgers import SqlLedgers
from tests.contracts.words import HOME, arrival


@pytest.fixture
async def store(sql_ledgers: SqlLedgers) -> Store:
    """An empty database of each kind."""
    return await opened(sql_ledgers)


async def figures(store: Store, name: str = "KU5.0") -> Figures:
    """The figures of a version."""
    return await Register(store.database, store.ledgers.clock).figures(name)


async def rate(store: Store, key: str, said: int, verdict: Verdict, who: str = "5") -> None:
    """Somebody presses a button under a bubble."""
    rated = Rated(HOME, Speaker("telegram", who, "Mei"), said, verdict)
    await store.ledger.hear([arrival(key, rated)])


async def test_one_who_never_spoke_has_none(store: Store) -> None:
    """Without a turn every figure is nought, and none is divided by it."""
    await store.speaks("KU6.0", first_s=1.0)

    assert Figures() == await figures(store)


async def test_turns_are_counted_by_how_they_ended(store: Store) -> None:
    """Answers, refusals and failures are counted for the one who was asked, and for no other."""
    for number, outcome in enumerate(("answered", "answered", "refused", "failed", "failed"), 1):
        await store.speaks("KU5.0", number, outcome=outcome)
    await store.speaks("KU6.0", 6)
    await store.speaks("KU5.0", 7, outcome="command")

    told = await figures(store)

    assert (2, 1, 2) == (told.answers, told.refused, told.failed)


async def test_slips_are_added_up(store: Store) -> None:
    """Every line that was caught counts, whatever became of its turn."""
    for turn, slips, outcome in ((1, 2, "answered"), (2, 0, "answered"), (3, 1, "failed")):
        account = Account("KU5.0", "r1", slips=slips)
        await store.talk(turn, "hello", "Hi.", account=account, outcome=outcome)  # type: ignore[arg-type]  # the words above are outcomes

    assert 3 == (await figures(store)).slips


async def test_the_first_word_is_timed(store: Store) -> None:
    """The median and the 95th of a hundred, over answers alone; what was not timed is left out."""
    waits = [number / 10 for number in range(1, 21)]
    for turn, first_s in enumerate([*waits, None], 1):
        await store.speaks("KU5.0", turn, first_s=first_s)
    await store.speaks("KU5.0", 30, first_s=99.0, outcome="failed")

    told = await figures(store)

    assert (1.05, 1.9) == (pytest.approx(told.first_median_s), told.first_p95_s)


async def test_one_answer_is_its_own_median(store: Store) -> None:
    """A single time is the median and the 95th alike."""
    await store.speaks("KU5.0", first_s=0.4)

    told = await figures(store)

    assert (0.4, 0.4) == (told.first_median_s, told.first_p95_s)


async def test_verdicts_are_counted(store: Store) -> None:
    """Each speaker has one word on an answer, and the newest counts."""
    await store.speaks("KU5.0", 1)
    await store.speaks("KU5.0", 2)
    await store.speaks("KU6.0", 3)
    await rate(store, "r1", SAID + 1, "good")
    await rate(store, "r2", SAID + 1, "bad")
    await rate(store, "r3", SAID + 2, "good")
    await rate(store, "r4", SAID + 2, "unlike", who="6")
    await rate(store, "r5", SAID + 3, "good")

    told = await figures(store)

    assert (1, 1, 1) == (told.good, told.bad, told.unlike)
