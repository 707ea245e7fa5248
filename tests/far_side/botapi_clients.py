"""Two independent client libraries behind one face, so that the server is fitted to neither."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, NamedTuple, Protocol, Self

import aiogram
import telegram
from aiogram import exceptions as refused
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeChatMember,
    BotCommandScopeDefault,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Message,
    MessageEntity,
    ReplyParameters,
)
from telegram import error
from telegram.request import HTTPXRequest

Range = tuple[str, int, int]
_CALLS: Final = "guest_message"
_STOPS: Final = "stopped_message_generation"


class Shown(NamedTuple):
    """A message as a client library read it."""

    id: int
    text: str
    seconds: int
    mine: bool
    entities: tuple[Range, ...] = ()
    reply_to: int | None = None


class Brought(NamedTuple):
    """What came with a message as a client library read it.

    *sizes* of a picture with its file, width and height; a *file* by name, kind and size; what it
    *quoted*: the whole, the part that was picked, and where that begins.
    """

    caption: str
    album: str
    sizes: tuple[tuple[str, int, int], ...]
    file: tuple[str, str, int]
    quoted: tuple[str, str, int]


class Trouble(NamedTuple):
    """What a call ended with: a kind, and the fact or the words that came with it."""

    kind: str
    fact: int | str = ""


class Overheard(NamedTuple):
    """What happened in somebody's own chat: what kind, by whom or how many, and which words."""

    kind: str
    who: int
    text: str | None = None
    ours: bool = False


class Client(Protocol):
    """What the tests do with either library."""

    async def __aenter__(self) -> Self: ...
    async def __aexit__(self, *_: object) -> None: ...
    async def me(self) -> tuple[int, str | None, bool]: ...
    async def poll(
        self, offset: int = 0, timeout: int = 0, allowed: Sequence[str] | None = None
    ) -> list[tuple[int, str | None]]: ...
    async def brought(self) -> list[Brought]: ...
    async def say(
        self, chat: int, text: str, entities: Sequence[Range] = (), reply_to: int | None = None
    ) -> Shown: ...
    async def edit(self, chat: int, message: int, text: str) -> Shown: ...
    async def delete(self, chat: int, message: int) -> bool: ...
    async def typing(self, chat: int) -> bool: ...
    async def draft(self, chat: int, draft: int, text: str, thread: int = 0) -> bool: ...
    async def stops(self) -> list[tuple[int, int, int]]: ...
    async def calls(self) -> list[tuple[str, str, str]]: ...
    async def visit(self, query: str, text: str, entities: Sequence[Range] = ()) -> str: ...
    async def rewrite(self, inline: str, text: str) -> bool: ...
    async def react(self, chat: int, message: int) -> bool: ...
    async def answer(self, query: str) -> bool: ...
    async def voice(self, chat: int, content: bytes, caption: str) -> tuple[str, str | None]: ...
    async def photo(self, chat: int, content: bytes) -> str: ...
    async def document(
        self, chat: int, content: bytes, name: str, caption: str
    ) -> tuple[str, str | None, str | None]: ...
    async def button(self, chat: int, text: str, data: str) -> int: ...
    async def strip(self, chat: int, message: int) -> bool: ...
    async def fetch(self, file_id: str) -> bytes: ...
    async def hook(self, url: str, secret: str) -> bool: ...
    async def unhook(self) -> bool: ...
    async def hooked(self) -> tuple[str, int, str | None]: ...
    async def command(
        self, name: str, about: str, scope: str = "default", language: str = "", **place: int
    ) -> list[tuple[str, str]]: ...
    async def commands(
        self, scope: str = "default", language: str = "", **place: int
    ) -> list[tuple[str, str]]: ...
    async def uncommand(self, scope: str = "default", language: str = "", **place: int) -> bool: ...
    async def title(self, chat: int) -> str | None: ...
    async def standing(self, chat: int, person: int) -> str: ...
    async def connection(self, link: str) -> tuple[int, int, bool, bool]: ...
    async def stand_in(self, link: str, chat: int, text: str) -> tuple[int, str | None]: ...
    async def tick(self, link: str, chat: int, message: int) -> bool: ...
    async def overhears(self) -> list[Overheard]: ...
    async def in_topic(self, chat: int, topic: int, text: str) -> int | None: ...
    async def trouble(self, call: Awaitable[object]) -> Trouble: ...


class Aiogram:
    """aiogram."""

    def __init__(self, url: str, token: str) -> None:
        api = TelegramAPIServer.from_base(url)
        self._session = AiohttpSession(api=api, timeout=20)
        self.bot = aiogram.Bot(token, session=self._session)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        # `AiohttpSession.close` sleeps for a quarter of a second, for the sake of TLS.
        if self._session._session is not None:
            await self._session._session.close()

    async def me(self) -> tuple[int, str | None, bool]:
        me = await self.bot.get_me()
        return me.id, me.username, me.is_bot

    async def poll(
        self, offset: int = 0, timeout: int = 0, allowed: Sequence[str] | None = None
    ) -> list[tuple[int, str | None]]:
        kinds = None if allowed is None else list(allowed)
        updates = await self.bot.get_updates(offset, timeout=timeout, allowed_updates=kinds)
        return [(one.update_id, one.message.text if one.message else None) for one in updates]

    async def brought(self) -> list[Brought]:
        return [_brought(one.message) for one in await self.bot.get_updates()]

    async def say(
        self, chat: int, text: str, entities: Sequence[Range] = (), reply_to: int | None = None
    ) -> Shown:
        given = [MessageEntity(type=k, offset=o, length=n) for k, o, n in entities]
        reply = ReplyParameters(message_id=reply_to) if reply_to else None
        return _aiogram(
            await self.bot.send_message(
                chat, text, entities=given or None, reply_parameters=reply, parse_mode=None
            )
        )

    async def edit(self, chat: int, message: int, text: str) -> Shown:
        edited = await self.bot.edit_message_text(text, chat_id=chat, message_id=message)
        assert isinstance(edited, Message)
        return _aiogram(edited)

    async def delete(self, chat: int, message: int) -> bool:
        return await self.bot.delete_message(chat, message)

    async def typing(self, chat: int) -> bool:
        return await self.bot.send_chat_action(chat, "typing")

    async def draft(self, chat: int, draft: int, text: str, thread: int = 0) -> bool:
        return await self.bot.send_message_draft(
            chat, draft, thread or None, text, parse_mode=None, can_stop=True
        )

    async def stops(self) -> list[tuple[int, int, int]]:
        updates = await self.bot.get_updates(allowed_updates=[_STOPS])
        stops = [one.stopped_message_generation for one in updates]
        return [(one.chat.id, one.draft_id, one.message_thread_id or 0) for one in stops if one]

    async def calls(self) -> list[tuple[str, str, str]]:
        updates = await self.bot.get_updates(allowed_updates=[_CALLS])
        calls = [one.guest_message for one in updates]
        return [
            (
                one.guest_query_id or "",
                one.text or "",
                (one.reply_to_message and one.reply_to_message.text) or "",
            )
            for one in calls
            if one
        ]

    async def visit(self, query: str, text: str, entities: Sequence[Range] = ()) -> str:
        given = [MessageEntity(type=k, offset=o, length=n) for k, o, n in entities]
        words = InputTextMessageContent(message_text=text, entities=given or None, parse_mode=None)
        article = InlineQueryResultArticle(id="1", title="t", input_message_content=words)
        return (await self.bot.answer_guest_query(query, article)).inline_message_id

    async def rewrite(self, inline: str, text: str) -> bool:
        edited = await self.bot.edit_message_text(text, inline_message_id=inline, parse_mode=None)
        return edited is True

    async def react(self, chat: int, message: int) -> bool:
        return await self.bot.set_message_reaction(chat, message)

    async def answer(self, query: str) -> bool:
        return await self.bot.answer_callback_query(query)

    async def voice(self, chat: int, content: bytes, caption: str) -> tuple[str, str | None]:
        file = BufferedInputFile(content, "v.ogg")
        sent = await self.bot.send_voice(chat, file, caption=caption, duration=3)
        assert sent.voice is not None
        return sent.voice.file_id, sent.caption

    async def photo(self, chat: int, content: bytes) -> str:
        sent = await self.bot.send_photo(chat, BufferedInputFile(content, "p.jpg"))
        assert sent.photo is not None
        return sent.photo[-1].file_id

    async def document(
        self, chat: int, content: bytes, name: str, caption: str
    ) -> tuple[str, str | None, str | None]:
        file = BufferedInputFile(content, name)
        sent = await self.bot.send_document(chat, file, caption=caption)
        assert sent.document is not None
        return sent.document.file_id, sent.document.file_name, sent.caption

    async def button(self, chat: int, text: str, data: str) -> int:
        keys = InlineKeyboardMarkup(
            inline_keyboard=[[InlineKeyboardButton(text=text, callback_data=data)]]
        )
        return (await self.bot.send_message(chat, text, reply_markup=keys)).message_id

    async def strip(self, chat: int, message: int) -> bool:
        edited = await self.bot.edit_message_reply_markup(chat_id=chat, message_id=message)
        assert isinstance(edited, Message)
        return edited.reply_markup is None

    async def fetch(self, file_id: str) -> bytes:
        content = await self.bot.download(file_id)
        assert content is not None
        return content.read()

    async def hook(self, url: str, secret: str) -> bool:
        return await self.bot.set_webhook(url, secret_token=secret)

    async def unhook(self) -> bool:
        return await self.bot.delete_webhook()

    async def hooked(self) -> tuple[str, int, str | None]:
        hook = await self.bot.get_webhook_info()
        return hook.url, hook.pending_update_count, hook.last_error_message

    async def command(
        self, name: str, about: str, scope: str = "default", language: str = "", **place: int
    ) -> list[tuple[str, str]]:
        where = _AIOGRAM_SCOPES[scope](**place)
        await self.bot.set_my_commands(
            [BotCommand(command=name, description=about)], where, language or None
        )
        return await self.commands(scope, language, **place)

    async def commands(
        self, scope: str = "default", language: str = "", **place: int
    ) -> list[tuple[str, str]]:
        where = _AIOGRAM_SCOPES[scope](**place)
        known = await self.bot.get_my_commands(where, language or None)
        return [(one.command, one.description) for one in known]

    async def uncommand(self, scope: str = "default", language: str = "", **place: int) -> bool:
        return await self.bot.delete_my_commands(_AIOGRAM_SCOPES[scope](**place), language or None)

    async def title(self, chat: int) -> str | None:
        return (await self.bot.get_chat(chat)).title

    async def standing(self, chat: int, person: int) -> str:
        return str((await self.bot.get_chat_member(chat, person)).status)

    async def connection(self, link: str) -> tuple[int, int, bool, bool]:
        return _connection(await self.bot.get_business_connection(link))

    async def stand_in(self, link: str, chat: int, text: str) -> tuple[int, str | None]:
        sent = await self.bot.send_message(chat, text, business_connection_id=link)
        assert sent.from_user is not None
        return sent.from_user.id, sent.business_connection_id

    async def tick(self, link: str, chat: int, message: int) -> bool:
        return await self.bot.read_business_message(link, chat, message)

    async def overhears(self) -> list[Overheard]:
        return [_overheard(one) for one in await self.bot.get_updates()]

    async def in_topic(self, chat: int, topic: int, text: str) -> int | None:
        return (await self.bot.send_message(chat, text, message_thread_id=topic)).message_thread_id

    async def trouble(self, call: Awaitable[object]) -> Trouble:
        try:
            await call
        except refused.AiogramError as no:
            return _named(no, _AIOGRAM)
        return Trouble("none")


class PythonTelegramBot:
    """python-telegram-bot."""

    def __init__(self, url: str, token: str) -> None:
        self.bot = telegram.Bot(
            token,
            base_url=f"{url}/bot",
            base_file_url=f"{url}/file/bot",
            request=HTTPXRequest(read_timeout=20),
            get_updates_request=HTTPXRequest(read_timeout=20),
        )

    async def __aenter__(self) -> Self:
        # `Bot.initialize` would call getMe; its transports are all we need.
        for transport in self.bot._request:
            await transport.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        for transport in self.bot._request:
            await transport.shutdown()

    async def me(self) -> tuple[int, str | None, bool]:
        me = await self.bot.get_me()
        return me.id, me.username, me.is_bot

    async def poll(
        self, offset: int = 0, timeout: int = 0, allowed: Sequence[str] | None = None
    ) -> list[tuple[int, str | None]]:
        updates = await self.bot.get_updates(offset, timeout=timeout, allowed_updates=allowed)
        return [(one.update_id, one.message.text if one.message else None) for one in updates]

    async def brought(self) -> list[Brought]:
        return [_brought(one.message) for one in await self.bot.get_updates()]

    async def say(
        self, chat: int, text: str, entities: Sequence[Range] = (), reply_to: int | None = None
    ) -> Shown:
        given = [telegram.MessageEntity(*one) for one in entities]
        reply = telegram.ReplyParameters(reply_to) if reply_to else None
        return _ptb(await self.bot.send_message(chat, text, entities=given, reply_parameters=reply))

    async def edit(self, chat: int, message: int, text: str) -> Shown:
        edited = await self.bot.edit_message_text(text, chat_id=chat, message_id=message)
        assert isinstance(edited, telegram.Message)
        return _ptb(edited)

    async def delete(self, chat: int, message: int) -> bool:
        return await self.bot.delete_message(chat, message)

    async def typing(self, chat: int) -> bool:
        return await self.bot.send_chat_action(chat, "typing")

    async def draft(self, chat: int, draft: int, text: str, thread: int = 0) -> bool:
        return await self.bot.send_message_draft(
            chat, draft, text, thread or None, api_kwargs={"can_stop": True}
        )

    async def stops(self) -> list[tuple[int, int, int]]:
        updates = await self.bot.get_updates(allowed_updates=[_STOPS])
        stops = [one.api_kwargs[_STOPS] for one in updates]
        return [
            (one["chat"]["id"], one["draft_id"], one.get("message_thread_id", 0)) for one in stops
        ]

    async def calls(self) -> list[tuple[str, str, str]]:
        updates = await self.bot.get_updates(allowed_updates=[_CALLS])
        calls = [one.guest_message for one in updates]
        return [
            (
                one.guest_query_id or "",
                one.text or "",
                (one.reply_to_message and one.reply_to_message.text) or "",
            )
            for one in calls
            if one
        ]

    async def visit(self, query: str, text: str, entities: Sequence[Range] = ()) -> str:
        given = [telegram.MessageEntity(*one) for one in entities]
        words = telegram.InputTextMessageContent(text, entities=given)
        article = telegram.InlineQueryResultArticle("1", "t", words)
        return (await self.bot.answer_guest_query(query, article)).inline_message_id

    async def rewrite(self, inline: str, text: str) -> bool:
        return await self.bot.edit_message_text(text, inline_message_id=inline) is True

    async def react(self, chat: int, message: int) -> bool:
        return await self.bot.set_message_reaction(chat, message)

    async def answer(self, query: str) -> bool:
        return await self.bot.answer_callback_query(query)

    async def voice(self, chat: int, content: bytes, caption: str) -> tuple[str, str | None]:
        sent = await self.bot.send_voice(chat, content, caption=caption, duration=3)
        assert sent.voice is not None
        return sent.voice.file_id, sent.caption

    async def photo(self, chat: int, content: bytes) -> str:
        return (await self.bot.send_photo(chat, content)).photo[-1].file_id

    async def document(
        self, chat: int, content: bytes, name: str, caption: str
    ) -> tuple[str, str | None, str | None]:
        sent = await self.bot.send_document(chat, content, caption, filename=name)
        assert sent.document is not None
        return sent.document.file_id, sent.document.file_name, sent.caption

    async def button(self, chat: int, text: str, data: str) -> int:
        keys = telegram.InlineKeyboardMarkup.from_button(
            telegram.InlineKeyboardButton(text, callback_data=data)
        )
        return (await self.bot.send_message(chat, text, reply_markup=keys)).message_id

    async def strip(self, chat: int, message: int) -> bool:
        edited = await self.bot.edit_message_reply_markup(chat, message)
        assert isinstance(edited, telegram.Message)
        return edited.reply_markup is None

    async def fetch(self, file_id: str) -> bytes:
        return bytes(await (await self.bot.get_file(file_id)).download_as_bytearray())

    async def hook(self, url: str, secret: str) -> bool:
        return await self.bot.set_webhook(url, secret_token=secret)

    async def unhook(self) -> bool:
        return await self.bot.delete_webhook()

    async def hooked(self) -> tuple[str, int, str | None]:
        hook = await self.bot.get_webhook_info()
        return hook.url, hook.pending_update_count, hook.last_error_message

    async def command(
        self, name: str, about: str, scope: str = "default", language: str = "", **place: int
    ) -> list[tuple[str, str]]:
        where = _PTB_SCOPES[scope](**place)
        await self.bot.set_my_commands([telegram.BotCommand(name, about)], where, language or None)
        return await self.commands(scope, language, **place)

    async def commands(
        self, scope: str = "default", language: str = "", **place: int
    ) -> list[tuple[str, str]]:
        where = _PTB_SCOPES[scope](**place)
        known = await self.bot.get_my_commands(where, language or None)
        return [(one.command, one.description) for one in known]

    async def uncommand(self, scope: str = "default", language: str = "", **place: int) -> bool:
        return await self.bot.delete_my_commands(_PTB_SCOPES[scope](**place), language or None)

    async def title(self, chat: int) -> str | None:
        return (await self.bot.get_chat(chat)).title

    async def standing(self, chat: int, person: int) -> str:
        return str((await self.bot.get_chat_member(chat, person)).status)

    async def connection(self, link: str) -> tuple[int, int, bool, bool]:
        return _connection(await self.bot.get_business_connection(link))

    async def stand_in(self, link: str, chat: int, text: str) -> tuple[int, str | None]:
        sent = await self.bot.send_message(chat, text, business_connection_id=link)
        assert sent.from_user is not None
        return sent.from_user.id, sent.business_connection_id

    async def tick(self, link: str, chat: int, message: int) -> bool:
        return await self.bot.read_business_message(link, chat, message)

    async def overhears(self) -> list[Overheard]:
        return [_overheard(one) for one in await self.bot.get_updates()]

    async def in_topic(self, chat: int, topic: int, text: str) -> int | None:
        return (await self.bot.send_message(chat, text, message_thread_id=topic)).message_thread_id

    async def trouble(self, call: Awaitable[object]) -> Trouble:
        try:
            await call
        except error.TelegramError as no:
            return _named(no, _PTB)
        return Trouble("none")


def _connection(link: Any) -> tuple[int, int, bool, bool]:
    return link.user.id, link.user_chat_id, link.is_enabled, bool(link.rights.can_reply)


def _overheard(update: Any) -> Overheard:
    """The same fields in both libraries, under the protocol's own names."""
    if link := update.business_connection:
        return Overheard("connection", link.user.id)
    if gone := update.deleted_business_messages:
        return Overheard("deleted", len(gone.message_ids))
    edited = update.edited_business_message
    message = edited or update.business_message
    ours = message.sender_business_bot is not None
    return Overheard("edited" if edited else "said", message.from_user.id, message.text, ours)


def _words(no: Any) -> str:
    """The server's own words, without what a library puts in front of them."""
    text = str(no.message).split(" - ", 1)[-1].lower()
    for known in ("bad request: ", "forbidden: ", "conflict: "):
        text = text.removeprefix(known)
    return text


def _nothing(_no: Any) -> str:
    return ""


Kinds = tuple[tuple[type[Exception], str, Callable[[Any], int | str]], ...]

_AIOGRAM_SCOPES: Final[dict[str, Any]] = {
    "default": BotCommandScopeDefault,
    "private": BotCommandScopeAllPrivateChats,
    "groups": BotCommandScopeAllGroupChats,
    "administrators": BotCommandScopeAllChatAdministrators,
    "chat": BotCommandScopeChat,
    "chat administrators": BotCommandScopeChatAdministrators,
    "member": BotCommandScopeChatMember,
}
_PTB_SCOPES: Final[dict[str, Any]] = {
    "default": telegram.BotCommandScopeDefault,
    "private": telegram.BotCommandScopeAllPrivateChats,
    "groups": telegram.BotCommandScopeAllGroupChats,
    "administrators": telegram.BotCommandScopeAllChatAdministrators,
    "chat": telegram.BotCommandScopeChat,
    "chat administrators": telegram.BotCommandScopeChatAdministrators,
    "member": telegram.BotCommandScopeChatMember,
}
_AIOGRAM: Final[Kinds] = (
    (refused.TelegramRetryAfter, "slow down", lambda no: no.retry_after),
    (refused.TelegramMigrateToChat, "moved", lambda no: no.migrate_to_chat_id),
    (refused.TelegramForbiddenError, "forbidden", _words),
    (refused.TelegramConflictError, "conflict", _words),
    (refused.TelegramUnauthorizedError, "unauthorized", _nothing),
    (refused.TelegramBadRequest, "bad request", _words),
    (refused.TelegramNetworkError, "network", _nothing),
    (refused.TelegramServerError, "network", _nothing),
    (refused.ClientDecodeError, "nonsense", _nothing),
)
# PTB has no error of its own for an answer that makes no sense.
_PTB: Final[Kinds] = (
    (error.RetryAfter, "slow down", lambda no: int(no.retry_after.total_seconds())),
    (error.ChatMigrated, "moved", lambda no: no.new_chat_id),
    (error.Forbidden, "forbidden", _words),
    (error.Conflict, "conflict", _words),
    (error.InvalidToken, "unauthorized", _nothing),
    (error.BadRequest, "bad request", _words),
    (error.NetworkError, "network", _nothing),
    (error.TelegramError, "nonsense", _nothing),
)


def _named(no: Exception, kinds: Kinds) -> Trouble:
    """*no* by the first of *kinds* that it is."""
    for kind, name, fact in kinds:
        if isinstance(no, kind):
            return Trouble(name, fact(no))
    raise no


def _aiogram(message: Message) -> Shown:
    return Shown(
        message.message_id,
        message.text or "",
        int(message.date.timestamp()),
        bool(message.from_user and message.from_user.is_bot),
        tuple((str(one.type), one.offset, one.length) for one in message.entities or ()),
        message.reply_to_message.message_id if message.reply_to_message else None,
    )


def _ptb(message: telegram.Message) -> Shown:
    return Shown(
        message.message_id,
        message.text or "",
        int(message.date.timestamp()),
        bool(message.from_user and message.from_user.is_bot),
        tuple((str(one.type), one.offset, one.length) for one in message.entities),
        message.reply_to_message.message_id if message.reply_to_message else None,
    )


def _brought(message: Any) -> Brought:
    """Both libraries name what they read as the protocol does."""
    file, quote, replied = message.document, message.quote, message.reply_to_message
    return Brought(
        message.caption or "",
        message.media_group_id or "",
        tuple((one.file_id, one.width, one.height) for one in message.photo or ()),
        (file.file_name, file.mime_type, file.file_size) if file else ("", "", 0),
        (replied.text if replied else "", *((quote.text, quote.position) if quote else ("", 0))),
    )
