"""Where a platform keeps a place for the answer, all of the answer goes there."""

from dataclasses import replace

import pytest

from anima.model import is_owed
from tests.stage import Stage

OWED = "interaction:77:quiet"


def test_only_an_interaction_keeps_a_place() -> None:
    """Other messages are answered below them."""
    assert [True, True, False, False] == [
        is_owed(one) for one in ("interaction:1", OWED, "1", "an interaction:1")
    ]


@pytest.mark.slow
@pytest.mark.parametrize("private", [True, False])
async def test_every_bubble_points_at_the_place(private: bool) -> None:
    """In private, too; each of several bubbles, and each piece of a long one."""
    stage = Stage(["One.", "Two|and a half.", "Three."])
    stage.phone.cuts = "|"
    (asked,) = stage.words("Hi", private=private)
    await stage.happens(replace(asked, message=OWED))

    await stage.plays()

    assert ["One.", "Two", "and a half.", "Three."] == stage.phone.texts
    assert [OWED] * 4 == stage.phone.replies


@pytest.mark.parametrize(("private", "first"), [(True, ""), (False, "1")])
async def test_any_other_answer_points_once(private: bool, first: str) -> None:
    """At what it answers in a group, and nowhere in private."""
    stage = Stage(["One.", "Two."])
    await stage.hears("Hi", private=private)

    await stage.plays()

    assert [first, ""] == stage.phone.replies


@pytest.mark.slow
@pytest.mark.parametrize("private", [True, False])
async def test_each_is_answered_in_its_own_place(private: bool) -> None:
    """A burst of them is no single turn, or somebody would wait for ever for the others."""
    stage = Stage(["To one."], ["To two."], ["To talk."], ["To three."])
    said = stage.words("one", "two", "talk", "three", private=private)
    owed = [replace(one, message=f"interaction:{one.text}") for one in said]
    await stage.happens(owed[0], owed[1], said[2], owed[3])

    await stage.plays()

    assert ["To one.", "To two.", "To talk.", "To three."] == stage.phone.texts
    there = "" if private else "3"
    expected = ["interaction:one", "interaction:two", there, "interaction:three"]
    assert expected == stage.phone.replies
