"""The calls by which commands are told of and interactions are answered."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import discord
from discord.http import HTTPClient, MultipartParameters, Route

from anima.errors import AnimaError, Gone, SlowDown, Undelivered, Unreachable
from bots.discord.events import Fields
from bots.discord.refusals import TROUBLES

_ANSWER_S: Final = 30.0
_AT_ONCE_S: Final = 3.0
"""Discord waits no longer for the first word."""
_EPHEMERAL: Final = 64
_MESSAGE: Final = 4
_LATER: Final = 5
_CHOICES: Final = 8
_NOT_FOUND: Final = frozenset({401, 403, 404})
_TOO_MANY: Final = 429
_SERVERS: Final = 500
_PATIENCE_S: Final = 60.0
_NONSENSE: Final = "Discord's answer is not what it promises"


class InteractionWire:
    """Sends by *http*, which is logged in.

    All of it raises `Gone` where there is nothing (any more), `Undelivered`, `SlowDown` or
    `Unreachable`.
    """

    def __init__(self, http: HTTPClient) -> None:
        self._http = http
        self._application = ""

    async def commands(self) -> Sequence[Fields]:
        """The commands that Discord knows of us, with their words in every language."""
        route = Route("GET", "/applications/{id}/commands", id=await self._ours())
        return _listed(await self._ask(route, params={"with_localizations": "true"}))

    async def put_commands(self, forms: Sequence[Fields]) -> None:
        """These are our commands, and no others."""
        route = Route("PUT", "/applications/{id}/commands", id=await self._ours())
        _listed(await self._ask(route, json=list(forms)))

    async def later(self, asked: str, token: str, *, quietly: bool) -> None:
        """Say that the answer will come; *quietly*: to who asked alone."""
        flags = _EPHEMERAL if quietly else 0
        await self._call_back(asked, token, {"type": _LATER, "data": {"flags": flags}})

    async def tell(self, asked: str, token: str, text: str) -> None:
        """Answer at once, to who asked alone."""
        told = {"content": text, "flags": _EPHEMERAL, "allowed_mentions": {"parse": []}}
        await self._call_back(asked, token, {"type": _MESSAGE, "data": told})

    async def choices(self, asked: str, token: str, offered: Sequence[str]) -> None:
        """What may be chosen."""
        choices = [{"name": one, "value": one} for one in offered]
        await self._call_back(asked, token, {"type": _CHOICES, "data": {"choices": choices}})

    async def original(self, application: str, token: str) -> Fields:
        """The place that is kept for the answer, as it is now."""
        return await self._fields(self._hook("GET", "/messages/@original", application, token))

    async def fill(self, application: str, token: str, said: MultipartParameters) -> Fields:
        """Put the answer in its place."""
        return await self._say(self._hook("PATCH", "/messages/@original", application, token), said)

    async def follow(self, application: str, token: str, said: MultipartParameters) -> Fields:
        """Say more below it."""
        route = self._hook("POST", "", application, token)
        return await self._say(route, said, params={"wait": "true"})

    async def to_person(self, person: str, said: MultipartParameters) -> Fields:
        """Say it to somebody in private."""
        opening = Route("POST", "/users/@me/channels")
        channel = await self._fields(opening, json={"recipient_id": person})
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel["id"])
        return await self._say(route, said)

    async def channel(self, channel: str) -> Fields:
        """What Discord knows of a channel or a thread."""
        return await self._fields(Route("GET", "/channels/{channel_id}", channel_id=channel))

    async def open_thread(self, channel: str, thread: Fields) -> Fields:
        """A new thread in a channel."""
        route = Route("POST", "/channels/{channel_id}/threads", channel_id=channel)
        return await self._fields(route, json=thread)

    async def _ours(self) -> str:
        """Our application, which is not always called as its account is."""
        if not self._application:
            me = await self._fields(Route("GET", "/oauth2/applications/@me"))
            self._application = str(me["id"])
        return self._application

    @staticmethod
    def _hook(method: str, below: str, application: str, token: str) -> Route:
        path = "/webhooks/{webhook_id}/{webhook_token}" + below
        return Route(method, path, webhook_id=application, webhook_token=token)

    async def _call_back(self, asked: str, token: str, answer: Fields) -> None:
        path = "/interactions/{webhook_id}/{webhook_token}/callback"
        route = Route("POST", path, webhook_id=asked, webhook_token=token)
        await self._ask(route, within_s=_AT_ONCE_S, json=answer)

    async def _say(self, route: Route, said: MultipartParameters, **more: Any) -> Fields:
        if said.files:
            return await self._fields(route, files=said.files, form=said.multipart, **more)
        return await self._fields(route, json=said.payload, **more)

    async def _fields(self, route: Route, **more: Any) -> Fields:
        answer = await self._ask(route, **more)
        if not isinstance(answer, dict) or "id" not in answer:
            raise Unreachable(_NONSENSE)
        return answer

    async def _ask(self, route: Route, *, within_s: float = _ANSWER_S, **more: Any) -> Any:
        try:
            async with asyncio.timeout(within_s):
                return await self._http.request(route, **more)
        except TROUBLES as error:
            raise _meant(error) from error


def _listed(answer: object) -> Sequence[Fields]:
    if not isinstance(answer, list):
        raise Unreachable(_NONSENSE)
    return answer


def _meant(error: Exception) -> AnimaError:
    match error:
        case discord.RateLimited():
            return SlowDown(error.retry_after)
        case discord.HTTPException() if error.status in _NOT_FOUND:
            return Gone(error.text or str(error.status))
        case discord.HTTPException() if error.status == _TOO_MANY:
            return SlowDown(_PATIENCE_S)
        case discord.HTTPException() if error.status < _SERVERS:
            return Undelivered(error.text or str(error.status))
    return Unreachable(str(error) or type(error).__name__)
