"""What Telegram's errors mean to us."""

from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)

from anima.errors import AnimaError, ConfigError, Gone, Moved, SlowDown, Undelivered, Unreachable

_CLOSED = (
    *("chat not found", "user is deactivated", "bot was kicked", "group chat was upgraded"),
    *("business_connection_invalid", "business_connection_not_allowed", "business_peer_invalid"),
)


def of_sending(error: AiogramError) -> AnimaError:
    """What became of a message that we tried to send."""
    match error:
        case TelegramRetryAfter():
            return SlowDown(error.retry_after)
        case TelegramMigrateToChat():
            return Moved(str(error.migrate_to_chat_id))
        case TelegramForbiddenError():
            return Gone(error.message)
        case TelegramBadRequest() if any(word in error.message.lower() for word in _CLOSED):
            return Gone(error.message)
        case TelegramBadRequest() | TelegramEntityTooLarge():
            return Undelivered(error.message)
    return Unreachable(str(error))


def of_listening(error: AiogramError) -> AnimaError:
    """Why we cannot hear."""
    match error:
        case TelegramUnauthorizedError() | TelegramNotFound():
            return ConfigError(
                "telegram.token: Telegram does not know this token; copy it again from @BotFather"
            )
        case TelegramRetryAfter():
            return SlowDown(error.retry_after)
        case TelegramConflictError():
            return Unreachable(_conflict(error.message))
    return Unreachable(str(error))


def _conflict(message: str) -> str:
    if "webhook" in message.lower():
        return (
            "a webhook is set for this bot, so polling is refused; set telegram.mode to"
            ' "webhook", or remove the webhook'
        )
    return "another process is polling with this token; stop one of the two"
