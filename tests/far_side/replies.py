"""What the model server can answer: true to real servers, and the ways in which they fail."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

Step = bytes | Literal["hang", "cut"]
"""Bytes that leave in one flush, a silence without end, or a line that goes dead."""

Body = Mapping[str, Any]
"""A request's JSON, as the client sent it."""

EVENTS: Final = "text/event-stream; charset=utf-8"
JSON: Final = "application/json"
DONE: Final = b"data: [DONE]\n\n"
ABSENT: Final = "absent"


@dataclass(frozen=True, slots=True)
class Reply:
    """One whole HTTP answer: its head, and its body step by step."""

    steps: Sequence[Step]
    status: int = 200
    content_type: str = EVENTS
    headers: Mapping[str, str] = field(default_factory=dict)


Script = str | Reply | Callable[[Body], "str | Reply"]
"""What to answer; a string is spoken word by word, whole or streamed as it was asked for."""


def event(chunk: object) -> bytes:
    """*chunk* as one server-sent event, in UTF-8 as real servers write it."""
    return (
        b"data: " + json.dumps(chunk, ensure_ascii=False, separators=(",", ":")).encode() + b"\n\n"
    )


def chunk(delta: Mapping[str, object], finish: str | None = None, **more: object) -> Step:
    """One chunk of an answer as vLLM writes it."""
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return event({**_head("chat.completion.chunk"), "choices": [choice], **more})


def streamed(
    texts: Iterable[str],
    *,
    thoughts: Iterable[str] = (),
    thought_field: str = "reasoning",
    opening: str | None = "",
    finish: str | None = "stop",
    usage: bool = True,
    done: bool = True,
) -> Reply:
    """A streamed answer. *opening*: the first delta's content, "" as vLLM, None as llama.cpp."""
    steps: list[Step] = []
    if opening != ABSENT:
        steps.append(chunk({"role": "assistant", "content": opening}))
    steps += [chunk({thought_field: thought}) for thought in thoughts]
    written = [chunk({"content": text}) for text in texts]
    steps += written
    if finish is not None:
        steps.append(chunk({"content": ""}, finish, stop_reason=None))
    if usage:
        count = {**_counts(len(written)), "prompt_tokens_details": None}
        steps.append(event({**_head("chat.completion.chunk"), "choices": [], "usage": count}))
    return Reply([*steps, DONE] if done else steps)


def whole(text: str | None, *, thought: str | None = None, finish: str = "stop") -> Reply:
    """An answer that is not streamed."""
    message = {"role": "assistant", "content": text, "refusal": None, "reasoning": thought}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish}
    tokens = len(words(text or ""))
    body = {**_head("chat.completion"), "choices": [choice], "usage": _counts(tokens)}
    return Reply([json.dumps(body, ensure_ascii=False).encode()], content_type=JSON)


def failure(status: int, body: object, headers: Mapping[str, str] | None = None) -> Reply:
    """An HTTP error with a JSON *body*."""
    return Reply([json.dumps(body).encode()], status, JSON, headers or {})


def error(status: int, message: str, kind: str, param: str | None = None) -> Reply:
    """An HTTP error in the form that vLLM gives it."""
    detail = {"message": message, "type": kind, "param": param, "code": status}
    return failure(status, {"error": detail})


def too_long(limit: int = 1024) -> Reply:
    """400: the prompt does not fit into the model's context of *limit* tokens."""
    text = (
        f"This model's maximum context length is {limit} tokens. However, your prompt contains at"
        f" least {limit + 1} input tokens, which exceeds this limit even without any output tokens."
        " Please reduce the length of the input prompt."
        f" (parameter=input_tokens, value={limit + 1})"
    )
    return error(400, text, "BadRequestError", "input_tokens")


def unauthorized() -> Reply:
    """401: the key is wrong; vLLM gives the error as a string."""
    return failure(401, {"error": "Unauthorized"})


def no_model(name: str, served: str = "base") -> Reply:
    """404: no model of this *name* is served."""
    text = f"The model `{name}` does not exist. Valid aliases: {served}."
    return error(404, text, "NotFoundError", "model")


def too_many(retry_after: str | None = None) -> Reply:
    """429, with a Retry-After header where one is given."""
    detail = {"message": "Rate limit reached", "type": "requests", "code": "rate_limit_exceeded"}
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return failure(429, {"error": detail}, headers)


def busy() -> Reply:
    """503: the engine's queue is full; there is no Retry-After."""
    text = (
        "The engine is currently busy and cannot accept new requests."
        " Please try again later or on a different instance."
    )
    return error(503, text, "Service Unavailable")


def iflytek(code: int | str, message: str = "something is wrong") -> Step:
    """A chunk in whose place iFLYTEK says that something went wrong, by its number."""
    return event({"code": code, "message": message, "sid": "cht000b@dx1", "choices": []})


def html(status: int = 200) -> Reply:
    """A page of a proxy that stands in between."""
    page = b"<!doctype html>\n<html><title>Welcome</title>\n<body>It works!</body></html>\n"
    return Reply([page], status, "text/html")


def broken(reply: Reply, *steps: Step, after: int = 2) -> Reply:
    """*reply* up to its first *after* steps, then these *steps* instead of the rest."""
    return Reply([*reply.steps[:after], *steps], reply.status, reply.content_type, reply.headers)


def recut(reply: Reply, size: int) -> Reply:
    """The same bytes in flushes of *size*, which cut lines and characters anywhere."""
    wire = b"".join(step for step in reply.steps if isinstance(step, bytes))
    pieces = [wire[at : at + size] for at in range(0, len(wire), size)]
    return Reply(pieces, reply.status, reply.content_type, reply.headers)


def crlf(reply: Reply) -> Reply:
    """The same events with the line ends of another system."""
    steps = [s.replace(b"\n", b"\r\n") if isinstance(s, bytes) else s for s in reply.steps]
    return Reply(steps, reply.status, reply.content_type, reply.headers)


def words(text: str) -> list[str]:
    """*text* in the pieces in which it is streamed; joined they are *text* again."""
    pieces = text.split(" ")
    return [piece + " " for piece in pieces[:-1]] + pieces[-1:]


def echo(body: Body) -> str:
    """The answer nobody scripted: it says back the last line it was told."""
    last = str(body["messages"][-1]["content"]).splitlines() or [""]
    return f"You said: {last[-1]}"


def _head(kind: str) -> dict[str, object]:
    return {"id": "chatcmpl-9aa8", "object": kind, "created": 1790000000, "model": "base"}


def _counts(tokens: int) -> dict[str, int]:
    return {"prompt_tokens": 19, "total_tokens": 19 + tokens, "completion_tokens": tokens}
