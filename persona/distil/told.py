"""A stretch of talk as whoever distils it sees it: lines, and what is known already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, get_args

from anima.model import Speaker
from persona.facts.kinds import Slot
from persona.language import guess, latest
from persona.names import label

SLOTS: Final[tuple[Slot, ...]] = get_args(Slot)
"""What a fact may be about."""


@dataclass(frozen=True, slots=True)
class Told:
    """One line. *id* is its memory, *speaker* an address, empty for us; *at* is by their clock."""

    id: int
    speaker: str
    name: str
    text: str
    at: datetime
    language: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A fact that is remembered of *speaker*; *subject* is empty where it is about themself.

    *norm* is its value as values are compared.
    """

    id: int
    speaker: str
    subject: str
    slot: str
    text: str
    hearsay: bool = False
    norm: str = ""


def words_of(text: str) -> frozenset[str]:
    """The words of *text*, as a list of words is written down."""
    return frozenset(text.split())


def called(lines: Sequence[Told], ours: str) -> dict[str, str]:
    """By address, what each speaker is called in a prompt in which we are *ours*."""
    people = [_speaker(line) for line in lines if line.speaker]
    return {**label(people, [ours]), "": ours}


def language_of(lines: Sequence[Told]) -> str:
    """The language in which most is said in *lines*, by people where any of them speaks."""
    heard = [line for line in lines if line.speaker] or list(lines)
    spoken: dict[str, int] = {}
    for line in heard:
        code = guess(line.text, line.language or latest([one.text for one in heard], "en"))
        spoken[code] = spoken.get(code, 0) + len(line.text.encode("utf-8", "replace"))
    return max(spoken, key=lambda code: spoken[code], default="en")


def _speaker(line: Told) -> Speaker:
    platform, _, number = line.speaker.partition(":")
    return Speaker(platform, number, line.name)
