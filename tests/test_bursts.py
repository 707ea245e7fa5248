"""Whose words a turn in a group is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anima.bursts import burst, head
from anima.model import Heard, Speaker
from tests.cast import NOON
from tests.persona_fakes import UNHURRIED


def said(*words: str) -> tuple[Heard, ...]:
    """Messages such as `A@`: their speaker, and a mark if they are for us."""
    return tuple(
        Heard(
            id=number,
            speaker=Speaker("telegram", word[0], word[0]),
            text=str(number),
            at=NOON,
            heard_at=NOON,
            message=str(number),
            addressed=word.endswith("@"),
        )
        for number, word in enumerate(words)
    )


def numbers(heard: tuple[Heard, ...]) -> list[int]:
    """Which ones they are."""
    return [one.id for one in heard]


@pytest.mark.parametrize(
    ("waiting", "dealt_with", "answered"),
    [
        ("", [], []),
        ("A@", [0], [0]),
        ("A B C", [0, 1, 2], [2]),
        ("A B A", [0, 1, 2], [0, 2]),
        ("B A@ B", [0, 1, 2], [1]),
        ("A A@ B A", [0, 1, 2, 3], [0, 1, 3]),
        ("A@ B@", [0], [0]),
        ("A@ B@ A", [0, 2], [0, 2]),
        ("C A@ C B@ C B", [0, 1, 2], [1]),
        ("A@ A@ B", [0, 1, 2], [0, 1]),
    ],
)
def test_each_ones_words_are_kept_apart(
    waiting: str, dealt_with: list[int], answered: list[int]
) -> None:
    """A turn is about the first who asks; what others say is known, and their asking waits."""
    talk = head(said(*waiting.split()))

    assert (dealt_with, answered) == (numbers(talk), numbers(burst(talk)))


@UNHURRIED
@given(st.lists(st.sampled_from(("A", "B", "C", "A@", "B@", "C@")), max_size=12))
def test_everything_is_dealt_with_once_and_everybody_is_answered(words: list[str]) -> None:
    """Turn by turn, each who asks is answered, in the order of asking, and nothing is left."""
    waiting, dealt_with, answered = said(*words), list[int](), list[int]()

    while waiting:
        talk = head(waiting)
        assert talk
        dealt_with += numbers(talk)
        answered += numbers(burst(talk))
        waiting = tuple(one for one in waiting if one not in talk)

    assert list(range(len(words))) == sorted(dealt_with)
    asking = [number for number, word in enumerate(words) if word.endswith("@")]
    assert set(asking) <= set(answered)
