"""Taking Markdown out of bubbles, and leaving alone what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.plainly import plainly, so_far
from tests.persona_fakes import UNHURRIED

EXAMPLES = {
    "bold": ("**Sure!** I do", "Sure! I do"),
    "slanted": ("I *do* like _this_", "I do like this"),
    "both": ("***very*** and **a *little* b**", "very and a little b"),
    "underlined and struck": ("__x__ ~~y~~", "x y"),
    "Chinese": ("我**真的**好累，*真的*。", "我真的好累，真的。"),
    "a heading": ("# Plan\nfirst", "Plan\nfirst"),
    "bullets": ("- a\n* b\n  + c\n• d", "a\nb\nc\nd"),
    "numbers stay": ("1. a\n2. b", "1. a\n2. b"),
    "a quote": ("> she said so", "she said so"),
    "a rule": ("a\n---\nb\n* * *", "a\nb"),
    "only a rule": ("***", ""),
    "code": ("`**a**` and *b*", "`**a**` and b"),
    "a block of code": ("```\n# x\n- **a**\n```\n**b**", "```\n# x\n- **a**\n```\nb"),
    "a block of tildes": ("~~~\n- a\n~~~\n- b", "~~~\n- a\n~~~\nb"),
    "an address": ("http://x.example/a_b_c*d*", "http://x.example/a_b_c*d*"),
    "faces": (
        "(*^_^*) ^_^ T_T >_< (*ω*) *´▽`* _(:з」∠)_",
        "(*^_^*) ^_^ T_T >_< (*ω*) *´▽`* _(:з」∠)_",
    ),
    "tildes": ("好呀~~~ ♪~", "好呀~~~ ♪~"),
    "sums": ("2 * 3 * 4 and 5*6*7", "2 * 3 * 4 and 5*6*7"),
    "names": ("snake_case_name", "snake_case_name"),
    "a hash": ("#1 and #tag", "#1 and #tag"),
    "a minus": ("-5 degrees", "-5 degrees"),
    "open": ("**half", "**half"),
}


@pytest.mark.parametrize(("text", "plain"), EXAMPLES.values(), ids=EXAMPLES)
def test_marks_go_and_words_stay(text: str, plain: str) -> None:
    """Emphasis, headings and bullets go; code, numbers, faces and addresses stay."""
    assert plain == plainly(text)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("# Pl", "Pl"),
        ("a\n#", "a"),
        ("a **b", "a"),
        ("a **b** c", "a"),
        ("**a**\nb", "a\nb"),
        ("- `", ""),
        ("a\n```\nb", "a\n```"),
        ("a\n``", "a"),
        ("a\n--", "a"),
    ],
)
def test_drafts_wait_for_marks(text: str, sure: str) -> None:
    """A line is shown up to its first mark, until it is whole."""
    assert sure == so_far(text)


@pytest.mark.slow
@UNHURRIED
@given(st.text(alphabet="ab *_~`#->\n1.好", max_size=24))
def test_drafts_only_grow(text: str) -> None:
    """However a text is cut, what was shown of it stays its beginning."""
    beginnings = [so_far(text[:end]) for end in range(len(text) + 1)]

    assert all(plainly(text).startswith(beginning) for beginning in beginnings)


@UNHURRIED
@given(st.text(alphabet="ab *_~`#-\n1.好", max_size=40))
def test_no_letter_is_lost(text: str) -> None:
    """Only marks and white space go."""
    assert [c for c in text if c.isalnum()] == [c for c in plainly(text) if c.isalnum()]
