"""How long servers of models may take."""

from dataclasses import dataclass
from typing import Final

PROBE_S: Final = 5.0
"""Who asks how a server is does not wait longer for it."""

CONNECT_S: Final = 5.0
"""Beyond this another attempt is the better bet."""

TAIL_S: Final = 1.0
"""After the end of an answer only counts and a farewell come; nobody waits long for those."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a server may take, and how often it is asked again before its first delta.

    Only what we wait counts, never what the caller does between two deltas.
    """

    first_s: float = 30
    between_s: float = 20
    total_s: float = 180
    retries: int = 2
