"""Which of the personas behind a bot a message in a group calls by name."""

from aiogram.types import Message

from bots.names import Names, Naming
from bots.telegram.content import command_for


class Called:
    """Finds the names, which may change while we listen."""

    def __init__(self, names: Names) -> None:
        self._naming = Naming(names)

    def __call__(self, message: Message) -> tuple[str, ...]:
        """The personas that *message* calls; in private, and by a command, nobody is called."""
        if message.chat.type == "private" or command_for(message) is not None:
            return ()
        if message.is_automatic_forward:
            return ()
        return self._naming(message.text or message.caption or "")
