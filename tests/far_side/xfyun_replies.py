"""What iFLYTEK's WebSocket can answer, and the ways in which it fails."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.far_side.replies import words

Step = str | bytes
"""A frame, or "hang": a silence without end, "cut": the line goes dead, "close": a goodbye."""

Frame = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What is said on an open line, step by step."""

    steps: Sequence[Step]


@dataclass(frozen=True, slots=True)
class Turned:
    """An opening that is refused with an HTTP *status*."""

    status: int
    body: object = ""
    headers: Mapping[str, str] = field(default_factory=dict)


Script = str | Told | Turned | Callable[[Frame], "str | Told"]
"""What to answer; a string is spoken word by word. Only `Turned` comes before the question."""


def frame(
    status: int,
    text: str = "",
    *,
    thought: str = "",
    usage: Mapping[str, int] | None = None,
    seq: int = 0,
) -> str:
    """One frame of an answer."""
    said: dict[str, object] = {"index": 0, "role": "assistant", "content": text}
    if thought:
        said["reasoning_content"] = thought
    payload: dict[str, object] = {"choices": {"status": status, "seq": seq, "text": [said]}}
    if usage is not None:
        payload["usage"] = {"text": {"question_tokens": 9, **usage}}
    return _written({"header": _header(0, "Success", status), "payload": payload})


def code(number: int, message: str = "something is wrong") -> str:
    """A frame that says that something went wrong, by its number."""
    return _written({"header": _header(number, message, 2)})


def streamed(texts: Iterable[str], *, thoughts: Iterable[str] = ()) -> Told:
    """An answer in frames of status 0, 1, 1, … 2, the last with the counts and without words."""
    said = [("", thought) for thought in thoughts] + [(text, "") for text in texts]
    steps: list[Step] = [
        frame(min(seq, 1), text, thought=thought, seq=seq)
        for seq, (text, thought) in enumerate(said)
    ]
    counts = {
        "prompt_tokens": 14,
        "completion_tokens": len(said),
        "total_tokens": 14 + len(said),
    }
    return Told([*steps, frame(2, usage=counts, seq=len(said))])


def told(script: "str | Told") -> Told:
    """*script* as frames."""
    return streamed(words(script)) if isinstance(script, str) else script


def broken(reply: Told, *steps: Step, after: int = 1) -> Told:
    """*reply* up to its first *after* frames, then these *steps* instead of the rest."""
    return Told([*reply.steps[:after], *steps])


def unsigned() -> Turned:
    """401: there is no proof, or a wrong one."""
    return Turned(401, {"message": "HMAC signature does not match"})


def untimely() -> Turned:
    """403: the date is missing or too far from the server's own time."""
    return Turned(403, {"message": "HMAC signature cannot be verified, a valid date is required"})


def echo(question: Frame) -> str:
    """The answer nobody scripted: it says back the last line it was told."""
    last = str(question["payload"]["message"]["text"][-1]["content"]).splitlines() or [""]
    return f"You said: {last[-1]}"


def _header(code: int, message: str, status: int) -> dict[str, object]:
    return {"code": code, "message": message, "sid": "cht000b@dx1", "status": status}


def _written(frame: Frame) -> str:
    return json.dumps(frame, ensure_ascii=False)
