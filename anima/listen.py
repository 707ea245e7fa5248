"""Letting people finish: a burst is one turn, and a late addition still joins it."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from anima import bursts
from anima.model import Claim, Heard, is_owed
from anima.ports import Clock, House, Ledger, Witness

_PATIENCE = 10
"""A burst that never ends is answered after this many times its quiet time."""
_JOINS = 5
"""A model that is asked again and again never answers."""

_ALBUM_S: Final = 1.0
"""The parts of an album come one after another; after such a gap there comes no more."""


@dataclass(slots=True)
class Listening:
    """What goes on being heard in a claimed conversation; *bell* rings for it."""

    claim: Claim
    ledger: Ledger
    house: House
    clock: Clock
    witness: Witness
    bell: asyncio.Event
    linger_s: float
    _joined: int = 0
    _speaking: bool = False
    _unheeded: bool = False

    async def quiet(self, heard: tuple[Heard, ...]) -> tuple[Heard, ...]:
        """Wait until nobody adds anything, and return all that the turn is about.

        It is nothing when all of it was taken back.
        """
        patience = timedelta(seconds=self.linger_s * _PATIENCE)
        linger = timedelta(seconds=self.linger_s)
        while True:
            if self.bell.is_set():
                heard = await self._again()
            if not heard:
                return heard
            burst = self.about(heard)
            until = min(burst[-1].heard_at + linger, burst[0].heard_at + patience)
            wait_s = (until - self.clock.now()).total_seconds()
            if wait_s <= 0 or not await self._rings(wait_s):
                return heard

    async def whole(self, heard: tuple[Heard, ...]) -> tuple[Heard, ...]:
        """*heard* once no part of an album in it can be on its way any more."""
        while (wait_s := self._album_s(heard)) > 0:
            await self._rings(wait_s)
            heard = await self._again() or heard
        return heard

    async def joined(self, heard: tuple[Heard, ...], speaking: asyncio.Task[None]) -> None:
        """Cancel *speaking* when somebody adds to *heard*, or takes of it, before the first bubble.

        Who asked may add to it; where nobody did, any word may make ours needless.
        """
        unasked = not any(one.addressed for one in heard)
        speakers = {one.speaker.address for one in self.about(heard)}
        known = {(one.id, one.text) for one in heard}
        while True:
            await self.bell.wait()
            now = await self._again()
            added = [one for one in now if (one.id, one.text) not in known]
            concerns = any(
                unasked or one.speaker.address in speakers or self._takes_over(one) for one in added
            )
            left = {one.id for one in now}
            concerns = concerns or any(one.id not in left for one in heard)
            if concerns and not self._speaking and self._joined < _JOINS:
                self._joined += 1
                self.bell.set()
                self.witness.note("joined", count=len(added))
                speaking.cancel()
                return
            self._unheeded = True

    def speaks(self) -> None:
        """The first bubble is on its way: from here on, what is heard waits for its own turn."""
        self._speaking = True

    def leave(self) -> None:
        """Pass on what was heard and not taken up."""
        if self._unheeded:
            self.bell.set()

    def talk(self, waiting: tuple[Heard, ...]) -> tuple[Heard, ...]:
        """The head of *waiting* that one turn deals with: talk up to a command, or one command.

        What is owed an answer of its own gets it, as a command does.
        """
        lone = (at for at, one in enumerate(waiting) if self.commands(one) or is_owed(one.message))
        first = next(lone, len(waiting))
        talk = waiting[:first] or _with_album(waiting)
        talk = talk if self.claim.private else bursts.head(talk)
        talk = bursts.one(talk) if self.claim.conversation.guest else talk
        self._unheeded = len(talk) < len(waiting)
        return talk

    def about(self, heard: tuple[Heard, ...]) -> tuple[Heard, ...]:
        """The words in *heard* that are answered; in a group the others' are what was said too."""
        return heard if self.claim.private else bursts.burst(heard)

    def commands(self, one: Heard) -> bool:
        """Whether *one* is a command to us, and no talk."""
        borrowed = self.claim.conversation.borrowed
        return one.addressed and not borrowed and self.house.commands(one)

    def _takes_over(self, one: Heard) -> bool:
        """Whether somebody in whose place we write does so by themselves."""
        return self.claim.private and not one.addressed

    def _album_s(self, heard: tuple[Heard, ...]) -> float:
        """How long a part of an album may still be missing."""
        parts = [one.heard_at for one in heard if one.album]
        if not parts:
            return 0.0
        whole_at = max(parts) + timedelta(seconds=_ALBUM_S)
        return (whole_at - self.clock.now()).total_seconds()

    async def _again(self) -> tuple[Heard, ...]:
        self.bell.clear()
        self._unheeded = True  # should we be interrupted before we know what it is
        return self.talk(await self.ledger.waiting(self.claim))

    async def _rings(self, within_s: float) -> bool:
        try:
            async with asyncio.timeout(within_s):
                return await self.bell.wait()
        except TimeoutError:
            return False


def _with_album(waiting: tuple[Heard, ...]) -> tuple[Heard, ...]:
    """The first of *waiting*, a command, with what was sent together with it."""
    album = waiting[0].album if waiting else ""
    return waiting[:1] + tuple(one for one in waiting[1:] if album and one.album == album)
