"""The chat page, put together: who is in front of it, who stands at its door, what it shows."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final

from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from bots.web.doorkeeper import Doorkeeper
from bots.web.doors import Door
from bots.web.face import Face, picture_of
from bots.web.guests import NAME, Guests
from bots.web.mind import Mind, Progress
from bots.web.page import Page
from bots.web.signing import kept_key
from bots.web.sounds import Sounds
from bots.web.tabs import Tabs
from bots.web.talk import Talk
from service.compose import House
from service.settings import Settings, is_loopback

_KEY: Final = "web.key"
_ALWAYS_OPEN: Final = frozenset({"/livez"})
_OPEN_AT_HOME: Final = frozenset({"/readyz", "/metrics"})


@dataclass(frozen=True, slots=True)
class ChatPage:
    """What the web server needs: the page's *routes*, its door, and how its streams end."""

    routes: list[BaseRoute]
    guarded: Callable[[ASGIApp], ASGIApp]
    close: Callable[[], None]


@asynccontextmanager
async def chat_page(
    settings: Settings, house: House, *, mind: Progress | None = None
) -> AsyncIterator[ChatPage]:
    """Add the page to *house* while entered. A process that serves no pages still speaks there."""
    key = kept_key(settings.data / _KEY)
    tabs = Tabs()
    talk = Talk(house.ledger, tabs, house.clock, house.ids)
    page = Page(
        _face(house),
        Guests(key),
        talk,
        tabs,
        transcript=house.transcript,
        clock=house.clock,
        sounds=Sounds(house.shelf.kept, house.shelf.file),
        mind=mind or partial(_standing, house),
    )
    house.channels[NAME] = talk
    guarded = partial(_guarded, settings, Door(key, _password(settings), house.clock), page)
    try:
        yield ChatPage([*page.routes()], guarded, tabs.close)
    finally:
        tabs.close()


def _face(house: House) -> Face:
    member = house.company.at(NAME[0])
    card, picture = member.card, picture_of(member.path)
    return Face(card.name, card.names, card.greeting, card.languages, picture)


def _standing(house: House) -> Mind:
    """How far the model is, in the page's words."""
    standing = house.progress()
    return Mind(standing.state, standing.percent) if standing else Mind()


def _password(settings: Settings) -> str:
    return settings.web.password.get_secret_value()


def _guarded(settings: Settings, door: Door, page: Page, app: ASGIApp) -> ASGIApp:
    if not _password(settings):
        return app
    at_home = is_loopback(settings.web.host)
    public = _ALWAYS_OPEN | _OPEN_AT_HOME if at_home else _ALWAYS_OPEN
    return Doorkeeper(app, door, page.leaves.door, public)
