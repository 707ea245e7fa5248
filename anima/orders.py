"""Commands to the house, and what comes of them."""

from dataclasses import dataclass

from anima.model import NOTHING, Beside, Claim, Heard
from anima.steps import Step


@dataclass(frozen=True, slots=True)
class Order:
    """A command that was *heard* under *claim*, to be answered in *turn*."""

    claim: Claim
    heard: Heard
    turn: int


@dataclass(frozen=True, slots=True)
class Obeyed:
    """What to say, and what shall last of it: the *steps* are taken together with the answer.

    *talk*: the answer is the persona's own and a part of the talk, as a greeting is. *beside* are
    buttons or a file that come with it.
    """

    text: str
    steps: tuple[Step, ...] = ()
    talk: bool = False
    beside: Beside = NOTHING
