"""Opens threads for talk that shall go on by itself."""

from dataclasses import dataclass
from typing import Any, Final

from anima.model import Conversation
from bots.discord.interaction_wire import InteractionWire
from bots.discord.slash_forms import cut

_PUBLIC: Final = 11
_DAY_MINUTES: Final = 1440
_THREADS: Final = frozenset({10, 11, 12})


@dataclass(frozen=True, slots=True)
class Threads:
    """Opens them over *wire*."""

    wire: InteractionWire

    async def open(self, where: Conversation, title: str) -> str:
        """Open one from *where* and tell how to point at it; in a thread, beside that one.

        Raises `Refused`, `SlowDown` or `Unreachable`.
        """
        here = await self.wire.channel(where.chat)
        channel = str(here["parent_id"] if here.get("type") in _THREADS else here["id"])
        wanted: dict[str, Any] = {
            "name": cut(" ".join(title.split())),
            "type": _PUBLIC,
            "auto_archive_duration": _DAY_MINUTES,
        }
        opened = await self.wire.open_thread(channel, wanted)
        return f"<#{opened['id']}>"
