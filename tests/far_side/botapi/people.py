"""What people do: they write, edit, press buttons, block the bot, upgrade their groups."""

from typing import Any

from tests.far_side.botapi.accounts import Accounts
from tests.far_side.botapi.drafts import Draft
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
        quote: str = "",
        at: int | None = None,
        **more: Any,
    ) -> Json:
        """*person* writes in *chat*; *more* are further fields of the message, as they are.

        *quote* is the part that they picked of what they reply to. The update is returned also when
        the bot has not asked for its kind, and then never comes.
        """
        place = self._settled(chat, person)
        fields: Json = {"text": text} if text else {}
        if entities := found_entities(text):
            fields["entities"] = list(entities)
        if reply_to is not None:
            fields["reply_to_message"] = place.quoted(_number(reply_to))
            fields |= _picked(quote, fields["reply_to_message"])
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

    def reacts(self, person: Person, message: Sent, face: str = "") -> Json:
        """*person* has this *face*, or none any more, under a message of the bot."""
        place = self.world.places.at(message.chat_id)
        shown = [{"type": "emoji", "emoji": face}] if face else []
        before = place.faces.get((person.id, message.message_id), [])
        place.faces[person.id, message.message_id] = shown
        body = {"chat": place.messages[message.message_id]["chat"], "user": person.shown()}
        body |= {"message_id": message.message_id, "date": self.world.at()}
        return self.update(
            "message_reaction", body | {"old_reaction": before, "new_reaction": shown}
        )

    def mentions(
        self,
        chat: Person | Group,
        person: Person,
        text: str,
        *,
        quoted: Json | None = None,
        **more: Any,
    ) -> Json:
        """*person* calls the bot in *chat*, of which it is no member, by an answer to *quoted*.

        Of all that is said there the bot is told this one message, with the one it answers.
        """
        number = self.world.inbox.next_id()
        query = f"{9_000_000_000_000_000_000 + number}"
        body: Json = {
            "message_id": number,
            "from": person.shown(),
            "chat": chat.chat(),
            "date": self.world.at(),
            "text": text,
            "guest_query_id": query,
            "guest_bot_caller_user": person.shown(),
        }
        if entities := found_entities(text):
            body["entities"] = list(entities)
        if quoted is not None:
            body["reply_to_message"] = quoted
        self.world.guests[query] = body | more
        return self.world.update("guest_message", body | more)

    def written(self, chat: Person | Group, person: Person, text: str) -> Json:
        """A message in a place of others, which the bot sees only where somebody quotes it."""
        number = self.world.inbox.next_id() + 500
        shown = {"message_id": number, "from": person.shown(), "chat": chat.chat()}
        return shown | {"date": self.world.at(), "text": text}

    def sees(self, person: Person, thread: int = 0) -> Draft | None:
        """The draft that *person* sees in their private chat with the bot, if there is one."""
        return self.world.places.at(person.id).drafts.seen(thread, self.world.now())

    def stops(self, person: Person, thread: int = 0) -> Json | None:
        """*person* presses the button under the draft that they see; without one nothing happens.

        The draft stays where it is: what becomes of it is the bot's to say.
        """
        draft = self.sees(person, thread)
        if draft is None or not draft.can_stop:
            return None
        body: Json = {"chat": person.chat(), "draft_id": draft.id}
        return self.world.update(
            "stopped_message_generation", body | ({"message_thread_id": thread} if thread else {})
        )

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

    def keeps(self, content: bytes, name: str = "file.bin", size: int | None = None) -> Json:
        """A file on the platform's servers, to be sent with `says(..., voice={**file, ...})`.

        It is said to have the *size*, where that is given.
        """
        return self.world.files.keep(content, name, size)

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


def _picked(part: str, replied: Json | None) -> Json:
    """The protocol's TextQuote, whose position counts UTF-16 units."""
    if not part or replied is None:
        return {}
    whole = str(replied.get("text") or replied.get("caption") or "")
    before = whole[: whole.index(part)].encode("utf-16-le")
    return {"quote": {"text": part, "position": len(before) // 2, "is_manual": True}}


def _number(message: int | Sent | Json) -> int:
    if isinstance(message, int):
        return message
    if isinstance(message, Sent):
        return message.message_id
    number: int = (message.get("message") or message)["message_id"]
    return number
