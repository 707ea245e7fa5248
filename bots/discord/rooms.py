"""What the gateway has told of servers: the names of channels and roles, and little else."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from bots.discord.events import Event, Fields, each, number, perhaps, within, words
from bots.text import storable

_THREADS: Final = frozenset({10, 11, 12})


@dataclass(frozen=True, slots=True)
class Room:
    """A channel or a thread. *newest* is the id of the last message in it when we learned of it."""

    name: str
    guild: str
    is_thread: bool = False
    newest: str = ""


@dataclass(slots=True)
class _Guild:
    name: str
    roles: dict[str, str] = field(default_factory=dict)
    mine: set[str] = field(default_factory=set)


class Rooms:
    """Learns from every event; *me* is the id of our account, whose own roles are known as such."""

    def __init__(self, me: str) -> None:
        self._me = me
        self._rooms: dict[str, Room] = {}
        self._guilds: dict[str, _Guild] = {}

    def learn(self, event: Event) -> None:
        """Take in what *event* tells of a server. Raises `UnreadableError`."""
        fields = event.fields
        match event.kind:
            case "GUILD_CREATE":
                self._enter(fields)
            case "GUILD_UPDATE":
                self._rename(fields)
            case "GUILD_DELETE" if not fields.get("unavailable"):
                self._leave(number(fields, "id"))
            case "CHANNEL_CREATE" | "CHANNEL_UPDATE" | "THREAD_CREATE" | "THREAD_UPDATE":
                self._add(fields, perhaps(fields, "guild_id"))
            case "CHANNEL_DELETE" | "THREAD_DELETE":
                self._rooms.pop(number(fields, "id"), None)
            case "GUILD_ROLE_CREATE" | "GUILD_ROLE_UPDATE":
                self._add_role(number(fields, "guild_id"), within(fields, "role"))

    def find(self, channel: str) -> Room | None:
        """The channel of that id, if we were told of it."""
        return self._rooms.get(channel)

    def knows(self, guild: str) -> bool:
        """Whether we were told of that server."""
        return guild in self._guilds

    def within(self, guild: str) -> Iterator[str]:
        """The channels of a server."""
        return (id_ for id_, room in self._rooms.items() if room.guild == guild)

    def title(self, channel: str, guild: str) -> str:
        """What people call the place: `#channel · Server`, and a thread by its own name."""
        room = self._rooms.get(channel)
        name = (room.name if room.is_thread else f"#{room.name}") if room else ""
        server = self._guilds[guild].name if guild in self._guilds else ""
        return storable(" · ".join(part for part in (name, server) if part))

    def role(self, guild: str, role: str) -> str:
        """What a role is called, or nothing."""
        known = self._guilds.get(guild)
        return known.roles.get(role, "") if known else ""

    def is_mine(self, guild: str, role: str) -> bool:
        """Whether a role was made for our account and for nobody else."""
        known = self._guilds.get(guild)
        return bool(known and role in known.mine)

    def _enter(self, fields: Fields) -> None:
        guild = number(fields, "id")
        if fields.get("unavailable"):
            return
        self._guilds[guild] = _Guild(words(fields, "name"))
        for role in each(fields, "roles"):
            self._add_role(guild, role)
        for name in ("channels", "threads"):
            for channel in each(fields, name):
                self._add(channel, guild)

    def _rename(self, fields: Fields) -> None:
        if known := self._guilds.get(number(fields, "id")):
            known.name = words(fields, "name") or known.name

    def _leave(self, guild: str) -> None:
        self._guilds.pop(guild, None)
        for channel in list(self.within(guild)):
            del self._rooms[channel]

    def _add(self, channel: Fields, guild: str) -> None:
        is_thread = channel.get("type") in _THREADS
        newest = perhaps(channel, "last_message_id")
        room = Room(words(channel, "name"), guild, is_thread, newest)
        self._rooms[number(channel, "id")] = room

    def _add_role(self, guild: str, role: Fields) -> None:
        known = self._guilds.get(guild)
        if known is None:
            return
        id_ = number(role, "id")
        known.roles[id_] = words(role, "name")
        if perhaps(within(role, "tags"), "bot_id") == self._me:
            known.mine.add(id_)
