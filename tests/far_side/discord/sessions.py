"""What the gateway remembers of each session: all its events, so that they can be told again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from tests.far_side.discord.events import Event, Intents
from tests.far_side.discord.wire import Json, dumps


class Line(Protocol):
    """An open connection, which a session speaks through."""

    def put(self, frame: str) -> None:
        """Send *frame* after what was put before it."""


@dataclass(eq=False, slots=True)
class Session:
    """One IDENTIFY and all that was told since; *line* is None while the bot is away."""

    id: str
    intents: Intents
    shard: tuple[int, int] = (0, 1)
    line: Line | None = None
    frames: list[str] = field(default_factory=list)

    def tell(self, name: str, body: Json) -> None:
        """Tell it now, or when it has resumed."""
        frame = dumps({"op": 0, "t": name, "s": len(self.frames) + 1, "d": body})
        self.say(frame)

    def say(self, frame: str) -> None:
        """Keep *frame*, and send it if there is a line."""
        self.frames.append(frame)
        if self.line is not None:
            self.line.put(frame)

    def resume(self, line: Line, after: int) -> None:
        """Go on through *line*: first what came after number *after*."""
        self.line = line
        for frame in self.frames[after:]:
            line.put(frame)
        self.tell("RESUMED", {})


class Sessions:
    """All sessions that live; a bot may resume each of them."""

    def __init__(self, turned: Callable[[], None]) -> None:
        self.all: dict[str, Session] = {}
        self.identified = 0
        self.resumed = 0
        self._turned = turned

    def begin(self, line: Line, intents: Intents, shard: tuple[int, int]) -> Session:
        """A new session. An old one of the same shard without a line is kept: it may come back."""
        self.identified += 1
        session = Session(f"session-{self.identified}", intents, shard, line)
        self.all[session.id] = session
        return session

    def tell(self, event: Event) -> None:
        """Tell *event* to whom it concerns."""
        self.tell_each(lambda _: event)

    def tell_each(self, make: Callable[[Intents], Event]) -> None:
        """Tell each session what *make* makes for its intents, if it concerns it."""
        for session in self.all.values():
            event = make(session.intents)
            if event.reaches(session.intents, session.shard):
                session.tell(event.name, event.told(session.intents))
        self._turned()

    def say(self, frame: str) -> None:
        """Tell *frame* to all, whatever it is."""
        for session in self.all.values():
            session.say(frame)
        self._turned()

    def forget(self) -> None:
        """No session can be resumed any more."""
        self.all.clear()

    @property
    def live(self) -> list[Session]:
        """The sessions with a line."""
        return [one for one in self.all.values() if one.line is not None]
