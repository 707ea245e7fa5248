"""Who plays where: several personas may live in one house, and each talk is with one of them."""

from dataclasses import dataclass, field
from typing import Protocol

from anima.deliver import Drawn, Reaction, Shown, no_reaction, no_sticker
from anima.model import Claim
from anima.pace import Pace
from anima.ports import Persona


@dataclass(frozen=True, slots=True)
class Role:
    """A persona under the *name* that the house knows it by, with its *pace*.

    *shown* makes what people see of what it says; *drawn* finds the sticker that a text stands for,
    and *reaction* the face of one that is a reaction.
    """

    name: str
    persona: Persona
    pace: Pace = field(default_factory=Pace)
    shown: Shown = str
    drawn: Drawn = no_sticker
    reaction: Reaction = no_reaction


class Cast(Protocol):
    """Every persona of the house."""

    def of(self, claim: Claim) -> Role:
        """Who plays in this conversation: whom somebody chose for it, else who is at home there.

        Whoever was chosen and is not there any more is nobody's choice.
        """
