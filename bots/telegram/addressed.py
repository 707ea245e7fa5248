"""Whether a message in a group is meant for us."""

from aiogram.types import Message

from bots.telegram.content import command_for


class Addressed:
    """Knows by which mentions, replies and commands people mean this bot."""

    def __init__(self, bot: str, username: str) -> None:
        self._bot = bot
        self._username = username.lower()

    def __call__(self, message: Message) -> bool:
        """Whether *message* is for us; a private one always is."""
        if message.chat.type == "private":
            return True
        if message.is_automatic_forward:
            return False  # the channel speaks to its readers
        if (command := command_for(message)) is not None:
            return command in {"", self._username}
        return self._replied(message) or self._mentioned(message)

    def _replied(self, message: Message) -> bool:
        replied = replied_to(message)
        return bool(replied and replied.from_user and str(replied.from_user.id) == self._bot)

    def _mentioned(self, message: Message) -> bool:
        # Offsets count UTF-16 units: an emoji before the mention counts for two.
        units = (message.text or message.caption or "").encode("utf-16-le", "surrogatepass")
        for entity in message.entities or message.caption_entities or ():
            if entity.user and str(entity.user.id) == self._bot:
                return True
            if entity.type == "mention" and self._username and entity.offset >= 0:
                marked = units[2 * entity.offset : 2 * (entity.offset + entity.length)]
                if marked.decode("utf-16-le", "replace").lower() == f"@{self._username}":
                    return True
        return False


def replied_to(message: Message) -> Message | None:
    """The message that was answered; in a topic everything answers its opening, which is none."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created:
        return None
    if message.is_topic_message and replied.message_id == message.message_thread_id:
        return None
    return replied
