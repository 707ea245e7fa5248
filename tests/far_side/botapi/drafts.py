"""What a private chat shows of a message that is still being written."""

from dataclasses import dataclass, field
from typing import Final

from tests.far_side.botapi.wire import Json

_VANISHES_S: Final = 30


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as people see it; an empty one shows that the bot thinks."""

    id: int
    text: str
    entities: tuple[Json, ...] = ()
    can_stop: bool = False


@dataclass(slots=True)
class Drafts:
    """The one draft of each topic of a chat, topic 0 where it has none, with its time."""

    shown: dict[int, tuple[Draft, float]] = field(default_factory=dict)

    def show(self, thread: int, draft: Draft, at: float) -> None:
        """From now on *draft* is seen there, in place of any other."""
        self.shown[thread] = (draft, at)

    def seen(self, thread: int, at: float) -> Draft | None:
        """What is seen there, unless it was shown too long ago."""
        draft, shown_at = self.shown.get(thread, (None, 0.0))
        return draft if at - shown_at < _VANISHES_S else None

    def gone(self, thread: int) -> None:
        """A message took its place."""
        self.shown.pop(thread, None)
