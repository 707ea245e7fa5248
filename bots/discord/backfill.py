"""What was said while we were not there, asked for channel by channel."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Final

from anima.errors import AnimaError, Refused, SlowDown, Unavailable
from anima.model import Visited
from anima.pace import backoff_s
from anima.ports import Clock, Witness
from bots.discord.account import Account
from bots.discord.events import Event, Fields, UnreadableError, first_id
from bots.discord.held import FETCHED
from bots.discord.line import Takes
from bots.discord.refusals import TROUBLES, of_sending
from bots.discord.rooms import Room, Rooms

_PAGE: Final = 100
_ANSWER_S: Final = 30
_AT_ONCE: Final = 4
_TRIES: Final = 6


class Backfill:
    """Asks for what is not older than *max_age_s* in the channels of one account."""

    def __init__(
        self, account: Account, rooms: Rooms, clock: Clock, witness: Witness, *, max_age_s: float
    ) -> None:
        self._account = account
        self._rooms = rooms
        self._clock = clock
        self._witness = witness
        self._max_age = timedelta(seconds=max_age_s)

    async def fetch(self, places: Sequence[Visited], takes: Takes) -> None:
        """Pass on to *takes* what was missed in *places*, each as one event of its own."""
        oldest = first_id(self._clock.now() - self._max_age)
        room = asyncio.Semaphore(_AT_ONCE)

        async def one(place: Visited) -> None:
            async with room:
                channel = place.conversation.chat
                after = max(oldest, _id(place.message))
                missed = await self._missed(channel, after, private=place.private)
            await takes(Event(FETCHED, {"channel": channel, "events": missed}))

        async with asyncio.TaskGroup() as group:
            for place in places:
                group.create_task(one(place))

    async def _missed(self, channel: str, after: int, *, private: bool) -> list[Event]:
        """All messages in *channel* after one, by age; as far as Discord tells them."""
        room = self._rooms.find(channel)
        if room and room.newest and _id(room.newest) <= after:
            return []
        if room is None and not private:
            room = await self._asked(channel)
            if room is None:
                return []
        found: list[Fields] = []
        while page := await self._page(channel, after):
            found += page
            after = max(_id(str(one.get("id"))) for one in page)
            if len(page) < _PAGE:
                break
        if found:
            self._witness.note("missed", count=len(found))
        guild = {"guild_id": room.guild} if room and room.guild else {}
        return [Event("MESSAGE_CREATE", {**guild, **one}) for one in found]

    async def _asked(self, channel: str) -> Room | None:
        """A channel that the gateway has not told of, such as a thread that rests."""
        told = await self._patiently(lambda: self._account.http.get_channel(int(channel)))
        if isinstance(told, dict):
            with suppress(UnreadableError):
                self._rooms.learn(Event("CHANNEL_UPDATE", told))
        room = self._rooms.find(channel)
        return room if room and room.guild else None

    async def _page(self, channel: str, after: int) -> list[Fields]:
        """Up to a hundred messages, the oldest first."""
        http = self._account.http
        told = await self._patiently(lambda: http.logs_from(int(channel), _PAGE, after=after))
        page = told if isinstance(told, list) else []
        return sorted(
            (one for one in page if isinstance(one, dict)), key=lambda one: _id(str(one.get("id")))
        )

    async def _patiently(self, asks: Callable[[], Awaitable[object]]) -> object:
        trouble: AnimaError | None = None
        for attempt in range(1, _TRIES):
            try:
                return await self._try(asks)
            except Refused:
                return None  # we may not read there, or it is gone
            except SlowDown as error:
                trouble = error
                await self._clock.sleep(error.retry_after)
            except Unavailable as error:
                trouble = error
                await self._clock.sleep(backoff_s(attempt))
        self._witness.note("backfill failed", reason=str(trouble))
        return None

    @staticmethod
    async def _try(asks: Callable[[], Awaitable[object]]) -> object:
        try:
            async with asyncio.timeout(_ANSWER_S):
                return await asks()
        except TROUBLES as error:
            raise of_sending(error) from error


def _id(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0
