"""What went wrong at a server that we ask through OpenAI's client, in our own words."""

import errno
import os
from datetime import datetime
from typing import Any, Final

import httpx2
import openai

from anima.errors import AnimaError, BackendUnavailable, Refused
from backend.reasons import (
    FILTERED,
    REASON_CHARS,
    Brief,
    Codes,
    Passing,
    TooLong,
    asked_to_wait,
    brief,
    no_codes,
    too_long,
)

__all__ = ["FILTERED", "REASON_CHARS", "Brief", "Passing", "TooLong", "brief", "translated"]

PASSING: Final = frozenset({408, 409, 429})
"""Apart from 5xx: a server that is too slow, in conflict or busy may do better in a moment."""


PLAIN: Final = frozenset(
    {
        errno.ECONNABORTED,
        errno.ECONNREFUSED,
        errno.ECONNRESET,
        errno.EHOSTUNREACH,
        errno.ENETUNREACH,
        errno.EPIPE,
        errno.ETIMEDOUT,
    }
)
"""Numbers of a dead line that need no further words; others are told as the client tells them."""


def translated(
    error: openai.OpenAIError | httpx2.HTTPError,
    cut: Brief,
    now: datetime,
    codes: Codes = no_codes,
) -> AnimaError:
    """The vendor's *error* as one of ours; *codes* are those of the server that we asked."""
    if isinstance(error, openai.APIStatusError):
        return _answered(error, cut, now, codes)
    if isinstance(error, httpx2.HTTPError):
        return broken(error, cut)
    if isinstance(error, openai.APIConnectionError):
        return _dead(error.__cause__ or error, cut)
    return _odd(error, cut)


def broken(error: httpx2.HTTPError, cut: Brief) -> BackendUnavailable:
    """What became of the line that broke with *error*."""
    return _dead(error, cut) if isinstance(error, httpx2.TransportError) else _odd(error, cut)


def _dead(cause: BaseException, cut: Brief) -> Passing:
    said = cut(_of_the_system(cause) or str(cause) or type(cause).__name__)
    return Passing(f"the line to the server is dead: {said}", connection=True)


def _of_the_system(error: BaseException | None) -> str:
    """What the system calls it: clients wrap that in addresses and names of their own."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in PLAIN:
            return os.strerror(error.errno).lower()
        error = error.__cause__ or error.__context__
    return ""


def _odd(error: Exception, cut: Brief) -> BackendUnavailable:
    return BackendUnavailable(f"the server cannot be understood: {cut(str(error))}")


def _answered(error: openai.APIStatusError, cut: Brief, now: datetime, codes: Codes) -> AnimaError:
    status = error.status_code
    after_s = asked_to_wait(error.response.headers, now)
    detail: dict[str, Any] = error.body if isinstance(error.body, dict) else {}
    if error.code == FILTERED:
        return Refused("the server's filter refused the prompt")
    if known := codes(error.code, cut(str(detail.get("message") or ""))):
        if isinstance(known, Passing):
            known.after_s = after_s
        return known
    reason = f"the server answered {status}: {cut(_told(error, detail))}"
    if status in PASSING or status >= httpx2.codes.INTERNAL_SERVER_ERROR:
        return Passing(reason, after_s=after_s)
    return TooLong(reason) if too_long(detail) else BackendUnavailable(reason)


def _told(error: openai.APIStatusError, detail: dict[str, Any]) -> str:
    """What the server says in words, with a code of its own; else its answer as it is."""
    said = detail.get("message") or error.body
    if not isinstance(said, str):
        return error.response.text
    code = detail.get("code")
    return said if code in {None, error.status_code, str(error.status_code)} else f"{code}: {said}"
