"""What commands ask the database: versions and their figures, and turns of the past."""

from collections.abc import Sequence
from typing import Protocol

from memory.figures import Figures
from memory.past import PastTurn
from memory.reasons import Decided
from memory.register import Version


class Register(Protocol):
    """Every version that was ever served. All of it raises `LedgerUnavailable`."""

    async def versions(self) -> Sequence[Version]:
        """All, in the order in which they came, the retired ones last."""

    async def figures(self, name: str) -> Figures:
        """What people and clocks say of it."""


class Past(Protocol):
    """The turns of a *place*, which is the ledger's id of a conversation."""

    async def last(self, place: int, limit: int) -> Sequence[PastTurn]:
        """The newest *limit* answers there, the newest first."""

    async def turn(self, place: int, reference: str) -> PastTurn | None:
        """The one that *reference* means, if it was there."""

    async def why(self, place: int) -> Decided | None:
        """Why we spoke there, or kept silent, when that was decided last."""
