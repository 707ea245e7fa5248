"""Who may come in, and what is said, once, to those who may not, or not now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Protocol, cast

from anima.model import Claim, Heard, is_owed
from anima.orders import Obeyed, Order
from anima.ports import Clock
from anima.steps import Knocked
from anima.turn import LIMIT
from memory.knocking import Room
from service import codes
from service.commands.table import Who
from service.commands.words import Language, client_language, spoken_language
from service.doorway_words import LIMITS, PAIRING, STRANGER
from service.invitation import invitation
from service.limits import Limit, Measure
from service.settings_manners import Access

AT_HOME: Final = frozenset({"console", "web"})
"""Whoever reaches these is on the owner's machine, or knows the owner's password."""
OPEN_S: Final = 3600
"""A pairing code is good for an hour."""
_MOST_OPEN: Final = 3
"""Open codes of different people in one place."""
_A_DAY: Final = 3
"""Codes that one stranger gets in a day, each when the one before is over."""


class Knocks(Protocol):
    """What was told at the door. Raises `LedgerUnavailable`."""

    async def room(self, place: int, address: str, now: datetime) -> Room: ...


@dataclass(frozen=True, slots=True)
class Doorway:
    """Decides by the settings and by what was decided at run time, which comes with a message."""

    access: Access
    knocks: Knocks
    measure: Measure
    clock: Clock

    def who(self, heard: Heard) -> Who:
        """What somebody is to the house; owners are admins who need not be named."""
        at_home = heard.speaker.platform in AT_HOME
        return "admins" if at_home or self.is_admin(heard.speaker.address) else "everyone"

    def is_admin(self, address: str) -> bool:
        """Whether the settings name *address* as one who may command."""
        return address in self.access.admins

    def knows(self, heard: Heard) -> bool:
        """Whether this speaker may talk with us without an invitation."""
        if self.who(heard) == "admins":
            return True
        if heard.standing == "banned":
            return False
        known = heard.standing == "allowed" or heard.speaker.address in self.access.listed
        return known or self.access.who == "everyone"

    def admits(self, heard: Heard) -> bool:
        """Whether they may talk with us; whoever brings an invitation is heard."""
        return self.knows(heard) or (heard.standing != "banned" and bool(invitation(heard)))

    async def excess(self, claim: Claim, heard: Sequence[Heard]) -> str:
        """Which limit an answer would pass; owners have none."""
        if self.who(heard[-1]) == "admins":
            return ""
        return await self.measure.excess(claim, heard)

    async def refuse(self, order: Order, reason: str) -> Obeyed:
        """What is said to somebody who is not answered for this *reason*."""
        done = await self._answer(order, reason)
        if done.text or not is_owed(order.heard.message):
            return done
        return replace(done, text="…")  # where a place is kept for the answer, they would wait

    async def _answer(self, order: Order, reason: str) -> Obeyed:
        kind, _, limit = reason.partition(" ")
        if kind == LIMIT:
            return await self._too_much(order, cast("Limit", limit), reason)
        if order.heard.standing == "banned":
            return Obeyed("")
        return await (self._pair(order) if self.access.who == "paired" else self._tell(order))

    async def _too_much(self, order: Order, limit: Limit, reason: str) -> Obeyed:
        told = await self.measure.told(order, limit, reason)
        return Obeyed("" if told else LIMITS[limit].to(_language(order.heard)))

    async def _tell(self, order: Order) -> Obeyed:
        """That we do not know them, once for ever."""
        heard = order.heard
        if heard.standing == "told":
            return Obeyed("")
        return Obeyed(STRANGER.to(_language(heard)), (self._knocked(heard),))

    async def _pair(self, order: Order) -> Obeyed:
        """A code for them, once; a new one when that is over. Where many wait there is none."""
        heard, now = order.heard, self.clock.now()
        room = await self.knocks.room(order.claim.id, heard.speaker.address, now)
        if room.waits or room.theirs >= _A_DAY:
            return Obeyed("")
        if room.others >= _MOST_OPEN:
            return await self._tell(order)
        code = codes.new(codes.PAIRING)
        text = PAIRING.to(_language(heard), code=code)
        return Obeyed(text, (self._knocked(heard, code),))

    def _knocked(self, heard: Heard, code: str = "") -> Knocked:
        now, speaker = self.clock.now(), heard.speaker
        until = now + timedelta(seconds=OPEN_S) if code else None
        ticket = codes.kept(code) if code else ""
        return Knocked(speaker.address, speaker.name, _language(heard), now, ticket, until)


def _language(heard: Heard) -> Language:
    """A command tells nothing of a language; talk does."""
    is_talk = not heard.text.lstrip().startswith(("/", "／"))
    return spoken_language(heard) if is_talk else client_language(heard)
