"""What is looked for when somebody says a few words: they take up the end of what stood before."""

from datetime import UTC, datetime

import pytest

from memory.longterm.asking import Asked

AT = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "end"),
    [
        ("Is my sister still getting married?", "Is my sister still getting married?"),
        (f"{'a long story, ' * 9}and is my sister getting married?", "my sister getting married?"),
        (f"{'今天下雨了，' * 20}我姐姐还结婚吗？ OK", "我姐姐还结婚吗？ OK"),
        (f"{'昨日は雨でした。' * 20}姉は結婚するの？", "姉は結婚するの？"),
    ],
)
def test_a_short_one_takes_up_the_end_of_the_line_before(before: str, end: str) -> None:
    """With or without spaces between its words, and no more of it than that."""
    whole = Asked("and her?", before=before, at=AT).whole

    assert whole.endswith(f"{end}\nand her?")
    assert len(whole) <= 70


def test_no_half_word_is_looked_for() -> None:
    """A word that nobody said would be taken for one that is nowhere."""
    before = f"{'x' * 30}marmalade {'word ' * 11}end"

    assert Asked("why?", before=before, at=AT).whole.startswith(" word word")


def test_who_says_enough_asks_for_that_alone() -> None:
    """Nothing of what stood before is added."""
    text = "Does my sister still live in Kyoto with Peregrina?"

    assert text == Asked(text, before="It rains.", at=AT).whole
