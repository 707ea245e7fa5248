"""Several personas behind one account: each speaks by a webhook with its own name and picture."""

import asyncio
import base64
import mimetypes
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import discord
from discord.http import HTTPClient, Route

from anima.ids import decided_at
from anima.model import Conversation
from anima.ports import Witness
from bots.discord.events import first_id
from bots.discord.message import Outbound, message_id

_ANSWER_S: Final = 30
_THREADS: Final = frozenset({10, 11, 12})
_LAST: Final = 50
_REMEMBERED: Final = 1000
"""Bubbles that are known as others, even if they say the same."""
_REFUSED: Final = range(400, 429)
_UNKNOWN: Final = frozenset({10015, 50027})
"""The webhook that we know is gone."""


@dataclass(frozen=True, slots=True)
class Mask:
    """What a persona is called and looks like."""

    name: str
    picture: Path | None = None


Plays = Callable[[Conversation], Awaitable[Mask | None]]
"""The mask of who plays there; none: the account itself."""


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook of ours; *thread* is where it speaks, if that is no channel of its own."""

    id: str
    token: str
    thread: str = ""

    @property
    def route(self) -> Route:
        """Where it is spoken by."""
        path = "/webhooks/{webhook_id}/{webhook_token}"
        return Route("POST", path, webhook_id=int(self.id), webhook_token=self.token)

    @property
    def query(self) -> Mapping[str, str]:
        """How it is spoken by."""
        return {"wait": "true"} | ({"thread_id": self.thread} if self.thread else {})


class Masks:
    """Speaks for whoever *plays*, of the application *me*.

    A webhook knows no key of ours. So what may have been said already, because its answer was lost
    or because it was decided before *since*, the first id of this process, is looked for first.
    """

    def __init__(
        self, http: HTTPClient, me: str, plays: Plays, since: int, witness: Witness
    ) -> None:
        self._http = http
        self._me = me
        self._plays = plays
        self._since = since
        self._witness = witness
        self._hooks: dict[tuple[str, str], Hook | None] = {}
        self._unsure: set[int] = set()
        self._delivered: deque[str] = deque(maxlen=_REMEMBERED)

    async def wears(self, conversation: Conversation) -> bool:
        """Whether somebody plays there who is not the account itself."""
        return await self._plays(conversation) is not None

    async def send(self, conversation: Conversation, message: Outbound) -> str:
        """Say it in its persona's name; the id of it, or nothing where that cannot be.

        Raises what the client raises when nobody knows whether it was said.
        """
        mask = await self._plays(conversation)
        if mask is None:
            return ""
        name = (conversation.chat, mask.name)
        try:
            if name not in self._hooks:
                async with asyncio.timeout(_ANSWER_S):
                    self._hooks[name] = await self._found(conversation.chat, mask)
            hook = self._hooks[name]
            return await self._say(hook, message) if hook else ""
        except discord.HTTPException as error:
            if error.status not in _REFUSED:
                raise
            self._witness.note("no webhook", reason=error.text)
            self._hooks[name] = None
            if error.code in _UNKNOWN:
                del self._hooks[name]
            return ""

    async def _say(self, hook: Hook, message: Outbound) -> str:
        if message.key in self._unsure or message.key < self._since:
            async with asyncio.timeout(_ANSWER_S):
                if said := await self._said(hook, message):
                    return said
        self._unsure.add(message.key)
        try:
            sent = await message.post_by(hook.route, hook.query)
        except discord.HTTPException as error:
            if error.status in _REFUSED:
                self._unsure.discard(message.key)
            raise
        self._unsure.discard(message.key)
        self._delivered.append(sent)
        return sent

    async def _said(self, hook: Hook, message: Outbound) -> str:
        """The id of *message* if it stands there already."""
        after = first_id(decided_at(message.key))
        told: Any = await self._http.logs_from(message.channel, _LAST, after=after)
        for one in told:
            same = one.get("webhook_id") == hook.id and one.get("content") == message.text.strip()
            if same and message_id(one) not in self._delivered:
                return message_id(one)
        return ""

    async def _found(self, chat: str, mask: Mask) -> Hook:
        """The webhook of that persona in that channel, made if it is not there yet."""
        told: Any = await self._http.get_channel(int(chat))
        is_thread = told["type"] in _THREADS
        channel = str(told["parent_id"]) if is_thread else chat
        known: Any = await self._http.request(
            Route("GET", "/channels/{channel_id}/webhooks", channel_id=int(channel))
        )
        ours = (
            one
            for one in known
            if one.get("application_id") == self._me and one.get("name") == mask.name
        )
        hook: Any = next((one for one in ours if one.get("token")), None)
        hook = hook or await self._made(channel, mask)
        return Hook(str(hook["id"]), str(hook["token"]), chat if is_thread else "")

    async def _made(self, channel: str, mask: Mask) -> Any:
        picture = await asyncio.to_thread(_picture, mask.picture) if mask.picture else None
        route = Route("POST", "/channels/{channel_id}/webhooks", channel_id=int(channel))
        return await self._http.request(route, json={"name": mask.name, "avatar": picture})


def _picture(path: Path) -> str | None:
    """The picture as Discord takes it; one that cannot be read is none."""
    kind, _ = mimetypes.guess_type(path.name)
    try:
        content = base64.b64encode(path.read_bytes()).decode()
    except OSError:
        return None
    return f"data:{kind or 'image/png'};base64,{content}"
