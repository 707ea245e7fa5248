"""Sending to Telegram: text with entities, within its limits, at its pace."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, nullcontext

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramRetryAfter
from aiogram.methods import SendChatAction, SendDocument, SendMessage, SendVoice
from aiogram.types import Message, ReplyParameters

from anima.errors import AnimaError, SlowDown, Undelivered
from anima.model import NOTHING, Beside, Conversation, Sticker
from anima.ports import Witness
from bots.gate import Gates
from bots.splitting import pieces
from bots.telegram.behalf import Behalf
from bots.telegram.deep_links import deep_link
from bots.telegram.documents import Documents
from bots.telegram.drafting import LONGEST, Drafting
from bots.telegram.entities import entities, thread
from bots.telegram.guests import Guests
from bots.telegram.keyboard import keyboard
from bots.telegram.markup import to_entities
from bots.telegram.notes import Notes
from bots.telegram.pictures import Pictures
from bots.telegram.reactions import Reactions
from bots.telegram.refusals import of_sending
from bots.telegram.simpler import Sendable, simpler
from bots.text import utf16_len

_ANSWER_S = 30
_UPLOAD_S = 120


class Outgoing:
    """The ports `Channel`, `Reacts` and `Speaks` for one bot.

    With a *drafting* words are shown as they come.

    *behalf* knows where it may write in somebody's place.
    """

    def __init__(
        self,
        bot: Bot,
        gates: Gates,
        witness: Witness,
        drafting: Drafting | None = None,
        behalf: Behalf | None = None,
    ) -> None:
        self._bot = bot
        self._drafting = drafting
        self._behalf = behalf
        self._gates = gates
        self._pictures = Pictures(bot)
        self._reactions = Reactions(bot)
        self._documents = Documents(self._send, witness)
        self._guests = Guests(bot)
        self._notes = Notes(self._send, witness)

    def drafts_in(self, conversation: Conversation) -> bool:
        return bool(self._drafting and self._drafting.possible_in(conversation))

    async def link(self, payload: str) -> str:
        """An address that says `/start PAYLOAD` to us; empty while Telegram cannot be asked."""
        try:
            name = (await self._bot.me()).username
        except AiogramError:
            return ""
        return deep_link(name, payload) if name else ""

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
        if conversation.borrowed:
            await self._insist(conversation)
            asks = False  # what people think of us is not asked in somebody else's name
        try:
            if conversation.guest:
                return await self._guests.answer(reply_to, text, key)
            return await self._say(conversation, text, key, reply_to, asks, sticker, beside)
        except AiogramError as error:
            raise self._refused(conversation, error) from error

    async def _say(  # noqa: PLR0917 - as `send` was told
        self,
        conversation: Conversation,
        text: str,
        key: int,
        reply_to: str,
        asks: bool,  # noqa: FBT001 - as `send` was told
        sticker: Sticker | None,
        beside: Beside,
    ) -> str:
        rendered = to_entities(text)
        message = SendMessage(
            chat_id=conversation.chat,
            text=rendered.text,
            entities=entities(rendered),
            message_thread_id=thread(conversation),
            business_connection_id=conversation.connection or None,
            reply_parameters=_reply(reply_to),
            reply_markup=keyboard(key, text, beside.buttons, asks=asks),
        )
        async with self._way(conversation, text):
            sent = ""
            if beside.note and self._notes.allowed_in(conversation):
                sent = await self._notes.send(message, key, beside.note)
            elif beside.document:
                sent = await self._documents.send(message, key, beside)
            elif sticker:
                sent = await self._pictures.send(message, sticker)
            return sent or str((await self._send(message)).message_id)

    async def react(self, conversation: Conversation, message: str, face: str) -> bool:
        if wait := self._gates.closed_s(conversation.chat):
            raise SlowDown(wait)
        try:
            return await self._reactions.react(conversation, message, face)
        except AiogramError as error:
            raise self._refused(conversation, error) from error

    def _refused(self, conversation: Conversation, error: AiogramError) -> AnimaError:
        refusal = of_sending(error)
        if isinstance(refusal, SlowDown):
            self._gates.close(conversation.chat, refusal.retry_after)
        return refusal

    def _way(self, conversation: Conversation, text: str) -> AbstractAsyncContextManager[None]:
        return self._drafting.giving_way(conversation, text) if self._drafting else nullcontext()

    async def _insist(self, conversation: Conversation) -> None:
        """Raise `Undelivered` where we may not write in somebody's place, or not now."""
        if self._behalf is None:
            raise Undelivered("telegram.business is off")
        if obstacle := await self._behalf.obstacle(conversation):
            raise Undelivered(obstacle)

    async def _send(self, message: Sendable) -> Message:
        """Send, and once more without what Telegram quarrels with."""
        within_s = _UPLOAD_S if isinstance(message, SendDocument | SendVoice) else _ANSWER_S
        try:
            return await self._bot(message, request_timeout=within_s)
        except TelegramBadRequest as error:
            plainer = simpler(message, error.message.lower())
            if plainer is None:
                raise
            return await self._bot(plainer, request_timeout=within_s)

    async def typing(self, conversation: Conversation, *, mark: int = 0) -> None:
        if not (self._drafting and self._drafting.lives(conversation, mark)):
            await self._act(conversation, "typing")

    def speaks_in(self, conversation: Conversation) -> bool:
        return self._notes.allowed_in(conversation)

    async def recording(self, conversation: Conversation) -> None:
        await self._act(conversation, "record_voice")

    async def _act(self, conversation: Conversation, action: str) -> None:
        """Show that something is coming."""
        if conversation.guest or self._gates.closed_s(conversation.chat):
            return
        try:
            await self._bot(
                SendChatAction(
                    chat_id=conversation.chat,
                    action=action,
                    message_thread_id=thread(conversation),
                    business_connection_id=conversation.connection or None,
                ),
                request_timeout=_ANSWER_S,
            )
        except TelegramRetryAfter as error:
            self._gates.close(conversation.chat, error.retry_after)
        except AiogramError:
            return

    async def draft(self, conversation: Conversation, text: str, *, mark: int) -> None:
        if self._drafting:
            self._drafting.grows(conversation, text, mark)


def _reply(message: str) -> ReplyParameters | None:
    """What we answer may have been deleted meanwhile; the answer is sent all the same."""
    if not message:
        return None
    return ReplyParameters(message_id=int(message), allow_sending_without_reply=True)
