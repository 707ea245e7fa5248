"""Files of lore: what a header may say, and a line for each mistake in it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anima.errors import ConfigError
from persona.lore_entry import Condition, Entry
from persona.lore_file import read
from tests.persona_fakes import UNHURRIED


def test_a_small_file() -> None:
    """Keys and a text are enough, with commas of any script."""
    text = "keys: 猫, cat，ねこ、 cat\n\nA cat lives here.\n\nIt is black.\n"

    entry = read("猫", text)

    assert Entry("猫", "A cat lives here.\n\nIt is black.", ("猫", "cat", "ねこ")) == entry


def test_all_headers() -> None:
    """Each header says what it is called for, and a pattern may hold commas."""
    text = (
        "\ufeffKeys： /a{1,2}\\/b/i, x\nand: fish, 鱼\nall: a\nnot: dog\nnot-all: b, c\n"
        "always: yes\ncase: true\ndepth: 8\n"
        "sticky: 3\ncooldown: 5\nafter: 1\nrecursion: 2\npriority: -1\n"
        "order: 7\n\nText"
    )

    entry = read("e", text)

    conditions = (
        Condition("any", ("fish", "鱼")),
        Condition("all", ("a",)),
        Condition("not any", ("dog",)),
        Condition("not all", ("b", "c")),
    )
    assert (
        Entry(
            "e",
            "Text",
            ("/a{1,2}\\/b/i", "x"),
            conditions,
            always=True,
            cased=True,
            depth=8,
            sticky=3,
            cooldown=5,
            after=1,
            recursion=2,
            priority=-1,
            order=7,
        )
        == entry
    )


def test_what_is_always_known_needs_no_keys() -> None:
    """`always: true` stands for itself."""
    assert Entry("e", "Text", always=True) == read("e", "always: true\n\nText")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ["line 1: no keys; write `keys: ` and words, or `always: true`"]),
        ("sticky: 3\n\nText", ["line 1: no keys; write `keys: ` and words, or `always: true`"]),
        ("keys: a\n\n \n", ["no text; after the header stands an empty line, then what it knows"]),
        ("keys: ,，\n\nText", ["line 1: 'keys' is empty; write words after it, or take it out"]),
        ("keys: a\nkees: b\n\nText", ["line 2: unknown header 'kees'; did you mean 'keys'?"]),
        ("keys: a\nkeys: b\n\nText", ["line 2: 'keys' stands here twice; write it once"]),
        (
            "keys: a\nsticky: 三\nalways: maybe\ndepth: 0\n\nText",
            [
                "line 3: 'always' is 'maybe'; write true or false",
                "line 4: 'depth' is '0'; write a number from 1 to 100",
                "line 2: 'sticky' is '三'; write a number from 0 to 1000",
            ],
        ),
        (
            "keys: a\nA cat lives here, and it is very black indeed.\n\nText",
            ["line 2: 'A cat lives here, and it is very black i…' is no header, as `keys: cat`"],
        ),
        ("keys: a, /(x+)+/\n\nText", ["line 1: the pattern '/(x+)+/' has a repeat of what"]),
        ("keys: a\nzzzzzz: b\n\nText", ["line 2: unknown header 'zzzzzz'; known are keys, and,"]),
    ],
)
def test_mistakes(text: str, lines: list[str]) -> None:
    """Each mistake is one line that says where it is and what would be right."""
    with pytest.raises(ConfigError) as caught:
        read("e", text)

    told = sorted(str(caught.value).splitlines())
    assert [True] * len(lines) == [
        one.startswith(line) for one, line in zip(told, sorted(lines), strict=True)
    ]


@UNHURRIED
@given(st.text(max_size=120))
def test_any_text_is_an_entry_or_a_mistake(text: str) -> None:
    """Whatever a file holds, it is read or explained in lines that are not empty."""
    try:
        read("e", text)
    except ConfigError as error:
        told = str(error).split("\n")
    else:
        told = []

    assert all(re.match(r"line \d+: |no text", line) for line in told)
