"""Killed around the one answer that a guest gives: it is given once, whenever that was."""

import asyncio
from pathlib import Path

import pytest

from tests.far_side.botapi import Group
from tests.living import Nursery
from tests.moments import Nth
from tests.talk import in_flight, talking

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("moment", ["received", "recorded"])
async def test_a_guest_that_is_killed_answers_once(
    moment: str, tmp_path: Path, born: Nursery
) -> None:
    """Whether or not it knew that Telegram had the answer, there is one, and it is delivered."""
    others = Group(-200, "Others")
    async with talking(tmp_path, born) as talk:
        await talk.warmed_up()
        ann = talk.telegram.person()
        nth = Nth(talk)
        talk.telegram.on(
            "answerGuestQuery", nth, "received" if moment == "received" else "recorded"
        )
        talk.telegram.mentions(others, ann, "Tell me about rain")
        await asyncio.wait_for(nth.killed.wait(), 10)

        talk.restart()
        await talk.telegram.until(lambda: talk.telegram.count["answerGuestQuery"] == 2)
        talk.tell(ann, "snow")
        await talk.answered()

        assert ["rain alpha.\n\nrain beta.\n\nrain gamma."] == talk.telegram.texts(others)
        assert not [one for one in in_flight(tmp_path) if one.startswith("rain")]
