"""What the errors of Discord and of its client mean to us."""

from contextlib import suppress
from typing import Final

import aiohttp
import discord

from anima.errors import AnimaError, ConfigError, Gone, SlowDown, Undelivered, Unreachable

TROUBLES: Final = (
    discord.DiscordException,
    aiohttp.ClientError,
    OSError,  # a time that ran out is one, too
    ValueError,  # an answer that is no JSON
    LookupError,  # or one without what it should have
    TypeError,  # or of another form
)
"""All that a call of the client may raise."""


class TooStrangeError(ValueError):
    """Discord answered with something that is no answer."""


_CLOSED: Final = frozenset(
    {
        10003,  # unknown channel
        10004,  # unknown server
        40001,  # unauthorized for this
        50001,  # missing access
        50007,  # cannot send messages to this person
        50008,  # no channel for text
        50013,  # missing permissions
        50024,  # cannot do that in this kind of channel
        50278,  # no server in common with this person
        160005,  # the thread is locked
    }
)
_TOO_MANY: Final = 429
_UNKNOWN_TOKEN: Final = 401
_NO_ANSWER: Final = 500
_PATIENCE_S: Final = 60.0

_UNKNOWN: Final = (
    "discord.token: Discord does not know this token; copy it again from the Bot page of"
    " https://discord.com/developers/applications"
)
_INTENTS: Final = (
    "discord.token: this bot may not read messages; switch on the Message Content Intent on the"
    " Bot page of https://discord.com/developers/applications"
)
_FATAL: Final = {
    4004: _UNKNOWN,
    4010: "discord.shards: Discord does not take this shard; look at shards and shard_ids",
    4011: "discord.shards: Discord wants more shards for this bot than there are",
    4013: _INTENTS,
    4014: _INTENTS,
}


def of_sending(error: Exception) -> AnimaError:
    """What became of something that we asked for."""
    match error:
        case discord.RateLimited():
            return SlowDown(error.retry_after)
        case discord.HTTPException() if error.status == _TOO_MANY:
            return SlowDown(_retry_after(error))
        case discord.HTTPException() if error.code in _CLOSED:
            return Gone(error.text)
        case discord.HTTPException() if error.status == _UNKNOWN_TOKEN:
            return Unreachable(error.text)
        case discord.HTTPException() if error.status < _NO_ANSWER:
            return Undelivered(error.text)
    return Unreachable(plainly(error))


def of_listening(error: Exception) -> AnimaError:
    """Why we cannot hear."""
    match error:
        case discord.ConnectionClosed() if error.code in _FATAL:
            return ConfigError(_FATAL[error.code])
        case discord.LoginFailure():
            return ConfigError(_UNKNOWN)
        case discord.HTTPException() if error.status == _UNKNOWN_TOKEN:
            return ConfigError(_UNKNOWN)
        case discord.RateLimited():
            return SlowDown(error.retry_after)
        case discord.HTTPException() if error.status == _TOO_MANY:
            return SlowDown(_retry_after(error))
    return Unreachable(plainly(error))


def plainly(error: Exception) -> str:
    """What *error* says, or is where it says nothing."""
    return str(error) or type(error).__name__


def _retry_after(error: discord.HTTPException) -> float:
    """A proxy in front of Discord tells it by the header alone."""
    with suppress(KeyError, ValueError):
        return float(error.response.headers["Retry-After"])
    return _PATIENCE_S
