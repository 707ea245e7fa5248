"""Reactions to people's messages on Telegram."""

from typing import Final

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SetMessageReaction
from aiogram.types import ReactionTypeEmoji

from anima.model import Conversation

_ANSWER_S: Final = 30


class Reactions:
    """Reacts for one *bot*."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def react(self, conversation: Conversation, message: str, face: str) -> bool:
        """Show *face* on *message*; whether it is there now.

        Raises what aiogram raises, but for a message that takes no such reaction.
        """
        if conversation.connection:  # Telegram has no way through one
            return False
        reaction = SetMessageReaction(
            chat_id=conversation.chat,
            message_id=int(message),
            reaction=[ReactionTypeEmoji(emoji=face)],
        )
        try:
            return await self._bot(reaction, request_timeout=_ANSWER_S)
        except TelegramBadRequest:
            return False
