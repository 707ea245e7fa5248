"""What people do: they write, edit, press buttons, block the bot, upgrade their groups."""

from typing import Any

from tests.far_side.botapi.accounts import Accounts
from tests.far_side.botapi.journal import Sent
from tests.far_side.botapi.places import Group, Person, Place
from tests.far_side.botapi.text import found_entities
from tests.far_side.botapi.wire import Json


class People(Accounts):
    """Everybody but the bot. Whatever they do is an update that waits for it."""

    def person(
        self,
        id: int = 7,  # noqa: A002 - the protocol's word
        name: str = "Ann",
        language: str = "en",
        username: str = "",
    ) -> Person:
        """Somebody who has started the bot."""
        person = Person(id, name, language, username)
        self.world.places.settle(person)
        return person

    def group(
        self,
        id: int = -100,  # noqa: A002 - the protocol's word
        title: str = "Friends",
        owner: Person | None = None,
    ) -> Group:
        """A group with the bot in it; an id below -10^12 makes it a supergroup."""
        group = Group(id, title, owner.id if owner else 0)
        self.world.places.settle(group)
        return group

    def says(
        self,
        chat: Person | Group,
        person: Person,
        text: str = "",
        *,
        reply_to: int | Sent | Json | None = None,
        at: int | None = None,
        **more: Any,
    ) -> Json:
        """*person* writes in *chat*; *more* are further fields of the message, as they are.

        The update is returned also when the bot has not asked for its kind, and then never comes.
        """
        place = self._settled(chat, person)
        fields: Json = {"text": text} if text else {}
        if entities := found_entities(text):
            fields["entities"] = list(entities)
        if reply_to is not None:
            fields["reply_to_message"] = place.quoted(_number(reply_to))
        when = self.world.at() if at is None else at
        message = place.add(person.shown(), when, fields | more)
        return self.update("message", message)

    def edits(self, message: Json, text: str) -> Json:
        """The author of *message* (or of the update that brought it) changes its text."""
        was: Json = message.get("message") or message.get("edited_message") or message
        place = self.world.places.at(was["chat"]["id"])
        now = place.messages[was["message_id"]]
        now.pop("entities", None)
        now.update(text=text, edit_date=self.world.at())
        if entities := found_entities(text):
            now["entities"] = list(entities)
        return self.update("edited_message", now)

    def presses(self, person: Person, message: Json | Sent, button: str) -> Json:
        """*person* presses the *button* (its callback data) under a message of the bot."""
        chat = message.chat_id if isinstance(message, Sent) else message["chat"]["id"]
        query = f"query-{self.world.inbox.next_id()}"
        self.world.queries.add(query)
        shown = self.world.places.at(chat).messages[_number(message)]
        pressed = {"id": query, "from": person.shown(), "message": shown, "data": button}
        return self.update("callback_query", pressed | {"chat_instance": str(chat)})

    def blocks(self, person: Person) -> Json:
        """*person* blocks the bot in their private chat."""
        place = self.world.places.settle(person)
        place.closed = "Forbidden: bot was blocked by the user"
        return self._membership(place, person, "member", "kicked")

    def unblocks(self, person: Person) -> Json:
        """*person* lets the bot in again."""
        place = self.world.places.settle(person)
        place.closed = ""
        return self._membership(place, person, "kicked", "member")

    def kicks(self, group: Group, person: Person) -> Json:
        """*person* throws the bot out of *group*."""
        place = self.world.places.settle(group)
        place.closed = f"Forbidden: bot was kicked from the {group.kind} chat"
        return self._membership(place, person, "member", "kicked")

    def adds(self, group: Group, person: Person) -> Json:
        """*person* brings the bot into *group*."""
        place = self.world.places.settle(group)
        place.closed = ""
        self._membership(place, person, "left", "member")
        return self.says(group, person, new_chat_members=[self.world.me])

    def opens(self, group: Group, person: Person, name: str) -> int:
        """*person* opens a topic in *group*, which is a forum from then on; the thread's number."""
        place = self.world.places.settle(group)
        place.chat["is_forum"] = True
        created = {"name": name, "icon_color": 7322096}
        opening = self.says(group, person, forum_topic_created=created, is_topic_message=True)
        number: int = opening["message"]["message_id"]
        place.topics.add(number)
        return number

    def closes(self, group: Group, topic: int) -> None:
        """Somebody deletes a topic with all that stands in it."""
        self.world.places.settle(group).topics.discard(topic)

    def migrates(self, group: Group, person: Person, to: int) -> Group:
        """*person* turns *group* into the supergroup *to*; both chats get the usual message."""
        old, new = self.world.places.settle(group), self.group(to, group.title)
        self.says(group, person, migrate_to_chat_id=to)
        self.says(new, person, migrate_from_chat_id=group.id)
        old.moved_to = to
        return new

    def push(self, raw: object) -> object:
        """Queue *raw*, whatever it is; an object without an `update_id` gets the next one."""
        if isinstance(raw, dict):
            raw = {"update_id": self.world.inbox.next_id(), **raw}
        self.world.inbox.queue(raw)
        return raw

    def again(self, update: Json) -> None:
        """The platform delivers *update* once more, confirmed or not."""
        self.world.inbox.repeat(update)

    def keeps(self, content: bytes, name: str = "file.bin") -> Json:
        """A file on the platform's servers, to be sent with `says(..., voice={**file, ...})`."""
        return self.world.files.keep(content, name)

    def _settled(self, chat: Person | Group, person: Person) -> Place:
        self.world.places.settle(person)
        return self.world.places.settle(chat)

    def _membership(self, place: Place, person: Person, old: str, new: str) -> Json:
        def member(status: str) -> Json:
            shown: Json = {"status": status, "user": self.world.me}
            return shown | {"until_date": 0} if status == "kicked" else shown

        change: Json = {"chat": place.chat, "from": person.shown(), "date": self.world.at()}
        change |= {"old_chat_member": member(old), "new_chat_member": member(new)}
        return self.update("my_chat_member", change)


def _number(message: int | Sent | Json) -> int:
    if isinstance(message, int):
        return message
    if isinstance(message, Sent):
        return message.message_id
    number: int = (message.get("message") or message)["message_id"]
    return number
