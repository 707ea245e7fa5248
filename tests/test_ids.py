"""Ids rise with time."""

from datetime import UTC, datetime, timedelta

from anima.ids import Ids


class Wall:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 21, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def elapsed(self) -> float:
        return 0

    async def sleep(self, seconds: float) -> None:
        """Nobody sleeps here."""


def test_each_id_is_larger_than_the_last() -> None:
    """In one instant, as time goes on, and when the clock is set back."""
    wall = Wall()
    ids = Ids(wall)
    given = []
    for seconds in (0, 0, 0, 0.001, 60, -3600, 0, 7200):
        wall.at += timedelta(seconds=seconds)
        given.append(ids.next())

    assert sorted(set(given)) == given


def test_an_id_begins_with_its_time() -> None:
    """A later millisecond gives a larger id, in another process as well."""
    wall, later = Wall(), Wall()
    later.at += timedelta(milliseconds=1)

    ids = [Ids(wall).next(), Ids(later).next()]

    assert sorted(ids) == ids
    assert [int(wall.at.timestamp() * 1000), int(later.at.timestamp() * 1000)] == [
        id_ >> 20 for id_ in ids
    ]


def test_two_processes_hardly_give_the_same_id() -> None:
    """What follows the time is chance."""
    wall = Wall()

    given = {Ids(wall).next() for _ in range(20)}

    assert len(given) > 18


def test_an_id_fits_every_database() -> None:
    """63 bits are enough until the year 2248."""
    wall = Wall()
    wall.at = datetime(2248, 1, 1, tzinfo=UTC)

    assert Ids(wall).next() < 2**63
