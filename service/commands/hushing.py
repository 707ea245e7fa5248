"""`/memory off|on|together` and `/private`: what somebody wishes to be remembered at all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from anima.model import Heard
from anima.orders import Obeyed
from service.commands import memory_words as say
from service.commands.table import Who, Wish

Kind = Literal["off", "private"]


class Hushing(Protocol):
    """Begins and ends stretches of which nothing is remembered. Raises `LedgerUnavailable`."""

    async def begin(self, place: int, kind: Kind, since: int, by: str) -> bool: ...

    async def end(self, place: int, kind: Kind, until: int) -> bool: ...

    async def is_hushed(self, place: int) -> bool: ...


class Consents(Protocol):
    """Keeps what people wish for themselves. Raises `LedgerUnavailable`."""

    async def wish(self, speaker: str) -> None: ...

    async def take_back(self, speaker: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Quiet:
    """Remembers nothing where that is wished. *who* tells what somebody is to the house."""

    hushing: Hushing
    consents: Consents
    who: Callable[[Heard], Who]

    async def off(self, wish: Wish) -> Obeyed:
        """`/memory off`: from this turn on nothing said here is remembered."""
        if self._may_not(wish):
            return Obeyed(say.ADMINS_ONLY.to(wish.language))
        begun = await self._begin(wish, "off")
        return Obeyed((say.OFF if begun else say.AS_IT_IS).to(wish.language))

    async def on(self, wish: Wish) -> Obeyed:
        """`/memory on`."""
        if self._may_not(wish):
            return Obeyed(say.ADMINS_ONLY.to(wish.language))
        ended = await self.hushing.end(wish.order.claim.id, "off", wish.order.turn)
        return Obeyed((say.ON if ended else say.AS_IT_IS).to(wish.language))

    async def private(self, wish: Wish) -> Obeyed:
        """`/private [on|off]`: a talk that is erased when it is over."""
        if wish.given.get("switch") == "off":
            ended = await self.hushing.end(wish.order.claim.id, "private", wish.order.turn)
            return Obeyed((say.PRIVATE_OVER if ended else say.NOT_PRIVATE).to(wish.language))
        begun = await self._begin(wish, "private")
        return Obeyed((say.PRIVATE if begun else say.AS_IT_IS).to(wish.language))

    async def together(self, wish: Wish) -> Obeyed:
        """`/memory together on|off`: whether somebody's private talks know each other."""
        speaker = wish.order.heard.speaker.address
        if wish.given.get("switch", "on") == "on":
            await self.consents.wish(speaker)
            return Obeyed(say.TOGETHER.to(wish.language))
        taken = await self.consents.take_back(speaker)
        return Obeyed((say.APART if taken else say.AS_IT_IS).to(wish.language))

    async def _begin(self, wish: Wish, kind: Kind) -> bool:
        order = wish.order
        by = order.heard.speaker.address
        return await self.hushing.begin(order.claim.id, kind, order.turn, by)

    def _may_not(self, wish: Wish) -> bool:
        return not wish.order.claim.private and self.who(wish.order.heard) != "admins"
