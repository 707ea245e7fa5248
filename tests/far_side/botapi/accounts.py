"""What people do with their own accounts: connect the bot, and talk with each other."""

from collections.abc import Sequence
from typing import Any

from tests.far_side.botapi.links import RIGHTS, Link
from tests.far_side.botapi.places import Person
from tests.far_side.botapi.wire import Json
from tests.far_side.botapi.world import World


class Accounts:
    """Everybody who lets the bot into their own chats. Whatever happens there is an update."""

    def __init__(self, world: World) -> None:
        self.world = world

    def connects(
        self,
        owner: Person,
        rights: Sequence[str] = RIGHTS,
        *,
        enabled: bool = True,
        id: str = "bc1",  # noqa: A002 - the protocol's word
    ) -> Link:
        """*owner* connects the bot, or changes what it may do in their chats."""
        link = self.world.links.known.setdefault(id, Link(id, owner))
        link.rights, link.enabled = tuple(rights), enabled
        self.update("business_connection", link.shown(self.world.at()))
        return link

    def tells(self, link: Link, other: Person, text: str = "", **more: Any) -> Json:
        """*other* writes to the owner in their chat."""
        link.heard_at[other.id] = self.world.at()
        return self._in_chat(link, other, other, text, more)

    def types(self, link: Link, other: Person, text: str, **more: Any) -> Json:
        """The owner writes to *other* by themselves."""
        return self._in_chat(link, other, link.owner, text, more)

    def alters(self, link: Link, update: Json, text: str) -> Json:
        """Whoever wrote a message there changes its text."""
        was = update["business_message"]
        now = link.places[was["chat"]["id"]].messages[was["message_id"]]
        now.update(text=text, edit_date=self.world.at())
        return self.update("edited_business_message", now)

    def takes_back(self, link: Link, *updates: Json) -> Json:
        """Messages of one chat are deleted there."""
        messages = [one["business_message"] for one in updates]
        place = link.places[messages[0]["chat"]["id"]]
        numbers = [one["message_id"] for one in messages]
        for number in numbers:
            place.messages.pop(number, None)
        gone = {"business_connection_id": link.id, "chat": place.chat, "message_ids": numbers}
        return self.update("deleted_business_messages", gone)

    def update(self, kind: str, body: Json) -> Json:
        """An update of this *kind*, which waits for the bot if it wants such."""
        return self.world.update(kind, body)

    def _in_chat(self, link: Link, other: Person, who: Person, text: str, more: Json) -> Json:
        words = {"text": text} if text else {}
        fields = {**words, "business_connection_id": link.id} | more
        message = link.settle(other).add(who.shown(), self.world.at(), fields)
        return self.update("business_message", message)
