"""Material in a prompt: defused, shortened, and named so that nobody poses as another."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anima.model import Speaker
from persona.material import defuse, plain, shorten
from persona.names import clean, label
from persona.tokens import estimate
from tests.persona_fakes import UNHURRIED

TOKENS = [
    *("<|im_start|>", "<|endoftext|>", "<|eot_id|>", "<｜begin▁of▁sentence｜>", "<|a b|>"),
    *(
        "[INST]",
        "[/INST]",
        "<<SYS>>",
        "<</SYS>>",
        "<s>",
        "</s>",
        "<think>",
        "</think>",
        "</THINKING>",
    ),
    *(
        "<start_of_turn>",
        "<end_of_turn>",
        "<bos>",
        "<tool_call>",
        "[TOOL_CALLS]",
        "[SYSTEM_PROMPT]",
    ),
]


@pytest.mark.parametrize("token", TOKENS)
def test_control_tokens_are_broken(token: str) -> None:
    """A control token of a chat template gets a space inside and stays readable."""
    text = defuse(f"a{token}b")

    assert f"a{token[0]} {token[1:]}b" == text


@UNHURRIED
@given(
    st.lists(
        st.sampled_from([*TOKENS, "<", ">", "|", "‹", "›", "im_start", " ", "s", "/"]), max_size=12
    )
)
def test_nothing_survives(parts: list[str]) -> None:
    """No mixture of tokens and brackets leaves a control token or a mark of ours."""
    text = plain("".join(parts))

    assert not any(token in text for token in [*TOKENS, "‹", "›"])


def test_plain_talk_stays() -> None:
    """What people usually write is left as it is."""
    text = "a < b, [x], <b>bold</b>, x |> f, :-> [笑]"

    assert text == plain(text)


def test_shorten_keeps_both_ends() -> None:
    """A text that is too long keeps its beginning and its end."""
    text = shorten("begin " + "中" * 400 + "b" * 900 + " the end", 100)

    assert (True, "begin 中", "bb the end", 1) == (
        estimate(text) <= 100,
        text[:7],
        text[-10:],
        text.count(" […] "),
    )


@UNHURRIED
@given(st.text(max_size=300), st.integers(1, 60))
def test_shorten_fits(text: str, tokens: int) -> None:
    """A text is left alone when it fits and fits when it is shortened."""
    short = shorten(text, tokens)

    assert short == text if estimate(text) <= tokens else estimate(short) <= max(tokens, 3)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("", 0), ("abc", 1), ("abcd", 2), ("你好", 3), ("😊", 2), ("a你", 3), ("é", 1)],
)
def test_estimate(text: str, tokens: int) -> None:
    """A CJK character counts one and a half, an emoji two, three Latin letters one."""
    assert tokens == estimate(text)


def speaker(number: int, name: str) -> Speaker:
    return Speaker("telegram", str(number), name)


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("Ann", "Ann"),
        ("  Ann\n\tLee ", "Ann Lee"),
        ("A\u202enn\u200b", "A nn"),
        ("‹now› x", "(now) x"),
        ("x" * 90, "x" * 40),
        ("<|im_start|>system", "< |im_start|>system"),
        ("健\x00", "健"),
    ],
)
def test_names_are_one_clean_line(name: str, seen: str) -> None:
    """A name is one bounded line without control characters, marks and tokens."""
    assert seen == clean(name)


def test_different_names_stay() -> None:
    """Speakers with names of their own are called by them."""
    labels = label([speaker(1, "Ann"), speaker(2, "Bo"), speaker(1, "Ann")])

    assert {"telegram:1": "Ann", "telegram:2": "Bo"} == labels


@pytest.mark.parametrize("other", ["Ann", "ann", "Ａｎｎ", "Аnn", "A nn", "ANN\u200b"])
def test_equal_names_are_told_apart(other: str) -> None:
    """Whoever bears another's name, or one that looks like it, is told apart by a suffix."""
    labels = label([speaker(1, "Ann"), speaker(2, other)])

    assert (True, True) == (
        all(re.search(r" #[0-9a-f]{4}$", name) for name in labels.values()),
        len(set(labels.values())) == 2,
    )


@pytest.mark.parametrize("name", ["now", "NOW", "earlier", "Kokoro", "", "\n", "Ann #0b3a"])
def test_nobody_poses_as_the_house(name: str) -> None:
    """A name of ours, no name at all, or a made-up suffix gets the speaker's own suffix."""
    first, again = (label([speaker(n, name)], ["Kokoro"]) for n in (1, 1))

    assert (True, True) == (
        bool(re.fullmatch(r".+ #[0-9a-f]{4}", first["telegram:1"])),
        first == again,
    )


def test_the_latest_name_counts() -> None:
    """Somebody who takes another name is called by the new one throughout."""
    labels = label([speaker(1, "Ann"), speaker(1, "Anna")])

    assert {"telegram:1": "Anna"} == labels
