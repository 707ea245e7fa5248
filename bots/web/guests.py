"""Who is in front of a browser: a guest, known by a cookie that only we can make."""

from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from anima.model import Conversation
from anima.ports import BotName
from bots.web.signing import Signature

NAME: Final[BotName] = ("web", "page")
COOKIE: Final = "anima_guest"
KEPT_S: Final = 400 * 24 * 3600
"""As long as browsers keep any cookie."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody with a browser. *fresh*: nobody has seen this one before."""

    id: str
    fresh: bool = False

    @property
    def conversation(self) -> Conversation:
        """Where we talk, and nobody else reads."""
        return Conversation(*NAME, chat=self.id)


class Guests:
    """Knows guests again. A forged or an old cookie is somebody new."""

    def __init__(self, key: bytes) -> None:
        self._signature = Signature(key, "guest")

    def of(self, request: Request) -> Guest:
        """Who asks."""
        known = self._signature.word(request.cookies.get(COOKIE, ""))
        return Guest(known) if known else Guest(token_urlsafe(16), fresh=True)

    def remember(self, guest: Guest, request: Request, response: Response) -> None:
        """Let the browser of *guest* bring the cookie from now on."""
        keep(response, request, COOKIE, self._signature.signed(guest.id), KEPT_S)


def keep(response: Response, request: Request, name: str, value: str, kept_s: int) -> None:
    """Set a cookie that no script reads, no other site sends, and no plain line carries."""
    response.set_cookie(
        name,
        value,
        max_age=kept_s,
        httponly=True,
        samesite="lax",
        secure=is_https(request),
    )


def is_https(request: Request) -> bool:
    """Whether the browser speaks https, to us or to what stands before us."""
    before_us = request.headers.get("x-forwarded-proto", "").split(",")[0].strip()
    return "https" in (request.url.scheme, before_us)
