"""The frames of iFLYTEK's WebSocket: one question goes out, an answer comes in pieces."""

import json
from collections.abc import Mapping
from secrets import token_hex
from typing import Any, Final

from pydantic_core import from_json

from anima.errors import BackendUnavailable
from anima.model import Delta, Prompt, Soul, Usage
from backend.iflytek import meant
from backend.reasons import Brief
from backend.xfyun_messages import arranged

LAST: Final = 2
"""The status of an answer's last frame; the first has 0, those between have 1."""

Frame = Mapping[str, Any]

_NOTHING: Final[Frame] = {}


def question(
    prompt: Prompt, soul: Soul, *, app_id: str, domain: str, body: Mapping[str, object]
) -> str:
    """The frame that asks for an answer, under a uid of its own: each may ask one at a time."""
    header: dict[str, object] = {"app_id": app_id, "uid": token_hex(8)}
    if soul.adapter:
        header["patch_id"] = [soul.adapter]
    chat = {
        "domain": domain,
        "temperature": soul.temperature,
        "max_tokens": soul.max_tokens,
        **body,
    }
    text = [{"role": said.role, "content": said.content} for said in arranged(prompt)]
    frame = {
        "header": header,
        "parameter": {"chat": chat},
        "payload": {"message": {"text": text}},
    }
    # half a surrogate pair, which people can write, is no UTF-8: it becomes a question mark
    return json.dumps(frame, ensure_ascii=False).encode(errors="replace").decode()


class Frames:
    """Reads the frames of one answer; *whole* once the last is read.

    Raises what iFLYTEK's codes stand for, and `BackendUnavailable` for what is no frame.
    """

    def __init__(self, cut: Brief) -> None:
        self._cut = cut
        self.whole = False

    def take(self, received: str | bytes) -> Delta | None:
        """What the frame *received* adds, if anything."""
        try:
            frame = from_json(received)
        except ValueError as error:
            raise self._garbage(received) from error
        header = _part(frame, "header") or _object(frame)
        if not header.keys() & {"code", "status"}:
            raise self._garbage(received)
        self._check(header)
        payload = _part(frame, "payload")
        choices = _part(payload, "choices")
        self.whole = LAST in (header.get("status"), choices.get("status"))  # as above
        text, thought = _joined(choices, "content"), _joined(choices, "reasoning_content")
        usage = _usage(_part(_part(payload, "usage"), "text"))
        return Delta(text, thought, usage) if text or thought or usage else None

    def _check(self, header: Frame) -> None:
        code = header.get("code")
        if code in (None, 0, "0"):  # a tuple, for a far side may send what has no hash
            return
        message = self._cut(str(header.get("message") or ""))
        unknown = self._cut(f"the server broke off with {code}: {message}")
        raise meant(code, message) or BackendUnavailable(unknown)

    def _garbage(self, received: str | bytes) -> BackendUnavailable:
        text = received.decode(errors="replace") if isinstance(received, bytes) else received
        return BackendUnavailable(f"the server sent what is no frame: {self._cut(text)}")


def _object(found: object) -> Frame:
    return found if isinstance(found, dict) else _NOTHING


def _part(frame: object, name: str) -> Frame:
    """The object that *frame* has under *name*; an empty one where there is none."""
    return _object(_object(frame).get(name))


def _joined(choices: Frame, name: str) -> str:
    texts = choices.get("text")
    found = [_object(text).get(name) for text in texts] if isinstance(texts, list) else []
    return "".join(said for said in found if isinstance(said, str))


def _usage(counts: Frame) -> Usage | None:
    if not counts:
        return None
    return Usage(_count(counts.get("prompt_tokens")), _count(counts.get("completion_tokens")))


def _count(tokens: object) -> int:
    return tokens if isinstance(tokens, int) else 0
