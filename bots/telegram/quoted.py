"""What a Telegram message answers: the words that it quotes, and whose they are."""

from collections.abc import Callable

from aiogram.types import Message

from anima.model import Quote, Speaker
from bots.quoting import quote
from bots.telegram.addressed import replied_to
from bots.telegram.content import content
from bots.text import storable

Author = Callable[[Message], Speaker | None]
"""Whoever wrote a message, bots included."""


class Quotes:
    """Reads what is quoted to one *bot*, which is known by an id and a *username*.

    What somebody brings along from another chat was not said here, and is left there.
    """

    def __init__(self, bot: str, username: str, author: Author) -> None:
        self._bot = bot
        self._username = username
        self._author = author

    def __call__(self, message: Message) -> Quote | None:
        """What *message* quotes: the part that was picked, else all of what it answers."""
        replied = replied_to(message)
        if replied is None:
            return None
        part = message.quote
        text = storable(part.text) if part else content(replied, self._username)
        chosen = bool(part and part.is_manual)
        if replied.from_user and str(replied.from_user.id) == self._bot:
            return quote(text, None, chosen=chosen)
        author = self._author(replied)
        return quote(text, author, chosen=chosen) if author else None
