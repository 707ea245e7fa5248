"""Cutting speech into bubbles."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.bubbles import Bubbles
from tests.persona_fakes import UNHURRIED

LATIN = "She counted the boats twice and wrote the number down. "
CJK = "今天的海边很安静，只有几只海鸥在叫。"


def cut(*pieces: str) -> list[str]:
    """All bubbles of a stream of *pieces*."""
    bubbles = Bubbles()
    finished = [bubble for piece in pieces for bubble in bubbles.feed(piece)]
    return [*finished, *bubbles.close()]


def letters(text: str) -> str:
    return "".join(text.split())


EXAMPLES = {
    "one line": ("Hello", ["Hello"]),
    "nothing": (" \n\n \n", []),
    "paragraphs": ("One.\n\nTwo.\n \nThree.\n", ["One.", "Two.", "Three."]),
    "empty lines first": ("\n\n  One\n\n\n\nTwo", ["One", "Two"]),
    "lines of one paragraph": ("One\nTwo\n\nThree", ["One\nTwo", "Three"]),
    "windows lines": ("One\r\n\r\nTwo", ["One", "Two"]),
    "a tight list": ("- a\n- b\n\nEnd", ["- a\n- b", "End"]),
    "a loose list": ("1. a\n\n2. b\n\n   more\n\nEnd", ["1. a\n\n2. b\n\n   more", "End"]),
    "a Chinese list": ("一、早\n\n二、晚\n\n完", ["一、早\n\n二、晚", "完"]),
    "bold after a list": ("- a\n\n**End**", ["- a", "**End**"]),
    "a list to the end": ("- a\n\n- ", ["- a\n\n-"]),
    "a list and white space": ("- a\n \n\n- b\n\n", ["- a\n \n\n- b"]),
    "a table": (
        "| a | b |\n| - | - |\n| 1 | 2 |\n\nEnd",
        ["| a | b |\n| - | - |\n| 1 | 2 |", "End"],
    ),
    "code": (
        "Look:\n\n```py\na = 1\n\nb = 2\n```\n\nEnd",
        ["Look:", "```py\na = 1\n\nb = 2\n```", "End"],
    ),
    "code within code": ("````\n```\n\n```\n````\n\nEnd", ["````\n```\n\n```\n````", "End"]),
    "tildes": ("~~~\n\n```\n~~~\n\nEnd", ["~~~\n\n```\n~~~", "End"]),
    "code without an end": ("```py\na\n\nb", ["```py\na\n\nb"]),
    "ticks on one line": ("```a``` b\n\nEnd", ["```a``` b", "End"]),
    "a long paragraph": (LATIN * 14, [(LATIN * 11).strip(), (LATIN * 3).strip()]),
    "a long Chinese one": (CJK * 15, [CJK * 13, CJK * 2]),
    "long lines": (
        ("a few words here\n" * 50).strip(),
        [("a few words here\n" * 36).strip(), ("a few words here\n" * 14).strip()],
    ),
    "a long list": ("- " + LATIN * 14, [("- " + LATIN * 14).strip()]),
    "a long line of a list after text": (
        f"Look.\n1. {LATIN * 14}",
        [f"Look.\n1. {LATIN * 14}".strip()],
    ),
    "long code": ("```\n" + LATIN * 14 + "\n```", ["```\n" + LATIN * 14 + "\n```"]),
    "code on the line": ("Look.\n```" + LATIN * 14, [("Look.\n```" + LATIN * 14).strip()]),
    "a number": ("x" * 600 + " 3.5 is it. Yes", ["x" * 600 + " 3.5 is it.", "Yes"]),
    "a title": (
        "x" * 600 + " Mr. Fox e.g. J. R. came. Yes",
        ["x" * 600 + " Mr. Fox e.g. J. R. came.", "Yes"],
    ),
    "an ellipsis": ("x" * 600 + " well... so. Yes", ["x" * 600 + " well... so.", "Yes"]),
    "an address": (
        "x" * 600 + " https://a.b/?c=你。好 https://a.b/x?你好",
        ["x" * 600 + " https://a.b/?c=你。", "好 https://a.b/x?你好"],
    ),
    "a long address": (
        "x" * 600 + " https://a.b/" + "y" * 80 + "?你",
        ["x" * 600 + " https://a.b/" + "y" * 80 + "?你"],
    ),
    "a stop before CJK": ("x" * 600 + " done.好", ["x" * 600 + " done.", "好"]),
    "quotes": ("x" * 600 + " “so. it.” is. D", ["x" * 600 + " “so. it.”", "is. D"]),
    "brackets": ("x" * 600 + " (so. it). C", ["x" * 600 + " (so. it).", "C"]),
    "bold": ("x" * 600 + " **so. it.** is. D", ["x" * 600 + " **so. it.**", "is. D"]),
    "a bracket without an end": (
        "x (" + LATIN * 24,
        [("x (" + LATIN * 22).strip(), (LATIN * 2).strip()],
    ),
    "an emoji belongs to its sentence": (
        CJK * 13 + "😊明天见！好☀",
        [CJK * 13 + "😊明天见！", "好☀"],
    ),
    "many stops": (CJK * 13 + "啊？！！”好", [CJK * 13, "啊？！！”好"]),
}


@pytest.mark.parametrize(("text", "expected"), EXAMPLES.values(), ids=EXAMPLES)
def test_bubbles_of_a_whole(text: str, expected: list[str]) -> None:
    """Speech is cut where a person would press Enter."""
    bubbles = cut(text)

    assert expected == bubbles


@pytest.mark.parametrize("text", [text for text, _ in EXAMPLES.values()], ids=EXAMPLES)
@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_bubbles_do_not_depend_on_the_stream(text: str, size: int) -> None:
    """The same bubbles come out however the stream is cut."""
    bubbles = cut(*(text[at : at + size] for at in range(0, len(text), size)))

    assert cut(text) == bubbles


def test_a_bubble_leaves_as_soon_as_it_is_whole() -> None:
    """A paragraph leaves with its empty line, before the next one begins."""
    bubbles = Bubbles()

    finished = [bubbles.feed(piece) for piece in ("One", ".\n", "\n", "Two")]

    assert [[], [], ["One."], []] == finished


def test_a_long_reply_is_a_handful() -> None:
    """Eight kilobytes of short paragraphs are at most ten messages, the first of them short."""
    bubbles = cut("\n\n".join([LATIN * 2] * 75))

    assert (True, (LATIN * 2).strip()) == (len(bubbles) <= 10, bubbles[0])


def test_a_long_paragraph_is_a_handful() -> None:
    """Eight kilobytes without a paragraph are few messages, and later ones are larger."""
    sizes = [len(bubble) for bubble in cut(LATIN * 148)]

    assert [604, 1209, 2419, 2419] == sizes[:4]


def test_dropped_speech_is_gone() -> None:
    """What was no speech leaves nothing behind, not even an open fence."""
    bubbles = Bubbles()
    bubbles.feed("```\nthought")

    bubbles.drop()

    assert ["One"] == bubbles.feed("One\n\nTwo")


snippets = st.lists(
    st.sampled_from(
        [
            *(
                "\n",
                "\n\n",
                " ",
                "- a",
                "1. b",
                "2",
                "| c |",
                "```",
                "```py\n",
                "`",
                "~~~",
                "**",
                '"',
            ),
            *(
                "“",
                "”",
                "（",
                "）",
                LATIN,
                CJK,
                "Mr. ",
                "...",
                "！",
                "？」",
                "😊",
                "x. ",
                "　",
                "*",
                "\r\n",
            ),
            *("a" * 300, CJK * 6, LATIN * 5),
        ]
    ),
    max_size=30,
)


@UNHURRIED
@given(snippets, st.lists(st.integers(0, 4000), max_size=12))
def test_any_speech_at_any_cut(parts: list[str], cuts: list[int]) -> None:
    """No word is lost, no bubble is empty, and the stream's cuts do not matter."""
    text = "".join(parts)
    at = [0, *sorted(cuts), len(text)]

    bubbles = cut(*(text[start:stop] for start, stop in pairwise(at)))

    assert (cut(text), letters(text), True) == (
        bubbles,
        letters("".join(bubbles)),
        all(bubble and bubble in text for bubble in bubbles),
    )


@UNHURRIED
@given(snippets)
def test_any_speech_letter_by_letter(parts: list[str]) -> None:
    """A stream of single characters gives the bubbles of the whole."""
    text = "".join(parts)[:1500]

    bubbles = cut(*text)

    assert cut(text) == bubbles
