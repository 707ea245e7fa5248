"""The door by which Telegram brings its updates: kept first, confirmed then."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from anima.errors import AnimaError, ConfigError

PATH = "/hooks/telegram"
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 (the header's name, no secret)

LARGEST_BYTES = 1_000_000
"""Telegram's own updates stay below some ten thousand; this is far above and bounded."""

Commit = Callable[[list[dict[str, Any]]], Awaitable[None]]  # an update is any JSON object

log = structlog.stdlib.get_logger("anima")


def telegram_hook(secret: str, commit: Commit) -> Route:
    """The route that takes updates from whoever knows *secret*.

    It answers 200 when *commit* has kept the update, and 503 when it raised an `AnimaError`, so
    that Telegram brings the update again. Raises `ConfigError` for an empty secret.
    """
    if not secret:
        raise ConfigError("telegram.webhook_secret: empty; without it anybody could speak to us")

    async def endpoint(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return _answer(401)
        body = await _body(request)
        return _answer(413) if body is None else await _keep(body, commit)

    return Route(PATH, endpoint, methods=["POST"])


async def _body(request: Request) -> bytes | None:
    """The whole body, or none when it is too large; of a cut connection what had come."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST_BYTES:
                return None
    except ClientDisconnect:
        pass
    return bytes(body)


async def _keep(body: bytes, commit: Commit) -> Response:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return _answer(400)
    if not isinstance(update, dict):
        return _answer(400)
    try:
        await commit([update])
    except AnimaError as error:
        log.warning("hook refused", reason=str(error))
        return _answer(503)
    return _answer(200)


def _answer(status: int) -> Response:
    words = {200: "ok", 400: "no update", 401: "wrong secret", 413: "too large", 503: "later"}
    return PlainTextResponse(words[status], status_code=status)
