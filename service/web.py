"""The web server's routes: is it alive, is it ready, what did it count, and what others add."""

import secrets
from collections.abc import Awaitable, Callable, Sequence

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from service.health import Health
from service.hooks import telegram_hook
from service.pages import Guarded
from service.server import serve

__all__ = ["app", "serve", "telegram_hook"]

log = structlog.stdlib.get_logger("anima")


def app(
    health: Health,
    registry: CollectorRegistry,
    routes: Sequence[BaseRoute],
    guarded: Callable[[ASGIApp], ASGIApp] = lambda app: app,
) -> ASGIApp:
    """The whole site; *routes* are the pages and what platforms reach us by.

    *guarded* puts a door before it all.
    """
    site = Starlette(
        routes=[
            _get("/livez", lambda: _ready_made(PlainTextResponse("ok"))),
            _get("/readyz", lambda: _readiness(health)),
            _get("/metrics", lambda: _ready_made(_metrics(registry))),
            *routes,
        ],
        exception_handlers={Exception: _broke},
    )
    # outermost, for the answers to failures and those at the door carry our headers too
    return Guarded(guarded(site))


def _get(path: str, answer: Callable[[], Awaitable[Response]]) -> Route:
    async def endpoint(_request: Request) -> Response:
        return await answer()

    return Route(path, endpoint, methods=["GET"])


async def _ready_made(response: Response) -> Response:
    return response


async def _readiness(health: Health) -> Response:
    report = await health.report()
    return JSONResponse(
        {"ok": report.ok, "parts": report.parts}, status_code=200 if report.ok else 503
    )


def _metrics(registry: CollectorRegistry) -> Response:
    return Response(generate_latest(registry), headers={"content-type": CONTENT_TYPE_LATEST})


async def _broke(request: Request, error: Exception) -> Response:
    reference = secrets.token_hex(4)
    log.error("page broke", reference=reference, path=request.url.path, exc_info=error)
    return PlainTextResponse(f"Something went wrong here. Error {reference}", status_code=500)
