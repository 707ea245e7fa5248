"""Who waits is heard at once, without asking the database."""

import asyncio
from collections.abc import Collection, Iterator
from contextlib import contextmanager


class Bells:
    """A bell for each conversation that is attended to, and one for all the others."""

    def __init__(self) -> None:
        self._rooms: dict[int, asyncio.Event] = {}
        self._missed: set[int] = set()
        self._house = asyncio.Event()

    def ring(self, places: Collection[int]) -> None:
        """Somebody waits in *places*."""
        for place in places:
            if room := self._rooms.get(place):
                room.set()
            else:
                self._missed.add(place)
                self._house.set()

    def wake(self) -> None:
        """There may be something to do, for whatever reason."""
        self._house.set()

    async def rang(self, within_s: float) -> None:
        """Wait until the house bell rings, or for *within_s*."""
        try:
            async with asyncio.timeout(within_s):
                await self._house.wait()
        except TimeoutError:
            pass
        self._house.clear()

    def forget(self) -> None:
        """What rang until now will be found by the claim that is made next."""
        self._missed.clear()

    @contextmanager
    def room(self, place: int) -> Iterator[asyncio.Event]:
        """The bell of one conversation; what nobody took notice of in the end rings the house's."""
        bell = self._rooms[place] = asyncio.Event()  # a visit may begin while another one leaves
        if place in self._missed:
            bell.set()
        try:
            yield bell
        finally:
            if self._rooms.get(place) is bell:
                del self._rooms[place]
            if bell.is_set():
                self._house.set()
