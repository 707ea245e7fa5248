"""What comes to mind in a turn, out of all that was said before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["line", "fact", "episode"]


@dataclass(frozen=True, slots=True)
class Remembered:
    """A line that was said, something known of somebody, or what a talk was about.

    *id* is the memory's own, *at* when it was said or learned, *name* what its speaker was called,
    empty where it was us. *hearsay*: somebody said it of somebody else. *over*: it was so once.
    """

    id: int
    kind: Kind
    text: str
    at: datetime
    name: str = ""
    hearsay: bool = False
    over: bool = False
