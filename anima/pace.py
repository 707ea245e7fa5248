"""How fast we are, and how patient."""

from dataclasses import dataclass

_LONGEST_S = 4.0
_LONGEST_OWN_S = 12.0
"""Whose numbers are its own may be slow; but nobody waits longer than this for one bubble."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The settings of time. *typing*: bubbles come at the pace of somebody who types.

    *pause_s* goes by before they type, then *per_second* letters come; *own*: these are somebody's.
    """

    linger_s: float = 1.2
    typing: bool = True
    drain_s: float = 25
    max_age_s: float = 900
    lease_s: float = 20
    poll_s: float = 1.0
    conversations: int = 1000
    pause_s: float = 0.4
    per_second: float = 25
    own: bool = False

    def writing_s(self, text: str) -> float:
        """How long somebody would write on *text*; a CJK character takes three letters' time."""
        if not self.typing:
            return 0.0
        letters = sum(3 if letter > "\u2e80" else 1 for letter in text)
        longest = _LONGEST_OWN_S if self.own else _LONGEST_S
        return min(longest, self.pause_s + letters / self.per_second)


def backoff_s(attempt: int) -> float:
    """How long to wait before trying again for the *attempt*th time: one second to one minute."""
    return min(60.0, 2.0 ** min(attempt - 1, 6))
