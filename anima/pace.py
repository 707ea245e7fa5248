"""How fast we are, and how patient."""

from dataclasses import dataclass

_READING_S = 0.4
_LETTERS_A_SECOND = 25
_LONGEST_S = 4.0


@dataclass(frozen=True, slots=True)
class Pace:
    """The settings of time. *typing*: bubbles come at the pace of somebody who types."""

    linger_s: float = 1.2
    typing: bool = True
    drain_s: float = 25
    max_age_s: float = 900
    lease_s: float = 20
    poll_s: float = 1.0
    conversations: int = 1000

    def writing_s(self, text: str) -> float:
        """How long somebody would write on *text*; a CJK character takes three letters' time."""
        if not self.typing:
            return 0.0
        letters = sum(3 if letter > "\u2e80" else 1 for letter in text)
        return min(_LONGEST_S, _READING_S + letters / _LETTERS_A_SECOND)


def backoff_s(attempt: int) -> float:
    """How long to wait before trying again for the *attempt*th time: one second to one minute."""
    return min(60.0, 2.0 ** min(attempt - 1, 6))
