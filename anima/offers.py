"""What the house offers people to ask for, as values of which each platform builds its own form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

Language = Literal["en", "zh", "ja"]
"""What the house speaks."""
Who = Literal["everyone", "admins"]
Kind = Literal[
    "version", "persona", "choice", "language", "share", "turn", "person", "word", "text"
]
"""*version*: a name that is served. *persona*: one of the house. *choice*: one of the argument's
options. *language*: the same, or what people call it. *share*: percent, or `off`. *turn*: the
reference of an answer. *person*: one word that means somebody. *word*: one word, or
what stands in quotes. *text*: the rest, as it stands."""

Help = Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class OfferedArgument:
    """Something that a command wants to be told. *shown* is how help writes it.

    *called* is its name in the languages that have one of their own for it. *otherwise* stands for
    it where it is not given and one after it is.
    """

    name: str
    kind: Kind
    shown: str
    help: Help
    options: tuple[str, ...] = ()
    required: bool = True
    called: Help = field(default_factory=dict)
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """One command, or one that only leads to its *subcommands*.

    *alone*: only in a private conversation. *aloud*: all who are there may read what comes of it;
    else it is for the asker. *speech*: it is no command but a way to say its argument, where people
    have no other. *only* are the platforms that have it; none: all. *called* as for an argument.
    """

    name: str
    help: Help
    who: Who = "everyone"
    arguments: tuple[OfferedArgument, ...] = ()
    subcommands: tuple["Offer", ...] = ()
    alone: bool = False
    aloud: bool = False
    speech: bool = False
    only: tuple[str, ...] = ()
    called: Help = field(default_factory=dict)

    def leaves(self, path: str = "") -> Iterator[tuple[str, "Offer"]]:
        """All that does something by itself, under its whole path: `model use`."""
        whole = f"{path} {self.name}".lstrip()
        if not self.subcommands:
            yield whole, self
        for one in self.subcommands:
            yield from one.leaves(whole)


Offers = tuple[Offer, ...]


def on(platform: str, offers: Offers) -> Offers:
    """Those of *offers* that *platform* has."""
    return tuple(one for one in offers if not one.only or platform in one.only)
