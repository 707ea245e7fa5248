"""What is left out of a prompt that its server finds too long."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from anima.model import Message, Prompt
from backend.trimming import trimmed

ROLES = {"s": "system", "u": "user", "a": "assistant"}


def prompt(written: str) -> Prompt:
    """`s1 u2 a3` as messages: the letter is the role, all of it the content."""
    return tuple(
        Message(ROLES[word[0]], word)  # type: ignore[arg-type] # the table has roles alone
        for word in written.split()
    )


def written(found: Prompt | None) -> str | None:
    return None if found is None else " ".join(message.content for message in found)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("s1 u2 a3 u4 a5 u6", "s1 u4 a5 u6"),
        ("s1 u2 a3 u4 a5 u6 a7 u8 a9 u10", "s1 u6 a7 u8 a9 u10"),
        ("s1 u2 a3 u4 a5 u6 a7 u8", "s1 u6 a7 u8"),
        ("s1 u2 a3 u4", "s1 u4"),
        ("s1 u2 u3", "s1 u3"),
        ("u1 a2 u3", "u3"),
        ("s1 s2 u3 a4 u5 a6 u7", "s1 s2 u5 a6 u7"),
        ("s1 a2 a3 a4 a5 u6", "s1 u6"),
        ("s1 a2 u3 a4 u5", "s1 u3 a4 u5"),
        ("s1 u2 a3 s4 u5", "s1 s4 u5"),
        ("s1 u2 a3 u4 a5 s6 u7 a8", "s1 u4 a5 s6 u7 a8"),
        ("s1 u2 a3 u4 a5 a6", "s1 u4 a5 a6"),
        ("s1 a2 a3", "s1 a3"),
    ],
)
def test_older_half_goes(before: str, after: str) -> None:
    """The older half of the talk goes, and what is left of it begins with a person's words."""
    assert after == written(trimmed(prompt(before)))


@pytest.mark.parametrize("whole", ["", "u1", "s1 u2", "s1 s2 u3", "s1", "s1 s2", "s1 u2 a3", "a1"])
def test_nothing_to_leave_out(whole: str) -> None:
    """Who it is and what was just heard are never left out."""
    assert trimmed(prompt(whole)) is None


@settings(max_examples=50)
@given(some.text("sua", max_size=40))
def test_always(roles: str) -> None:
    """Each time something goes, the system's words and the newest stay, and the order too."""
    whole = prompt(" ".join(f"{role}{at}" for at, role in enumerate(roles)))

    found = trimmed(whole)

    if found is not None:
        assert len(found) < len(whole)
        assert [m for m in whole if m in found] == list(found)
        assert [m for m in whole if m.role == "system"] == [m for m in found if m.role == "system"]
        assert whole[-1] == found[-1]


@settings(max_examples=50)
@given(some.text("sua", max_size=40))
def test_ends(roles: str) -> None:
    """Trimming again and again comes to an end, and to nothing but what has to stay."""
    found: Prompt | None = prompt(" ".join(f"{role}{at}" for at, role in enumerate(roles)))
    least, times = found, 0

    while found is not None:
        least, found, times = found, trimmed(found), times + 1

    assert times <= 8
    assert trimmed(least or ()) is None
