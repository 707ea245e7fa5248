"""Whether there is a mind behind the face already."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

State = Literal["ready", "fetching", "loading", "stand-in"]


@dataclass(frozen=True, slots=True)
class Mind:
    """How far the model is, in *percent* while it is fetched.

    *line* is for people; where it is empty the page has words of its own.
    """

    state: State = "ready"
    percent: int | None = None
    line: str = ""


Progress = Callable[[], Mind]
