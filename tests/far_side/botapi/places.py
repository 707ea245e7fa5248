"""Who and where: people, groups, and the messages of each place."""

from dataclasses import dataclass, field

from tests.far_side.botapi.drafts import Drafts
from tests.far_side.botapi.wire import Json, Refusal

_SUPERGROUPS_BELOW = -1_000_000_000_000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has started the bot; also the private place to talk to them."""

    id: int
    name: str
    language: str = ""
    username: str = ""

    def shown(self) -> Json:
        """The protocol's User object."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.name}
        if self.username:
            user["username"] = self.username
        if self.language:
            user["language_code"] = self.language
        return user

    def chat(self) -> Json:
        """The protocol's Chat object of the private place."""
        chat: Json = {"id": self.id, "type": "private", "first_name": self.name}
        if self.username:
            chat["username"] = self.username
        return chat


@dataclass(frozen=True, slots=True)
class Group:
    """A group with the bot in it; an id below -10^12 makes it a supergroup."""

    id: int
    title: str
    owner: int = 0

    @property
    def kind(self) -> str:
        """The protocol's word for it."""
        return "supergroup" if self.id < _SUPERGROUPS_BELOW else "group"

    def chat(self) -> Json:
        """The protocol's Chat object."""
        return {"id": self.id, "type": self.kind, "title": self.title}


@dataclass(slots=True)
class Place:
    """One chat as the platform holds it. *closed* is what a bot is told that may not write here.

    Message ids count from 1 in each place: they are unique nowhere else.
    """

    chat: Json
    owner: int = 0
    closed: str = ""
    moved_to: int = 0
    messages: dict[int, Json] = field(default_factory=dict)
    topics: set[int] = field(default_factory=set)
    reactions: dict[int, str] = field(default_factory=dict)
    faces: dict[tuple[int, int], list[Json]] = field(default_factory=dict)
    given: int = 0
    drafts: Drafts = field(default_factory=Drafts)

    def add(self, sender: Json, at: int, fields: Json) -> Json:
        """A new message from *sender*."""
        self.given += 1
        message: Json = {
            "message_id": self.given,
            "from": sender,
            "chat": self.chat,
            "date": at,
            **fields,
        }
        self.messages[self.given] = message
        return message

    def quoted(self, message_id: int) -> Json | None:
        """The message as a reply to it carries it: without what it answered itself."""
        found = self.messages.get(message_id)
        if found is None:
            return None
        return {key: value for key, value in found.items() if key != "reply_to_message"}


class Places:
    """Every place and every person that the platform knows."""

    def __init__(self) -> None:
        self.people: dict[int, Person] = {}
        self._places: dict[int, Place] = {}

    def settle(self, where: Person | Group) -> Place:
        """The place of *where*, which exists from now on."""
        place = self._places.get(where.id)
        if place is None:
            owner = where.owner if isinstance(where, Group) else 0
            place = self._places[where.id] = Place(where.chat(), owner)
        if isinstance(where, Person):
            self.people[where.id] = where
        return place

    def at(self, chat_id: int) -> Place:
        """The place *chat_id* as it is, shut or not; a refusal when there is none."""
        place = self._places.get(chat_id)
        if place is None:
            raise Refusal(400, "Bad Request: chat not found")
        return place

    def open(self, chat_id: int) -> Place:
        """The place *chat_id* to write in; a refusal when it is shut or has moved."""
        place = self.at(chat_id)
        if place.moved_to:
            raise Refusal(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=place.moved_to,
            )
        if place.closed:
            raise Refusal(403, place.closed)
        return place
