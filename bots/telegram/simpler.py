"""The same words without what Telegram quarrels with, for the words come first."""

from aiogram.methods import SendDocument, SendMessage, SendVoice

Sendable = SendMessage | SendDocument | SendVoice
"""What carries words."""


def simpler(message: Sendable, complaint: str) -> Sendable | None:
    """*message* without what the *complaint* is about, or nothing where that is not its fault."""
    if "thread not found" in complaint and message.message_thread_id:
        return message.model_copy(update={"message_thread_id": None})
    marks = "entities" if isinstance(message, SendMessage) else "caption_entities"
    if "entit" in complaint and getattr(message, marks):
        return message.model_copy(update={marks: None})
    if ("button" in complaint or "markup" in complaint) and message.reply_markup:
        return message.model_copy(update={"reply_markup": None})
    return None
