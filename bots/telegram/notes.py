"""Voice notes on Telegram, for chats that take them."""

from collections import OrderedDict
from typing import Final

from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge
from aiogram.methods import SendMessage, SendVoice
from aiogram.types import BufferedInputFile

from anima.model import Conversation
from anima.ports import Witness
from anima.sound import VoiceNote
from bots.telegram.documents import Send
from bots.telegram.entities import entities
from bots.telegram.markup import to_entities

_REMEMBERED: Final = 10_000
"""Chats that forbid notes; of more, the first is asked again."""
_MOST_AHEAD: Final = 100
_FORBIDDEN: Final = ("voice_messages_forbidden", "not enough rights to send voice")


class Notes:
    """Sends notes by *send*. That one cannot be sent costs nobody the words, and is noted."""

    def __init__(self, send: Send, witness: Witness) -> None:
        self._send = send
        self._witness = witness
        self._forbidden: OrderedDict[str, None] = OrderedDict()
        self._ahead: OrderedDict[int, str] = OrderedDict()

    def allowed_in(self, conversation: Conversation) -> bool:
        """Whether nobody there has forbidden them, as far as we know."""
        return not conversation.guest and conversation.chat not in self._forbidden

    async def send(self, message: SendMessage, key: int, note: VoiceNote) -> str:
        """Send *note* where *message* would have gone; its id, or nothing where it cannot be.

        What no longer fitted follows it, with the buttons. The same *key* again is the same note:
        it is not sent twice because what follows was held up. Raises what aiogram raises for a chat
        that takes no message at all.
        """
        said = self._ahead.get(key) or await self._said(message, key, note)
        if said and note.rest:
            self._ahead[key] = said
            _bound(self._ahead, _MOST_AHEAD)
            await self._send(_rest(message, note.rest))
            del self._ahead[key]
        return said

    async def _said(self, message: SendMessage, key: int, note: VoiceNote) -> str:
        try:
            sent = await self._send(_voice(message, note))
        except (TelegramBadRequest, TelegramEntityTooLarge) as error:
            self._refused(str(message.chat_id), key, error.message)
            return ""
        return str(sent.message_id)

    def _refused(self, chat: str, key: int, reason: str) -> None:
        if any(word in reason.lower() for word in _FORBIDDEN):
            self._forbidden[chat] = None
            _bound(self._forbidden, _REMEMBERED)
        self._witness.note("note refused", said=key, reason=reason)


def _bound(known: OrderedDict[str, None] | OrderedDict[int, str], most: int) -> None:
    if len(known) > most:
        known.popitem(last=False)


def _rest(message: SendMessage, text: str) -> SendMessage:
    """*text* below the note that answers what *message* would have answered."""
    rendered = to_entities(text)
    changed = {"text": rendered.text, "entities": entities(rendered), "reply_parameters": None}
    return message.model_copy(update=changed)


def _voice(message: SendMessage, note: VoiceNote) -> SendVoice:
    """With the buttons of *message*, unless more words come below it."""
    return SendVoice(
        chat_id=message.chat_id,
        voice=BufferedInputFile(note.ogg, "voice.ogg"),
        duration=max(1, round(note.duration_s)),
        message_thread_id=message.message_thread_id,
        business_connection_id=message.business_connection_id,
        reply_parameters=message.reply_parameters,
        reply_markup=None if note.rest else message.reply_markup,
    )
