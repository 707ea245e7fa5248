"""Notes are made in time and once, kept for a while, and gone when their words are."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from anima.errors import LedgerUnavailable, Unspeakable, VoiceUnavailable
from anima.ids import Ids
from anima.model import Said
from anima.sound import Manner, VoiceNote
from service.shelf import Shelf
from service.speaking import LOOK_S, Speaking, Tidying
from tests.cast import Notebook
from tests.jump import JumpClock
from tests.sounds import Throat

pytestmark = pytest.mark.jumping

NOTE = VoiceNote(b"OggS one", 2.5, bytes([0, 7, 255]), "und mehr 还有")
KEEP_S = 3600


def shelf(folder: Path, clock: JumpClock) -> Shelf:
    """For an hour."""
    return Shelf(folder / "voice", KEEP_S, clock)


def said(clock: JumpClock) -> Said:
    """A bubble that was decided just now."""
    return Said(Ids(clock).next(), 1, "hello")


async def test_a_note_lies_there_as_it_was(clock: JumpClock, tmp_path: Path) -> None:
    """Under its bubble's id, for nobody else's eyes, and gone when it is taken away."""
    there, one = shelf(tmp_path, clock), said(clock).id
    assert frozenset() == await there.ids()
    assert await there.kept(one) is None

    await there.put(one, NOTE)

    assert NOTE == await there.kept(one)
    assert {one} == await there.ids()
    assert NOTE.ogg == there.file(one).read_bytes()
    assert {0o600} == {file.stat().st_mode & 0o777 for file in there.file(one).parent.iterdir()}
    assert 0o700 == there.file(one).parent.stat().st_mode & 0o777
    await there.drop([one])
    assert [] == [*there.file(one).parent.iterdir()]


@pytest.mark.parametrize("damage", ["no facts", "no sound", "half facts"])
async def test_half_a_note_is_none(damage: str, clock: JumpClock, tmp_path: Path) -> None:
    """As a crash may leave it; what is left of it is tidied up as well."""
    there, one = shelf(tmp_path, clock), said(clock).id
    await there.put(one, NOTE)
    facts = there.file(one).with_suffix(".json")
    match damage:
        case "no facts":
            facts.rename(facts.with_name(f"{facts.name}.half"))
        case "no sound":
            there.file(one).unlink()
        case _:
            facts.write_text('{"duration')

    assert await there.kept(one) is None
    await clock.sleep(KEEP_S + 1)
    await there.tidy()
    assert [] == [*there.file(one).parent.iterdir()]


async def test_what_is_old_is_gone_and_nothing_else(clock: JumpClock, tmp_path: Path) -> None:
    """Other people's files are none of ours."""
    there, old = shelf(tmp_path, clock), said(clock).id
    await there.put(old, NOTE)
    (tmp_path / "voice" / "mine.ogg").write_bytes(b"x")
    (tmp_path / "voice" / "12.txt").write_bytes(b"x")
    await clock.sleep(KEEP_S + 1)
    new = said(clock).id
    await there.put(new, NOTE)

    assert await there.kept(old) is None
    await there.tidy()

    assert {new} == await there.ids()
    assert ["12.txt", "mine.ogg"] == sorted(
        file.name for file in (tmp_path / "voice").iterdir() if str(new) not in file.name
    )


def speaking(
    throat: Throat, there: Shelf, notebook: Notebook | None = None, late_s: float = 20
) -> Speaking:
    """Notes by that throat."""
    return Speaking(throat, there, notebook or Notebook(), late_s=late_s)


async def test_a_note_is_made_once(clock: JumpClock, tmp_path: Path) -> None:
    """Whoever asks again, after a crash or a moment, gets the same sound."""
    throat, one = Throat(), said(clock)
    manner = Manner("ja", marked=True)

    first = await speaking(throat, shelf(tmp_path, clock)).note(one, "こんにちは", manner)
    again = await speaking(throat, shelf(tmp_path, clock)).note(one, "こんにちは", manner)

    assert first == again
    assert first is not None
    assert (["こんにちは"], [manner]) == (throat.spoken, throat.manners)


@pytest.mark.parametrize(
    ("throat", "event"),
    [
        (Throat(faults=[VoiceUnavailable("busy")]), "voice away"),
        (Throat(faults=[Unspeakable("emoji")]), "not spoken"),
        (Throat(takes_s=21), "note late"),
    ],
)
async def test_what_cannot_be_said_is_none(
    throat: Throat, event: str, clock: JumpClock, tmp_path: Path
) -> None:
    """In time, noted, and nothing is kept."""
    notebook, there = Notebook(), shelf(tmp_path, clock)

    assert await speaking(throat, there, notebook).note(said(clock), "x", Manner()) is None
    assert [event] == [noted for noted, _ in notebook.noted]
    assert clock.elapsed() <= 20
    assert frozenset() == await there.ids()


async def test_a_note_that_cannot_be_kept_is_heard(clock: JumpClock, tmp_path: Path) -> None:
    """A full disk costs nobody the sound."""
    (tmp_path / "voice").write_text("no folder")
    notebook = Notebook()

    found = await speaking(Throat(), shelf(tmp_path, clock), notebook).note(
        said(clock), "x", Manner()
    )

    assert found is not None
    assert ["note not kept"] == [noted for noted, _ in notebook.noted]


@dataclass
class Bubbles:
    """Which bubbles have words; *away* as a database may be."""

    ids: set[int] = field(default_factory=set)
    away: bool = False

    async def worded(self, ids: Collection[int]) -> Collection[int]:
        if self.away:
            raise LedgerUnavailable("away")
        return self.ids & set(ids)


async def test_what_was_forgotten_is_silent(clock: JumpClock, tmp_path: Path) -> None:
    """At the start, which makes good a crash, and again and again; also after a bad moment."""
    there, notebook = shelf(tmp_path, clock), Notebook()
    kept, gone = said(clock).id, said(clock).id
    for one in (kept, gone):
        await there.put(one, NOTE)
    bubbles = Bubbles({kept}, away=True)
    tidying = Tidying(there, bubbles, clock, notebook)
    seen = []

    async with asyncio.TaskGroup() as group:
        running = group.create_task(tidying.run())
        await clock.sleep(1)
        seen.append(await there.ids())
        bubbles.away = False
        await clock.sleep(LOOK_S)
        seen.append(await there.ids())
        running.cancel()

    assert [{kept, gone}, {kept}] == seen
    assert ["sounds not tidied"] == [noted for noted, _ in notebook.noted]


async def test_where_nothing_is_kept_nothing_is_asked(clock: JumpClock, tmp_path: Path) -> None:
    """A house that never spoke need not ask its ledger."""
    await Tidying(shelf(tmp_path, clock), Bubbles(away=True), clock, Notebook()).forget()

    assert not (tmp_path / "voice").exists()
