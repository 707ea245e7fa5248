"""What the ledger promises about which soul speaks where: chosen, taken back, changed, audited."""

import asyncio

import pytest

from anima.errors import LeaseLost
from anima.model import Choice, Claim, Line, Rated, Renamed
from anima.ports import Ledger
from anima.steps import Began, Changed, Chose, Ended, Released, Step, TookBack
from memory.shortterm import LocalTail, ShortTerm
from tests.contracts.ledgers import LEASE_S, START, Ledgers
from tests.contracts.words import (
    BOTS,
    HOME,
    MEI,
    arrival,
    claimed,
    exchange,
    message,
    place,
    spoken,
    waiting,
)

OWNER = "telegram:5"


def chose(choice: Choice, before: str = "KU5.0") -> Chose:
    """The owner chooses."""
    return Chose(choice, OWNER, before, START)


def took_back(choice: int, by: str = OWNER) -> TookBack:
    """Somebody takes a choice back."""
    return TookBack(choice, choice + 500, by, "KU6.0", "KU5.0", START)


async def command(ledger: Ledger, turn: int, *steps: Step, chat: str = "7") -> None:
    """Somebody writes a command in *chat*, and *steps* come of it."""
    await ledger.hear([message(f"{chat}-{turn}", "/model", place(chat))])
    claim = await claimed(ledger)
    ended = Ended(turn, waiting(claim), "command", START)
    await ledger.write(claim, Began(turn, START), *steps, ended, Released())


async def claim_of(ledger: Ledger, chat: str) -> Claim:
    """The claim after somebody has said something more in *chat*."""
    await ledger.hear([message(f"more-{chat}", "more", place(chat))])
    return await claimed(ledger)


async def choices(ledger: Ledger, chat: str = "7") -> list[Choice]:
    """What holds in *chat*, as its next claim knows it."""
    return list((await claim_of(ledger, chat)).choices)


async def test_nothing_is_chosen_at_first(ledgers: Ledgers) -> None:
    """A new conversation has no soul of its own and no choice."""
    ledger = await ledgers.open()

    claim = await claim_of(ledger, "7")

    assert ("", ()) == (claim.soul, claim.choices)


async def test_a_choice_here_holds_here_only(ledgers: Ledgers) -> None:
    """Another process knows it at the next claim; another conversation never does."""
    ledger, other = await ledgers.open(), await ledgers.open()
    choice = Choice(100, "KU6.0")

    await command(ledger, 1, chose(choice))

    assert [choice] == await choices(other, "7")
    assert [] == await choices(other, "8")


async def test_a_choice_for_everywhere_holds_in_each_conversation(ledgers: Ledgers) -> None:
    """Those that have begun and those that begin later; no tree of conversations is walked."""
    ledger, other = await ledgers.open(), await ledgers.open()
    choice = Choice(100, "KU6.0", here=False)

    await command(ledger, 1, chose(choice))

    assert [choice] == await choices(other, "7")
    assert [choice] == await choices(other, "8")


async def test_choices_of_one_batch_are_kept_apart(ledgers: Ledgers) -> None:
    """Each claim of a batch has its own choices and everybody's, by age."""
    ledger = await ledgers.open()
    mine, ours, yours = Choice(100, "A"), Choice(101, "B", here=False), Choice(102, "C")
    await command(ledger, 1, chose(mine))
    await command(ledger, 2, chose(ours))
    await command(ledger, 3, chose(yours), chat="8")
    chats = ("7", "8", "9")
    await ledger.hear([message(f"m{chat}", "hello", place(chat)) for chat in chats])

    claims = await ledger.claim(9, BOTS)

    assert {"7": (mine, ours), "8": (ours, yours), "9": (ours,)} == {
        claim.conversation.chat: claim.choices for claim in claims
    }


async def test_the_newest_of_each_kind_and_the_one_below_it_are_told(ledgers: Ledgers) -> None:
    """Enough to know who speaks, and who speaks again when the newest is taken back."""
    ledger = await ledgers.open()
    here = [Choice(100 + n, f"here {n}") for n in range(3)]
    everywhere = [Choice(200 + n, f"everywhere {n}", here=False) for n in range(3)]
    canaries = [Choice(300 + n, f"canary {n}", here=False, percent=10 + n) for n in range(3)]
    await command(ledger, 1, *map(chose, (*canaries, *everywhere, *here)))

    found = await choices(ledger)

    assert [*here[1:], *everywhere[1:], *canaries[1:]] == found


async def test_a_choice_taken_back_uncovers_the_one_before(ledgers: Ledgers) -> None:
    """Rollback goes down step by step, to nothing chosen at all."""
    ledger = await ledgers.open()
    await command(ledger, 1, *(chose(Choice(100 + n, f"KU{n}")) for n in range(3)))

    left = []
    for turn, newest in enumerate((102, 101, 100), start=2):
        await command(ledger, turn, took_back(newest))
        await ledger.hear([message(f"then-{turn}", "more")])
        claim = await claimed(ledger)
        left.append([one.soul for one in claim.choices])
        await ledger.write(claim, *exchange(claim, turn * 10))

    assert [["KU0", "KU1"], ["KU0"], []] == left


async def test_of_two_who_take_one_choice_back_one_does(ledgers: Ledgers) -> None:
    """The second finds it done: the choice below it stays, and the audit knows one deed."""
    ledger = await ledgers.open()
    below, newest = Choice(100, "A", here=False), Choice(101, "B", here=False)
    await command(ledger, 1, chose(below), chose(newest))
    await command(ledger, 2, took_back(101), chat="8")

    await command(ledger, 3, took_back(101, "telegram:6"), chat="9")

    assert [below] == await choices(ledger)
    deeds = [(by, deed) for by, deed, *_ in await ledgers.audit()]
    assert [(OWNER, "model use"), (OWNER, "model use"), (OWNER, "model rollback")] == deeds


async def test_a_choice_of_another_conversation_cannot_be_taken_back(ledgers: Ledgers) -> None:
    """What holds there is not ours to end from here."""
    ledger = await ledgers.open()
    theirs = Choice(100, "A")
    await command(ledger, 1, chose(theirs))

    await command(ledger, 2, took_back(100), chat="8")

    assert [theirs] == await choices(ledger)
    assert ["model use"] == [deed for _, deed, *_ in await ledgers.audit()]


async def test_the_audit_tells_who_did_what_from_what_to_what(ledgers: Ledgers) -> None:
    """One row for each deed, a canary with its share."""
    ledger = await ledgers.open()
    steps = (
        chose(Choice(100, "KU6.0")),
        chose(Choice(101, "KU7.0", here=False), "KU6.0"),
        chose(Choice(102, "KU8.0", here=False, percent=12.5), "KU7.0"),
        took_back(101),
        took_back(100),
    )

    await command(ledger, 1, *steps)

    assert [
        (OWNER, "model use", "here", "KU5.0", "KU6.0"),
        (OWNER, "model use", "everywhere", "KU6.0", "KU7.0"),
        (OWNER, "model canary", "everywhere", "KU7.0", "KU8.0 12.5%"),
        (OWNER, "model rollback", "everywhere", "KU6.0", "KU5.0"),
        (OWNER, "model rollback", "here", "KU6.0", "KU5.0"),
    ] == await ledgers.audit()


async def test_who_has_lost_the_lease_switches_nothing(ledgers: Ledgers) -> None:
    """A choice, its audit and the new soul are taken with the rest of the write or not at all."""
    one, other = await ledgers.open(), await ledgers.open()
    await one.hear([message("1", "/model use KU6.0")])
    lost = await claimed(one)
    ledgers.clock.advance(LEASE_S + 1)
    await claimed(other)
    steps = chose(Choice(100, "KU6.0")), took_back(100), Changed("KU6.0", 1)

    with pytest.raises(LeaseLost):
        await one.write(lost, Began(1, START), *steps)

    ledgers.clock.advance(LEASE_S + 1)
    claim = await claimed(other)
    assert ("", ()) == (claim.soul, claim.choices)
    assert [] == await ledgers.audit()


async def test_a_change_tells_whose_talk_it_is(ledgers: Ledgers) -> None:
    """The next claim knows the soul, in any process; the place next door is untouched."""
    ledger, other = await ledgers.open(), await ledgers.open()

    await command(ledger, 1, Changed("KU6.0", 1))

    assert "KU6.0" == (await claim_of(other, "7")).soul
    assert "" == (await claim_of(other, "8")).soul


async def talk(ledger: Ledger, turn: int, *first: Step) -> Claim:
    """One exchange that begins with *first*."""
    await ledger.hear([message(f"q{turn}", f"q{turn}")])
    claim = await claimed(ledger)
    await ledger.write(claim, *first, *exchange(claim, turn, f"a{turn}"))
    return claim


async def test_a_change_archives_what_was_said_before(ledgers: Ledgers) -> None:
    """The tail begins with the talk of the present soul, in which the same turn counts."""
    ledger = await ledgers.open()
    await talk(ledger, 1)
    claim = await talk(ledger, 2, Changed("KU6.0", 2))

    after = await talk(ledger, 3)

    assert ["q2", "a2", "q3", "a3"] == spoken(await ledger.tail(claim, 99))
    assert ["a3"] == spoken(await ledger.tail(after, 1))


async def test_a_first_soul_archives_nothing(ledgers: Ledgers) -> None:
    """A talk that is older than the register goes on."""
    ledger = await ledgers.open()
    await talk(ledger, 1)

    claim = await talk(ledger, 2, Changed("KU5.0", 0))

    assert ["q1", "a1", "q2", "a2"] == spoken(await ledger.tail(claim, 99))


async def test_going_back_does_not_bring_the_archive_back(ledgers: Ledgers) -> None:
    """Each switch begins a new talk, also one to a soul that had spoken before."""
    ledger = await ledgers.open()
    await talk(ledger, 1, Changed("KU5.0", 0))
    await talk(ledger, 2, Changed("KU6.0", 2))

    claim = await talk(ledger, 3, Changed("KU5.0", 3))

    assert ["q3", "a3"] == spoken(await ledger.tail(claim, 99))


async def test_two_at_once_take_a_choice_back_once(ledgers: Ledgers) -> None:
    """Two admins in two places and two processes: one deed, and the choice below it stays."""
    ledger, other = await ledgers.open(), await ledgers.open()
    below, newest = Choice(100, "A", here=False), Choice(101, "B", here=False)
    await command(ledger, 1, chose(below), chose(newest))
    here, there = await claim_of(ledger, "8"), await claim_of(other, "9")

    async with asyncio.TaskGroup() as group:
        group.create_task(ledger.write(here, took_back(101)))
        group.create_task(other.write(there, took_back(101, "telegram:6")))

    assert [below] == await choices(ledger)
    assert ["model rollback"] == [deed for _, deed, *_ in (await ledgers.audit())[2:]]


NEW = place("-100")


async def group_moved(ledger: Ledger) -> Claim:
    """The next claim of the group that has moved from home to NEW."""
    await ledger.hear([arrival("moved", Renamed(HOME, NEW.chat))])
    await ledger.hear([message("after", "after", NEW)])
    return await claimed(ledger)


async def test_choices_move_with_their_conversation(ledgers: Ledgers) -> None:
    """A group that is upgraded keeps its soul, whether or not it has begun to talk already."""
    ledger = await ledgers.open()
    await command(ledger, 1, chose(Choice(100, "KU6.0")), Changed("KU6.0", 1))
    await ledger.hear([message("early", "over here", NEW)])

    claim = await group_moved(ledger)

    assert ("KU6.0", (Choice(100, "KU6.0"),)) == (claim.soul, claim.choices)
    await ledger.write(claim, took_back(100))
    assert "model rollback" == (await ledgers.audit())[-1][1]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("KU6.0", None, ("KU6.0", ["q2", "a2", "q3", "a3"])),
        ("KU6.0", Changed("KU6.0", 0), ("KU6.0", ["q2", "a2", "q3", "a3"])),
        ("KU6.0", Changed("KU7.0", 0), ("KU7.0", ["q3", "a3"])),
        ("KU6.0", Changed("KU7.0", 3), ("KU7.0", ["q3", "a3"])),
    ],
    ids=["nobody's yet", "the same soul", "another one", "another one that took over"],
)
async def test_a_join_opens_no_archive(
    ledgers: Ledgers, before: str, after: Changed | None, expected: tuple[str, list[str]]
) -> None:
    """What the soul of the place that goes on has not said itself stays where it was put."""
    ledger = await ledgers.open()
    await talk(ledger, 1)
    await talk(ledger, 2, Changed(before, 2))
    await ledger.hear([message("q3", "q3", NEW)])
    claim = await claimed(ledger)
    first = (after,) if after else ()
    await ledger.write(claim, *first, *exchange(claim, 3, "a3"))

    joined = await group_moved(ledger)

    assert expected == (joined.soul, spoken(await ledger.tail(joined, 99)))


async def test_verdicts_move_with_their_conversation(ledgers: Ledgers) -> None:
    """A thumb given before the move can be changed after it."""
    ledger = await ledgers.open()
    await ledger.hear([message("1", "hello")])
    claim = await claimed(ledger)
    await ledger.write(claim, *exchange(claim, 1, "Hi."))
    await ledger.hear([arrival("2", Rated(HOME, MEI, 10, "good"))])
    await ledger.hear([message("early", "over here", NEW)])
    await group_moved(ledger)

    await ledger.hear([arrival("3", Rated(NEW, MEI, 10, "bad"))])

    assert [(1, "telegram:5", "bad", "")] == await ledgers.feedback()


async def test_a_switch_everywhere_reaches_the_memory_of_each_process(ledgers: Ledgers) -> None:
    """What one process keeps at hand of the old soul's talk is not told after another's switch."""
    one, other = await ledgers.open(), await ledgers.open()
    mine, yours = ShortTerm(one, LocalTail()), ShortTerm(other, LocalTail())
    await remembered(one, mine, 1, Changed("KU5.0", 0))
    await command(other, 2, chose(Choice(100, "KU6.0", here=False)), chat="8")

    claim = await remembered(other, yours, 3, Changed("KU6.0", 3))
    lines = await mine.recall(await claim_of(one, "7"))

    assert ("KU5.0", ["KU6.0"]) == (claim.soul, [choice.soul for choice in claim.choices])
    assert ["q3", "a3"] == spoken(lines)


async def remembered(ledger: Ledger, memory: ShortTerm, turn: int, changed: Changed) -> Claim:
    """One exchange with another soul than before, kept at hand."""
    await ledger.hear([message(f"q{turn}", f"q{turn}")])
    claim = await claimed(ledger)
    past = await memory.recall(claim)
    await ledger.write(claim, changed, *exchange(claim, turn, f"a{turn}"))
    if past:
        await memory.archive(claim)
    lines = Line(MEI, f"q{turn}", START), Line(None, f"a{turn}", START)
    await memory.remember(claim, lines)
    return claim
