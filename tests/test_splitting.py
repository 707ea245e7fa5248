"""Long texts in pieces: each whole by itself, and all of them together nothing less."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.graphemes import together
from bots.markdown import parse
from bots.splitting import pieces
from bots.telegram.markup import to_entities
from bots.text import utf16_len

WORDS = st.sampled_from(
    [
        *(
            "今天天气真好。",
            "本当に？！",
            "好呀~~",
            "hello world. ",
            "snake_case ",
            "2*3*4 ",
            "1 > 0 ",
        ),
        *("这是**重点**哦", "*轻轻*，", "~~gone~~ ", "||剧透||", "`co de` ", "issue # 5 ", "x**2 "),
        *(
            "[a](https://a.b/c_d)",
            "https://x.y/a_b ",
            "**很长的重点，里面有*斜体*。和很多字**",
            "\\*x\\* ",
        ),
        *(
            "(*^▽^*)",
            "¯\\_(ツ)_/¯",
            "👨‍👩‍👧",
            "🇯🇵🇨🇳",
            "か\u3099",
            "👍🏽",
            "……",
            "！",
            " ",
            "\n",
            "\n\n",
        ),
        *(
            "\n> 引用一下 ",
            "\n# 标题 ",
            "\n- 一 ",
            "\n```py\nx = 1\n\ny = 2\n```\n",
            "\n```\n*x*\n```\n",
        ),
    ]
)


def squeezed(text: str) -> str:
    """*text* without white space, which cuts may take away."""
    return "".join(text.split())


def read(markdown: str) -> str:
    """What people read of it, but for white space."""
    return squeezed(to_entities(markdown).text)


@pytest.mark.slow
@given(st.lists(WORDS, max_size=80).map("".join), st.integers(70, 300))
def test_nothing_is_lost(markdown: str, limit: int) -> None:
    """Of the pieces people read exactly what they would have read of the whole."""
    found = pieces(markdown, limit, utf16_len)

    assert read(markdown) == "".join(map(read, found))
    assert all(piece.strip() and utf16_len(piece) <= limit for piece in found)


@given(st.text(max_size=300), st.integers(2, 60))
def test_any_text_is_cut(text: str, limit: int) -> None:
    """Whatever the text, every word of it is in some piece, and each piece is small enough."""
    found = pieces(text, limit, utf16_len)

    assert all(piece.strip() and utf16_len(piece) <= limit for piece in found)
    if not parse(text).removed:
        letters = "".join(re.findall(r"\w", text))
        assert letters == "".join(re.findall(r"\w", "".join(found)))


@given(st.text(alphabet="*_~|`[]()\\>#\n a好", max_size=300), st.integers(2, 40))
def test_soup_ends(markdown: str, limit: int) -> None:
    """In a soup of nothing but marks no word is lost, and the cutting comes to an end."""
    found = pieces(markdown, limit, len)

    assert markdown.count("好") == "".join(found).count("好")
    assert all(0 < len(piece) <= limit for piece in found)


@pytest.mark.slow
@given(
    st.lists(
        st.sampled_from(["👨‍👩‍👧", "🇯🇵", "か\u3099", "👍🏽", "❤️", "é", "😀"]),
        min_size=9,
        max_size=60,
    )
)
def test_characters_stay_whole(characters: list[str]) -> None:
    """No cut goes through a family, a flag, an accent or a skin tone."""
    found = pieces("".join(characters), 16, utf16_len)

    assert all(utf16_len(piece) <= 16 for piece in found)
    ends = {sum(map(len, found[:n])) for n in range(1, len(found))}
    borders = {sum(map(len, characters[:n])) for n in range(len(characters))}
    assert ends <= borders


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("ab", 1, False),
        ("ab", 0, False),
        ("ab", 2, False),
        ("e\u0301", 1, True),
        (" \u0301", 1, False),
        ("\r\n", 1, True),
        ("🇯🇵🇨🇳", 1, True),
        ("🇯🇵🇨🇳", 2, False),
        ("👨\u200d👩", 1, True),
        ("👨\u200d👩", 2, True),
        ("❤\ufe0f", 1, True),
        ("👍🏽", 1, True),
        ("\ud83d\ude00", 1, True),
    ],
)
def test_together(text: str, at: int, *, expected: bool) -> None:
    """What people see as one character is told from two."""
    assert expected is together(text, at)


def test_what_fits_is_untouched() -> None:
    """Text within the limit is returned as it is, white space and all."""
    assert (" **a** \n\n",) == pieces(" **a** \n\n", 100, len)


@pytest.mark.parametrize("blank", ["", "   ", "\n\n"])
def test_blank_is_nothing(blank: str) -> None:
    """Nothing to say makes no piece."""
    assert () == pieces(blank, 2, len)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("one two.\n\nthree four\nfive", 22, ("one two.", "three four\nfive")),
        ("one two.\n\n\n  three four", 20, ("one two.", "  three four")),
        ("one two\nthree four. five", 22, ("one two", "three four. five")),
        ("一二三。四五六！七八九", 9, ("一二三。四五六！", "七八九")),
        ("他说「好。」然后走了很远", 9, ("他说「好。」", "然后走了很远")),
        ("嗯嗯……好的好的呀", 6, ("嗯嗯……", "好的好的呀")),
        ("one. two three four", 14, ("one.", "two three four")),
        ("one two three", 9, ("one two", "three")),
        ("abcdefghij", 4, ("abcd", "efgh", "ij")),
        ("好呀好呀(。_。)好", 9, ("好呀好呀(。_。)", "好")),
    ],
)
def test_where_it_cuts(text: str, limit: int, expected: tuple[str, ...]) -> None:
    """It cuts at paragraphs, then lines, sentences, spaces, and anywhere only at last."""
    assert expected == pieces(text, limit, len)


def test_span_stays_whole() -> None:
    """A cut keeps out of bold words, even if it could fit more before it."""
    assert ("ein wort und", "**zwei fette worte**") == pieces(
        "ein wort und **zwei fette worte**", 24, len
    )


def test_long_span_is_closed_and_opened_again() -> None:
    """A span longer than a piece is closed at the cut and opened again after it."""
    found = pieces("**eins zwei *drei vier fünf sechs* sieben**", 25, len)

    assert ("**eins zwei *drei vier***", "***fünf sechs* sieben**") == found


def test_long_link_is_linked_in_both_pieces() -> None:
    """A label longer than a piece leads to the same place from each of them."""
    found = pieces("[一二三四五六七八九十一二三四五六七八九十](https://a.b)", 30, len)

    links = [entity.url for piece in found for entity in to_entities(piece).entities]
    assert 1 < len(found)
    assert ["https://a.b"] * len(found) == links


def test_quote_goes_on_as_a_quote() -> None:
    """A line of a quote that is cut is a quote in both pieces."""
    found = pieces("> one two three four five", 16, len)

    assert ("> one two three", "> four five") == found


def test_cut_makes_no_markup() -> None:
    """No cut turns the middle of a line into a heading or a quote."""
    found = pieces("we know that 1 > 0 and see issue # 5 for more", 15, len)

    assert "weknowthat1>0andseeissue#5formore" == "".join(map(read, found))


def test_fence_moves_whole() -> None:
    """A fence that fits into a piece of its own is not cut, however little goes before it."""
    fence = "```py\nfor x in y:\n\n    print(x)\n```"

    assert ("Look:", fence, "Nice, isn't it?") == pieces(
        f"Look:\n{fence}\nNice, isn't it?", 40, len
    )


def test_long_fence_is_cut_at_lines() -> None:
    """A fence too long for one piece is cut between its lines, each part with its language."""
    lines = [f"    line_{n} = {n}" for n in range(30)]

    found = pieces("\n".join(["Hi", "```py", *lines, "```", "bye"]), 100, len)

    code = "\n".join(re.sub(r"```(py)?\n?", "", piece.removeprefix("Hi\n")) for piece in found)
    assert lines == [line for line in code.splitlines() if line.startswith("    ")]
    assert {"py"} == {e.language for piece in found for e in to_entities(piece).entities}


def test_open_fence_is_cut_too() -> None:
    """A fence that is never closed is closed in each piece but the last."""
    found = pieces("```\n" + "abc def\n" * 6, 24, len)

    assert all(["pre"] == [e.kind for e in to_entities(piece).entities] for piece in found)


def test_measure_decides() -> None:
    """Emoji count twice for Telegram and once for those who count characters."""
    text = "😀" * 3000

    assert [4096, 1904] == [utf16_len(p) for p in pieces(text, 4096, utf16_len)]
    assert [2000, 1000] == [len(p) for p in pieces(text, 2000, len)]


def test_long_answers_are_cut_in_time() -> None:
    """A hundred thousand characters of marked text keep all their words."""
    paragraph = (
        "这是**重点**哦，*轻轻* 你好(´･ω･`) `code` and [x](https://a.b) some words here. " * 5
    )
    text = "\n\n".join([paragraph] * 40)

    found = pieces(text, 4096, utf16_len)

    assert read(text) == "".join(map(read, found))
    assert all(2000 < len(piece) <= 4096 for piece in found[:-1])
