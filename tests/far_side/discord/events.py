"""What happens, and which sessions of the gateway hear of it."""

from dataclasses import dataclass
from enum import IntFlag
from typing import Final

from tests.far_side.discord.wire import Json


class Intents(IntFlag):
    """What a bot asks to hear."""

    NONE = 0
    GUILDS = 1 << 0
    MEMBERS = 1 << 1
    PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_REACTIONS = 1 << 10
    GUILD_TYPING = 1 << 11
    DM_MESSAGES = 1 << 12
    DM_REACTIONS = 1 << 13
    DM_TYPING = 1 << 14
    MESSAGE_CONTENT = 1 << 15


PRIVILEGED: Final = Intents.MEMBERS | Intents.PRESENCES | Intents.MESSAGE_CONTENT

# In a guild, in private.
_NEEDED: Final[dict[str, tuple[Intents, Intents]]] = {
    "MESSAGE": (Intents.GUILD_MESSAGES, Intents.DM_MESSAGES),
    "MESSAGE_REACTION": (Intents.GUILD_REACTIONS, Intents.DM_REACTIONS),
    "TYPING": (Intents.GUILD_TYPING, Intents.DM_TYPING),
    "GUILD": (Intents.GUILDS, Intents.NONE),
    "CHANNEL": (Intents.GUILDS, Intents.NONE),
    "THREAD": (Intents.GUILDS, Intents.NONE),
    "GUILD_MEMBER": (Intents.MEMBERS, Intents.NONE),
}
_HIDDEN: Final = {"content": "", "embeds": [], "attachments": [], "components": []}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; *guild* is 0 in private, *open*: its text is told to any bot."""

    name: str
    body: Json
    guild: int = 0
    open: bool = True

    def reaches(self, intents: Intents, shard: tuple[int, int]) -> bool:
        """Whether a session with these *intents* on this *shard* hears of it."""
        number, count = shard
        if (self.guild >> 22) % count != number:
            return False
        needed = self._needed()
        return not needed or bool(needed & intents)

    def told(self, intents: Intents) -> Json:
        """The body as such a session gets it: without the text it has not asked for."""
        if self.open or Intents.MESSAGE_CONTENT in intents or "content" not in self.body:
            return self.body
        return {**self.body, **_HIDDEN}

    def _needed(self) -> Intents:
        kind = self.name
        while kind:
            if kind in _NEEDED:
                return _NEEDED[kind][0 if self.guild else 1]
            kind = kind.rpartition("_")[0]
        return Intents.NONE
