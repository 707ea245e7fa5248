"""Chats that are somebody's own, in which we write in their place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from anima.model import Conversation, Speaker

WINDOW: Final = timedelta(hours=24)
"""The platform lets us write for so long after somebody wrote there."""


@dataclass(frozen=True, slots=True)
class Mandate:
    """By the connection *id*, *owner* lets *bot* write in their own chats, in their place.

    *home* is their chat with the bot. *enabled* and *rights* are the platform's word on it, and
    *answers* is ours: whether we make use of it.
    """

    platform: str
    bot: str
    id: str
    owner: Speaker
    home: str
    enabled: bool
    rights: frozenset[str]
    answers: bool = True

    @property
    def obstacle(self) -> str:
        """Why nothing may be written by it; empty if we may."""
        if not self.enabled:
            return "the business connection is off"
        if "can_reply" not in self.rights:
            return "the business connection gives no right to reply"
        return "" if self.answers else "/business is off"


@dataclass(frozen=True, slots=True)
class Entrusted:
    """A chat that is somebody's own: whom it is with, and whether we *answer* there.

    Its owner writes there until *silent_until*. *heard_at* is when the other one wrote last.
    """

    conversation: Conversation
    name: str = ""
    answers: bool = True
    silent_until: datetime | None = None
    heard_at: datetime | None = None

    def silent(self, at: datetime) -> bool:
        """Whether the owner has the word there."""
        return self.silent_until is not None and at < self.silent_until

    def obstacle(self, now: datetime) -> str:
        """Why nothing may be written there *now*; empty if we may."""
        if not self.answers:
            return "/business is off in this chat"
        if self.silent(now):
            return "the owner of the chat writes there"
        if self.heard_at is None or now - self.heard_at > WINDOW:
            return "nobody else has written there for 24 hours"
        return ""


@dataclass(frozen=True, slots=True)
class Written:
    """Somebody wrote *at* that time in a chat with *name*.

    It was its owner where *silent_until* is set: so long the word is theirs.
    """

    conversation: Conversation
    name: str
    at: datetime
    silent_until: datetime | None = None


class Mandates(Protocol):
    """What we know of them. All of it raises `LedgerUnavailable`."""

    async def keep(self, mandate: Mandate) -> None:
        """The platform says so; whether we make use of it stays as it was."""

    async def of(self, bot: str, connection: str) -> Mandate | None:
        """The one by that *connection*, if we were told of it."""

    async def listen(self, written: Sequence[Written]) -> Sequence[Entrusted]:
        """Keep who wrote where; how the chat stands after each of them. Repeats are harmless."""

    async def chat(self, conversation: Conversation) -> Entrusted:
        """How that chat stands."""

    async def all(self, owner: str = "") -> Sequence[tuple[Mandate, Sequence[Entrusted]]]:
        """Every mandate, or those of *owner*, with its chats; the newest talk first."""
