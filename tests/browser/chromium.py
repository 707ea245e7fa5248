"""Where the browser is, how it is started, and what to do when there is none."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.async_api import Browser

NEEDED: Final = ("playwright", "axe_playwright_python")
HOW: Final = (
    "browser tests did not run: they need Debian's chromium and fonts-noto-cjk; "
    "`make browser` installs what is missing (as root) and runs them"
)
QUIET: Final = (
    "--no-sandbox",  # root has none, nor have many containers, and our own page needs none
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-partial-raster",  # or the edge of a round picture depends on when it came
)
"""A browser that draws the same everywhere and asks nobody but the page."""


def found() -> str | None:
    """The browser of this machine."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def is_ready() -> bool:
    """Whether there is a browser, and what drives it."""
    return bool(found()) and all(find_spec(name) for name in NEEDED)


def is_wanted() -> bool:
    """Whether these tests must run, whatever it takes."""
    return os.environ.get("CI", "") not in {"", "0", "false"}


@asynccontextmanager
async def chromium() -> AsyncIterator["Browser"]:
    """A headless browser with an empty profile."""
    from playwright.async_api import async_playwright  # noqa: PLC0415 (not on every machine)

    async with async_playwright() as player:
        browser = await player.chromium.launch(executable_path=found(), args=[*QUIET])
        try:
            yield browser
        finally:
            await browser.close()
