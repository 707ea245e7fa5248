"""What keeps somebody out of a page, as axe-core sees it."""

from typing import Any, Literal

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

Scheme = Literal["light", "dark"]


async def barriers(page: Page, *besides: str) -> list[Any]:
    """What is serious on *page*; the rules *besides* are looked at though axe leaves them out."""
    wanted = {"rules": {rule: {"enabled": True} for rule in besides}}
    found = (await Axe().run(page, options=wanted)).response["violations"]
    return [
        (one["id"], [node["html"] for node in one["nodes"]])
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]
