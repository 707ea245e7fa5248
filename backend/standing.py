"""How far the built-in model is, for people who wait for it."""

from dataclasses import dataclass
from typing import Literal

State = Literal["fetching", "loading", "ready", "stand-in"]


@dataclass(frozen=True, slots=True)
class Standing:
    """*name* of the weights, *bytes* of *whole* that are here, the *reason* for a stand-in."""

    state: State
    name: str = ""
    bytes: int = 0
    whole: int = 0
    reason: str = ""

    @property
    def percent(self) -> int:
        """How much of the weights is here; 100 only when all is."""
        return 100 * self.bytes // self.whole if self.whole else 0
