"""What is handed to long-term memory to be kept."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from memory.longterm.scope import Origin


@dataclass(frozen=True, slots=True)
class Saying:
    """A line that was heard or said; *heard* or *said* is the ledger's id of it, where it has one.

    *name* is what its speaker was called then.
    """

    origin: Origin
    name: str
    text: str
    at: datetime
    language: str = ""
    heard: int | None = None
    said: int | None = None

    @property
    def digest(self) -> str:
        """By which the same saying is known again, also when it comes from another database."""
        where = f"{self.origin.persona}\0{self.origin.speaker}\0{self.at.timestamp():.3f}"
        return sha256(f"{where}\0{self.text}".encode("utf-8", "replace")).hexdigest()
