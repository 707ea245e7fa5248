"""What a command is: its name, its arguments, who may use it, and how it is done.

Platforms that take text read it with `service.commands.reading`; one with commands of its own
builds them from the same values: arguments are typed and named, and `version` can be completed
from the names that are served.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from anima import offers
from anima.orders import Obeyed, Order
from service.commands.words import Language, Words

Who = offers.Who
Kind = offers.Kind


@dataclass(frozen=True, slots=True)
class Argument:
    """Something that a command wants to be told. *shown* is how help writes it.

    *otherwise* stands for it where it is not given and one after it is.
    """

    name: str
    kind: Kind
    shown: str
    help: Words
    options: tuple[str, ...] = ()
    required: bool = True
    otherwise: str = ""
    retired: bool = False
    """Of kind version: one that is no longer served will do, too."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A command as it was understood: the values of its arguments by name."""

    order: Order
    language: Language
    given: Mapping[str, str]


How = Callable[[Wish], Awaitable[Obeyed]]


async def nothing(wish: Wish) -> Obeyed:
    """What a command does that leaves it to its subcommands."""
    del wish
    return Obeyed("")


@dataclass(frozen=True, slots=True)
class Command:
    """One command, or one that has *subcommands* and does nothing by itself.

    *alone*: only in a private conversation. *open_ended*: whatever follows is let pass. *aloud*:
    all who are there may read the answer, where a platform can show it to the asker alone.
    *speech*: it is read as its argument alone, where people have no other way to talk to us. *only*
    are the platforms that have it; none: all.
    """

    name: str
    help: Words
    who: Who = "everyone"
    arguments: tuple[Argument, ...] = ()
    subcommands: tuple["Command", ...] = ()
    how: How = nothing
    alone: bool = False
    open_ended: bool = False
    aloud: bool = False
    speech: bool = False
    only: tuple[str, ...] = ()


Table = tuple[Command, ...]


def at(platform: str, table: Table) -> Table:
    """What is written as a command there."""
    return tuple(one for one in table if not one.speech and platform in (one.only or (platform,)))


def form(path: str, command: Command) -> str:
    """How *command* is written: `/model use NAME [here|everywhere]`."""
    shown = (one.shown if one.required else f"[{one.shown}]" for one in command.arguments)
    return " ".join([f"/{path}", *shown])
