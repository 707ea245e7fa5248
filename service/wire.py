"""Asks far sides over HTTP for the doctor, and notes by how much their clocks differ from ours."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlsplit

import httpx2

from anima.errors import Unavailable
from anima.ports import Clock

ANSWER_S: Final = 8.0
"""Less than the doctor gives a part, so that the reason is told by who knows it."""

REASONS: Final = (
    ("certificate", "its certificate is not to be trusted"),
    ("ssl", "it does not speak https"),
    ("connect call failed", "nobody listens there"),
    ("refused", "nobody listens there"),
    ("name", "its name is not known"),
    ("unreachable", "there is no way to it"),
)
"""Words in an error of the line, and what they mean."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a far side said."""

    status: int
    text: str

    @property
    def fields(self) -> Mapping[str, object]:
        """The answer as a JSON object; empty when it is none."""
        with suppress(ValueError, RecursionError):
            found = json.loads(self.text)
            return found if isinstance(found, dict) else {}
        return {}


class Wire:
    """Open while entered. *skews* are the seconds by which our clock is ahead, by far side."""

    def __init__(self, clock: Clock) -> None:
        self.skews: dict[str, float] = {}
        self._clock = clock
        self._client = httpx2.AsyncClient(
            trust_env=False,
            follow_redirects=False,
            timeout=ANSWER_S,
            headers={"user-agent": "anima"},
        )

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.__aexit__(kind, error, trace)

    async def ask(self, method: str, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer to one request. Raises `Unavailable`, which names no more than the host."""
        try:
            response = await self._client.request(method, url, headers=dict(headers or {}))
            text = response.text
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
            raise Unavailable(f"{host(url)} does not answer: {_why(error)}") from error
        self._compare(host(url), response.headers.get("date", ""))
        return Answer(response.status_code, text)

    def _compare(self, far_side: str, date: str) -> None:
        with suppress(ValueError, TypeError):  # TypeError: a date without a zone
            theirs = parsedate_to_datetime(date)
            self.skews[far_side] = (self._clock.now() - theirs).total_seconds()


def host(url: str) -> str:
    """The host of *url*, and its port: enough to know it by, and never a secret."""
    return urlsplit(url).netloc.rpartition("@")[2]


def _why(error: Exception) -> str:
    if isinstance(error, httpx2.TimeoutException):
        return f"no answer in {ANSWER_S:g} s"
    if isinstance(error, httpx2.RemoteProtocolError):
        return "it does not speak HTTP"
    said = " ".join(_said(error)).lower()
    return next((words for word, words in REASONS if word in said), "the line is dead")


def _said(error: BaseException | None) -> list[str]:
    """What *error* and those that led to it say; the reason is often at the bottom."""
    said = []
    while error is not None:
        inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
        said += [str(error), *map(str, inner)]
        error = error.__cause__ or error.__context__
    return said
