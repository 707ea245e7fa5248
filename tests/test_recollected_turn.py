"""What comes to mind reaches the persona, and an answer is kept together with it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from anima.errors import BackendUnavailable
from anima.remembered import Remembered
from tests.stage import Stage

pytestmark = pytest.mark.jumping

MISO = Remembered(7, "line", "My cat is called Miso", datetime(2026, 3, 3, tzinfo=UTC), "Ann")


async def test_it_is_told_to_the_persona_and_kept() -> None:
    """The scene has it, and the ledger knows on what the answer rests, in the same write."""
    stage = Stage()
    stage.longterm.memories = (MISO, replace(MISO, id=9))
    await stage.hears("My cat?")

    await stage.plays()

    assert [(MISO, replace(MISO, id=9))] == [scene.remembered for scene in stage.actor.scenes]
    assert [(7, 9)] == [*stage.ledger.store.recalled.values()]
    assert "Began+Changed+Say+Ended+Recollected" in stage.diary


async def test_who_is_asked_what_comes_to_mind_knows_the_scene() -> None:
    """Once for each time the persona is asked."""
    stage = Stage()
    await stage.hears("My cat?")

    await stage.plays()

    assert [["My cat?"]] == [[one.text for one in scene.heard] for scene in stage.longterm.asked]
    assert {} == stage.ledger.store.recalled


async def test_an_answer_that_fails_rests_on_nothing() -> None:
    """An excuse is not made of memories."""
    stage = Stage([BackendUnavailable("gone")])
    stage.longterm.memories = (MISO,)
    await stage.hears("My cat?")

    await stage.plays()

    assert ["failed"] == stage.outcomes
    assert {} == stage.ledger.store.recalled
