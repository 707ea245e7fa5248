"""A prompt before it is joined: each message in its layers, and what found no room."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from anima.model import Message, Picture, Prompt

Role = Literal["system", "user", "assistant"]

Name = Literal[
    "who you are",
    "how you speak",
    "lore always",
    "examples",
    "notes",
    "tools",
    "the talk",
    "lore called up",
    "late block",
    "what was just heard",
]
"""What the layers of a prompt are called, in the order in which they stand."""


class Layer(NamedTuple):
    """A stretch of a message. *text* begins with the gap to what stands before it."""

    name: Name
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A message made of *layers*, which joined are its content, with its *pictures*."""

    role: Role
    layers: tuple[Layer, ...]
    pictures: tuple[Picture, ...] = ()

    @property
    def message(self) -> Message:
        """The layers as a model is told them."""
        return Message(self.role, "".join([layer.text for layer in self.layers]), self.pictures)

    def without(self, name: Name) -> "Page":
        """All but the layers of this *name*, of which none may be the first."""
        return Page(self.role, tuple(layer for layer in self.layers if layer.name != name))


def spaced(texts: Iterable[tuple[Name, str, str]]) -> Iterator[Layer]:
    """A layer for each name, gap and text; where there is no text there is neither."""
    begun = False
    for name, gap, text in texts:
        if text:
            yield Layer(name, gap + text if begun else text)
            begun = True


@dataclass(frozen=True, slots=True)
class Cut:
    """What found no room: so many of the oldest *lines*, the *examples*, and entries of *lore*.

    *passed* are entries that were more than lore may take, *shortened* messages of what was heard.
    """

    lines: int = 0
    lore: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    examples: bool = False
    shortened: int = 0


@dataclass(frozen=True, slots=True)
class Laid:
    """All of a prompt: what never changes, the *talk*, and its *newest* message."""

    opening: tuple[Page, ...]
    talk: Prompt
    newest: Page
    cut: Cut

    @property
    def prompt(self) -> Prompt:
        """What a model is told."""
        return *(page.message for page in self.opening), *self.talk, self.newest.message

    @property
    def pages(self) -> tuple[Page, ...]:
        """The same, message by message, in layers."""
        talk = (Page(turn.role, (Layer("the talk", turn.content),)) for turn in self.talk)
        return *self.opening, *talk, self.newest
