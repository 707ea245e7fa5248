"""Sending to Telegram: text with entities, within its limits, at its pace."""

from collections.abc import Sequence

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramRetryAfter
from aiogram.methods import SendChatAction, SendDocument, SendMessage
from aiogram.types import Message, MessageEntity, ReplyParameters

from anima.errors import SlowDown
from anima.model import NOTHING, Beside, Conversation, Sticker
from anima.ports import Witness
from bots.splitting import pieces
from bots.telegram.documents import Documents
from bots.telegram.gate import Gates
from bots.telegram.keyboard import keyboard
from bots.telegram.markup import Entity, to_entities, utf16_len
from bots.telegram.pictures import Pictures
from bots.telegram.refusals import of_sending
from bots.telegram.simpler import Sendable, simpler

LONGEST = 4096
"""UTF-16 units in one message."""
_ANSWER_S = 30
_UPLOAD_S = 120


class Outgoing:
    """The port `Channel` for one bot."""

    drafts = False

    def __init__(self, bot: Bot, gates: Gates, witness: Witness) -> None:
        self._bot = bot
        self._gates = gates
        self._pictures = Pictures(bot)
        self._documents = Documents(self._send, witness)

    async def link(self, payload: str) -> str:
        """An address that says `/start PAYLOAD` to us; empty while Telegram cannot be asked."""
        try:
            name = (await self._bot.me()).username
        except AiogramError:
            return ""
        return f"https://t.me/{name}?start={payload}" if name else ""

    def pieces(self, text: str) -> Sequence[str]:
        return pieces(text, LONGEST, utf16_len)

    async def send(
        self,
        conversation: Conversation,
        text: str,
        *,
        key: int,
        reply_to: str,
        asks: bool = False,
        sticker: Sticker | None = None,
        beside: Beside = NOTHING,
    ) -> str:
        # the key only names the bubble on its buttons: Telegram has no idempotency
        if wait := self._gates.closed_s(conversation.chat):
            raise SlowDown(wait)
        rendered = to_entities(text)
        message = SendMessage(
            chat_id=conversation.chat,
            text=rendered.text,
            entities=[_entity(one) for one in rendered.entities] or None,
            message_thread_id=_thread(conversation),
            business_connection_id=conversation.connection or None,
            reply_parameters=_reply(reply_to),
            reply_markup=keyboard(key, text, beside.buttons, asks=asks),
        )
        try:
            sent = ""
            if beside.document:
                sent = await self._documents.send(message, key, beside)
            elif sticker:
                sent = await self._pictures.send(message, sticker)
            return sent or str((await self._send(message)).message_id)
        except AiogramError as error:
            refusal = of_sending(error)
            if isinstance(refusal, SlowDown):
                self._gates.close(conversation.chat, refusal.retry_after)
            raise refusal from error

    async def _send(self, message: Sendable) -> Message:
        """Send, and once more without what Telegram quarrels with."""
        within_s = _UPLOAD_S if isinstance(message, SendDocument) else _ANSWER_S
        try:
            return await self._bot(message, request_timeout=within_s)
        except TelegramBadRequest as error:
            plainer = simpler(message, error.message.lower())
            if plainer is None:
                raise
            return await self._bot(plainer, request_timeout=within_s)

    async def typing(self, conversation: Conversation) -> None:
        if self._gates.closed_s(conversation.chat):
            return
        try:
            await self._bot(
                SendChatAction(
                    chat_id=conversation.chat,
                    action="typing",
                    message_thread_id=_thread(conversation),
                    business_connection_id=conversation.connection or None,
                ),
                request_timeout=_ANSWER_S,
            )
        except TelegramRetryAfter as error:
            self._gates.close(conversation.chat, error.retry_after)
        except AiogramError:
            return

    async def draft(self, conversation: Conversation, text: str) -> None:
        del conversation, text


def _thread(conversation: Conversation) -> int | None:
    return int(conversation.thread) if conversation.thread else None


def _reply(message: str) -> ReplyParameters | None:
    """What we answer may have been deleted meanwhile; the answer is sent all the same."""
    if not message:
        return None
    return ReplyParameters(message_id=int(message), allow_sending_without_reply=True)


def _entity(entity: Entity) -> MessageEntity:
    return MessageEntity(
        type=entity.kind,
        offset=entity.offset,
        length=entity.length,
        url=entity.url or None,
        language=entity.language or None,
    )
