"""The brief form of a card, for small minds: a few sentences and a few turns in one language.

A small model recites a long page and takes its rules for talk. What it follows is an example: an
exchange that stands before the talk as if it had been said. Measured with the built-in model.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from anima.model import Message, Soul
from persona.card import Card
from persona.language import guess
from persona.material import defuse
from persona.slip_words import Stance
from persona.tongue import LANGUAGES

SMALL_CONTEXT: Final = 4096
"""Whoever takes no more than this has about a billion parameters or a processor for a machine:
a whole card would be recited, or cost a quarter of the room and many seconds."""

_ROLES: Final[tuple[Literal["user", "assistant"], ...]] = ("user", "assistant")
_STANCES: Final[Mapping[Stance, str]] = MappingProxyType(
    {
        "open": "You are an AI and say so when asked.",
        "character": "You never call yourself an AI or a bot, nor a human.",
    }
)
_EXCHANGES = 2  # out of the card's examples; a brief form of its own has as many as it likes


def small(soul: Soul) -> bool:
    """Whether *soul* is told the brief form of a card."""
    return soul.context <= SMALL_CONTEXT


def brief(card: Card, code: str, *, examples: bool = True) -> tuple[Message, ...]:
    """What stands before a talk in the language *code*: the system message, then *examples*.

    It is the same, byte for byte, for the same card and language.
    """
    written = card.brief.get(code) or card.brief.get("") or card.profile.split("\n\n")[0]
    prose, exchanges = _parted(written)
    if code not in card.brief:
        prose = f"You are {card.name}. {prose}\n{_told(card, code)}"
    system = Message("system", defuse(prose))
    if not examples:
        return (system,)
    return system, *_turns(exchanges or _spoken_in(card.examples, code))


def _parted(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The prose of *text*, and the exchanges in it."""
    lines = text.split("\n")
    prose = " ".join(filter(None, (line.strip() for line in lines if not line.startswith("- "))))
    return prose, _exchanges(lines)


def _exchanges(lines: list[str]) -> list[tuple[str, str]]:
    """What was said and what was answered, from *lines* that alternate behind a dash."""
    said = [line[2:].strip() for line in lines if line.startswith("- ")]
    return list(zip(said[::2], said[1::2], strict=False))


def _spoken_in(examples: str, code: str) -> list[tuple[str, str]]:
    pairs = _exchanges(examples.split("\n"))
    return [pair for pair in pairs if guess(pair[1], guess(pair[0])) == code][:_EXCHANGES]


def _turns(exchanges: list[tuple[str, str]]) -> list[Message]:
    return [
        Message(role, defuse(text))
        for exchange in exchanges
        for role, text in zip(_ROLES, exchange, strict=True)
    ]


def _told(card: Card, code: str) -> str:
    parts = [f"Your name is {card.names[code][0]}."] if code in card.names else []
    if address := card.address.get(code):
        parts.append(f"You call the person you talk with {address}.")
    parts.append(_STANCES[card.stance])
    parts.append(f"Answer in {LANGUAGES.get(code, code)}, in a sentence or two.")
    return " ".join(parts)
