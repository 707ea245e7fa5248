"""A memory fades; what is used fades slower."""

from math import e

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.longterm.strength import TAU_DAYS, strength
from tests.persona_fakes import UNHURRIED

IMPORTANCE = st.integers(1, 5)
DAYS = st.floats(0.1, 1000)
USES = st.integers(0, 1000)


def test_a_memory_that_is_never_used_fades_to_a_third() -> None:
    """Within its time, and not at all before."""
    assert 3 == strength(3, 0, 0)
    assert pytest.approx(3 / e) == strength(3, TAU_DAYS, 0)


@given(IMPORTANCE, DAYS, USES)
@UNHURRIED
def test_more_use_means_slower_decay(importance: int, days: float, uses: int) -> None:
    """The sign that others got wrong: the more a memory is used, the longer it stays."""
    assert strength(importance, days, uses) < strength(importance, days, uses + 1)


@given(IMPORTANCE, DAYS, USES)
@UNHURRIED
def test_time_weakens_and_importance_strengthens(importance: int, days: float, uses: int) -> None:
    """Never to nothing, and never beyond its importance."""
    now = strength(importance, days, uses)

    assert 0 < strength(importance, days + 1, uses) < now < importance
    assert now < strength(importance + 1, days, uses)


def test_a_clock_that_went_back_strengthens_nothing() -> None:
    """What lies ahead, and counts below zero, are taken for nothing."""
    assert 2 == strength(2, -5, -1)
