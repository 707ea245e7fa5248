"""Who holds a lease, and whether they are still there."""

import pytest

from memory.holder import Holder
from tests.dying import dead, living


def named_like(holder: Holder, **parts: str) -> str:
    """The name of *holder* with some parts changed."""
    machine, process, birth, chance = holder.name.split("/")
    known = {"machine": machine, "process": process, "birth": birth, "chance": chance}
    return "/".join((known | parts).values())


def test_each_holder_has_a_name_of_its_own() -> None:
    """Two ledgers in one process do not hold each other's leases."""
    one, other = Holder.me(), Holder.me()

    same = one.name == other.name

    assert not same
    assert one.name.split("/")[:3] == other.name.split("/")[:3]


def test_a_name_fits_its_column() -> None:
    """PostgreSQL refuses what is longer."""
    name = Holder.me().name

    length = len(name)

    assert length <= 128


def test_a_living_process_is_not_outlived() -> None:
    """Neither we nor another process of this machine, while it runs."""
    me = Holder.me()

    with living() as other:
        outlived = [me.outlived(me.name), me.outlived(other.name)]

    assert [False, False] == outlived


def test_a_process_that_is_no_more_is_outlived() -> None:
    """Its number is free, or somebody else's."""
    other = dead()

    outlived = Holder.me().outlived(other.name)

    assert outlived


def test_a_number_that_was_given_to_another_process_is_no_life() -> None:
    """A process is known by its birth too."""
    me = Holder.me()

    outlived = me.outlived(named_like(me, birth="1"))

    assert outlived


@pytest.mark.parametrize(
    "parts",
    [
        {"machine": "another:4026531836", "birth": "1"},
        {"process": "one"},
        {"birth": ""},
    ],
    ids=["another machine", "no number", "no birth"],
)
def test_nothing_is_said_of_whom_we_cannot_see(parts: dict[str, str]) -> None:
    """A process of another machine, or one without a birth, may live."""
    me = Holder.me()

    outlived = me.outlived(named_like(me, **parts))

    assert not outlived


@pytest.mark.parametrize("name", ["", "worker-1", "a/b", "a/b/c/d/e"])
def test_nothing_is_said_of_a_name_that_is_not_ours(name: str) -> None:
    """A name of another form stops nobody from starting."""
    me = Holder.me()

    outlived = me.outlived(name)

    assert not outlived
