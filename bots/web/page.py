"""The routes of the chat page."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from anima.errors import LedgerUnavailable
from anima.ports import Clock, Transcript
from bots.web import frames
from bots.web.brought import UnfitError, brought
from bots.web.events import Events
from bots.web.face import Face
from bots.web.files import attachment
from bots.web.guests import Guest, Guests
from bots.web.leaves import STATIC, Leaves
from bots.web.mind import Mind, Progress
from bots.web.rate import Rate
from bots.web.say import words_of
from bots.web.sounds import Sounds
from bots.web.tabs import Tabs
from bots.web.talk import Talk
from bots.web.thumbs import thumb_of
from bots.web.tongues import languages, words_for

PER_MINUTE: Final = 30
"""Messages of a guest; and as many verdicts, which cost nobody their words."""
LINES: Final = 50
_NEWEST: Final = 2**63 - 1

Answer = Callable[[Request, Guest], Awaitable[Response]]


class Page:
    """Serves the page, takes what guests say, and streams what happens."""

    def __init__(
        self,
        face: Face,
        guests: Guests,
        talk: Talk,
        tabs: Tabs,
        *,
        transcript: Transcript,
        clock: Clock,
        sounds: Sounds,
        mind: Progress = Mind,
    ) -> None:
        self.leaves = Leaves(face)
        self._face = face
        self._guests = guests
        self._talk = talk
        self._tabs = tabs
        self._transcript = transcript
        self._clock = clock
        self._sounds = sounds
        self._mind = mind
        self._words = Rate(clock, PER_MINUTE, 60)
        self._thumbs = Rate(clock, PER_MINUTE, 60)

    def routes(self) -> list[Route | Mount]:
        """All of them."""
        return [
            Route("/", self._known(self._chat), methods=["GET"]),
            Route("/say", self._known(self._say), methods=["POST"]),
            Route("/rate", self._known(self._rate), methods=["POST"]),
            Route("/events", self._known(self._events), methods=["GET"]),
            Route("/history", self._known(self._history), methods=["GET"]),
            Route("/file/{said}", self._known(self._file), methods=["GET"]),
            Route("/voice/{said}", self._known(self._voice), methods=["GET"]),
            Route("/voice/{said}/levels", self._known(self._levels), methods=["GET"]),
            Route("/state", self._known(self._state), methods=["GET"]),
            Route("/avatar.png", self._picture, methods=["GET"]),
            Route("/avatar.svg", self._initial, methods=["GET"]),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]

    def _known(self, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        """*answer* for a guest, who is remembered by the way."""

        async def endpoint(request: Request) -> Response:
            guest = self._guests.of(request)
            try:
                response = await answer(request, guest)
            except UnfitError as error:
                response = _line(str(error), error.status)
            except LedgerUnavailable:
                response = _line(words_for(request).later, 503)
            if guest.fresh or request.url.path == "/":
                self._guests.remember(guest, request, response)
            return response

        return endpoint

    async def _chat(self, request: Request, guest: Guest) -> Response:
        page = self.leaves.chat(request, begins=await self._begins(guest))
        return HTMLResponse(page, headers={"vary": "accept-language, cookie"})

    async def _begins(self, guest: Guest) -> bool:
        """Whether nothing was said yet; the page is there while the database is away, too."""
        try:
            return not await self._transcript.before(guest.conversation, _NEWEST, 1)
        except LedgerUnavailable:
            return False

    async def _say(self, request: Request, guest: Guest) -> Response:
        body = await brought(request)
        words = words_of(body)
        _admit(guest, self._words, request)
        await self._talk.hear(guest, _language(request), words.key, words.text, _raw(body))
        return JSONResponse({"key": words.key}, status_code=202)

    async def _rate(self, request: Request, guest: Guest) -> Response:
        body = await brought(request)
        thumb = thumb_of(body)
        _admit(guest, self._thumbs, request)
        await self._talk.rate(guest, _language(request), thumb, _raw(body))
        return JSONResponse(asdict(thumb) | {"said": str(thumb.said)}, status_code=202)

    async def _events(self, request: Request, guest: Guest) -> Response:
        seen = request.headers.get("last-event-id") or request.query_params.get("after", "")
        after = _number(seen, 0)
        return Events(guest.conversation, self._tabs, self._transcript, self._clock, after)

    async def _history(self, request: Request, guest: Guest) -> Response:
        before = _number(request.query_params.get("before", ""), _NEWEST)
        lines = await self._transcript.before(guest.conversation, before, LINES + 1)
        told = [frames.told(line) for line in lines[-LINES:]]
        return JSONResponse({"lines": told, "start": len(lines) <= LINES})

    async def _file(self, request: Request, guest: Guest) -> Response:
        said = _number(request.path_params["said"], 0)
        beside = await self._transcript.document(guest.conversation, said)
        found = await attachment(beside) if beside else None
        return found or _line("there is no such file", 404)

    async def _voice(self, request: Request, guest: Guest) -> Response:
        said = await self._spoken(request, guest)
        return (said and await self._sounds.heard(said)) or _line("there is no such sound", 404)

    async def _levels(self, request: Request, guest: Guest) -> Response:
        said = await self._spoken(request, guest)
        return (said and await self._sounds.drawn(said)) or _line("there is no such sound", 404)

    async def _spoken(self, request: Request, guest: Guest) -> int:
        """The bubble that is asked for, if it was said aloud to *guest*; else 0."""
        said = _number(request.path_params["said"], 0)
        beside = await self._transcript.document(guest.conversation, said)
        return said if beside and beside.voice else 0

    async def _state(self, request: Request, guest: Guest) -> Response:
        del guest
        mind = self._mind()
        line = mind.line or words_for(request).about(mind.state)
        return JSONResponse({"mind": asdict(mind) | {"line": line}})

    async def _picture(self, _request: Request) -> Response:
        if self._face.picture is None:
            return _line("there is no picture", 404)
        return Response(self._face.picture, media_type="image/png")

    async def _initial(self, _request: Request) -> Response:
        return Response(self._face.initial, media_type="image/svg+xml")


def _admit(guest: Guest, rate: Rate, request: Request) -> None:
    """Let nobody do too much at once. Raises `UnfitError`."""
    if not rate.allows(guest.id):
        raise UnfitError(words_for(request).too_many, 429)


def _language(request: Request) -> str:
    return next(iter(languages(request)), "")


def _raw(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _number(text: str, otherwise: int) -> int:
    """A line's id as a browser gives it back; what is none counts as *otherwise*."""
    plain = text.isascii() and text.isdigit() and len(text) <= len(str(_NEWEST))
    return min(int(text), _NEWEST) if plain else otherwise


def _line(text: str, status: int) -> Response:
    return PlainTextResponse(text, status_code=status)
