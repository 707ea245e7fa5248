"""What several calls of the Bot API have in common, in its own types."""

from aiogram.types import MessageEntity

from anima.model import Conversation
from bots.telegram.markup import Rendered


def thread(conversation: Conversation) -> int | None:
    """The topic that *conversation* is, if it is one."""
    return int(conversation.thread) if conversation.thread else None


def entities(rendered: Rendered) -> list[MessageEntity] | None:
    """How the text looks; None where it has no looks of its own."""
    return [
        MessageEntity(
            type=one.kind,
            offset=one.offset,
            length=one.length,
            url=one.url or None,
            language=one.language or None,
        )
        for one in rendered.entities
    ] or None
