"""The versions that are served."""

import pytest

from anima.model import Choice, Soul, Tool
from service.souls import Souls, meant, nearest
from tests.counter import SOULS, claimed


def chain(*names: str, of: str = "A") -> Souls:
    """Three souls; *of* falls back to *names*."""
    return Souls([Soul(name, "x", fallback=names if name == of else ()) for name in "ABC"])


def test_the_first_speaks_until_somebody_chooses() -> None:
    """The order of the settings says which one that is."""
    souls = Souls(SOULS)

    speaking = souls.of(claimed())

    assert (SOULS[0],) == speaking
    assert souls.first == "KU1.0"
    assert souls.names == ("KU1.0", "KU5.0", "KU6.0")


def test_the_chosen_one_speaks() -> None:
    """And those in its place come after it."""
    speaking = Souls(SOULS).of(claimed(Choice(1, "KU5.0")))

    assert ["KU5.0", "KU1.0"] == [soul.name for soul in speaking]


def test_a_choice_that_is_not_served_any_more_is_passed_over() -> None:
    """Somebody took it out of the settings; the talk goes on with the first."""
    assert (SOULS[0],) == Souls(SOULS).of(claimed(Choice(1, "KU9.0")))


@pytest.mark.parametrize(
    ("fallback", "expected"),
    [
        ((), [("A", ())]),
        (("B", "C"), [("A", ("B", "C")), ("B", ("C",)), ("C", ())]),
        (("C", "B"), [("A", ("C", "B")), ("C", ("B",)), ("B", ())]),
        (("A", "B"), [("A", ("B",)), ("B", ())]),
        (("B", "B", "gone"), [("A", ("B",)), ("B", ())]),
    ],
    ids=["none", "two", "in their order", "not itself", "each once"],
)
def test_each_one_names_those_after_it(
    fallback: tuple[str, ...], expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    """Whoever is asked knows whether there is still somebody else to ask."""
    souls = chain(*fallback).of(claimed())

    assert expected == [(soul.name, soul.fallback) for soul in souls]


def test_one_in_the_place_of_another_brings_nobody_of_its_own() -> None:
    """B's own fallback does not count while it speaks in A's place."""
    souls = Souls(
        [Soul("A", "x", fallback=("B",)), Soul("B", "x", fallback=("C",)), Soul("C", "x")]
    )

    assert [("A", ("B",)), ("B", ())] == [(one.name, one.fallback) for one in souls.of(claimed())]


def test_one_that_is_asked_aside_has_nobody_in_its_place_and_nothing_to_act_with() -> None:
    """A comparison shall show this version and no other, and do nothing."""
    souls = Souls([Soul("A", "x", fallback=("B",), form="native", tools=(Tool("t", "p"),))])

    assert Soul("A", "x") == souls.alone("A")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KU5.0", "KU5.0"),
        ("ku5.0", "KU5.0"),
        ("ＫＵ５．０", "KU5.0"),
        (" ku5.0 ", "KU5.0"),
        ("k", "k"),
        ("K", "K"),
        ("KU5.O", None),
        ("", None),
    ],
)
def test_a_name_is_known_by_its_letters(text: str, expected: str | None) -> None:
    """Case and width do not matter, but the very letters come first."""
    assert expected == meant(text, ("KU5.0", "K", "k"))


def test_souls_are_found_by_name() -> None:
    """As text, or exactly."""
    souls = Souls(SOULS)

    assert ("KU6.0", SOULS[2], None) == (souls.named("ku6.0"), souls.get("KU6.0"), souls.get("x"))


@pytest.mark.parametrize(
    ("text", "first"),
    [("KU5.O", "KU5.0"), ("ku6", "KU6.0"), ("ＫＵ６", "KU6.0"), ("zzz", "KU1.0"), ("", "KU1.0")],
)
def test_the_nearest_name_is_told_first(text: str, first: str) -> None:
    """And all the others after it, each once."""
    near = nearest(text, ("KU1.0", "KU5.0", "KU6.0"))

    assert first == near[0]
    assert sorted(near) == ["KU1.0", "KU5.0", "KU6.0"]
