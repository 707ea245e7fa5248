"""What people do: they write, edit, delete and react, and make the places they do it in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from tests.far_side.discord import messages, posting, reactions, shown, threads
from tests.far_side.discord.events import Event
from tests.far_side.discord.files import keep
from tests.far_side.discord.ids import stamp
from tests.far_side.discord.journal import Sent
from tests.far_side.discord.places import Channel, Guild, Kind, Person
from tests.far_side.discord.wire import Json
from tests.far_side.discord.world import World

Message = int | Sent | Json
Place = Channel | Person
_KINDS: Final[Mapping[str, Kind]] = {
    "text": Kind.TEXT,
    "news": Kind.NEWS,
    "voice": Kind.VOICE,
    "category": Kind.CATEGORY,
    "forum": Kind.FORUM,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as people see it."""

    id: int
    author: str
    text: str
    edited: bool = False
    reply_to: int | None = None
    files: tuple[str, ...] = ()


class People:
    """Everybody but the bot, and the places they share with it."""

    def __init__(self, world: World) -> None:
        self.world = world

    @property
    def me(self) -> Person:
        """The bot, to be named in a text."""
        return self.world.me

    def person(
        self,
        name: str = "Ann",
        *,
        id: int = 0,  # noqa: A002 - the protocol's word
        language: str = "en-US",
        username: str = "",
        bot: bool = False,
    ) -> Person:
        """Somebody with an account."""
        person = Person(id or self.world.ids.new(), name, language, username, bot)
        self.world.people[person.id] = person
        return person

    def between(self, one: Person, other: Person) -> Channel:
        """The private place of two people without the bot, who may ask it there if it is theirs."""
        channel = Channel(self.world.ids.new(), Kind.DM, person=other, owner_id=one.id)
        channel.foreign = True
        self.world.channels[channel.id] = channel
        return channel

    def elsewhere(self, name: str, *people: Person) -> Guild:
        """A guild that the bot is not in."""
        guild = Guild(self.world.ids.new(), name, people[0], {one.id: one for one in people})
        guild.left = True
        self.world.guilds[guild.id] = guild
        return guild

    def guild(self, name: str, *people: Person, id: int = 0) -> Guild:  # noqa: A002
        """A guild with the bot and *people* in it; the first of them owns it."""
        owner = people[0] if people else self.person("Owner")
        everybody = {one.id: one for one in (self.me, owner, *people)}
        guild = Guild(id or self.world.ids.new(), name, owner, everybody)
        self.world.guilds[guild.id] = guild
        self.world.tell_guild(guild)
        return guild

    def channel(
        self,
        guild: Guild,
        name: str = "general",
        *,
        id: int = 0,  # noqa: A002 - the protocol's word
        kind: str = "text",
        parent: Channel | None = None,
    ) -> Channel:
        """A channel in *guild*: text, news, voice, category or forum."""
        number = id or self.world.ids.new()
        channel = Channel(number, _KINDS[kind], name, guild, parent)
        self.world.channels[number] = channel
        self.world.tell("CHANNEL_CREATE", shown.channel(channel), channel)
        return channel

    def thread(
        self, person: Person, channel: Channel, name: str, message: Json | Sent | None = None
    ) -> Channel:
        """*person* begins a thread in *channel*, on *message* if there is one."""
        if message is None:
            return threads.begin(self.world, channel, name, person.id)
        found = channel.messages[number(message)]
        return threads.hang(self.world, channel, found, name, person.id)

    def post(self, person: Person, forum: Channel, title: str, text: str) -> Channel:
        """*person* writes a post in a *forum*: a thread whose first message has its id."""
        thread = threads.begin(self.world, forum, title, person.id)
        message = posting.make(self.world, thread, person, text, id=str(thread.id))
        thread.messages = {thread.id: message}
        posting.announce(self.world, thread, message)
        return thread

    def archives(self, thread: Channel) -> None:
        """*thread* is put away; the next message in it brings it back."""
        thread.archived = True
        self.world.tell("THREAD_UPDATE", shown.thread(thread), thread)

    def joins(self, person: Person, guild: Guild) -> None:
        """*person* is in *guild* from now on."""
        guild.people[person.id] = person
        self._tell_member("GUILD_MEMBER_ADD", guild, shown.member(guild, person))

    def leaves(self, person: Person, guild: Guild) -> None:
        """*person* is there no more."""
        del guild.people[person.id]
        self._tell_member("GUILD_MEMBER_REMOVE", guild, {"user": person.shown()})

    def promotes(self, person: Person, guild: Guild) -> None:
        """*person* may do everything in *guild*; it may be the bot, too."""
        guild.admins.add(person.id)
        self._tell_member("GUILD_MEMBER_UPDATE", guild, shown.member(guild, person))

    def removes(self, channel: Channel) -> None:
        """*channel* is gone, with its threads."""
        threads.remove(self.world, channel)

    def kicks(self, guild: Guild) -> None:
        """The bot is thrown out of *guild*."""
        guild.left = True
        gone = {"id": str(guild.id)}
        self.world.sessions.tell(Event("GUILD_DELETE", gone, guild.id))

    def dm(self, person: Person) -> Channel:
        """The private place of the bot and *person*."""
        return self.world.dm(person)

    def says(
        self,
        person: Person,
        place: Place,
        text: str = "",
        *,
        reply_to: Message | None = None,
        mentions: Iterable[Person] = (),
        attachments: Mapping[str, bytes] | None = None,
        told: Mapping[str, object] | None = None,
        **more: object,
    ) -> Json:
        """*person* writes; *attachments* are files by name, *more* fields of the message.

        Of all files Discord has found out what is *told*: measures, or how long they last.
        """
        channel = self.place(place)
        message = posting.make(self.world, channel, person, text, **more)
        called = dict.fromkeys((*posting.called(self.world, text), *mentions))
        message["mentions"] = [one.shown() for one in called]
        for name, content in (attachments or {}).items():
            message["attachments"].append(keep(self.world, channel, name, content, told or {}))
        if reply_to is not None:
            quoted = {"message_id": number(reply_to)}
            posting.answer(self.world, channel, message, quoted, pings=True)
        posting.announce(self.world, channel, message)
        return message

    def makes_smaller(self, message: Json, content: bytes) -> None:
        """The platform's proxy gives out *content* where the first file of *message* is smaller."""
        address = message["attachments"][0]["url"].partition("?")[0]
        self.world.files[f"{address.removeprefix(self.world.url)}?smaller"] = content

    def edits(self, message: Json, text: str) -> Json:
        """The author of *message* changes its text."""
        channel = self.where(message)
        now = channel.messages[number(message)]
        called = [one.shown() for one in posting.called(self.world, text)]
        now.update(content=text, mentions=called, edited_timestamp=stamp(self.world.now()))
        posting.announce(self.world, channel, now, "MESSAGE_UPDATE")
        return now

    def unfurls(self, message: Json | Sent, title: str) -> None:
        """The platform looked up a link in *message*: an update in which nobody edited a thing."""
        channel = self.where(message)
        now = channel.messages[number(message)]
        now["embeds"] = [{"type": "link", "title": title}]
        posting.announce(self.world, channel, now, "MESSAGE_UPDATE")

    def again(self, message: Json) -> None:
        """The gateway tells of *message* once more, as it may after it was resumed."""
        posting.announce(self.world, self.where(message), message)

    def deletes(self, message: Json | Sent) -> None:
        """*message* is taken away."""
        channel = self.where(message)
        messages.remove(self.world, channel, channel.messages[number(message)])

    def deletes_many(self, *gone: Json | Sent) -> None:
        """All of *gone*, of one channel, are taken away at once."""
        numbers = [number(one) for one in gone]
        messages.remove_many(self.world, self.where(gone[0]), numbers)

    def reacts(self, person: Person, message: Json | Sent, emoji: str) -> None:
        """*person* reacts to *message*."""
        channel = self.where(message)
        found = channel.messages[number(message)]
        reactions.add(self.world, channel, found, person, emoji)

    def unreacts(self, person: Person, message: Json | Sent, emoji: str) -> None:
        """*person* takes a reaction back."""
        channel = self.where(message)
        found = channel.messages[number(message)]
        reactions.take(self.world, channel, found, person, emoji)

    def types(self, person: Person, place: Place) -> None:
        """*person* is writing."""
        channel = self.place(place)
        body = messages.where(channel) | {
            "user_id": str(person.id),
            "timestamp": int(self.world.now()),
        }
        if channel.guild is not None:
            body["member"] = {"user": person.shown(), **channel.guild.member(person)}
        self.world.tell("TYPING_START", body, channel)

    def messages(self, place: Place) -> list[Shown]:
        """What stands in *place* now, as people see it, the oldest first."""
        return [_seen(one) for _, one in sorted(self.place(place).messages.items())]

    def closes(self, place: Place, code: int = 50013) -> None:
        """From now on the bot is refused there with *code*; 50007 is what people refuse with."""
        self.place(place).closed = code

    def opens(self, place: Place) -> None:
        """The bot may write there again."""
        self.place(place).closed = 0

    def _tell_member(self, name: str, guild: Guild, body: Json) -> None:
        self.world.sessions.tell(Event(name, body | {"guild_id": str(guild.id)}, guild.id))

    def place(self, place: Place) -> Channel:
        """The channel that *place* is: that of a person is the private one."""
        return self.dm(place) if isinstance(place, Person) else place

    def where(self, message: Json | Sent) -> Channel:
        """The channel that *message* stands in."""
        if isinstance(message, Sent):
            return self.world.channels[message.channel_id]
        return self.world.channels[int(message["channel_id"])]


def number(message: Message) -> int:
    """The id of *message*."""
    if isinstance(message, int):
        return message
    return message.id if isinstance(message, Sent) else int(message["id"])


def _seen(message: Json) -> Shown:
    quoted = message.get("message_reference") or {}
    author = message["author"]
    return Shown(
        int(message["id"]),
        author["global_name"] or author["username"],
        message["content"],
        message["edited_timestamp"] is not None,
        int(quoted["message_id"]) if quoted.get("message_id") else None,
        tuple(one["filename"] for one in message["attachments"]),
    )
