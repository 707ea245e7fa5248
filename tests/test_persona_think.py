"""The thought filter: what of a stream is speech."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.think import Thoughts
from tests.persona_fakes import UNHURRIED

EXAMPLES = {
    "plain speech": ("hello", "hello"),
    "a thought": ("<think>hm</think>hello", "hello"),
    "the longer tag": ("<thinking>hm</thinking>hello", "hello"),
    "capitals": ("<THINK>hm</Think>hello", "hello"),
    "several": ("a<think>x</think>b<think>y</think>c", "abc"),
    "unclosed": ("hello<think>I should", "hello"),
    "only a thought": ("<think>hm</think>", ""),
    "nested": ("<think>a<think>b</think>c</think>d", "d"),
    "nested without space": ("<think>a<think>b</think></think>d", "d"),
    "nested and reopened": ("<think>a<think>b</think>c<think>d</think>e</think>f", "f"),
    "nested and unfinished": ("<think>a<think>b</think>c", "c"),
    "nested, then a thought to the end": ("<think>a<think>b</think>c<think>d", ""),
    "opened twice": ("<think>\n<think>a</think>d", "d"),
    "closed twice": ("hi <think>a</think>\n</think>d", "hi \nd"),
    "a missing opening tag": ("the person greets me</think>hello", "hello"),
    "two missing opening tags": ("a</think>b</think>c", "c"),
    "only a closing tag": ("</think>hello", "hello"),
    "a stray tag at the end": ("all of it</think>", ""),
    "a tag spoken about": (
        "write `<think>` and `</think>` around",
        "write `<think>` and `</think>` around",
    ),
    "a tag spoken about in a thought": ("<think>is `</think>` a tag?</think>yes", "yes"),
    "a tick before a tag": ("`<think>hm</think>x", "`x"),
    "a tick before a tag at the end": ("hi `<think>", "hi `"),
    "no tag at all": ("1 < 2 and <b>bold</b> `code` <thin", "1 < 2 and <b>bold</b> `code` <thin"),
}


def spoken(pieces: list[str]) -> str:
    """All speech of a stream of which nothing leaves before its end."""
    thoughts, said, strays = Thoughts(), "", 0
    for give in [*(lambda piece=piece: thoughts.feed(piece) for piece in pieces), thoughts.close]:
        new = give()
        said, strays = (said if thoughts.strays == strays else "") + new, thoughts.strays
    return said


@pytest.mark.parametrize(("text", "speech"), EXAMPLES.values(), ids=EXAMPLES)
@pytest.mark.parametrize("size", range(1, 13))
def test_speech_at_every_cut(text: str, speech: str, size: int) -> None:
    """Speech comes out whole and thoughts stay in, however the stream is cut."""
    pieces = [text[at : at + size] for at in range(0, len(text), size)]

    said = spoken(pieces)

    assert speech == said


@pytest.mark.parametrize(("text", "speech"), EXAMPLES.values(), ids=EXAMPLES)
def test_speech_at_every_single_cut(text: str, speech: str) -> None:
    """Speech is the same for a stream of two pieces, wherever they part."""
    said = {spoken([text[:at], text[at:]]) for at in range(len(text) + 1)}

    assert {speech} == said


pieces_of_streams = st.lists(
    st.sampled_from(
        [
            "<think>",
            "</think>",
            "<thinking>",
            "</thinking>",
            "<",
            "</",
            "think",
            ">",
            "`",
            " ",
            "a",
            "b\n",
        ]
    ),
    max_size=24,
)


@pytest.mark.slow
@UNHURRIED
@given(pieces_of_streams, st.integers(1, 9))
def test_any_stream_at_any_cut(pieces: list[str], size: int) -> None:
    """Any mixture of tags and broken tags gives the same speech for every cut."""
    text = "".join(pieces)

    said = spoken([text[at : at + size] for at in range(0, len(text), size)])

    assert spoken([text]) == said


@pytest.mark.slow
@UNHURRIED
@given(st.lists(st.tuples(st.booleans(), st.text("ab c<>`/\n", min_size=1)), max_size=8))
def test_proper_thoughts_agree_with_a_plain_scan(parts: list[tuple[bool, str]]) -> None:
    """A stream of proper thoughts says exactly what a scan of the whole text finds outside."""
    text = "".join(
        f"x<think>x{part}</think>x" if thought else f"x{part}x" for thought, part in parts
    )

    said = spoken(list(text))

    assert re.sub(r"<think>.*?</think>", "", text, flags=re.DOTALL) == said


@pytest.mark.slow
@UNHURRIED
@given(pieces_of_streams)
def test_an_unfinished_thought_is_never_said(pieces: list[str]) -> None:
    """Whatever came before, nothing behind an opening tag that stays open is said."""
    said = spoken(["".join(pieces).replace("`", ""), "a<think>a", "secret"])

    assert "secret" not in said


def test_speech_streams_at_once() -> None:
    """Speech without a tag is not held back at all."""
    thoughts = Thoughts()

    said = [thoughts.feed(delta) for delta in ("Hel", "lo <", "3 you")]

    assert ["Hel", "lo ", "<3 you"] == said


def test_counts() -> None:
    """Thoughts that ended properly and closing tags without a beginning are counted apart."""
    thoughts = Thoughts()

    thoughts.feed("a</think>b<think>c</think>d")

    assert (1, 1) == (thoughts.strays, thoughts.marked)
