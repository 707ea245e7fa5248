"""Whether a message on a server is meant for us."""

from bots.discord.events import Fields, each, perhaps, within
from bots.discord.rooms import Rooms


class Addressed:
    """Knows by which mentions and replies people mean the account *me*."""

    def __init__(self, me: str, rooms: Rooms) -> None:
        self._me = me
        self._rooms = rooms

    def __call__(self, message: Fields, guild: str) -> bool:
        """Whether *message* is for us; a private one always is."""
        return not guild or self._mentioned(message, guild) or self._replied(message)

    def _mentioned(self, message: Fields, guild: str) -> bool:
        if any(perhaps(user, "id") == self._me for user in each(message, "mentions")):
            return True
        roles = message.get("mention_roles")
        known = roles if isinstance(roles, list) else []
        return any(self._rooms.is_mine(guild, str(role)) for role in known)

    def _replied(self, message: Fields) -> bool:
        return is_ours(within(message, "referenced_message"), self._me)


def is_ours(message: Fields, me: str) -> bool:
    """Whether the account *me* said it; by a webhook of ours it names us as the application."""
    author = perhaps(within(message, "author"), "id")
    return me in {author, perhaps(message, "application_id")}
