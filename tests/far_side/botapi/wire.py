"""How a request reads and how an answer is written."""

import json
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from aiohttp import web

Json = dict[str, Any]


class Refusal(Exception):
    """The server says no: *code*, *description* and the *parameters* that help."""

    def __init__(self, code: int, description: str, **parameters: object) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    name: str
    content: bytes


class Params(dict[str, Any]):
    """The parameters of one call, whatever form they came in: strings, or JSON's own values."""

    def text(self, name: str) -> str:
        """The value as text; empty when it is not given."""
        value = self.get(name, "")
        return value if isinstance(value, str) else json.dumps(value)

    def whole(self, name: str, default: int = 0) -> int:
        """The value as a whole number; a refusal when it is none."""
        value = self.get(name, "")
        if value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise Refusal(400, f"Bad Request: invalid {name} specified") from None

    def flag(self, name: str) -> bool:
        """The value as a switch."""
        return str(self.get(name, "")).lower() in {"true", "1", "yes"}

    def tree(self, name: str) -> Any:
        """The value as JSON, None when it is not given."""
        value = self.get(name, "")
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise Refusal(400, f"Bad Request: can't parse {name} JSON object") from None

    def fields(self, name: str) -> "Params":
        """The value as a JSON object, empty when it is not given."""
        value = self.tree(name)
        if value is not None and not isinstance(value, dict):
            raise Refusal(400, f"Bad Request: object expected as {name}")
        return Params(value or {})

    def entries(self, name: str) -> list[Any] | None:
        """The value as a JSON list, None when it is not given."""
        value = self.tree(name)
        if value is not None and not isinstance(value, list):
            raise Refusal(400, f"Bad Request: expected an Array of {name}")
        return value


class Address(NamedTuple):
    """What a path asks for: `/bot<token>/<rest>` or `/file/bot<token>/<rest>`."""

    token: str
    rest: str
    file: bool


def address(path: str) -> Address | None:
    """The parts of *path*, or None when it is not one of the protocol's."""
    file = path.startswith("/file/bot")
    if not file and not path.startswith("/bot"):
        return None
    token, _, rest = path.removeprefix("/file")[len("/bot") :].partition("/")
    return Address(token, rest, file)


async def read(request: web.BaseRequest) -> Params:
    """All parameters of *request*: query, form, multipart or JSON."""
    params = Params(request.query) if request.query_string else Params()
    if not request.can_read_body:
        return params
    if request.content_type == "application/json":
        params.update(_parsed(await request.read()))
    elif request.content_type.startswith("multipart/"):
        params.update(await _parts(request))
    else:
        params.update(parse_qsl((await request.read()).decode(), keep_blank_values=True))
    return params


def dumps(value: object) -> bytes:
    """*value* as JSON, in the shortest form."""
    return json.dumps(value, separators=(",", ":")).encode()


def answered(result: object) -> web.Response:
    """The answer to a call that was carried out."""
    return json_response(b'{"ok":true,"result":' + dumps(result) + b"}")


def refused(code: int, description: str, parameters: object = None) -> web.Response:
    """The answer to a call that was not."""
    body: Json = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return json_response(dumps(body), code)


def json_response(body: bytes, status: int = 200) -> web.Response:
    """An answer whose *body* is JSON already."""
    return web.Response(body=body, status=status, content_type="application/json")


def _parsed(body: bytes) -> Json:
    try:
        value = json.loads(body)
    except ValueError:
        raise Refusal(400, "Bad Request: can't parse JSON object") from None
    if not isinstance(value, dict):
        raise Refusal(400, "Bad Request: object expected as request body")
    return value


async def _parts(request: web.BaseRequest) -> Json:
    parts: Json = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            parts[name] = Upload(value.filename, value.file.read())
            value.file.close()
        else:
            parts[name] = value
    return parts
