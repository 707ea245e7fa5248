"""Why we write first: a reason, as a claim brings it and a turn is made of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ImpulseKind = Literal["thread", "promise", "occasion", "silence", "morning"]
"""What lies behind somebody, what we promised, a day of the year, a long silence, a habit."""


@dataclass(frozen=True, slots=True)
class Impulse:
    """A reason to write to the speaker at *address*, who is called *name*.

    *language* is what their client speaks, *tongue* what they chose to be answered in. *words* are
    the line that it comes from, said *at* that time; empty where none is. It was *due* then, and
    after *until* nothing is said of it any more. *occasion* is a day of the year with its name.
    """

    id: int
    kind: ImpulseKind
    address: str
    name: str
    words: str
    at: datetime
    due: datetime
    until: datetime
    occasion: str = ""
    language: str = ""
    tongue: str = ""
