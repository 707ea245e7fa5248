"""Killed round a switch of the soul: it is made once, told once, and obeyed from then on."""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest

from anima.choosing import takes_part
from anima.model import Choice, Conversation
from tests.far_side.botapi import Fault, Person
from tests.living import Nursery
from tests.moments import (
    Nth,
    asking,
    confirming,
    handed_out,
    losing,
    of_ann,
    sending,
    sent,
    streaming,
)
from tests.talk import Talk, in_flight, talking

pytestmark = pytest.mark.slow

VERSIONS: Final = """
[[souls]]
name = "KU6.0"
model = "ku-6"

[access]
admins = ["telegram:7", "telegram:8"]
"""

USE: Final = "/model use KU6.0"
EVERYWHERE: Final = "/model use KU6.0 everywhere"
ROLLBACK: Final = "/model rollback"
CANARY: Final = "/model canary KU6.0 99.9%"
"""Ann takes part in it: her chat is one of so many."""

LOCKED_S: Final = 0.5
"""No ordinary write holds the lock for so long."""

SLOWLY: Final = """
CREATE VIEW forever AS WITH RECURSIVE one(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM one)
SELECT n FROM one WHERE n < 0;
CREATE TRIGGER held AFTER INSERT ON audit BEGIN SELECT count(n) FROM forever; END;
"""
"""An audit row takes for ever: whoever writes one is found with all its steps but the commit."""

Moment = Callable[[Talk], Nth]


def ledger(talk: Talk, statements: str) -> None:
    """Do something to the database behind the process's back."""
    with closing(sqlite3.connect(talk.anima.folder / "data" / "anima.db")) as database:
        database.executescript(statements)


def rows(talk: Talk, query: str) -> list[tuple[Any, ...]]:
    """What the database holds."""
    with closing(sqlite3.connect(talk.anima.folder / "data" / "anima.db")) as database:
        return list(database.execute(query))


def wait_for_lock(file: Path) -> None:
    """Return when somebody has been writing for longer than a write takes."""
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as database:
        since = time.monotonic()
        while time.monotonic() - since < LOCKED_S:
            try:
                database.execute("BEGIN IMMEDIATE")
                database.execute("ROLLBACK")
                since = time.monotonic()
            except sqlite3.OperationalError:
                pass
            time.sleep(0.01)


def committing(talk: Talk) -> Nth:
    """When all of the answer's transaction is written and its commit is still to come."""
    nth = Nth(talk, then=lambda: ledger(talk, "DROP TRIGGER held; DROP VIEW forever"))
    ledger(talk, SLOWLY)
    locked = asyncio.get_running_loop().run_in_executor(
        None, wait_for_lock, talk.anima.folder / "data" / "anima.db"
    )
    locked.add_done_callback(nth)
    return nth


MOMENTS: Final[dict[str, Moment]] = {
    "handed out": handed_out,
    "confirming": confirming,
    "committing": committing,
    "losing": losing(1),
    "sending": sending(1),
    "sent": sent(1),
}


IN_FLIGHT: Final = ("sending", "sent")
"""Then Telegram has the answer, and the ledger may not know it yet: it may be told once more."""


class Switched:
    """What a switch by Ann has to have led to."""

    def __init__(self, talk: Talk, ann: Person) -> None:
        self.talk = talk
        self.ann = ann

    async def told(self, word: str) -> list[str]:
        """What she was told about it, once she was; *word* is in there."""
        texts = self.talk.telegram.texts
        await self.talk.telegram.until(lambda: any(word in one for one in texts(self.ann)))
        return [one for one in texts(self.ann) if word in one]

    def choices(self) -> list[tuple[Any, ...]]:
        """Every choice: its soul, whether it is for here, whether it still holds."""
        kind = "soul, conversation_id IS NOT NULL, undone_at IS NULL"
        return rows(self.talk, f"SELECT {kind} FROM choice ORDER BY id")  # noqa: S608 - ours

    def deeds(self) -> list[tuple[Any, ...]]:
        """What the audit tells."""
        return rows(self.talk, "SELECT deed, subject, before, after FROM audit ORDER BY id")

    def asked(self, name: str) -> tuple[str, str]:
        """Which model was asked about *name* at last, and all that it was shown of the talk."""
        said = [one.body for one in self.talk.model.requests if name in str(one.body["messages"])]
        shown = "\n".join(str(one["content"]) for one in said[-1]["messages"])
        return said[-1]["model"], shown


WANTED: Final = {
    USE: ("KU6.0, here", "ku-6", [("KU6.0", 1, 1)], ("model use", "here", "KU1.0", "KU6.0")),
    EVERYWHERE: (
        "KU6.0, everywhere",
        "ku-6",
        [("KU6.0", 0, 1)],
        ("model use", "everywhere", "KU1.0", "KU6.0"),
    ),
    ROLLBACK: (
        "Taken back",
        "base",
        [("KU6.0", 0, 0)],
        ("model rollback", "everywhere", "KU6.0", "KU1.0"),
    ),
    CANARY: (
        "99.9%",
        "ku-6",
        [("KU6.0", 0, 1)],
        ("model canary", "everywhere", "KU1.0", "KU6.0 99.9%"),
    ),
}
"""What is answered, who speaks then, which choices there are, and what the audit tells last."""


@pytest.mark.parametrize(
    ("command", "name"),
    [
        *((USE, name) for name in MOMENTS),
        (EVERYWHERE, "committing"),
        (EVERYWHERE, "sending"),
        (ROLLBACK, "committing"),
        (ROLLBACK, "losing"),
        (CANARY, "committing"),
    ],
)
async def test_killed_at_any_moment_of_a_switch_it_is_made_once(
    command: str, name: str, tmp_path: Path, born: Nursery
) -> None:
    """One choice, one audit row, one answer; the new version begins afresh; others lose nothing."""
    word, model, choices, deed = WANTED[command]
    async with talking(tmp_path, born, more=VERSIONS) as talk:
        await talk.warmed_up()
        ann, bob = talk.telegram.person(), talk.telegram.person(8, "Bob")
        switched = Switched(talk, ann)
        aside: list[str] = []
        if command == ROLLBACK:
            talk.telegram.says(ann, ann, EVERYWHERE)
            aside = await switched.told("KU6.0, everywhere")
        talk.tell(ann, "quartz")
        await talk.answered(ann)
        await talk.begun(bob, "basalt")
        nth = MOMENTS[name](talk)
        talk.telegram.says(ann, ann, command)
        await asyncio.wait_for(nth.killed.wait(), 10)
        flying = in_flight(tmp_path)

        talk.model.flow()
        talk.restart()
        await switched.told(word)
        talk.tell(ann, "gneiss")
        await talk.answered()

        told = await switched.told(word)
        assert len(told) == 1 or (name in IN_FLIGHT and told == [told[0]] * 2)
        assert choices == switched.choices()
        assert deed == switched.deeds()[-1]
        assert len(switched.deeds()) == 1 + len(aside)
        asked, shown = switched.asked("gneiss")
        assert asked == model
        assert "quartz" not in shown
        assert "/model" not in shown
        talk.prove(*told, *aside)
        assert set(talk.repeats()) <= flying


async def test_an_answer_that_telegram_delays_survives(tmp_path: Path, born: Nursery) -> None:
    """Killed while the answer of a switch had to wait, it is given once, and nothing is redone."""
    async with talking(tmp_path, born, more=VERSIONS) as talk:
        await talk.warmed_up()
        ann = talk.telegram.person()
        switched = Switched(talk, ann)
        slow_down = Fault.slow_down(1)
        talk.telegram.faults.add("sendMessage", slow_down, when=of_ann)
        talk.telegram.says(ann, ann, USE)
        await talk.telegram.until(lambda: talk.telegram.count["sendMessage"] == 4)
        await talk.telegram.until(lambda: rows(talk, "SELECT id FROM choice"))

        talk.restart()
        await switched.told("KU6.0, here")
        talk.tell(ann, "gneiss")
        await talk.answered()

        assert len(await switched.told("KU6.0, here")) == 1
        assert len(switched.deeds()) == 1
        assert switched.asked("gneiss")[0] == "ku-6"


async def test_what_was_written_while_it_was_dead_is_done_in_order(
    tmp_path: Path, born: Nursery
) -> None:
    """Between two commands each message is answered by the version that speaks by then."""
    async with talking(tmp_path, born, more=VERSIONS) as talk:
        await talk.warmed_up()
        ann = talk.telegram.person()
        switched = Switched(talk, ann)
        talk.anima.kill()
        talk.tell(ann, "quartz")
        talk.telegram.says(ann, ann, USE)
        talk.tell(ann, "gneiss")
        talk.telegram.says(ann, ann, ROLLBACK)
        talk.tell(ann, "slate")

        talk.restart()
        await talk.answered()

        told = [*await switched.told("KU6.0, here"), *await switched.told("Taken back, here")]
        talk.prove(*told)
        assert [] == talk.repeats(ann)
        spoke = {name: switched.asked(name) for name in ("quartz", "gneiss", "slate")}
        assert ["base", "ku-6", "base"] == [model for model, _ in spoke.values()]
        assert "quartz" not in spoke["gneiss"][1]
        assert "gneiss" not in spoke["slate"][1]


FIRST_ANSWER: Final[dict[str, Moment]] = {
    "asking": asking,
    "in mid-answer": streaming(3),
    "sending the first": sending(1),
    "losing the second": losing(2),
}


@pytest.mark.parametrize("name", FIRST_ANSWER)
async def test_killed_in_the_first_answer_of_the_new_version(
    name: str, tmp_path: Path, born: Nursery
) -> None:
    """It goes on in the name of the new one, and still reads nothing of the old talk."""
    async with talking(tmp_path, born, more=VERSIONS) as talk:
        await talk.warmed_up()
        ann, bob = talk.telegram.person(), talk.telegram.person(8, "Bob")
        switched = Switched(talk, bob)
        talk.tell(ann, "quartz")
        await talk.answered(ann)
        talk.telegram.says(bob, bob, EVERYWHERE)
        told = await switched.told("KU6.0, everywhere")
        nth = FIRST_ANSWER[name](talk)

        talk.tell(ann, "gneiss")
        await asyncio.wait_for(nth.killed.wait(), 10)
        talk.restart()
        await talk.answered(ann)

        asked, shown = switched.asked("gneiss")
        talk.prove()
        assert asked == "ku-6"
        assert "quartz" not in shown
        assert told == await switched.told("KU6.0, everywhere")


def test_ann_takes_part_in_the_canary() -> None:
    """The share that these tests give belongs to her place."""
    trial = Choice(1, "KU6.0", here=False, percent=99.9)

    assert takes_part(trial, Conversation("telegram", "42", "7"))
