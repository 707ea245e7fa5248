"""The last lines of a conversation, read from the ledger and kept at hand.

All that changes a transcript happens under the conversation's lease, and each claim raises its
epoch by one. So a tail that was kept under one epoch is the whole truth for the very next claim,
and worth nothing for any other: a claim in between may have ended in a crash.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from anima.model import Claim, Conversation, Line

_FIRST = 1
"""The epoch of a conversation's first claim."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The *lines* of *conversation* as they stood when the claim with this *epoch* was over.

    The ledger's ids begin anew with a new database. The conversation's full name is compared, so
    that what an old one left in a cache is never told to somebody else.
    """

    conversation: Conversation
    epoch: int
    lines: tuple[Line, ...]


class Tails(Protocol):
    """The part of the ledger that short-term memory reads."""

    async def tail(self, claim: Claim, limit: int) -> tuple[Line, ...]: ...


class Tail(Protocol):
    """A cache of tails. It may forget any of them at any time, and it never raises."""

    async def get(self, conversation_id: int) -> Kept | None:
        """What was put last, or None."""

    async def put(self, conversation_id: int, kept: Kept) -> None:
        """Keep it in place of what was there."""

    async def drop(self, conversation_id: int) -> None:
        """Forget it."""


class ShortTerm:
    """The port Memory: the last lines, from *cache* where that is exact, else from the ledger.

    They are *limit* at least, where so many were said, and up to *leap* more.

    `remember` is to be called when all that the claim wrote is in the ledger, not before.
    """

    def __init__(
        self, ledger: Tails, cache: Tail, *, limit: int = 24, leap: int = 16, claims: int = 1000
    ) -> None:
        self._ledger = ledger
        self._cache = cache
        self._limit = limit
        self._leap = leap
        self._recalled = LocalTail(claims)

    async def recall(self, claim: Claim) -> tuple[Line, ...]:
        kept = await self._under(claim) or await self._kept(claim)
        lines = kept.lines if kept else await self._read(claim)
        await self._recalled.put(claim.id, Kept(claim.conversation, claim.epoch, lines))
        return lines

    async def remember(self, claim: Claim, lines: Sequence[Line]) -> None:
        before = await self._before(claim)
        if before is None or _has_leftovers(claim):
            await self._cache.drop(claim.id)
            return
        after = self._cut((*before.lines, *lines))
        await self._cache.put(claim.id, Kept(claim.conversation, claim.epoch, after))

    async def archive(self, claim: Claim) -> None:
        await self._cache.drop(claim.id)
        await self._recalled.put(claim.id, Kept(claim.conversation, claim.epoch, ()))

    def _cut(self, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        """The end of *lines*. It begins at the same line for many turns, then leaps ahead.

        A model server keeps what it has read of a prompt, and reads anew from the first change on.
        """
        return lines if len(lines) <= self._limit + self._leap else lines[-self._limit :]

    async def _read(self, claim: Claim) -> tuple[Line, ...]:
        """The ledger's tail; before a first claim nothing can have been said."""
        return () if claim.epoch == _FIRST else await self._ledger.tail(claim, self._limit)

    async def _kept(self, claim: Claim) -> Kept | None:
        """What the claim before this one kept, if it was the one before."""
        kept = await self._cache.get(claim.id)
        fits = kept and _fits(kept, claim, claim.epoch - 1) and not _has_leftovers(claim)
        return kept if fits else None

    async def _under(self, claim: Claim) -> Kept | None:
        """What was recalled, or made of it, under this very claim."""
        recalled = await self._recalled.get(claim.id)
        return recalled if recalled and _fits(recalled, claim, claim.epoch) else None

    async def _before(self, claim: Claim) -> Kept | None:
        """The lines that stood before this claim: those recalled under it, or those kept."""
        recalled = await self._under(claim)
        await self._recalled.drop(claim.id)
        return recalled or await self._kept(claim)


def _fits(kept: Kept, claim: Claim, epoch: int) -> bool:
    return (kept.epoch, kept.conversation) == (epoch, claim.conversation)


def _has_leftovers(claim: Claim) -> bool:
    """Whether earlier turns are still becoming history here: then the ledger alone is exact."""
    return claim.turn is not None or bool(claim.unsent)


class LocalTail:
    """The cache of one process: the *limit* conversations that were in use last."""

    def __init__(self, limit: int = 1000) -> None:
        self._limit = limit
        self._kept: OrderedDict[int, Kept] = OrderedDict()

    async def get(self, conversation_id: int) -> Kept | None:
        kept = self._kept.get(conversation_id)
        if kept is not None:
            self._kept.move_to_end(conversation_id)
        return kept

    async def put(self, conversation_id: int, kept: Kept) -> None:
        self._kept[conversation_id] = kept
        self._kept.move_to_end(conversation_id)
        if len(self._kept) > self._limit:
            self._kept.popitem(last=False)

    async def drop(self, conversation_id: int) -> None:
        self._kept.pop(conversation_id, None)
