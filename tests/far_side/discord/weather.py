"""What becomes of the line between the gateway and the bot."""

from typing import Final

from tests.far_side.discord.asking import Asking
from tests.far_side.discord.gateway import INVALID, RECONNECT, Gateway
from tests.far_side.discord.sessions import Session
from tests.far_side.discord.wire import Json
from tests.far_side.discord.world import World

NONSENSE: Final[Json] = {"id": "1", "content": "a message that stands nowhere"}


class Weather(Asking):
    """The gateway as a test plays with it."""

    def __init__(self, world: World, heartbeat_s: float) -> None:
        super().__init__(world)
        self.line = Gateway(world, heartbeat_s)

    @property
    def connected(self) -> list[Session]:
        """The sessions that the bot listens to now."""
        return self.world.sessions.live

    @property
    def identified(self) -> int:
        """How often the bot began afresh."""
        return self.world.sessions.identified

    @property
    def resumed(self) -> int:
        """How often it went on where it was."""
        return self.world.sessions.resumed

    def drop_gateway(self, *, resumable: bool = True, code: int = 0) -> None:
        """Cut every line, or close it with *code*; then the bot may go on, or must begin afresh."""
        if not resumable:
            self.world.sessions.forget()
        for line in list(self.line.lines):
            if code:
                line.close(code)
            else:
                line.cut()

    def asks_to_reconnect(self) -> None:
        """Op 7: the bot shall connect anew, and go on."""
        for line in self.line.lines:
            line.say(RECONNECT)

    def invalidates(self, *, resumable: bool = False) -> None:
        """Op 9: the session is no good any more, or the bot may try to go on."""
        if not resumable:
            self.world.sessions.forget()
        for line in self.line.lines:
            line.say(INVALID, body=resumable)

    def silence(self) -> None:
        """The lines stay open and nothing comes: no events, no answers to heartbeats."""
        self.line.voice.clear()

    def speaks(self) -> None:
        """What was held back comes now, and all that follows."""
        self.line.voice.set()

    def dispatches(self, name: str, body: Json) -> None:
        """Any event at all reaches every session, whatever is in it."""
        for session in self.world.sessions.all.values():
            session.tell(name, body)
        self.world.journal.turned()

    def garbles(self, frame: str = "") -> None:
        """An event comes that no client library can read, or *frame* as it is."""
        if frame:
            self.world.sessions.say(frame)
        else:
            self.dispatches("MESSAGE_CREATE", NONSENSE)
