"""Codes are kept and faces are shown: on the platform, on the page, in what is remembered."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from anima.model import Beside, Conversation, Entry
from anima.pace import Pace
from persona.emotes import shown
from persona.nature import Rhythm
from service.paces import pace_of
from service.settings import Settings
from service.shown import ShownTranscript
from tests.cast import HOME
from tests.stage import Stage

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def entry(text: str, *, ours: bool) -> Entry:
    return Entry(1, "1", ours=ours, text=text, at=NOW, state="delivered")


@dataclass
class Kept:
    """A transcript of two lines."""

    lines: tuple[Entry, ...] = (entry("[OK]", ours=False), entry("好[微笑]", ours=True))

    async def since(self, conversation: Conversation, after: int, limit: int) -> tuple[Entry, ...]:
        return self.lines

    async def before(
        self, conversation: Conversation, before: int, limit: int
    ) -> tuple[Entry, ...]:
        return self.lines[:1] + self.lines[1:]

    async def document(self, conversation: Conversation, said: int) -> Beside | None:
        return Beside(name=f"{said}.zip")


async def test_the_page_shows_faces() -> None:
    """Our lines of the transcript are shown with faces, a person's as they wrote them."""
    transcript = ShownTranscript(Kept(), shown)

    expected = (entry("[OK]", ours=False), entry("好😊", ours=True))

    assert expected == await transcript.since(HOME, 0, 9)
    assert expected == await transcript.before(HOME, 9, 9)


async def test_a_file_has_no_face() -> None:
    """What came with a line is passed on as it is."""
    transcript = ShownTranscript(Kept(), shown)

    assert Beside(name="7.zip") == await transcript.document(HOME, 7)


@pytest.mark.jumping
async def test_the_platform_gets_faces_and_the_ledger_codes() -> None:
    """A bubble is sent with its faces, and is kept and remembered with its codes."""
    stage = Stage(["好[微笑]"], shown=shown)
    await stage.hears("hello")

    await stage.plays()

    assert ["好😊"] == stage.phone.texts
    assert ["好[微笑]"] == [row.text for row in stage.ledger.said]


def test_without_numbers_the_pace_is_the_houses() -> None:
    """A card that says nothing of its rhythm changes nothing."""
    assert Pace() == pace_of(Settings(), Rhythm())


@pytest.mark.parametrize(
    ("rhythm", "numbers"),
    [
        (Rhythm(per_second=8), (0.4, 8, True)),
        (Rhythm(pause_s=0), (0, 25, True)),
        (Rhythm(characters=40), (0.4, 25, False)),
    ],
)
def test_a_cards_numbers_set_the_pace(rhythm: Rhythm, numbers: tuple[float, float, bool]) -> None:
    """What it says of its typing holds; the rest is the house's."""
    pace = pace_of(Settings(), rhythm)

    assert numbers == (pace.pause_s, pace.per_second, pace.own)
