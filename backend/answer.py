"""What the chunks of an answer say."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import from_json

from anima.errors import BackendUnavailable, Refused
from anima.model import Call, Delta, Usage
from backend.asked_tools import Fragments
from backend.reasons import FILTERED, Brief, Codes, TooLong, no_codes, too_long


class Answer:
    """Reads one answer, streamed or whole. *finish* is the reason it ended for, once one is given.

    Reading raises `BackendUnavailable` on an error that comes in the place of a chunk, and on what
    is no chunk at all; `Refused` when the server's filter ended the answer.
    """

    def __init__(self, cut: Brief, codes: Codes = no_codes) -> None:
        self._cut = cut
        self._codes = codes
        self._calls = Fragments()
        self.finish = ""

    def calls(self) -> tuple[Call, ...]:
        """The tools that the model asks for, each once; there are none before the end."""
        return self._calls.finished() if self.finish else ()

    def take(self, payload: bytes) -> Delta | None:
        """What the JSON in *payload* adds, if anything."""
        try:
            chunk: Any = from_json(payload)
        except ValueError as error:
            raise self._garbage(payload) from error
        if not isinstance(chunk, dict):
            raise self._garbage(payload)
        self._check(chunk)
        choices = chunk.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices else None
        said = self._said(choice) if isinstance(choice, dict) else {}
        self._calls.add(said)
        text, thought = said.get("content"), said.get("reasoning") or said.get("reasoning_content")
        usage = _usage(chunk.get("usage"))
        if text or thought or usage:
            return Delta(_words(text), _words(thought), usage)
        return None

    def _said(self, choice: dict[str, Any]) -> dict[str, Any]:
        """A streamed choice holds a delta; a whole one its message, which is an end in itself."""
        said, whole = choice.get("delta"), choice.get("message")
        finish = choice.get("finish_reason")
        if isinstance(finish, str) and finish:
            self.finish = finish
        elif said is None and isinstance(whole, dict):
            self.finish = "stop"
        if self.finish == FILTERED:
            raise Refused("the server's filter ended the answer")
        found = whole if said is None else said
        return found if isinstance(found, dict) else {}

    def _check(self, chunk: Mapping[str, Any]) -> None:
        """Some servers put an error, or a code that is not 0, where a chunk should be."""
        code = chunk.get("code")
        failed = chunk.get("error") or chunk.get("object") == "error"
        if not failed and code in {None, 0, "0", ""}:
            return
        error = chunk.get("error")
        detail = error if isinstance(error, dict) else chunk
        if detail.get("code") == FILTERED:
            raise Refused("the server's filter ended the answer")
        said = error if isinstance(error, str) else detail.get("message")
        if known := self._codes(detail.get("code"), self._cut(str(said or ""))):
            raise known
        reason = self._cut(f"the server broke off with {detail.get('code')}: {said}")
        raise TooLong(reason) if too_long(detail) else BackendUnavailable(reason)

    def _garbage(self, payload: bytes) -> BackendUnavailable:
        said = self._cut(payload.decode(errors="replace"))
        return BackendUnavailable(f"the server sent what is no chunk of an answer: {said}")


def _words(said: object) -> str:
    return said if isinstance(said, str) else ""


def _usage(counts: object) -> Usage | None:
    if not isinstance(counts, dict):
        return None
    return Usage(_count(counts.get("prompt_tokens")), _count(counts.get("completion_tokens")))


def _count(tokens: object) -> int:
    return tokens if isinstance(tokens, int) else 0
