"""A prompt in the form that iFLYTEK takes."""

import pytest

from anima.model import Message
from backend.xfyun_messages import arranged


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("s:a u:b", "s:a u:b"),
        ("s:a s:b u:c", "s:a+b u:c"),
        ("s:a u:b s:c u:d", "s:a u:b u:c+d"),
        ("s:a u:b a:c s:d u:e", "s:a u:b a:c u:d+e"),
        ("s:a u:b s:c a:d u:e", "s:a u:b a:d u:c+e"),
        ("s:a u:b a:c s:d", "s:a u:b+d a:c"),
        ("u:a s:b s:c", "u:a+b+c"),
        ("s:a a:b s:c", "s:a+c a:b"),
        ("a:b s:c", "s:c a:b"),
        ("u:a a:b", "u:a a:b"),
        ("", ""),
    ],
)
def test_one_system_message(before: str, after: str) -> None:
    """The system speaks once and first; what it says later is told by people, and none is lost."""
    roles = {"s": "system", "u": "user", "a": "assistant"}
    prompt = tuple(
        Message(roles[word[0]], word[2:])  # type: ignore[arg-type] # the table has roles alone
        for word in before.split()
    )

    found = arranged(prompt)

    said = [f"{message.role[0]}:{message.content}" for message in found]
    assert after == " ".join(said).replace("\n\n", "+")
