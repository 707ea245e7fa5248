"""Stands at the door: asks for the password once, and lets nobody past who has not said it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bots.web.body import body_of
from bots.web.doors import Door
from bots.web.origin import is_same
from bots.web.tongues import Words, words_for

_LARGEST_BYTES: Final = 4096
_SEEN_BY_ALL: Final = ("/static/", "/hooks/")

DoorPage = Callable[[Request, str], str]
"""Makes the page that asks, with one line about what was wrong."""


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """*app* behind *door*; the paths in *public* and those of platforms stay open."""

    app: ASGIApp
    door: Door
    page: DoorPage
    public: frozenset[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on whoever may come in; answer all others here."""
        request = Request(scope, receive)
        path = request.url.path
        if path == "/door":
            await (await self._asked(request))(scope, receive, send)
        elif path in self.public or path.startswith(_SEEN_BY_ALL) or self.door.knows(request):
            await self.app(scope, receive, send)
        else:
            await self._shut(request)(scope, receive, send)

    def _shut(self, request: Request) -> Response:
        if request.url.path == "/" and request.method in {"GET", "HEAD"}:
            return _html(self.page(request, ""), 401)
        return PlainTextResponse("the password, please", status_code=401)

    async def _asked(self, request: Request) -> Response:
        if request.method != "POST":
            return RedirectResponse("/", status_code=303)
        words = words_for(request)
        if not is_same(request):
            return self._again(request, words.elsewhere, 403)
        if wait := self.door.wait_s(request):
            return self._patience(request, words, wait)
        if not self.door.opens(request, await _password(request)):
            return self._again(request, words.wrong, 401)
        response = RedirectResponse("/", status_code=303)
        self.door.remember(request, response)
        return response

    def _again(self, request: Request, line: str, status: int) -> Response:
        return _html(self.page(request, line), status)

    def _patience(self, request: Request, words: Words, wait: int) -> Response:
        response = self._again(request, words.patience.format(seconds=wait), 429)
        response.headers["retry-after"] = str(wait)
        return response


async def _password(request: Request) -> str:
    body = await body_of(request, _LARGEST_BYTES) or b""
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=4)
    except ValueError:
        return ""
    return fields.get("password", [""])[0]


def _html(page: str, status: int) -> Response:
    return Response(page, status_code=status, media_type="text/html")
