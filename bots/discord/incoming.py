"""What the gateway told, in our own words. Discord's objects end here."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from anima.model import (
    Arrival,
    Closed,
    Conversation,
    Deleted,
    Edited,
    Incoming,
    Meaning,
    Pressed,
    Quote,
    Rated,
    Speaker,
)
from bots.buttons import pressed
from bots.discord.addressed import Addressed, is_ours
from bots.discord.attached import attachments
from bots.discord.content import forwarded, shown
from bots.discord.events import (
    Event,
    Fields,
    UnreadableError,
    moment,
    number,
    perhaps,
    within,
    words,
)
from bots.discord.names import Readable, called
from bots.discord.rooms import Rooms
from bots.names import Names, Naming
from bots.quoting import quote
from bots.rating import rated, thumb
from bots.text import as_text, storable

PLATFORM: Final = "discord"
BUTTON: Final = 3
"""The kind of an interaction that is a pressed button."""

_TALK: Final = frozenset({0, 19})
"""The kinds of messages that somebody wrote: by itself, and as a reply."""
_GROUP: Final = 3

Found = Iterator[tuple[str, Meaning]]
"""What an event means, each time with the name by which a repeat of it is known."""


class Reader:
    """Reads the events of the account *me*, called *name*, behind which personas have *names*."""

    def __init__(self, me: str, name: str, names: Names, rooms: Rooms) -> None:
        self._me = me
        self._rooms = rooms
        self._source = f"{PLATFORM}:{me}"
        self._readable = Readable(me, name, rooms)
        self._addressed = Addressed(me, rooms)
        self._naming = Naming(names)
        self._reads: Mapping[str, Callable[[Event], Found]] = {
            "MESSAGE_CREATE": self._message,
            "MESSAGE_UPDATE": self._edit,
            "MESSAGE_DELETE": self._deletion,
            "MESSAGE_DELETE_BULK": self._deletions,
            "MESSAGE_REACTION_ADD": self._reaction,
            "MESSAGE_REACTION_REMOVE": self._reaction,
            "INTERACTION_CREATE": self._press,
            "CHANNEL_DELETE": self._closed_channel,
            "THREAD_DELETE": self._closed_channel,
            "GUILD_DELETE": self._closed_guild,
        }

    def arrivals(self, event: Event) -> list[Arrival]:
        """What *event* means; nothing if it is nothing to us.

        What cannot be understood comes without a meaning, to be set aside.
        """
        raw = as_text({"t": event.kind, "d": event.fields})
        reads = self._reads.get(event.kind)
        try:
            found = list(reads(event)) if reads else []
            self._rooms.learn(event)
        except (ValueError, TypeError, OverflowError):
            digest = hashlib.sha256(raw.encode()).hexdigest()[:32]
            return [Arrival(self._source, f"?{digest}", raw, None)]
        return [Arrival(self._source, key, raw, meaning) for key, meaning in found]

    def _message(self, event: Event) -> Found:
        message = event.fields
        author = within(message, "author")
        number(author, "id")
        text = self._text(message, perhaps(message, "guild_id"))
        if not self._is_talk(message) or not text.strip():
            return
        channel, guild = number(message, "channel_id"), perhaps(message, "guild_id")
        id_ = number(message, "id")
        private = self._is_private(message)
        yield (
            f"m{id_}",
            Incoming(
                conversation=self._conversation(channel),
                speaker=_speaker(author, within(message, "member")),
                text=text,
                at=_written(message, id_),
                message=id_,
                private=private,
                addressed=private or self._addressed(message, guild),
                called=() if private else self._naming(words(message, "content")),
                reply_to=_replied(message),
                title=self._rooms.title(channel, guild),
                attachments=attachments(message),
                quoted=self._quoted(message, guild),
            ),
        )

    def _edit(self, event: Event) -> Found:
        message = event.fields
        at = words(message, "edited_timestamp")
        if not at or "content" not in message or not self._is_talk(message):
            return  # a link got its preview, or the message was pinned
        id_ = number(message, "id")
        text = self._text(message, perhaps(message, "guild_id"))
        if text.strip():
            where = self._conversation(number(message, "channel_id"))
            yield f"e{id_}:{at}", Edited(where, id_, text)

    def _deletion(self, event: Event) -> Found:
        id_ = number(event.fields, "id")
        yield f"d{id_}", Deleted(self._conversation(number(event.fields, "channel_id")), (id_,))

    def _deletions(self, event: Event) -> Found:
        ids = event.fields.get("ids")
        for id_ in ids if isinstance(ids, list) else ():
            yield from self._deletion(Event("", {**event.fields, "id": id_}))

    def _reaction(self, event: Event) -> Found:
        given = event.fields
        verdict = thumb(words(within(given, "emoji"), "name"))
        user, author = number(given, "user_id"), perhaps(given, "message_author_id")
        if verdict is None or user == self._me or author not in {"", self._me}:
            return
        message = number(given, "message_id")
        member = within(given, "member")
        speaker = Speaker(PLATFORM, user, storable(called(within(member, "user"), member)))
        where = self._conversation(number(given, "channel_id"))
        # it has no name of its own, and whoever takes it back may give it again
        key = f"r{message}:{user}:{event.session}:{event.number}"
        withdrawn = event.kind == "MESSAGE_REACTION_REMOVE"
        yield key, Rated(where, speaker, 0, verdict, message=message, withdrawn=withdrawn)

    def _press(self, event: Event) -> Found:
        given = event.fields
        brought = words(within(given, "data"), "custom_id")
        if given.get("type") != BUTTON:
            return
        key, under = f"i{number(given, 'id')}", self._said_by(given)
        if verdict := rated(brought):
            yield key, Rated(under.conversation, under.speaker, *verdict)
        elif button := pressed(brought):
            yield key, Pressed(*button, under)

    def _said_by(self, given: Fields) -> Incoming:
        """What somebody says by a button; which words, the ledger knows."""
        member = within(given, "member")
        user = within(member, "user") or within(given, "user")
        channel, guild = number(given, "channel_id"), perhaps(given, "guild_id")
        message = number(within(given, "message"), "id")
        return Incoming(
            conversation=self._conversation(channel),
            speaker=_speaker(user, member, words(given, "locale")),
            text="",
            at=moment(number(given, "id")),
            message=message,
            private=not guild,
            reply_to=message,
            title=self._rooms.title(channel, guild),
        )

    def _closed_channel(self, event: Event) -> Found:
        channel = number(event.fields, "id")
        yield f"c{channel}", Closed(self._conversation(channel), closed=True)

    def _closed_guild(self, event: Event) -> Found:
        guild = number(event.fields, "id")
        if event.fields.get("unavailable"):
            return  # an outage of theirs, which passes
        for channel in self._rooms.within(guild):
            key = f"g{channel}:{event.session}:{event.number}"
            yield key, Closed(self._conversation(channel), closed=True)

    def _is_talk(self, message: Fields) -> bool:
        """Whether a person wrote it: no bot, no webhook, and not Discord itself."""
        author = within(message, "author")
        is_bot = author.get("bot") or author.get("system") or message.get("webhook_id")
        return not is_bot and message.get("type", 0) in _TALK and bool(author)

    def _is_private(self, message: Fields) -> bool:
        return not perhaps(message, "guild_id") and message.get("channel_type") != _GROUP

    def _quoted(self, message: Fields, guild: str) -> Quote | None:
        """What it answers, with whose it is; of what is gone or from elsewhere nothing is told."""
        replied = within(message, "referenced_message")
        if not replied or not _replied(message):
            return None
        author = within(replied, "author")
        if is_ours(replied, self._me):
            return quote(self._text(replied, guild), None)
        known = perhaps(author, "id")
        return quote(self._text(replied, guild), _speaker(author, {})) if known else None

    def _text(self, message: Fields, guild: str) -> str:
        parts = [shown(message), self._readable(words(message, "content"), message, guild)]
        if (inner := forwarded(message)) is not None:
            quoted = self._readable(words(inner, "content"), inner, guild)
            within_it = " ".join(part for part in (shown(inner), quoted) if part)
            parts.append(f"[forwarded: {within_it}]" if within_it else "[forwarded]")
        return storable(" ".join(part for part in parts if part.strip()))

    def _conversation(self, channel: str) -> Conversation:
        """A thread is a channel of its own on Discord, with an id of its own."""
        return Conversation(PLATFORM, self._me, channel)


def _speaker(user: Fields, member: Fields, language: str = "") -> Speaker:
    name = storable(called(user, member))
    return Speaker(PLATFORM, number(user, "id"), name, storable(language))


def _replied(message: Fields) -> str:
    """What it answers; what it passes on from elsewhere is none."""
    if forwarded(message) is not None:
        return ""
    return perhaps(within(message, "message_reference"), "message_id")


def _written(message: Fields, id_: str) -> datetime:
    stamp = words(message, "timestamp")
    at = datetime.fromisoformat(stamp) if stamp else moment(id_)
    if at.tzinfo is None:
        raise UnreadableError("timestamp has no zone")
    return at.astimezone(UTC)
