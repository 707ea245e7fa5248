"""Who plays where: several personas may live in one house, and each talk is with one of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from anima.deliver import Drawn, Reaction, Shown, no_reaction, no_sticker
from anima.model import Claim, Scene
from anima.pace import Pace
from anima.ports import Persona
from anima.sound import Manner, Voicing

Chooses = Callable[[Scene, Voicing], bool]
"""Whether a persona likes to speak now to somebody who would be answered aloud."""


def willing(scene: Scene, voicing: Voicing) -> bool:
    """Whoever is asked to speak does."""
    del scene, voicing
    return True


@dataclass(frozen=True, slots=True)
class Role:
    """A persona under the *name* that the house knows it by, with its *pace*.

    *shown* makes what people see of what it says; *drawn* finds the sticker that a text stands for,
    and *reaction* the face of one that is a reaction. *manner* is how it speaks aloud, if it
    *chooses* to.
    """

    name: str
    persona: Persona
    pace: Pace = field(default_factory=Pace)
    shown: Shown = str
    drawn: Drawn = no_sticker
    reaction: Reaction = no_reaction
    manner: Manner = field(default_factory=Manner)
    chooses: Chooses = willing


class Cast(Protocol):
    """Every persona of the house."""

    def of(self, claim: Claim) -> Role:
        """Who plays in this conversation: whom somebody chose for it, else who is at home there.

        Whoever was chosen and is not there any more is nobody's choice.
        """
