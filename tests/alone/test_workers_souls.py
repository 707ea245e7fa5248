"""Several processes on one PostgreSQL: a switch holds for all, and news are told once."""

import asyncio
from pathlib import Path

import pytest

from tests.living import Nursery
from tests.working import logged, working

pytestmark = pytest.mark.slow


async def test_a_switch_is_obeyed_by_every_process(
    tmp_path: Path, born: Nursery, postgres_url: str
) -> None:
    """Given in one conversation, it holds with the next message of each of the others."""
    async with working(tmp_path, born, postgres_url) as workers:
        await workers.say("/model use KU6.0 everywhere", [workers.ann])
        after = await workers.from_each("and now?")
        async with workers.alone(workers.both[0]):
            await workers.say("/model rollback", [workers.bob])
        again = await workers.from_each("and again?")

        assert [{"ku-6 here"}, {"base here"}] == [after, again]


async def test_two_admins_at_the_same_moment(
    tmp_path: Path, born: Nursery, postgres_url: str
) -> None:
    """Whatever two of them want at once, all conversations agree on what came of it."""
    async with working(tmp_path, born, postgres_url) as workers:
        wishes = ["/model use KU6.0 everywhere", "/model use KU1.0 everywhere", "/model rollback"]
        for pair in [wishes[:2], wishes[2:] * 2, [wishes[0], wishes[2]], wishes[2:] * 2]:
            async with asyncio.TaskGroup() as group:
                for admin, wish in zip((workers.ann, workers.bob), pair, strict=True):
                    group.create_task(workers.say(wish, [admin]))

            everybody = (workers.ann, workers.bob, *workers.people[:4])
            said = await workers.say("who are you?", everybody)

            live = "SELECT soul FROM choice WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1"
            speaks = [soul for (soul,) in await workers.rows(live)] or ["KU1.0"]
            assert said == {"ku-6 here" if speaks == ["KU6.0"] else "base here"}

        deeds = await workers.rows("SELECT deed, count(*) FROM audit GROUP BY deed")
        chosen = await workers.rows("SELECT count(*), count(undone_at) FROM choice")
        assert chosen == [(dict(deeds)["model use"], dict(deeds)["model rollback"])]


async def test_news_of_a_server_are_told_once(
    tmp_path: Path, born: Nursery, postgres_url: str
) -> None:
    """Both workers see it die and come back; each admin hears of either once."""
    async with working(tmp_path, born, postgres_url) as workers:
        await workers.say("/model use KU6.0 everywhere", [workers.ann])
        assert await workers.from_each("hello") == {"ku-6 here"}

        await workers.gpu.stop()
        away = await workers.from_each("still there?")
        await workers.talk.telegram.until(lambda: workers.notices("does not answer") == [1, 1])
        await workers.gpu.start()
        for worker in workers.both:
            await logged(worker, "backend back")
        await workers.talk.telegram.until(lambda: workers.notices("answers again") == [1, 1])
        back = await workers.from_each("and now?")

        assert [{"base here"}, {"ku-6 here"}] == [away, back]
        assert all("backend away" in worker.log for worker in workers.both)
        assert [1, 1] == workers.notices("does not answer")
        assert [1, 1] == workers.notices("answers again")
