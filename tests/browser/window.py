"""A window of the browser: what a guest does there, and what nobody wants to find there."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self
from urllib.parse import urlsplit

from playwright.async_api import Browser, ConsoleMessage, Error, Locator, Page, Request, expect

DESK: Final = {"width": 1280, "height": 800}
PHONE: Final = {"width": 390, "height": 844}
PATIENCE_MS: Final = 10_000
LOST: Final = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_CONNECTION_REFUSED")
"""What a browser writes down while the network is away, which a page cannot help."""

expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Window:
    """A page of *url*. *wrong*: what the browser complained of; *asked*: whom the page asked."""

    page: Page
    url: str
    wrong: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    @property
    def box(self) -> Locator:
        """Where one writes."""
        return self.page.get_by_role("textbox", name="Message")

    @property
    def send(self) -> Locator:
        """What one presses then."""
        return self.page.get_by_role("button", name="Send")

    @property
    def log(self) -> Locator:
        """The talk, as a screen reader finds it."""
        return self.page.get_by_role("log")

    @property
    def lines(self) -> Locator:
        """What was said, without the greeting."""
        return self.log.locator(".line[data-at] .bubble")

    async def says(self, text: str) -> None:
        """Write *text* and send it."""
        await self.box.fill(text)
        await self.send.click()

    async def shows(self, *texts: str) -> None:
        """Wait until exactly *texts* were said."""
        await expect(self.lines).to_have_text(list(texts))

    async def is_there(self) -> None:
        """Wait until the page has its line to the house."""
        await expect(self.page.locator("body")).not_to_have_class("chat offline")
        await expect(self.page.locator("#state")).not_to_have_text("reconnecting…")

    async def beside(self) -> Self:
        """Open another window of the same guest."""
        return await replace(self, page=await self.page.context.new_page()).enters()

    async def enters(self) -> Self:
        """Open the page, and write down what goes wrong from now on."""
        self.page.on("console", self._heard)
        self.page.on("pageerror", self._broke)
        self.page.on("request", self._asks)
        self.page.on("dialog", lambda dialog: self.wrong.append(f"dialog {dialog.message}"))
        await self.page.goto(self.url)
        return self

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(one in message.text for one in LOST):
            self.wrong.append(message.text)

    def _broke(self, error: Error) -> None:
        self.wrong.append(str(error))

    def _asks(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data":
            self.asked.add(f"{parts.scheme}://{parts.netloc}")


@asynccontextmanager
async def window(
    browser: Browser,
    url: str,
    *,
    pardoned: str = "\0",
    size: Mapping[str, int] = DESK,
    closed: bool = False,
    **wishes: Any,
) -> AsyncIterator[Window]:
    """A guest's first window on *url*, who has no cookies yet; *closed*: nobody is there as yet.

    At the end nothing may have gone wrong but what is *pardoned*, and nobody but *url* may have
    been asked for anything.
    """
    wishes = {"locale": "en-GB", "timezone_id": "UTC", **wishes}
    context = await browser.new_context(viewport=dict(size), **wishes)
    try:
        opened = Window(await context.new_page(), url)
        yield opened if closed else await opened.enters()
    finally:
        await context.close()
    assert [] == [line for line in opened.wrong if pardoned not in line]
    assert {url} == opened.asked
