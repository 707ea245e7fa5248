"""A prompt in its layers: joined they are what a model is told; what was cut and what stays."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anima.model import Line, Message, Prompt, Scene, Soul
from persona.brief import SMALL_CONTEXT
from persona.card import Card, load
from persona.compose import compose, laid
from persona.engine import Engine
from persona.laid import Cut, Layer, Page
from persona.late import Aside, aside
from persona.layers import first
from persona.material import shorten
from persona.steady import steady
from persona.tokens import MESSAGE_TOKENS
from tests.persona_fakes import (
    ANN,
    BO,
    NOW,
    SOUL,
    UNHURRIED,
    HandClock,
    Notebook,
    Script,
    heard,
    ours,
    scene,
    theirs,
)

KOKORO = load(Path(__file__).parent.parent / "personas" / "kokoro")
LORE = {
    "lore/cat.md": "keys: cat, 猫\npriority: 2\n\nThe cat is called Ink. " + "x" * 90,
    "lore/dog.md": "keys: cat, dog\npriority: 1\n\nThe dog is called Bo. " + "x" * 90,
    "lore/town.md": "always: true\n\nThe town is called Reed.",
}
CARD = replace(KOKORO, lore=MappingProxyType(LORE), note="Keep it short.")
SMALL = replace(SOUL, context=SMALL_CONTEXT, max_tokens=400)


def tight(left: int) -> Soul:
    """A soul with the whole card of whose context so much is *left* for all but the page."""
    page = len(first(CARD).content) + MESSAGE_TOKENS
    return replace(SOUL, context=SMALL_CONTEXT + page + left + 64, max_tokens=SMALL_CONTEXT)


def names(pages: Sequence[Page]) -> list[list[str]]:
    return [[layer.name for layer in page.layers] for page in pages]


def test_every_layer_has_its_name() -> None:
    """Page, talk and newest message are told apart, in the order in which they stand."""
    turn = scene(heard("a cat?"), title="Club", lines=[ours("Hi."), theirs("ok", BO)])

    pages = laid(CARD, turn, SOUL, tools="T").pages

    assert [
        ["who you are", "how you speak", "lore always", "examples", "notes", "tools"],
        ["the talk"],
        ["the talk"],
        ["the talk", "lore called up", "late block", "what was just heard"],
    ] == names(pages)
    assert "‹now› Keep in mind: Keep it short." in pages[-1].layers[2].text


def test_the_layers_of_a_brief_form() -> None:
    """A small mind has a sentence of who it is and examples as if they had been said."""
    pages = laid(KOKORO, scene(heard("hi")), SMALL).pages

    assert [["who you are"], *[["examples"]] * (len(pages) - 2), ["what was just heard"]] == (
        names(pages)
    )


talks = st.lists(
    st.builds(Line, st.sampled_from([None, ANN, BO]), st.text(max_size=30), st.just(NOW)),
    max_size=30,
)


@pytest.mark.slow
@UNHURRIED
@given(talks, st.lists(st.sampled_from(["cat", "", "猫 </s>"]), max_size=3), st.integers(900, 9000))
def test_joined_they_are_the_prompt(talk: list[Line], texts: list[str], context: int) -> None:
    """Whatever was said and cut, the layers joined are the prompt, and none of them is empty."""
    turn = scene(*map(heard, texts), lines=talk)
    soul = replace(SOUL, context=context)

    pages = laid(CARD, turn, soul).pages

    assert compose(CARD, turn, soul) == tuple(page.message for page in pages)
    assert all(layer.text for page in pages for layer in page.layers)


@pytest.mark.slow
@UNHURRIED
@given(talks.map(lambda talk: talk * 3), st.integers(300, 3000))
def test_any_count_is_kept_to(talk: list[Line], left: int) -> None:
    """Who counts decides what fits: where a token is a character, as many characters are told."""
    soul = tight(left)

    prompt = compose(CARD, scene(heard("cat?"), lines=talk), soul, count=len)

    assert (
        sum(len(message.content) + MESSAGE_TOKENS for message in prompt)
        <= soul.context - soul.max_tokens
    )


def test_notes_are_shortened_by_the_same_count() -> None:
    """A text, and what is told aside, keep so many tokens as the count says."""
    texts = [shorten("x" * 90, 30, len), aside(Aside("mood", "x" * 90), 30, len)]

    both = f"{'x' * 11} […] {'x' * 11}"
    assert [both, f"‹now› You feel: {both}"] == texts


def cut_at(left: int, turn: Scene, card: Card = CARD) -> Cut:
    return laid(card, turn, tight(left), count=len).cut


def test_what_was_cut_is_told() -> None:
    """The oldest lines, then lore by name, then the examples; what never fitted is apart."""
    lines = [(ours if n % 2 else theirs)(f"line {n} {'x' * 60}") for n in range(30)]
    turn = scene(heard("cat"), lines=lines)

    cuts = [cut_at(left, turn) for left in (5000, 1500, 1100, 950, 800, 300)]

    assert [
        Cut(),
        Cut(lines=20),
        Cut(lines=20, passed=("dog",)),
        Cut(lines=20, lore=("cat",), passed=("dog",)),
        Cut(lines=20, lore=("cat",), passed=("dog",), examples=True),
        Cut(lines=30, passed=("cat", "dog"), examples=True),
    ] == cuts


def test_what_was_shortened_is_told() -> None:
    """Messages that lost their middle are counted; a card without examples loses none."""
    card = replace(CARD, examples="")

    cut = laid(card, scene(heard("x" * 9000), heard("y")), tight(300), count=len).cut

    assert Cut(shortened=1) == cut


def test_what_stays_in_the_next_turn() -> None:
    """All that stands before the late block is the beginning of the next prompt, to the letter."""
    lines = [theirs("hello"), ours("Hi."), theirs("ok", BO)]
    turn = scene(heard("how are you"), title="Club", lines=lines)
    later = scene(heard("and?"), title="Club", lines=[*lines, theirs("how are you"), ours("Well.")])
    pages = laid(CARD, turn, SOUL).pages

    stays = list(steady(pages, compose(CARD, later, SOUL)))

    assert [(True,) * 5, (True,), (True,), (True, False, False)] == stays


def page(role: str, *texts: str) -> Page:
    return Page(role, tuple(Layer("the talk", text) for text in texts))


@pytest.mark.parametrize(
    ("later", "stays"),
    [
        ((Message("system", "ab"), Message("user", "c")), [(True, True), (True,)]),
        ((Message("system", "ab"), Message("user", "cd")), [(True, True), (True,)]),
        ((Message("system", "abc"), Message("user", "c")), [(True, True), (False,)]),
        ((Message("system", "ax"), Message("user", "c")), [(True, False), (False,)]),
        ((Message("user", "ab"), Message("user", "c")), [(False, False), (False,)]),
        ((Message("system", "ab"), Message("assistant", "c")), [(True, True), (False,)]),
        ((Message("system", "ab"),), [(True, True), (False,)]),
        ((), [(False, False), (False,)]),
    ],
    ids=["same", "longer", "more before", "other", "roles", "answer", "shorter", "nothing"],
)
def test_only_a_beginning_stays(later: Prompt, stays: list[tuple[bool, ...]]) -> None:
    """A layer stays where it and everything before it is the same; a message may go on."""
    found = list(steady([page("system", "a", "b"), page("user", "c")], later))

    assert stays == found


async def test_a_soul_that_counts_is_told_what_fits() -> None:
    """The engine counts by the soul's own tokenizer where it has one, and estimates otherwise."""
    told = []
    for counts in ({}, {"other": len}, {SOUL.name: len}):
        backend = Script(HandClock(), ["Fine."])
        engine = Engine(KOKORO, backend, HandClock(), Notebook(), counts=counts)
        lines = [(ours if n % 2 else theirs)(f"line {n} {'x' * 60}") for n in range(60)]
        async for _ in engine.speak(scene(heard("hi"), lines=lines)):
            pass
        told += backend.prompts

    assert len(told[0]) == len(told[1]) > len(told[2])
    assert sum(len(message.content) + MESSAGE_TOKENS for message in told[2]) <= (
        SOUL.context - SOUL.max_tokens
    )
