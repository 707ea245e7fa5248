"""The web server's routes: is it alive, is it ready, what did it count, who lives here."""

import secrets
from collections.abc import Awaitable, Callable, Sequence

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from service.health import Health
from service.hooks import telegram_hook
from service.pages import Guarded, home
from service.server import serve

__all__ = ["app", "serve", "telegram_hook"]

log = structlog.stdlib.get_logger("anima")


class Site(Starlette):
    """Starlette whose outermost layer guards the answers to its own failures too."""

    def build_middleware_stack(self) -> ASGIApp:
        """All of Starlette's layers, and ours around them."""
        return Guarded(super().build_middleware_stack())


def app(
    health: Health, registry: CollectorRegistry, hooks: Sequence[Route], persona_name: str
) -> Starlette:
    """The whole site; *hooks* are the routes by which platforms reach us."""
    page = home(persona_name)
    return Site(
        routes=[
            _get("/", lambda: _ready_made(HTMLResponse(page))),
            _get("/livez", lambda: _ready_made(PlainTextResponse("ok"))),
            _get("/readyz", lambda: _readiness(health)),
            _get("/metrics", lambda: _ready_made(_metrics(registry))),
            *hooks,
        ],
        exception_handlers={Exception: _broke},
    )


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
