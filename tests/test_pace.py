"""How fast we are, and how patient."""

import pytest

from anima.model import Speaker
from anima.pace import Pace, backoff_s


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("", 0.4), ("ok", 0.48), ("x" * 25, 1.4), ("好" * 10, 1.6), ("x" * 1000, 4.0)],
)
def test_writing_takes_its_time(text: str, seconds: float) -> None:
    """Longer texts take longer, to a limit; a Chinese character is worth three letters."""
    assert seconds == pytest.approx(Pace().writing_s(text))


def test_writing_takes_no_time_where_nobody_plays_at_typing() -> None:
    """Bubbles leave as soon as they are ready."""
    assert 0 == Pace(typing=False).writing_s("x" * 1000)


@pytest.mark.parametrize(
    ("text", "seconds"), [("", 1.5), ("x" * 40, 6.5), ("好" * 10, 5.25), ("x" * 1000, 12.0)]
)
def test_somebody_types_at_their_own_pace(text: str, seconds: float) -> None:
    """A slow one may take longer than the house does, to a limit."""
    assert seconds == pytest.approx(Pace(pause_s=1.5, per_second=8, own=True).writing_s(text))


@pytest.mark.parametrize(
    ("attempt", "seconds"), [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (100, 60), (10_000, 60)]
)
def test_waits_double_up_to_a_minute(attempt: int, seconds: float) -> None:
    """However often it was tried."""
    assert seconds == backoff_s(attempt)


def test_a_speaker_has_an_address() -> None:
    """It is what the settings call them."""
    assert "telegram:123" == Speaker("telegram", "123", "Ann").address
