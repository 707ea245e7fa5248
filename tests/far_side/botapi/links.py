"""Accounts of people that are connected to the bot, and their own chats."""

from dataclasses import dataclass, field
from typing import Final

from tests.far_side.botapi.places import Person, Place
from tests.far_side.botapi.wire import Json, Refusal

RIGHTS: Final = ("can_reply", "can_read_messages")
_WINDOW_S: Final = 24 * 3600


@dataclass(slots=True)
class Link:
    """One business connection. Its chats have the ids of people, and are not the bot's chats."""

    id: str
    owner: Person
    rights: tuple[str, ...] = RIGHTS
    enabled: bool = True
    places: dict[int, Place] = field(default_factory=dict)
    heard_at: dict[int, int] = field(default_factory=dict)
    read: dict[int, int] = field(default_factory=dict)

    def shown(self, at: int) -> Json:
        """The protocol's BusinessConnection object."""
        return {
            "id": self.id,
            "user": self.owner.shown(),
            "user_chat_id": self.owner.id,
            "date": at,
            "is_enabled": self.enabled,
            "rights": dict.fromkeys(self.rights, True),
        }

    def settle(self, other: Person) -> Place:
        """The owner's chat with *other*, which exists from now on."""
        return self.places.setdefault(other.id, Place(other.chat()))

    def open(self, chat: int, at: int) -> Place:
        """The owner's chat to write in; a refusal where the bot may not, or not any more."""
        if not self.enabled or "can_reply" not in self.rights:
            raise Refusal(400, "Bad Request: BUSINESS_CONNECTION_NOT_ALLOWED")
        if chat not in self.places:
            raise Refusal(400, "Bad Request: BUSINESS_PEER_INVALID")
        if at - self.heard_at.get(chat, 0) > _WINDOW_S:
            raise Refusal(400, "Bad Request: BUSINESS_PEER_USAGE_MISSING")
        return self.places[chat]


@dataclass(slots=True)
class Links:
    """All of them, by id."""

    known: dict[str, Link] = field(default_factory=dict)

    def at(self, connection: str) -> Link:
        """The one with this id; a refusal when there is none."""
        if connection not in self.known:
            raise Refusal(400, "Bad Request: BUSINESS_CONNECTION_INVALID")
        return self.known[connection]
