"""Keeps the order of a channel while what was missed there is still being fetched."""

from collections.abc import Iterable, Sequence
from typing import Final

from bots.discord.events import Event

FETCHED: Final = "FETCHED"
"""Our own kind of event: all that was missed in a `channel`, as its `events`."""

_OF_A_CHANNEL: Final = frozenset({"MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE"})


class Held:
    """Holds back what is said in the channels that are being fetched."""

    def __init__(self) -> None:
        self._held: dict[str, list[Event]] = {}

    def hold(self, channels: Iterable[str]) -> None:
        """From now on, what is said in *channels* waits for what was missed there."""
        for channel in channels:
            self._held.setdefault(channel, [])

    def through(self, event: Event) -> Sequence[Event]:
        """What may be taken now that *event* is there, in its order."""
        if event.kind == FETCHED:
            return (*event.fields["events"], *self._held.pop(event.fields["channel"], ()))
        waiting = self._held.get(str(event.fields.get("channel_id", "")))
        if waiting is None or event.kind not in _OF_A_CHANNEL:
            return (event,)
        waiting.append(event)
        return ()
