"""Where we are mentioned and are no member: one message is heard there, and it gets one answer."""

from typing import Final

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import AnswerGuestQuery
from aiogram.types import InlineQueryResultArticle, InputTextMessageContent, Message

from anima.errors import Undelivered
from anima.model import GUEST, Conversation
from bots.telegram.entities import entities
from bots.telegram.markup import to_entities

_CALLED: Final = "guest:"
_LONGEST_QUERY: Final = 64 - len(_CALLED)
"""What the ledger has room for; Telegram's ids of queries have some twenty characters."""
_SPENT: Final = "query id is invalid"
"""Telegram's words for a query that was answered, or waited for too long."""
_ANSWER_S: Final = 30
_TITLE: Final = "…"
"""Nobody sees it: the answer is sent, and not chosen from a list."""


def called(message: Message) -> str:
    """The name of a guest's *message*, by which it is answered; empty where that is impossible."""
    query = message.guest_query_id or ""
    return f"{_CALLED}{query}" if 0 < len(query) <= _LONGEST_QUERY else ""


def place(bot: str, message: Message) -> Conversation:
    """Where a guest's *message* was written, which is no other place that we know.

    A private chat of two others has the id of one of them. Whoever called us there is a part of
    its name, lest two chats with the same person become one.
    """
    private = message.chat.type == "private"
    caller = str(message.from_user.id) if private and message.from_user else ""
    topic = str(message.message_thread_id or "") if message.is_topic_message else ""
    return Conversation("telegram", bot, str(message.chat.id), GUEST, caller or topic)


class Guests:
    """Answers where *bot* is a guest."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def answer(self, question: str, text: str, key: int) -> str:
        """Say *text* to the *question* of that name and return Telegram's name of the answer.

        A second answer is refused, and so we have answered: the first call arrived, and it was its
        answer that got lost. Raises `Undelivered` where nothing was asked.
        """
        if not question.startswith(_CALLED):
            raise Undelivered("a guest only answers, and only once")
        rendered = to_entities(text)
        words = InputTextMessageContent(
            message_text=rendered.text, entities=entities(rendered), parse_mode=None
        )
        result = InlineQueryResultArticle(id=str(key), title=_TITLE, input_message_content=words)
        query = question.removeprefix(_CALLED)
        method = AnswerGuestQuery(guest_query_id=query, result=result)
        try:
            return (await self._bot(method, request_timeout=_ANSWER_S)).inline_message_id
        except TelegramBadRequest as error:
            if _SPENT in error.message.lower():
                return question
            raise
