"""What a persona is like, in the few lines of the page that tells a model who it is."""

from collections.abc import Iterator
from typing import Final

from persona.card import Card
from persona.nature import TRAITS, Habits, Nature, Trait
from persona.trait_words import HIGH, LETTERS, LOW, SHOWS, TONES

_SIGNS: Final = ("emoji", "kaomoji", "codes such as [微笑]")


def character(card: Card, code: str = "") -> str:
    """What *card* says of its nature in the language *code*, or without one what holds in all.

    The same for the same card, byte for byte; empty where it says nothing.
    """
    lines = _spoken(card.nature, code) if code else _always(card.nature)
    return (" " if code else "\n").join(lines)


def contradictions(nature: Nature) -> list[str]:
    """Where its type says another thing than its numbers, a line each."""
    return [
        f"[character] mbti has {letter!r}, but {trait} is {nature.traits[trait]};"
        " one of them will not be believed"
        for letter in nature.mbti
        for trait, high in [LETTERS[letter]]
        if trait in nature.traits and _third(nature.traits[trait]) == (0 if high else 2)
    ]


def _always(nature: Nature) -> Iterator[str]:
    if nature.traits:
        yield f"Character, {nature.mbti or 'in numbers'}, 0 to 100:"
    elif nature.mbti:
        yield f"Character: {nature.mbti}."
    for trait in TRAITS:
        if trait in nature.traits or trait in nature.shows:
            yield _trait(nature, trait)
    if nature.owner:
        yield f"To the one you belong to: {nature.owner}"
    if nature.strangers:
        yield f"To strangers: {nature.strangers}"
    if signs := _signs(nature.habits):
        yield signs
    if nature.boundaries:
        yield f"Where you stop: {'; '.join(text.rstrip('.;。；') for text in nature.boundaries)}."


def _trait(nature: Nature, trait: Trait) -> str:
    if trait not in nature.traits:
        return f"{trait.capitalize()}: {nature.shows[trait]}"
    number = nature.traits[trait]
    shows = nature.shows.get(trait) or SHOWS[trait][_third(number)]
    return f"{trait.capitalize()} {number}: {shows}"


def _third(number: int) -> int:
    return (number > LOW) + (number >= HIGH)


def _signs(habits: Habits) -> str:
    said = [
        f"{sign} {often}"
        for often, sign in zip((habits.emoji, habits.kaomoji, habits.emotes), _SIGNS, strict=True)
        if often
    ]
    if not habits.markdown:
        said.append("no markdown")
    return f"You type {', '.join(said)}." if said else ""


def _spoken(nature: Nature, code: str) -> Iterator[str]:
    if tone := nature.tone.get(code):
        yield TONES.get(code, {}).get(tone, tone).replace("\n", " ")
    if particles := nature.habits.particles.get(code):
        yield f"You like {' '.join(particles)}."
    if punctuation := nature.habits.punctuation.get(code):
        yield f"Punctuation: {punctuation}"
