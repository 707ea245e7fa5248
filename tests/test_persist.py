"""What has happened is written down, though the database may be away for a moment."""

from functools import partial

import pytest

from anima.errors import LedgerUnavailable
from anima.model import Closed
from tests.cast import HOME
from tests.stage import BRISK, Stage

pytestmark = pytest.mark.jumping


async def gone_for(stage: Stage, seconds: float) -> None:
    """The ledger goes away while the first bubble travels, and comes back later."""
    stage.phone.takes_s = 1
    await stage.clock.sleep(0.5)
    stage.ledger.away = True
    await stage.clock.sleep(seconds)
    stage.ledger.away = False


async def test_a_delivery_is_written_as_soon_as_the_ledger_is_back() -> None:
    """A bubble that arrived while the ledger was away is not sent again."""
    stage = Stage()
    await stage.hears("hello")

    async with stage.attending():
        await gone_for(stage, 5)
        await stage.rests()

    states = [row.state for row in stage.ledger.said]
    assert (["re: hello"], ["delivered"]) == (stage.phone.texts, states)


async def test_patience_ends_with_the_lease() -> None:
    """What cannot be written while the lease lasts is left to the next claim, and it is noted."""
    stage = Stage()
    await stage.hears("hello")

    async with stage.attending():
        await gone_for(stage, 3 * BRISK.lease_s)
        await stage.rests()

    assert ["re: hello", "re: hello"] == stage.phone.texts
    assert 1 == stage.witness.count("ledger away")


async def test_what_a_blip_interrupted_is_taken_up_at_once() -> None:
    """A turn that met a moment without ledger is given back, not left until its lease ends."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 1), "never"]]
    await stage.hears("hello")

    async with stage.attending():
        await stage.clock.sleep(0.5)
        stage.ledger.fail_next(LedgerUnavailable("a blip"))
        await stage.clock.sleep(0.6)
        await stage.rests()

    assert ["re: hello"] == stage.phone.texts
    assert stage.phone.sent_at[0] < BRISK.lease_s / 2


async def test_what_is_not_ours_any_more_is_not_given_back() -> None:
    """A place that closed during the blip is none of our business."""
    stage = Stage()
    stage.actor.scripts = [[partial(stage.clock.sleep, 1), "never"]]
    await stage.hears("hello")

    async with stage.attending():
        await stage.clock.sleep(0.5)
        stage.ledger.fail_next(LedgerUnavailable("a blip"))
        await stage.clock.sleep(0.6)
        await stage.happens(Closed(HOME, closed=True))
        await stage.rests()

    assert ([], 1) == (stage.phone.texts, stage.witness.count("lease lost"))
