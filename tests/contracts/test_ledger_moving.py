"""What the ledger promises about messages that change and places that move."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Table, insert, select

from anima.errors import LeaseLost
from anima.model import Claim, Edited, Renamed
from anima.ports import Ledger
from anima.steps import Began, Delivered, Ended, MovedTo, Postponed, Released, Say
from memory.tables import audit, note, schedule
from tests.contracts.ledgers import START, Ledgers, SqlLedgers
from tests.contracts.words import (
    BOTS,
    HOME,
    arrival,
    claimed,
    exchange,
    message,
    place,
    spoken,
    texts,
    waiting,
)

NEW = place("-100")


async def test_an_edit_rewrites_what_waits_and_rings(ledgers: Ledgers) -> None:
    """Whoever corrects a message before it is answered is answered to the correction."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "helo"), message("2", "there")])
    ledgers.rang.clear()

    new = await ledger.hear([arrival("3", Edited(HOME, "1", "hello \0 你好"))])

    claim = await claimed(ledger)
    assert (1, [claim.id]) == (new, ledgers.rang)
    assert ["hello  你好", "there"] == texts(claim)


async def test_an_edit_without_a_change_rings_nobody(ledgers: Ledgers) -> None:
    """Platforms call it an edit when a preview was added."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    ledgers.rang.clear()

    await ledger.hear([arrival("2", Edited(HOME, "1", "hello"))])

    assert [] == ledgers.rang


async def test_an_edit_of_an_answered_message_changes_nothing(ledgers: Ledgers) -> None:
    """What was answered stays as it was answered."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)
    await ledger.write(claim, *exchange(claim, 1, "Hi."))
    ledgers.rang.clear()

    await ledger.hear([arrival("2", Edited(HOME, "1", "good bye"))])

    assert [] == ledgers.rang
    assert () == await ledger.claim(9, BOTS)
    assert ["hello", "Hi."] == spoken(await ledger.tail(claim, 9))


async def test_an_edit_in_another_place_changes_nothing_here(ledgers: Ledgers) -> None:
    """Chats number their messages each for itself."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])

    await ledger.hear([arrival("2", Edited(place("8"), "1", "good bye"))])

    assert ["hello"] == texts(await claimed(ledger))


async def test_a_renamed_conversation_goes_on_under_its_new_chat(ledgers: Ledgers) -> None:
    """What waits and what is past come along, and new messages find it."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)
    await ledger.write(claim, *exchange(claim, 1, "Hi."))
    await ledger.hear([message("2", "waiting")])

    await ledger.hear([arrival("3", Renamed(HOME, "-100")), message("4", "here now", NEW)])

    moved = await claimed(ledger)
    assert (NEW, ["waiting", "here now"]) == (moved.conversation, texts(moved))
    assert ["hello", "Hi."] == spoken(await ledger.tail(moved, 9))


async def test_a_turn_goes_on_while_its_conversation_is_renamed(ledgers: Ledgers) -> None:
    """A new address takes no lease away."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)

    await ledger.write(claim, MovedTo("-100"))
    await ledger.write(claim, *exchange(claim, 1, "Hi."))

    await ledger.hear([message("2", "more", NEW)])
    assert claim.id == (await claimed(ledger)).id


async def half_a_turn(ledger: Ledger) -> Claim:
    """A turn at home that has said one bubble and has another one to send."""
    claim = await claimed(ledger)
    bubbles = Say(10, 1, "One.", START), Delivered(10, "m", START), Say(11, 1, "Two.", START)
    await ledger.write(claim, Began(1, START), *bubbles)
    return claim


@pytest.mark.parametrize("way", ["event", "step"])
async def test_the_past_joins_a_new_chat_that_has_begun_already(ledgers: Ledgers, way: str) -> None:
    """Nothing is lost: waiting, unsent, open and past are all in the one place."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await half_a_turn(ledger)
    await ledger.hear([message("2", "over here", NEW)])
    if way == "event":
        await ledger.hear([arrival("3", Renamed(HOME, "-100"))])
    else:
        await ledger.write(claim, MovedTo("-100"))

    joined = await claimed(ledger)

    assert (NEW, ["hello", "over here"]) == (joined.conversation, texts(joined))
    assert ([11], 1, ("One.", "Two.")) == (
        [one.id for one in joined.unsent],
        joined.turn,
        joined.spoken,
    )
    ended = Ended(1, waiting(joined), "answered", START)
    await ledger.write(joined, Delivered(11, "m", START), ended, Released())
    assert ["hello", "over here", "One.", "Two."] == spoken(await ledger.tail(joined, 9))
    assert () == await ledger.claim(9, BOTS)


async def test_a_join_fences_both_turns(ledgers: Ledgers) -> None:
    """Whoever was at work in either place stops, for the talk is another one now."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    here = await claimed(ledger)
    await ledger.hear([message("2", "over here", NEW)])
    there = await claimed(ledger)

    await ledger.hear([arrival("3", Renamed(HOME, "-100"))])

    for claim in (here, there):
        with pytest.raises(LeaseLost):
            await ledger.write(claim, Began(claim.id, START))
    assert frozenset() == await ledger.renew([here, there])
    assert ["hello", "over here"] == texts(await claimed(ledger))


async def test_a_message_does_not_wait_for_what_joined_it(ledgers: Ledgers) -> None:
    """The joined place is due when the first of both was."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await half_a_turn(ledger)
    late = Postponed(11, START + timedelta(hours=1), unsure=False)
    await ledger.write(claim, late, Ended(1, waiting(claim), "answered", START), Released())
    await ledger.hear([message("2", "over here", NEW)])

    await ledger.hear([arrival("3", Renamed(HOME, "-100"))])

    assert ["over here"] == texts(await claimed(ledger))


async def test_a_join_keeps_the_apology(ledgers: Ledgers) -> None:
    """Nobody is apologised to twice because their group was upgraded."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)
    sorry = replace(Ended(1, waiting(claim), "expired", START), apologised=True)
    await ledger.write(claim, Began(1, START), sorry, Released())
    await ledger.hear([message("2", "over here", NEW)])

    await ledger.hear([arrival("3", Renamed(HOME, "-100"))])

    assert START == (await claimed(ledger)).apologised_at


async def test_a_rename_to_the_same_chat_changes_nothing(ledgers: Ledgers) -> None:
    """Told twice, moved once."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello", NEW)])

    await ledger.hear([arrival("2", Renamed(NEW, "-100"))])

    assert ["hello"] == texts(await claimed(ledger))


async def test_all_that_is_kept_of_a_place_moves_along(sql_ledgers: SqlLedgers) -> None:
    """Notes, reminders and the audit are of the place that goes on; what both had stays once."""
    ledger = await sql_ledgers.open()
    await ledger.hear([message("1", "hello")])
    old = await claimed(ledger)
    await ledger.hear([message("2", "over here", NEW)])
    new = await claimed(ledger)
    await sql_ledgers.databases[0].write(lambda found: keep(found, old.id, "mine", "ours"))
    await sql_ledgers.databases[0].write(lambda found: keep(found, new.id, "ours", "yours"))

    await ledger.write(old, MovedTo("-100"))

    for table in (note, schedule):
        assert [(new.id, "mine"), (new.id, "ours"), (new.id, "yours")] == await kept(
            sql_ledgers, table, "text"
        )
    deeds = [(new.id, "mine"), (new.id, "ours"), (new.id, "ours"), (new.id, "yours")]
    assert deeds == await kept(sql_ledgers, audit, "deed")


def keep(connection: Connection, where: int, *texts: str) -> None:
    """Write *texts* down in *where*, in every way in which we do."""
    for text in texts:
        words = {"conversation_id": where, "digest": text, "text": text, "at": START}
        connection.execute(insert(note), words | {"by": "telegram:5"})
        waits = {"due_at": START, "language": "en", "state": "waiting", "deed": "remind"}
        nothing = {"asked_in": where, "by": "", "cron": "", "zone": "", "attempts": 0, "missed": 0}
        connection.execute(insert(schedule), words | waits | nothing)
        deed = {"at": START, "by": "house", "subject": "", "before": "", "after": ""}
        connection.execute(insert(audit), deed | {"conversation_id": where, "deed": text})


async def kept(ledgers: SqlLedgers, table: Table, column: str) -> list[tuple[int, str]]:
    """Where which words are."""
    wanted = select(table.c.conversation_id, table.c[column]).order_by(table.c[column])
    return await ledgers.databases[0].read(
        lambda connection: [(where, word) for where, word in connection.execute(wanted)]
    )
