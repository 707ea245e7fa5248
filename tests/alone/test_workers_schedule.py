"""Two workers on one PostgreSQL and one schedule: what is due is said once, whoever dies."""

from collections import Counter
from pathlib import Path

import pytest

from tests.living import Nursery
from tests.working import Workers, working

pytestmark = pytest.mark.slow

TOLD = "You wanted me to remind you"
DUE_S = 60
"""What a dead worker had in its hands is free after twenty; others look every fifteen."""


async def everybody_wants(workers: Workers) -> None:
    """Each of the people wants to be reminded of something, and soon."""
    await workers.say("/remind in 5s tea", workers.people)


def told(workers: Workers) -> Counter[str]:
    """How often each was reminded."""
    texts = workers.talk.telegram.texts
    return Counter({one.name: sum(TOLD in text for text in texts(one)) for one in workers.people})


async def test_two_say_everything_once(tmp_path: Path, born: Nursery, postgres_url: str) -> None:
    """Both look at the same time, and each job is one worker's."""
    async with working(tmp_path, born, postgres_url) as workers:
        await everybody_wants(workers)
        await workers.talk.telegram.until(lambda: all(told(workers).values()), DUE_S)
        await workers.rest()

        assert {1} == set(told(workers).values())
        assert [("told", 20)] == await workers.rows(
            "SELECT state, count(*) FROM schedule GROUP BY 1"
        )


async def test_a_dead_ones_are_said_by_the_other(
    tmp_path: Path, born: Nursery, postgres_url: str
) -> None:
    """Killed amid its reminders, it leaves none unsaid; only what was in flight comes twice."""
    async with working(tmp_path, born, postgres_url) as workers:
        await everybody_wants(workers)
        await workers.talk.telegram.until(lambda: any(told(workers).values()), DUE_S)
        for worker in workers.both:
            worker.kill()
        flying = "SELECT count(*) FROM said WHERE state IN ('sending', 'maybe')"
        ((in_flight,),) = await workers.rows(flying)
        workers.both[1].start(("work",))
        await workers.talk.telegram.until(lambda: all(told(workers).values()), DUE_S)
        await workers.rest()

        assert sum(told(workers).values()) <= len(workers.people) + in_flight
