"""Why there is no answer, in our own words; each reason is safe to log."""

import contextlib
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final, Protocol

from anima.errors import AnimaError, BackendUnavailable
from anima.private import redactor

REASON_CHARS: Final = 300
"""So much of what a server says is enough to know the trouble."""

FILTERED: Final = "content_filter"
"""The word by which servers say that their filter would not let the answer out."""

TOO_LONG: Final = ("maximum context length", "max_tokens must be at least 1")
"""What OpenAI said of a prompt that does not fit, and many after it; and what vLLM says of one
that leaves no room for an answer."""

_DATA: Final = re.compile(r"data:[\w/+.-]{0,60};base64,[A-Za-z0-9+/=]*")
"""What people sent, which a server may say again when it does not understand it."""

Brief = Callable[[str], str]
"""Makes of what a server said something that may stand in the log."""

Codes = Callable[[object, str], AnimaError | None]
"""What a vendor's own error code means, given with a message that is safe; None: no code of its."""


class Passing(BackendUnavailable):
    """Asking again may help, after *after_s* where the server named a time."""

    def __init__(
        self, reason: str, *, connection: bool = False, after_s: float | None = None
    ) -> None:
        super().__init__(reason, connection=connection)
        self.after_s = after_s


class TooLong(BackendUnavailable):
    """The prompt does not fit; a shorter one may."""


class Headers(Protocol):
    """Whatever looks up a header by its name in lower case."""

    def get(self, name: str, otherwise: str, /) -> str: ...


def brief(secrets: Iterable[str]) -> Brief:
    """Cuts out the *secrets* and whatever looks like one, files, then all that is too long."""
    redact = redactor(secrets)

    def cut(text: str) -> str:
        line = " ".join(_DATA.sub("data:…", redact(text)).split())
        return line if len(line) <= REASON_CHARS else line[:REASON_CHARS] + "…"

    return cut


def no_codes(_code: object, _message: str) -> AnimaError | None:
    """The `Codes` of servers that have none of their own."""
    return None


def too_long(detail: Mapping[str, object]) -> bool:
    """Whether an error's *detail* is how vLLM, llama.cpp, OpenAI or others say `TooLong`."""
    return (
        detail.get("code") == "context_length_exceeded"
        or detail.get("type") == "exceed_context_size_error"
        or detail.get("param") == "input_tokens"
        or any(words in str(detail.get("message")) for words in TOO_LONG)
    )


def asked_to_wait(headers: Headers, now: datetime) -> float | None:
    """The seconds that a server asks for, which it may write as a number or as a date."""
    asked = headers.get("retry-after", "")
    with contextlib.suppress(ValueError):
        return max(0.0, float(asked))
    with contextlib.suppress(ValueError, TypeError):  # TypeError: a date without a zone
        return max(0.0, (parsedate_to_datetime(asked) - now).total_seconds())
    return None
