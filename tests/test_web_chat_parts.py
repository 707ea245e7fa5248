"""The parts of the chat page, each alone: drafts in their order, tabs that do not keep up."""

import asyncio

import pytest

from anima.model import Conversation, Entry
from bots.drafts import Drafts
from bots.web.tabs import LONGEST, MOST_OF_ONE, Tab, Tabs
from bots.web.watch import PAGE, Watch
from tests.web_page import START

HERE = Conversation("web", "page", "ann")


def entry(id_: int, text: str = "x", *, ours: bool = True) -> Entry:
    state = "delivered" if ours else "waiting"
    return Entry(id_, f"ann:{id_}", ours=ours, text=text, at=START, state=state)


class Rows:
    """A transcript of *entries*, which others may add to."""

    def __init__(self, *entries: Entry) -> None:
        self.entries = list(entries)

    async def since(self, conversation: Conversation, after: int, limit: int) -> tuple[Entry, ...]:
        return tuple(one for one in self._sorted() if one.id > after)[:limit]

    async def before(
        self, conversation: Conversation, before: int, limit: int
    ) -> tuple[Entry, ...]:
        return tuple(one for one in self._sorted() if one.id < before)[-limit:]

    def _sorted(self) -> list[Entry]:
        return sorted(self.entries, key=lambda one: one.id)


def watch(tab: Tab, rows: Rows, after: int = 0) -> Watch:
    return Watch(tab, rows, HERE, after)


def ids(frames: str) -> list[int]:
    """The ids in *frames*, in their order."""
    return [int(line[4:]) for line in frames.splitlines() if line.startswith("id: ")]


def test_a_draft_grows() -> None:
    """Each longer beginning is shown."""
    drafts = Drafts()

    shown = [drafts.grows("He"), drafts.grows("Hello")]

    assert ["He", "Hello"] == shown


def test_the_next_draft_waits_for_its_turn() -> None:
    """What comes after a bubble that is not sent yet is shown when that one has left."""
    drafts = Drafts()
    drafts.grows("One.")

    early = [drafts.grows("Tw"), drafts.grows("Two."), drafts.grows("Thr")]
    then = [drafts.sent("One."), drafts.sent("Two."), drafts.sent("Three.")]

    assert [None, None, None] == early
    assert ["Two.", "Thr", None] == then


def test_a_draft_that_came_to_nothing_is_forgotten() -> None:
    """When the soul begins again, the bubble takes the place of both beginnings."""
    drafts = Drafts()
    drafts.grows("Hel")
    drafts.grows("Well")

    assert drafts.sent("Well then.") is None
    assert "Now" == drafts.grows("Now")


async def test_who_does_not_keep_up_is_sent_away() -> None:
    """A tab that takes nothing loses what waits, and is closed; the others get theirs."""
    tabs = Tabs()
    with tabs.opened("ann") as slow, tabs.opened("ann") as quick:
        slow.caught_up = quick.caught_up = True
        taken = []
        for number in range(LONGEST + 1):
            tabs.show("ann", f"{number}.")
            taken.append(await quick.taken())

        rest = await slow.taken()

    assert (True, "", False) == (slow.closed, rest, quick.closed)
    assert LONGEST + 1 == len(taken)


def test_the_oldest_tab_makes_room() -> None:
    """A guest with too many tabs keeps the newest ones."""
    tabs = Tabs()
    first = tabs.opened("ann")
    oldest = first.__enter__()
    others = [tabs.opened("ann") for _ in range(MOST_OF_ONE)]

    newest = [one.__enter__() for one in others]

    assert [True] + [False] * MOST_OF_ONE == [tab.closed for tab in (oldest, *newest)]


async def test_a_line_that_was_overtaken_is_told() -> None:
    """What another process commits late, under an older id, is found all the same, and once."""
    tab, rows = Tab(), Rows(entry(1 << 20), entry(3 << 20))
    one = watch(tab, rows)
    await one.look()
    rows.entries.append(entry(2 << 20))

    first = await tab.taken()
    await one.look()
    await one.look()
    tab.put(": end\n\n")

    assert [1 << 20, 3 << 20] == ids(first)
    assert [2 << 20] == ids(await tab.taken())


async def test_what_was_shown_live_is_not_told_again() -> None:
    """A line that went out when it was said is known when it is found in the ledger."""
    tab, rows = Tab(), Rows()
    one = watch(tab, rows)
    await one.look()
    tab.tell(entry(5))
    rows.entries.append(entry(5))

    await one.look()

    assert [5] == ids(await tab.taken())


@pytest.mark.parametrize("after", [0, 7, 10**18])
async def test_it_goes_on_from_any_place(after: int) -> None:
    """Wherever a page says it is, even in the future, new lines reach it."""
    tab, rows = Tab(), Rows(entry(5))
    one = watch(tab, rows, after)
    await one.look()
    rows.entries.append(entry(9))

    await one.look()

    assert 9 in ids(await tab.taken())


async def test_marks_of_long_waiting_lines_are_told() -> None:
    """A message that waits while many others pass is marked when its turn comes."""
    minute = 60_000 << 20
    waits = entry(minute, ours=False)
    tab, rows = Tab(), Rows(waits)
    one = watch(tab, rows)
    await one.look()
    rows.entries += [entry(minute * number) for number in range(5, 9)]
    await one.look()
    rows.entries[0] = Entry(waits.id, waits.key, ours=False, text="x", at=START, state="answered")
    await tab.taken()

    await one.look()

    assert f'data: {{"{minute}": "answered"}}' in await tab.taken()


async def test_a_lot_at_once_is_told_in_lots() -> None:
    """A page that was away for long gets all, and is not sent away for being slow."""
    tab, rows = Tab(), Rows(*(entry(number) for number in range(1, PAGE * 4)))
    got: list[int] = []

    async def read() -> None:
        while text := await tab.taken():
            got.extend(ids(text))

    async with asyncio.TaskGroup() as group:
        group.create_task(read())
        await watch(tab, rows).look()
        tab.close()

    assert list(range(1, PAGE * 4)) == got


def test_a_beginning_that_is_taken_back_shows_what_is_left() -> None:
    """The newest one goes; where it was the only one, nothing is shown any more."""
    drafts = Drafts()
    nothing = drafts.grows("")
    drafts.grows("One.")
    drafts.grows("Tw")

    back = [drafts.grows(""), drafts.grows("")]

    assert ("", [None, ""]) == (nothing, back)
