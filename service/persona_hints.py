"""What would make a persona deeper: a few lines of a card are a mask, days of them are somebody."""

import re
from collections.abc import Iterator
from typing import Final

from persona.brief import SMALL_CONTEXT
from persona.card import Card
from persona.character import contradictions
from persona.language import guess
from persona.layers import first
from persona.tokens import estimate

SHALLOW_WORDS: Final = 150
"""A profile that is shorter gives a model little to be somebody by."""

FEW_EXCHANGES: Final = 2
"""In each language: one may be chance, two have a tone in common."""

CHARACTERS_A_WORD: Final = 1.7
"""So many characters of Chinese and Japanese say what a spaced word says."""

HEAVY_TOKENS: Final = 3000
"""The first message goes out with every turn; a longer one crowds out what was said."""

LONG_GREETING: Final = 600
"""Nobody who says hello reads a page in a messenger."""

CJK: Final = re.compile(r"[぀-ヿ㐀-䶿一-鿿가-힯]")
HEADING: Final = re.compile(r"^#+\s*(.+)$", re.MULTILINE)
BOUNDARIES: Final = re.compile(
    r"stop|bound|limit|never|refus|won't|will not|does not do|line"
    r"|界|底线|底線|不会|不會|不做|拒绝|しない|断|限",
    re.IGNORECASE,
)
TRAITS: Final = re.compile(
    r"charact|personal|temper|extraver|introver|性格|人格|気質|性分", re.IGNORECASE
)


def hints(card: Card) -> list[str]:
    """What would make *card* deeper, a line each; the card works without."""
    parts = (_of_profile, _of_examples, _of_languages, _of_greetings)
    return [hint for part in parts for hint in part(card)] + contradictions(card.nature)


def depth(card: Card) -> str:
    """How much of somebody *card* is, in a word or some."""
    if count(card.profile) < SHALLOW_WORDS:
        return "a sketch"
    return "a portrait" if hints(card) else "somebody"


def tokens(card: Card) -> int:
    """About what the first message costs with every turn."""
    return estimate(first(card).content)


def count(text: str) -> int:
    """About how many words *text* has, in any script."""
    spaced = CJK.sub(" ", text).split()
    words = [word for word in spaced if any(map(str.isalnum, word))]
    return len(words) + int(len(CJK.findall(text)) / CHARACTERS_A_WORD)


def _of_profile(card: Card) -> Iterator[str]:
    headings = HEADING.findall(card.profile)
    if (words := count(card.profile)) < SHALLOW_WORDS:
        yield (
            f"profile.md has about {words} words; with {SHALLOW_WORDS} it becomes somebody: "
            "character, habits of speech, what it knows, with whom"
        )
    if not card.nature.boundaries and not any(map(BOUNDARIES.search, headings)):
        yield "profile.md has no section on where it stops; say what it declines, and how"
    if not card.nature.traits and not any(map(TRAITS.search, headings)):
        yield "nothing says its character; give it [character] numbers, and how each shows"
    if (heavy := tokens(card)) > HEAVY_TOKENS:
        yield f"the first message has about {heavy} tokens, sent with every turn; shorten it"
        if not card.brief:
            yield f"brief.md is missing; models of {SMALL_CONTEXT} tokens get the first paragraph"


def _of_examples(card: Card) -> Iterator[str]:
    if not card.examples:
        yield "examples.md is missing; a few short exchanges show its tone better than rules"
        return
    said = [guess(line) for line in card.examples.splitlines() if line.strip()]
    for code in card.languages:
        if code not in said:
            yield f"examples.md has no line in {code!r}; one or two keep its voice there"
        elif said.count(code) < 2 * FEW_EXCHANGES:
            yield f"examples.md has one exchange in {code!r}; two or three have a tone in common"


def _of_languages(card: Card) -> Iterator[str]:
    for code in card.languages:
        if code not in card.manners:
            yield f"[manners] has no {code!r}; say how it speaks in that language"
        if code not in card.greeting:
            yield f"[greeting] has no {code!r}; newcomers are greeted in another language"
        if code not in card.names:
            yield f"[names] has no {code!r}; groups may call it by a name that it does not know"
        if code not in card.address:
            yield f"[address] has no {code!r}; say what it calls people there"


def _of_greetings(card: Card) -> Iterator[str]:
    for code, text in card.greeting.items():
        if len(text) > LONG_GREETING:
            yield f"[greeting] {code!r} has {len(text)} characters; a messenger shows a few lines"
