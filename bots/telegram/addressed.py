"""Whether a message in a group is meant for us."""

import re
from collections.abc import Sequence

from aiogram.types import Message

from bots.telegram.content import command_for

_CJK = "㐀-鿿ぁ-ゖァ-ヺー가-힣"
# A letter that would make a longer word of a name. Chinese and Japanese write no spaces, so their
# letters do not: they may stand right beside a Latin name, and a name of theirs inside anything.
_LETTER = rf"[^\W{_CJK}]"
_ENDS_IN_CJK = re.compile(rf"[{_CJK}]\Z")
_BEGINS_IN_CJK = re.compile(rf"[{_CJK}]")


class Addressed:
    """Knows by which mentions, replies, commands and *names* people mean this bot."""

    def __init__(self, bot: str, username: str, names: Sequence[str]) -> None:
        self._bot = bot
        self._username = username.lower()
        known = [_pattern(name.strip()) for name in names if name.strip()]
        self._names = re.compile("|".join(known) or r"(?!)", re.IGNORECASE)

    def __call__(self, message: Message) -> bool:
        """Whether *message* is for us; a private one always is."""
        if message.chat.type == "private":
            return True
        if (command := command_for(message)) is not None:
            return command in {"", self._username}
        return self._replied(message) or self._mentioned(message) or self._named(message)

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

    def _named(self, message: Message) -> bool:
        return bool(self._names.search(message.text or message.caption or ""))


def replied_to(message: Message) -> Message | None:
    """The message that was answered; in a topic everything answers its opening, which is none."""
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created:
        return None
    if message.is_topic_message and replied.message_id == message.message_thread_id:
        return None
    return replied


def _pattern(name: str) -> str:
    before = "" if _BEGINS_IN_CJK.match(name) else rf"(?<!{_LETTER})"
    after = "" if _ENDS_IN_CJK.search(name) else rf"(?!{_LETTER})"
    return before + re.escape(name) + after
