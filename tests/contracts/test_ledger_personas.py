"""What the ledger promises about who plays where."""

from dataclasses import replace
from datetime import timedelta

from anima.model import Claim, Incoming, Renamed
from anima.ports import Ledger
from anima.steps import Began, Changed, Ended, Recast, Released, Step
from tests.contracts.ledgers import LEASE_S, START, Ledgers
from tests.contracts.words import (
    HOME,
    arrival,
    claimed,
    exchange,
    incoming,
    message,
    place,
    spoken,
    waiting,
)

OWNER = "telegram:5"
GROUP = place("-100")


def recast(after: str, before: str = "") -> Recast:
    """The owner wants another one to play."""
    return Recast(before, after, OWNER, START)


async def command(ledger: Ledger, turn: int, *steps: Step, chat: str = "7") -> None:
    """Somebody writes a command in *chat*, and *steps* come of it."""
    await ledger.hear([message(f"{chat}-{turn}", "/persona", place(chat))])
    claim = await claimed(ledger)
    ended = Ended(turn, waiting(claim), "command", START)
    await ledger.write(claim, Began(turn, START, "kokoro"), *steps, ended, Released())


async def claim_of(ledger: Ledger, chat: str) -> Claim:
    """The claim after somebody has said something more in *chat*."""
    await ledger.hear([message(f"more-{chat}", "more", place(chat))])
    return await claimed(ledger)


def called(key: str, text: str, *names: str) -> Incoming:
    """A message in a group that calls these personas."""
    said = incoming(text, key, GROUP)
    return replace(said, private=False, addressed=False, called=names)


async def test_who_plays_is_known_to_the_next_claim_of_any_process(ledgers: Ledgers) -> None:
    """Chosen for one place, and whose talk it is there; the place next door is untouched."""
    ledger, other = await ledgers.open(), await ledgers.open()

    await command(ledger, 1, recast("harrow"), Changed("KU5.0", 1, "harrow"))

    here, there = await claim_of(other, "7"), await claim_of(other, "8")
    assert ("harrow", "harrow") == (here.role, here.persona)
    assert ("", "") == (there.role, there.persona)


async def test_home_again_is_nobodys_choice(ledgers: Ledgers) -> None:
    """An empty wish takes the choice back."""
    ledger = await ledgers.open()
    await command(ledger, 1, recast("harrow"), Changed("KU5.0", 1, "harrow"))

    await command(ledger, 2, recast("", "harrow"), Changed("KU5.0", 2, "kokoro"))

    claim = await claim_of(ledger, "7")
    assert ("", "kokoro") == (claim.role, claim.persona)


async def test_who_follows_begins_with_an_empty_tail(ledgers: Ledgers) -> None:
    """What was said to one persona is no talk of the next, nor of the first when it is back."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "q1")])
    claim = await claimed(ledger)
    await ledger.write(claim, *exchange(claim, 1, "a1"))
    await command(ledger, 2, recast("harrow"), Changed("KU5.0", 2, "harrow"))

    first = await ledger.tail(await claim_of(ledger, "7"), 99)

    assert [] == spoken(first)


async def test_naming_whose_talk_it_is_archives_nothing(ledgers: Ledgers) -> None:
    """A talk of which nobody knew who had it goes on, and what was put away stays away."""
    ledger = await ledgers.open()
    for number, first in ((1, ()), (2, (Changed("KU6.0", 2),)), (3, (Changed("KU6.0", 0, "ku"),))):
        await ledger.hear([message(f"{number}", f"q{number}")])
        claim = await claimed(ledger)
        await ledger.write(claim, *first, *exchange(claim, number, f"a{number}"))

    told = spoken(await ledger.tail(claim, 99))

    assert ["q2", "a2", "q3", "a3"] == told


async def test_ids_of_turns_are_large(ledgers: Ledgers) -> None:
    """A talk may begin with a turn whose number fills a column."""
    ledger, first = await ledgers.open(), 2**59
    await ledger.hear([message("1", "q")])
    claim = await claimed(ledger)

    await ledger.write(claim, Changed("KU5.0", first, "kokoro"), *exchange(claim, first, "a"))

    assert ["q", "a"] == spoken(await ledger.tail(claim, 99))


async def test_a_name_means_whoever_plays_there(ledgers: Ledgers) -> None:
    """Called by name is spoken to, if it is the name of who was chosen, else of who is home."""
    ledger = await ledgers.open()
    await ledger.hear(
        [
            arrival("1", called("1", "Kokoro?", "", "kokoro")),
            arrival("2", called("2", "Harrow?", "harrow")),
        ]
    )
    claim = await claimed(ledger)
    before = [one.addressed for one in claim.waiting]
    dealt = Ended(1, waiting(claim), "silent", START)
    await ledger.write(claim, Began(1, START), recast("harrow"), dealt, Released())
    await ledger.hear(
        [
            arrival("3", called("3", "Kokoro?", "", "kokoro")),
            arrival("4", called("4", "Harrow?", "harrow")),
        ]
    )

    after = [one.addressed for one in (await claimed(ledger)).waiting]

    assert [True, False] == before
    assert [False, True] == after


async def test_who_plays_moves_with_the_chat(ledgers: Ledgers) -> None:
    """A group that is upgraded keeps its persona, also where the new one has begun to talk."""
    ledger = await ledgers.open()
    await command(ledger, 1, recast("harrow"), Changed("KU5.0", 1, "harrow"))
    await ledger.hear([message("n", "hello", place("99"))])
    new = await claimed(ledger)
    await ledger.write(new, *exchange(new, 2, "hi"))

    await ledger.hear([arrival("r", Renamed(HOME, "99"))])

    ledgers.clock.advance(LEASE_S + 1)
    moved = await claim_of(ledger, "99")
    assert "harrow" == moved.role


async def test_a_lost_lease_changes_nobody(ledgers: Ledgers) -> None:
    """A command of a process that was too slow leaves no choice behind."""
    one, other = await ledgers.open(), await ledgers.open()
    await one.hear([message("1", "/persona")])
    await claimed(one)
    ledgers.clock.advance(timedelta(seconds=LEASE_S + 1).total_seconds())

    later = await claimed(other)

    assert "" == later.role
