"""Each of Telegram's refusals says what we should do next."""

import pytest
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    RestartingTelegram,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetMe

from anima.errors import AnimaError, ConfigError, Gone, Moved, SlowDown, Undelivered, Unreachable
from bots.telegram.refusals import of_listening, of_sending

ASKED = GetMe()
UNSURE = [
    TelegramServerError(ASKED, "Internal Server Error"),
    RestartingTelegram(ASKED, "Bad Gateway"),
    TelegramNetworkError(ASKED, "ClientOSError: connection reset"),
    ClientDecodeError("no JSON", ValueError("line 1"), "<html>"),
    AiogramError("something new"),
]


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (TelegramForbiddenError(ASKED, "Forbidden: bot was blocked by the user"), Gone),
        (TelegramForbiddenError(ASKED, "Forbidden: bot was kicked from the group chat"), Gone),
        (TelegramBadRequest(ASKED, "Bad Request: chat not found"), Gone),
        (TelegramBadRequest(ASKED, "Bad Request: user is deactivated"), Gone),
        (TelegramBadRequest(ASKED, "Bad Request: message text is empty"), Undelivered),
        (TelegramEntityTooLarge(ASKED, "Request Entity Too Large"), Undelivered),
        *((error, Unreachable) for error in UNSURE),
    ],
    ids=str,
)
def test_a_message_that_was_not_taken(error: AiogramError, meaning: type[AnimaError]) -> None:
    """A place that is closed, a message that never goes, or a case for another try."""
    refusal = of_sending(error)

    assert meaning is type(refusal)


def test_a_wait_is_as_long_as_telegram_says() -> None:
    """Its seconds are on the error, for sending and for listening alike."""
    error = TelegramRetryAfter(ASKED, "Too Many Requests", retry_after=17)

    refusals = [of_sending(error), of_listening(error)]

    assert [17, 17] == [one.retry_after for one in refusals if isinstance(one, SlowDown)]


def test_a_group_says_where_it_went() -> None:
    """The id of the new chat is on the error."""
    error = TelegramMigrateToChat(ASKED, "group upgraded", migrate_to_chat_id=-1000000000777)

    refusal = of_sending(error)

    assert isinstance(refusal, Moved)
    assert "-1000000000777" == refusal.chat


@pytest.mark.parametrize(
    "error",
    [TelegramUnauthorizedError(ASKED, "Unauthorized"), TelegramNotFound(ASKED, "Not Found")],
    ids=str,
)
def test_a_wrong_token_is_a_mistake_in_the_settings(error: AiogramError) -> None:
    """The line names the setting and where to get a right one."""
    refusal = of_listening(error)

    assert isinstance(refusal, ConfigError)
    assert str(refusal).startswith("telegram.token: ")
    assert "@BotFather" in str(refusal)


@pytest.mark.parametrize(
    ("message", "advice"),
    [
        (
            "Conflict: terminated by other getUpdates request; make sure that only one bot runs",
            "stop one of the two",
        ),
        (
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook",
            "telegram.mode",
        ),
    ],
)
def test_a_conflict_says_who_and_what_to_do(message: str, advice: str) -> None:
    """A second poller and a webhook are told apart; both may end by themselves."""
    refusal = of_listening(TelegramConflictError(ASKED, message))

    assert isinstance(refusal, Unreachable)
    assert advice in str(refusal)


@pytest.mark.parametrize("error", UNSURE, ids=str)
def test_whatever_else_stops_our_hearing_passes(error: AiogramError) -> None:
    """Anything unknown is worth another try."""
    refusal = of_listening(error)

    assert Unreachable is type(refusal)
