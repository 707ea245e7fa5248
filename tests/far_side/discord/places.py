"""Who and where: people, guilds, channels, and the messages of each channel."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from tests.far_side.discord.wire import Json

EVERYTHING: Final = (1 << 53) - 1  # all permissions
JOINED: Final = "2024-01-02T03:04:05.000000+00:00"


class Kind(IntEnum):
    """The protocol's numbers for channels."""

    TEXT = 0
    DM = 1
    VOICE = 2
    GROUP_DM = 3
    CATEGORY = 4
    NEWS = 5
    POST = 11
    """A public thread; a post in a forum is one too."""
    PRIVATE_THREAD = 12
    FORUM = 15


THREADS: Final = frozenset({Kind.POST, Kind.PRIVATE_THREAD})
WRITTEN: Final = frozenset(Kind) - {Kind.CATEGORY, Kind.FORUM}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account, the bot too."""

    id: int
    name: str
    language: str = "en-US"
    username: str = ""
    bot: bool = False

    @property
    def mention(self) -> str:
        """What stands in a text that calls for them."""
        return f"<@{self.id}>"

    def shown(self) -> Json:
        """The protocol's User object."""
        return {
            "id": str(self.id),
            "username": self.username or self.name.lower(),
            "discriminator": "0",
            "global_name": self.name,
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
        }


@dataclass(eq=False, slots=True)
class Guild:
    """A server with the bot in it, while *left* is false."""

    id: int
    name: str
    owner: Person
    people: dict[int, Person] = field(default_factory=dict)
    nicks: dict[int, str] = field(default_factory=dict)
    admins: set[int] = field(default_factory=set)
    left: bool = False

    def member(self, person: Person) -> Json:
        """The protocol's Member object, without the user in it."""
        return {
            "nick": self.nicks.get(person.id),
            "avatar": None,
            "roles": [str(self.id + 1)] if person.id in self.admins else [],
            "joined_at": JOINED,
            "deaf": False,
            "mute": False,
            "pending": False,
            "flags": 0,
        }

    def allowed(self, person: Person) -> int:
        """What *person* may do here, as the protocol's bits."""
        everything = person == self.owner or person.id in self.admins
        return EVERYTHING if everything else _EVERYBODY

    def roles(self) -> list[Json]:
        """Everybody's role, and that of those who may do everything."""
        return [
            _role(self.id, "@everyone", _EVERYBODY, 0),
            _role(self.id + 1, "admins", EVERYTHING, 1),
        ]


@dataclass(eq=False, slots=True)
class Channel:
    """Anything that messages stand in, or that such things stand in.

    *closed* is the code that a bot is refused with, 0 while it may write here.
    *foreign*: it is of two others, and the bot hears only what they ask of it.
    """

    id: int
    kind: Kind
    name: str = ""
    guild: Guild | None = None
    parent: "Channel | None" = None
    person: Person | None = None
    owner_id: int = 0
    closed: int = 0
    foreign: bool = False
    archived: bool = False
    topic: str | None = None
    messages: dict[int, Json] = field(default_factory=dict)
    members: list[int] = field(default_factory=list)
    reactions: dict[tuple[int, str], list[int]] = field(default_factory=dict)

    @property
    def is_dm(self) -> bool:
        """Whether it is a private place of two."""
        return self.kind is Kind.DM

    @property
    def is_thread(self) -> bool:
        """Whether it hangs on another channel."""
        return self.kind in THREADS

    @property
    def is_elsewhere(self) -> bool:
        """Whether the bot is not in it."""
        return self.foreign or bool(self.guild and self.guild.left)

    @property
    def mention(self) -> str:
        """What stands in a text that names it."""
        return f"<#{self.id}>"


# View, send, history, reactions, files, threads, commands: what a guild starts with.
_EVERYBODY: Final = (
    1 << 6 | 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 31 | 1 << 35 | 1 << 38 | 1 << 46
)


def _role(number: int, name: str, permissions: int, position: int) -> Json:
    return {
        "id": str(number),
        "name": name,
        "permissions": str(permissions),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
