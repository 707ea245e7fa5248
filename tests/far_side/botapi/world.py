"""The platform's state, which the methods of the protocol work on."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.far_side.botapi.inbox import Inbox
from tests.far_side.botapi.journal import Journal
from tests.far_side.botapi.links import Links
from tests.far_side.botapi.places import Place, Places
from tests.far_side.botapi.wire import Json, Params, Refusal


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where updates are pushed to."""

    url: str
    secret: str = ""
    max_connections: int = 40


@dataclass(slots=True)
class Mishap:
    """The last push that failed."""

    at: int
    reason: str


class World:
    """All that one bot's server knows. *now* is the time that messages carry."""

    def __init__(self, token: str, now: Callable[[], float] = time.time) -> None:
        self.token = token
        self.now = now
        self.journal = Journal()
        self.inbox = Inbox(self.journal.turned)
        self.places = Places()
        self.links = Links()
        self.files = Files()
        self.reads_all = False
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.queries: set[str] = set()
        self.visits = True
        self.guests: dict[str, Json] = {}
        self.inline: dict[str, Json] = {}
        self.webhook: Webhook | None = None
        self.mishap: Mishap | None = None
        self.me: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Anima",
            "username": "anima_test_bot",
        }

    def at(self) -> int:
        """The platform's time, in whole seconds."""
        return int(self.now())

    def forget(self) -> None:
        """Drop the updates that wait, the messages and the calls; people and ids stay."""
        self.inbox.clear()
        self.journal.clear()

    def place(self, params: Params) -> Place:
        """The place that a call names as `chat_id`, to write in; maybe somebody's own chat."""
        if connection := params.text("business_connection_id"):
            return self.links.at(connection).open(chat_id(params), self.at())
        return self.places.open(chat_id(params))

    def update(self, kind: str, body: Json) -> Json:
        """An update of this *kind*, which waits for the bot if it wants such."""
        update = {"update_id": self.inbox.next_id(), kind: dict(body)}
        if self.inbox.wants(kind):
            self.inbox.queue(update)
        return update

    def post(self, place: Place, connection: str, fields: Json) -> Json:
        """A new message of the bot; in somebody's own chat it bears their name, and is echoed."""
        if not connection:
            return place.add(self.me, self.at(), fields)
        owner = self.links.at(connection).owner.shown()
        message = place.add(owner, self.at(), fields | {"sender_business_bot": self.me})
        self.update("business_message", message)
        return message


@dataclass(slots=True)
class Files:
    """What was uploaded or sent, by file id; *paths* are where it can be fetched.

    *sizes* are those of files that are larger than a test wants to hold.
    """

    contents: dict[str, bytes] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def keep(self, content: bytes, name: str, size: int | None = None) -> Json:
        """Keep a file, and the part of its object that every kind of file has."""
        number = len(self.contents) + 1
        file_id = f"file-{number}"
        self.contents[file_id] = content
        self.paths[file_id] = f"files/{number}/{name}"
        if size is not None:
            self.sizes[file_id] = size
        return self.shown(file_id)

    def shown(self, file_id: str) -> Json:
        """The ids and the size of a file; a refusal when nobody knows it."""
        if file_id not in self.contents:
            raise Refusal(400, "Bad Request: wrong file identifier/HTTP URL specified")
        return {
            "file_id": file_id,
            "file_unique_id": f"u{file_id}",
            "file_size": self.size(file_id),
        }

    def size(self, file_id: str) -> int:
        """How many bytes a file has, as the platform tells it."""
        return self.sizes.get(file_id, len(self.contents[file_id]))

    def lose(self, file_id: str) -> None:
        """The platform still knows the file, and has it no more."""
        self.paths[file_id] = f"lost/{file_id}"
        self.contents[file_id] = b""

    def fetch(self, path: str) -> bytes | None:
        """What lies under *path*."""
        for file_id, known in self.paths.items():
            if known == path and not path.startswith("lost/"):
                return self.contents[file_id]
        return None


def chat_id(params: Params) -> int:
    """The chat that a call names; channels by @name are unknown here."""
    value = params.get("chat_id", "")
    if value == "":
        raise Refusal(400, "Bad Request: chat_id is empty")
    try:
        return int(value)
    except (TypeError, ValueError):
        raise Refusal(400, "Bad Request: chat not found") from None
