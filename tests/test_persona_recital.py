"""What a model says when it recites the page that tells it who it is."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.brief import brief
from persona.card import load
from persona.layers import first
from persona.lore_shelf import shelf
from persona.recital import Recital
from tests.persona_fakes import UNHURRIED

PERSONAS = Path(__file__).parents[1] / "personas"
CARD = load(PERSONAS / "kokoro")
PAGE = first(CARD)
RECITAL = Recital(PAGE, CARD)
OWN = [line.removeprefix("- ") for line in CARD.examples.splitlines() if line]
LONG = [
    line
    for line in PAGE.content.splitlines()
    if len(line) >= 42 and line.removeprefix("- ") not in OWN
]


@pytest.mark.parametrize(
    "bubble",
    [
        "## With whom\n- Sensei",
        "# Who you are",
        "Sure!\nYou say things and do not narrate what you do. This page is yours alone",
        "\n- Praise makes you flustered and you change the subject badly.",
    ],
)
def test_recited(bubble: str) -> None:
    """A heading at the beginning or a long piece of the page in any line is a recital."""
    assert RECITAL.holds(bubble)


@pytest.mark.parametrize(
    "bubble",
    [
        *OWN,
        *CARD.greeting.values(),
        "",
        "# Shopping\n- tea",
        "One good question, not five.",
        "You say things and do not narrate what you do.\u2026".replace("say", "tell"),
        "A lone \ud800 surrogate in a line that is long enough to be looked for.",
    ],
)
def test_not_recited(bubble: str) -> None:
    """Examples, greetings, headings of its own and short coincidences are speech."""
    assert not RECITAL.holds(bubble)


@pytest.mark.slow
@UNHURRIED
@given(st.sampled_from(LONG), st.text(max_size=40), st.text(max_size=40))
def test_wherever_it_stands(line: str, before: str, after: str) -> None:
    """A long line of the page is found whatever is said around it."""
    assert RECITAL.holds(f"{before} {line.removeprefix('- ')} {after}")


@pytest.mark.parametrize("code", CARD.languages)
def test_the_brief_form(code: str) -> None:
    """The words of a brief form are never said, its answers may be."""
    system, *turns = brief(CARD, code)
    recital = Recital(system, CARD)

    held = [recital.holds(message.content) for message in (system, *turns)]

    assert [True, *[False] * len(turns)] == held


def test_what_it_always_knows_may_be_said() -> None:
    """Lore is there to be told, word for word too."""
    fact = (
        "The harbour of Lune freezes over in the second week of January, and all bells are still."
    )
    card = replace(CARD, lore={"lore/lune.md": f"always: true\n\n{fact}"})

    recital = Recital(first(card), card)

    assert not recital.holds(fact)
    assert fact in first(card).content


def test_a_books_own_rules_hold() -> None:
    """How deep a card's book is scanned is the book's word."""
    entry = {"keys": ["Lune"], "content": "A harbour.", "enabled": True, "insertion_order": 1}

    read = shelf(replace(CARD, book=(entry,), rules={"scan_depth": 2})).lore.entries

    assert [2] == [one.depth for one in read]
