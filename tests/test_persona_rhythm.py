"""Bubbles of a persona's own size and number."""

from hypothesis import given
from hypothesis import strategies as st

from persona.bubbles import Bubbles
from tests.persona_fakes import UNHURRIED

ENGLISH = "I like tea. It is warm and it smells of autumn. Do you? " * 6
CHINESE = "今天真好。我们去散步吧，路上买个冰淇淋好不好？然后回家看电影。晚上再说。" * 3


def cut(*pieces: str, soft: int | None = None, most: int | None = None) -> list[str]:
    bubbles = Bubbles(soft=soft, most=most)
    finished = [bubble for piece in pieces for bubble in bubbles.feed(piece)]
    return [*finished, *bubbles.close()]


def test_human_size() -> None:
    """A bubble ends with the first sentence that reaches the persona's own length."""
    bubbles = cut(ENGLISH, soft=40)

    assert "I like tea. It is warm and it smells of autumn." == bubbles[0]
    assert all(40 <= len(bubble) <= 100 for bubble in bubbles[:4])


def test_human_size_in_chinese() -> None:
    """A Chinese character counts nearly three, so its bubbles have fewer of them."""
    bubbles = cut(CHINESE, soft=40)

    assert "今天真好。我们去散步吧，路上买个冰淇淋好不好？" == bubbles[0]
    assert all(15 <= len(bubble) <= 30 for bubble in bubbles[:4])


def test_a_long_answer_is_no_flood() -> None:
    """After a handful of bubbles they grow, but never beyond four times their size."""
    sizes = [len(bubble) for bubble in cut(ENGLISH * 8, soft=40)]

    assert max(sizes[:4]) < 100 < max(sizes) < 250


def test_most_bubbles() -> None:
    """The last of so many holds all the rest, paragraphs and lists included."""
    text = "One.\n\nTwo.\n\n- a\n\n- b\n\nThree."

    assert [[text], ["One.", "Two.\n\n- a\n\n- b\n\nThree."], cut(text)] == [
        cut(text, most=1),
        cut(text, most=2),
        cut(text, most=20),
    ]


@UNHURRIED
@given(
    st.lists(st.sampled_from([*ENGLISH[:60], "\n\n", "好。", "- "]), max_size=80),
    st.integers(10, 60),
    st.integers(1, 5),
)
def test_the_same_for_every_cut(pieces: list[str], soft: int, most: int) -> None:
    """However it streams, the bubbles are the same, no more than most, and whole."""
    text = "".join(pieces)

    whole = cut(text, soft=soft, most=most)

    assert whole == cut(*pieces, soft=soft, most=most)
    assert len(whole) <= most
    assert "".join(text.split()) == "".join("".join(whole).split())
