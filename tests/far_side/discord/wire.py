"""How a request reads and how an answer is written."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

Json = dict[str, Any]

_REFUSALS: Final[Mapping[int, tuple[int, str]]] = {
    0: (401, "401: Unauthorized"),
    10002: (404, "Unknown Application"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10014: (400, "Unknown Emoji"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50024: (403, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    50159: (400, "Voice messages do not support additional content."),
    50160: (400, "Voice messages must have a single audio attachment."),
    50161: (400, "Voice messages must have supporting metadata."),
    50162: (400, "Voice messages cannot be edited."),
    50173: (403, "You cannot send voice messages in this channel."),
    160004: (400, "A thread has already been created for this message"),
}


class Refusal(Exception):
    """The server says no: a *status* of HTTP, a *code* of its own, and *errors* by field."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body: Json = {"message": message, "code": code}
        if errors:
            self.body["errors"] = errors


def refusal(code: int) -> Refusal:
    """The refusal that carries *code*."""
    status, message = _REFUSALS[code]
    return Refusal(status, code, message)


def invalid(field: str, code: str, message: str) -> Refusal:
    """The refusal of a body for one *field* of it; a dot leads into a field of a field."""
    errors: Json = {"_errors": [{"code": code, "message": message}]}
    for part in reversed(field.split(".")):
        errors = {part: errors}
    return Refusal(400, 50035, "Invalid Form Body", errors)


def too_long(field: str, limit: int) -> Refusal:
    """The refusal of a *field* that has more than *limit* characters."""
    return invalid(field, "BASE_TYPE_MAX_LENGTH", f"Must be {limit} or fewer in length.")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request; *key* is what its description calls it."""

    key: str
    name: str
    content: bytes
    content_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it came in: *name* is the documentation's name of what it asks for."""

    name: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    files: tuple[Upload, ...] = ()
    reason: str = ""
    at_monotonic: float = 0.0

    @property
    def fields(self) -> Json:
        """The body where it is an object, else nothing."""
        return self.body if isinstance(self.body, dict) else {}

    @property
    def params(self) -> Json:
        """All that the call names: path, query and body."""
        return {**self.path, **self.query, **self.fields}

    def id(self, name: str) -> int:
        """An id in the path; a refusal when it is none."""
        try:
            return int(self.path[name])
        except ValueError:
            raise invalid(name, "NUMBER_TYPE_COERCE", f"{self.path[name]!r} is no id.") from None

    def flag(self, name: str) -> bool:
        """A switch of the query."""
        return self.query.get(name, "").lower() in {"true", "1"}


async def read(request: web.BaseRequest) -> tuple[Any, tuple[Upload, ...]]:
    """The body of *request* and the files in it: JSON, or a form with `payload_json`."""
    if not request.can_read_body:
        return None, ()
    if not request.content_type.startswith("multipart/"):
        return parsed(await request.read()), ()
    body: Any = {}
    files: list[Upload] = []
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files.append(Upload(name, value.filename, value.file.read(), value.content_type))
            value.file.close()
        elif name == "payload_json":
            body = parsed(str(value).encode())
    return body, tuple(files)


def parsed(body: bytes) -> Any:
    """*body* as JSON; a refusal when it is none."""
    try:
        return json.loads(body) if body else None
    except ValueError:
        raise refusal(50109) from None


def dumps(value: object) -> str:
    """*value* as JSON, in the shortest form."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def answered(value: object, status: int = 200) -> web.Response:
    """*value* as the answer to a call; None is an answer without a body.

    The header is exactly this: a client library takes a body with a charset for mere text.
    """
    if value is None:
        return web.Response(status=204)
    headers = {"Content-Type": "application/json"}
    return web.Response(body=dumps(value).encode(), status=status, headers=headers)
