"""What went wrong at a server of models, in our own words; each reason is safe to log."""

import contextlib
from collections.abc import Callable, Iterable
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

import httpx2
import openai

from anima.errors import AnimaError, BackendUnavailable, Refused
from anima.private import redactor

REASON_CHARS: Final = 300
"""So much of what a server says is enough to know the trouble."""

PASSING: Final = frozenset({408, 409, 429})
"""Apart from 5xx: a server that is too slow, in conflict or busy may do better in a moment."""

FILTERED: Final = "content_filter"
"""The word by which servers say that their filter would not let the answer out."""

Brief = Callable[[str], str]
"""Makes of what a server said something that may stand in the log."""


class Passing(BackendUnavailable):
    """Asking again may help, after *after_s* where the server named a time."""

    def __init__(
        self, reason: str, *, connection: bool = False, after_s: float | None = None
    ) -> None:
        super().__init__(reason, connection=connection)
        self.after_s = after_s


def brief(secrets: Iterable[str]) -> Brief:
    """Cuts out the *secrets* and whatever looks like one, then all that is too long."""
    redact = redactor(secrets)

    def cut(text: str) -> str:
        line = " ".join(redact(text).split())
        return line if len(line) <= REASON_CHARS else line[:REASON_CHARS] + "…"

    return cut


def translated(
    error: openai.OpenAIError | httpx2.HTTPError, cut: Brief, now: datetime
) -> AnimaError:
    """The vendor's *error* as one of ours."""
    if isinstance(error, openai.APIStatusError):
        return _answered(error, cut, now)
    if isinstance(error, openai.APIConnectionError | httpx2.TransportError):
        cause = error.__cause__ if isinstance(error, openai.APIConnectionError) else error
        said = f"{type(cause).__name__} {cause}" if cause is not None else str(error)
        return Passing(f"the line to the server is dead: {cut(said)}", connection=True)
    return BackendUnavailable(f"the server cannot be understood: {cut(str(error))}")


def _answered(error: openai.APIStatusError, cut: Brief, now: datetime) -> AnimaError:
    status = error.status_code
    if error.code == FILTERED:
        return Refused("the server's filter refused the prompt")
    reason = f"the server answered {status}: {cut(error.response.text)}"
    if status in PASSING or status >= httpx2.codes.INTERNAL_SERVER_ERROR:
        return Passing(reason, after_s=_asked_to_wait(error.response.headers, now))
    return BackendUnavailable(reason)


def _asked_to_wait(headers: httpx2.Headers, now: datetime) -> float | None:
    """The seconds that a server asks for, which it may write as a number or as a date."""
    asked = headers.get("retry-after", "")
    with contextlib.suppress(ValueError):
        return max(0.0, float(asked))
    with contextlib.suppress(ValueError, TypeError):  # TypeError: a date without a zone
        return max(0.0, (parsedate_to_datetime(asked) - now).total_seconds())
    return None
