"""What was looked at reaches the persona, and is looked at once."""

import pytest

from anima.model import Attachment, Seen
from tests.stage import Stage

pytestmark = pytest.mark.jumping

FOX = Seen(1, Attachment("document", "t", name="fox.txt"), text="a fox")


async def test_what_is_seen_is_told_to_the_persona() -> None:
    """The scene has it."""
    stage = Stage()
    stage.eyes.sights = (FOX,)
    await stage.hears("[file: fox.txt]")

    await stage.plays()

    assert [(FOX,)] == [scene.seen for scene in stage.actor.scenes]
    assert [()] == [scene.seen for scene in stage.eyes.looked]


async def test_what_was_seen_is_known_when_more_is_heard() -> None:
    """Who looks again is told what was seen before."""
    stage = Stage()
    stage.eyes.sights = (FOX,)

    async def more() -> None:
        await stage.hears("see?")
        await stage.clock.sleep(1)

    stage.actor.scripts = [[more, "never said"]]
    await stage.hears("[file: fox.txt]")
    await stage.plays()

    assert ["re: [file: fox.txt] + see?"] == stage.phone.texts
    assert [(), (FOX,)] == [scene.seen for scene in stage.eyes.looked]


async def test_nothing_is_looked_at_where_nobody_answers() -> None:
    """A group's pictures that nobody showed to us are not fetched."""
    stage = Stage()
    await stage.hears("[photo]", private=False, addressed=False)

    await stage.plays()

    assert [] == stage.eyes.looked
