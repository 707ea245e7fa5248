"""Raw Telegram updates in our own words. Telegram's types end here."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC
from typing import Any, Final

from aiogram.types import (
    BusinessMessagesDeleted,
    CallbackQuery,
    Message,
    MessageGenerationStopped,
    MessageReactionUpdated,
    ReactionTypeEmoji,
    ReactionTypeUnion,
    Update,
    User,
)
from pydantic import ValidationError

from anima.model import (
    Arrival,
    Closed,
    Conversation,
    Deleted,
    Edited,
    Incoming,
    Meaning,
    Pressed,
    Rated,
    Renamed,
    Speaker,
    Stopped,
    Verdict,
)
from bots.buttons import pressed
from bots.names import Names
from bots.rating import rated, thumb
from bots.telegram import guests
from bots.telegram.addressed import Addressed, replied_to
from bots.telegram.attached import attachments
from bots.telegram.called import Called
from bots.telegram.connected import Connected
from bots.telegram.content import content
from bots.telegram.membership import Membership
from bots.telegram.quoted import Quotes
from bots.text import as_text, storable

ALLOWED: Final = (
    *("message", "edited_message", "my_chat_member", "callback_query"),
    *("business_connection", "business_message", "edited_business_message"),
    *("deleted_business_messages", "guest_message", "stopped_message_generation"),
    "message_reaction",
)
GREET: Final = "/start"
"""Whoever brings us into a group begins with us, as everybody does in private."""
_PLATFORM = "telegram"


class Reader:
    """Reads the updates of one bot, which has an id, a *username* and personas with *names*.

    *visits*: it may be called where it is no member.
    """

    def __init__(self, bot: str, username: str, names: Names, *, visits: bool = False) -> None:
        self._visits = visits
        self._bot = bot
        self._username = username
        self._source = f"{_PLATFORM}:{bot}"
        self._addressed = Addressed(bot, username)
        self._called = Called(names)
        self._quotes = Quotes(bot, username, _author)

    def arrival(self, raw: dict[str, Any]) -> Arrival | None:
        """What *raw* means; None if it is nothing to us.

        What cannot be understood comes without a meaning, to be set aside.
        """
        number = raw.get("update_id")
        if not isinstance(number, int) or isinstance(number, bool):
            return self._aside(raw, "")
        if not any(kind in raw for kind in ALLOWED):
            return None
        try:
            key, meaning = self._understood(raw)
        except ValidationError:
            return self._aside(raw, f"{number}:")
        if meaning is None:
            return None
        # Numbering restarts after a quiet week, so the number alone names no update for ever.
        return Arrival(self._source, f"{number}:{key}", as_text(raw), meaning)

    def quoted(self, raw: dict[str, Any]) -> Arrival | None:
        """The message that a guest's one answers: nobody will tell us of it but now."""
        try:
            message = Update.model_validate(raw).guest_message if "guest_message" in raw else None
        except ValidationError:
            return None
        replied = message.reply_to_message if message and self._visits else None
        said = self._message(replied) if replied else None
        if not message or not isinstance(said, Incoming):
            return None
        where = guests.place(self._bot, message)
        meaning = replace(said, conversation=where, private=False, addressed=False, reply_to="")
        key = f"{where.chat}:{where.thread}:quoted:{said.message}"
        return Arrival(self._source, key, as_text({"quoted_by": raw.get("update_id")}), meaning)

    def _aside(self, raw: dict[str, Any], number: str) -> Arrival:
        text = as_text(raw)
        digest = hashlib.sha256(text.encode()).hexdigest()[:32]
        return Arrival(self._source, number + digest, text, None)

    def _understood(self, raw: dict[str, Any]) -> tuple[str, Meaning | None]:
        """What *raw* means, and of which message or change it speaks."""
        if change := raw.get("my_chat_member"):
            return self._membership(Membership.model_validate(change))
        if told := raw.get("business_connection"):
            Connected.model_validate(told)  # which is kept elsewhere, and nothing that was said
            return "", None
        update = Update.model_validate(raw)
        return self._event(update) or self._words(update)

    def _event(self, update: Update) -> tuple[str, Meaning | None] | None:
        """What happened to something that was said, if that is what *update* tells of."""
        if update.deleted_business_messages:
            return self._withdrawal(update.deleted_business_messages)
        if update.callback_query:
            return update.callback_query.id, self._press(update.callback_query)
        if stop := update.stopped_message_generation:
            return f"{stop.chat.id}:{stop.draft_id}", self._stop(stop)
        if face := update.message_reaction:
            return f"{face.chat.id}:{face.message_id}", self._reacted(face)
        return None

    def _words(self, update: Update) -> tuple[str, Meaning | None]:
        """What somebody said, now or in other words."""
        if visit := update.guest_message:
            return guests.called(visit), self._visit(visit)
        edited = update.edited_message or update.edited_business_message
        message = edited or update.message or update.business_message
        if message is None or message.sender_business_bot or message.is_from_offline:
            return "", None  # the latter are words of ours, and of an answering machine
        meaning = self._edit(message) if edited else self._message(message)
        return f"{message.chat.id}:{message.message_id}", meaning

    def _withdrawal(self, gone: BusinessMessagesDeleted) -> tuple[str, Deleted]:
        where = replace(self._place(gone.chat.id), connection=storable(gone.business_connection_id))
        numbers = tuple(map(str, gone.message_ids))
        return f"{gone.chat.id}:{','.join(numbers)[:64]}", Deleted(where, numbers)

    def _membership(self, change: Membership) -> tuple[str, Closed | None]:
        key = f"{change.chat.id}:{change.date}"
        closed = change.closed
        return key, None if closed is None else Closed(self._place(change.chat.id), closed)

    def _message(self, message: Message) -> Incoming | Renamed | None:
        if message.migrate_to_chat_id:
            return Renamed(self._place(message.chat.id), str(message.migrate_to_chat_id))
        speaker = _speaker(message)
        joined = self._joined(message)
        text = GREET if joined else content(message, self._username)
        if speaker is None or not text.strip() or message.chat.type == "channel":
            return None
        replied = replied_to(message)
        return Incoming(
            conversation=self._conversation(message),
            speaker=speaker,
            text=text,
            at=message.date.astimezone(UTC),
            message=str(message.message_id),
            private=message.chat.type == "private",
            addressed=joined or self._addressed(message),
            called=self._called(message),
            reply_to=str(replied.message_id) if replied else "",
            title=_title(message),
            attachments=attachments(message),
            quoted=self._quotes(message),
            album=storable(message.media_group_id or ""),
        )

    def _joined(self, message: Message) -> bool:
        """Whether somebody has just brought us into a group."""
        return any(str(one.id) == self._bot for one in message.new_chat_members or ())

    def _visit(self, message: Message) -> Incoming | None:
        """What somebody says to us where we are a guest; there no word is for us alone."""
        name, said = guests.called(message), self._message(message)
        if not (self._visits and name and isinstance(said, Incoming)):
            return None
        where = guests.place(self._bot, message)
        return replace(said, conversation=where, message=name, private=False, addressed=True)

    def _edit(self, message: Message) -> Edited | None:
        text = content(message, self._username)
        if _speaker(message) is None or not text.strip() or message.chat.type == "channel":
            return None
        return Edited(self._conversation(message), str(message.message_id), text)

    def _press(self, query: CallbackQuery) -> Rated | Pressed | None:
        """What a button of ours means; where a message is too old nobody knows where it was."""
        data, under = query.data or "", query.message
        if not isinstance(under, Message) or query.from_user.is_bot:
            return None
        if verdict := rated(data):
            return Rated(self._conversation(under), _person(query.from_user), *verdict)
        button = pressed(data)
        return Pressed(*button, self._said_by(query.from_user, under)) if button else None

    def _reacted(self, change: MessageReactionUpdated) -> Rated | None:
        """What a thumb under a message says of it, or that somebody takes theirs back."""
        before, now = _thumb(change.old_reaction), _thumb(change.new_reaction)
        verdict, person = now or before, change.user
        if verdict is None or now == before or person is None or person.is_bot:
            return None
        where, message = self._place(change.chat.id), str(change.message_id)
        return Rated(where, _person(person), 0, verdict, message=message, withdrawn=now is None)

    def _said_by(self, person: User, under: Message) -> Incoming:
        """What *person* says by a button *under* a message; which words, the ledger knows."""
        return Incoming(
            conversation=self._conversation(under),
            speaker=_person(person),
            text="",
            at=under.date.astimezone(UTC),
            message=str(under.message_id),
            private=under.chat.type == "private",
            reply_to=str(under.message_id),
            title=storable(under.chat.title or ""),
        )

    def _stop(self, stop: MessageGenerationStopped) -> Stopped:
        topic = str(stop.message_thread_id or "")
        return Stopped(replace(self._place(stop.chat.id), thread=topic), stop.draft_id)

    def _place(self, chat: int) -> Conversation:
        return Conversation(_PLATFORM, self._bot, str(chat))

    def _conversation(self, message: Message) -> Conversation:
        topic = message.message_thread_id if message.is_topic_message else None
        return Conversation(
            _PLATFORM,
            self._bot,
            chat=str(message.chat.id),
            connection=storable(message.business_connection_id or ""),
            thread=str(topic) if topic is not None else "",
        )


def _speaker(message: Message) -> Speaker | None:
    """Who wrote: a person, or the channel or group in whose name they did; but never a bot.

    Of an admin who stays unknown all that is told is of which group, and the title they bear.
    """
    if chat := message.sender_chat:
        name = chat.title or chat.username or str(chat.id)
        if chat.id == message.chat.id and chat.type != "channel":
            name = f"{name} ({message.author_signature or 'admin'})"
        return Speaker(_PLATFORM, str(chat.id), storable(name))
    person = message.from_user
    return None if person is None or person.is_bot else _person(person)


def _author(message: Message) -> Speaker | None:
    """Who wrote what somebody answers; that may be another bot."""
    person = message.from_user
    is_bot = bool(person and person.is_bot and not message.sender_chat)
    return _person(person) if person and is_bot else _speaker(message)


def _thumb(faces: Sequence[ReactionTypeUnion]) -> Verdict | None:
    emoji = (one.emoji for one in faces if isinstance(one, ReactionTypeEmoji))
    return next(filter(None, map(thumb, emoji)), None)


def _title(message: Message) -> str:
    """What the chat is called; one that is somebody's own by whom it is with."""
    chat = message.chat
    return storable(chat.full_name if message.business_connection_id else chat.title or "")


def _person(person: User) -> Speaker:
    name = person.full_name.strip() or person.username or str(person.id)
    return Speaker(_PLATFORM, str(person.id), storable(name), storable(person.language_code or ""))
