"""`anima persona check`: what a persona's folder holds, what is wrong there, and what it lacks."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

from anima.errors import ConfigError
from persona.card import Card, load
from persona.language import guess
from persona.layers import first
from persona.tokens import estimate
from service.shipped import found

SHALLOW_WORDS: Final = 150
"""A profile that is shorter gives a model little to be somebody by."""

CHARACTERS_A_WORD: Final = 1.7
"""So many characters of Chinese and Japanese say what a spaced word says."""

HEAVY_TOKENS: Final = 3000
"""The first message goes out with every turn; a longer one crowds out what was said."""

CJK: Final = re.compile(r"[぀-ヿ㐀-䶿一-鿿가-힯]")
HEADING: Final = re.compile(r"^#+\s*(.+)$", re.MULTILINE)
BOUNDARIES: Final = re.compile(
    r"stop|bound|limit|never|refus|won't|will not|does not do|line"
    r"|界|底线|底線|不会|不會|不做|拒绝|しない|断|限",
    re.IGNORECASE,
)


def check(path: Path, write: TextIO) -> int:
    """Write what the persona at *path* is and what it lacks, or its mistakes; 1 for a mistake."""
    try:
        card = load(found(path))
    except ConfigError as mistakes:
        write.writelines(f"WRONG {line}\n" for line in str(mistakes).splitlines())
        return 1
    write.write(
        f"ok    {card.name}, languages: {', '.join(card.languages)}, "
        f"first message: about {_tokens(card)} tokens, revision: {card.revision}\n"
    )
    write.writelines(f"hint  {hint}\n" for hint in hints(card))
    return 0


def hints(card: Card) -> list[str]:
    """What would make *card* deeper, a line each; the card works without."""
    return [*_of_profile(card), *_of_examples(card), *_of_languages(card)]


def _of_profile(card: Card) -> Iterator[str]:
    if (words := count(card.profile)) < SHALLOW_WORDS:
        yield (
            f"profile.md has about {words} words; with {SHALLOW_WORDS} it becomes somebody: "
            "character, habits of speech, what it knows, with whom"
        )
    if not any(BOUNDARIES.search(heading) for heading in HEADING.findall(card.profile)):
        yield "profile.md has no section on where it stops; say what it declines, and how"
    if (tokens := _tokens(card)) > HEAVY_TOKENS:
        yield f"the first message has about {tokens} tokens, sent with every turn; shorten it"


def _of_examples(card: Card) -> Iterator[str]:
    if not card.examples:
        yield "examples.md is missing; a few short exchanges show its tone better than rules"
        return
    said = {guess(line) for line in card.examples.splitlines() if line.strip()}
    for code in card.languages:
        if code not in said:
            yield f"examples.md has no line in {code!r}; one or two keep its voice there"


def _of_languages(card: Card) -> Iterator[str]:
    for code in card.languages:
        if code not in card.manners:
            yield f"[manners] has no {code!r}; say how it speaks in that language"
        if code not in card.greeting:
            yield f"[greeting] has no {code!r}; newcomers are greeted in another language"
        if code not in card.names:
            yield f"[names] has no {code!r}; groups may call it by a name that it does not know"


def count(text: str) -> int:
    """About how many words *text* has, in any script."""
    spaced = CJK.sub(" ", text).split()
    words = [word for word in spaced if any(map(str.isalnum, word))]
    return len(words) + int(len(CJK.findall(text)) / CHARACTERS_A_WORD)


def _tokens(card: Card) -> int:
    return estimate(first(card).content)
