"""Which earlier words a message answers, in a form that nobody can forge."""

from collections.abc import Mapping
from typing import Final

from anima.model import Heard, Quote, Scene, Speaker
from persona.material import shorten
from persona.names import label
from persona.posing import unposed
from persona.tokens import Counting

_RECENT: Final = 6
"""Whoever answers one of so many newest lines need not be told which."""
_TOKENS: Final = 120

Names = Mapping[str, str]


def authors(scene: Scene, taken: tuple[str, ...]) -> Names:
    """By address, what those are called whom somebody quotes in *scene*."""
    quoted = [one.quoted.speaker for one in scene.heard if one.quoted and one.quoted.speaker]
    if not quoted:
        return {}
    present = [line.speaker for line in scene.lines if line.speaker]
    return label([*quoted, *present, *(one.speaker for one in scene.heard)], taken)


def answering(one: Heard, scene: Scene, names: Names, count: Counting) -> str:
    """The mark before the words of *one* that tells what it answers; nothing where that is clear.

    *names* are the `authors`.
    """
    quote = one.quoted
    if quote is None or (not quote.chosen and _is_recent(quote, scene)):
        return ""
    words = shorten(unposed(" ".join(quote.text.split())), _TOKENS, count)
    return f"‹answers {_whose(quote.speaker, one.speaker, names)}: “{words}”› "


def _whose(quoted: Speaker | None, speaker: Speaker, names: Names) -> str:
    if quoted is None:
        return "you"
    return "themselves" if quoted.address == speaker.address else unposed(names[quoted.address])


def _is_recent(quote: Quote, scene: Scene) -> bool:
    whose, words = _address(quote.speaker), _letters(quote.text)
    return any(
        _address(line.speaker) == whose and _letters(line.text).startswith(words)
        for line in scene.lines[-_RECENT:]
    )


def _address(speaker: Speaker | None) -> str:
    return speaker.address if speaker else ""


def _letters(text: str) -> str:
    """*text* without the marks and gaps that a platform may show otherwise."""
    return "".join(char for char in text if char.isalnum())
