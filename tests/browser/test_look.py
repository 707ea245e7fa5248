"""The page fits a phone, a desk, the night, a screen reader; and so does its door."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from backend.scripted import Scripted
from tests.browser.barriers import Scheme, barriers
from tests.browser.lodging import lodging
from tests.browser.window import DESK, PHONE, Window, window

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

HOME = {"password": "open sesame"}
LONG = "w" * 300 + "\n```\n" + "code " * 80 + "\n```"


async def width(opened: Window) -> int:
    """How wide the page is, with what one would have to scroll to."""
    return int(await opened.page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.parametrize("wide", [320, 390, 1280])
async def test_it_fits_the_window(chromium: Browser, tmp_path: Path, wide: int) -> None:
    """Nothing has to be scrolled sideways, and one can write without scrolling at all."""
    size = {"width": wide, "height": 720}
    async with (
        lodging(tmp_path, Scripted([LONG])) as url,
        window(chromium, url, size=size, has_touch=wide < 600) as ann,
    ):
        for count in (2, 4):
            await ann.says(LONG)
            await expect(ann.lines).to_have_count(count)

        await expect(ann.box).to_be_in_viewport(ratio=1)
        await expect(ann.send).to_be_in_viewport(ratio=1)
        await expect(ann.lines.last).to_be_in_viewport()
        assert wide == await width(ann)


async def test_it_is_dark_at_night(chromium: Browser, tmp_path: Path) -> None:
    """Who has set the system to dark gets light ink on a dark ground."""
    script = "getComputedStyle(document.body).backgroundColor"
    async with lodging(tmp_path, Scripted(["Hi"])) as url:
        async with window(chromium, url, color_scheme="dark") as ann:
            night = await ann.page.evaluate(script)
        async with window(chromium, url, color_scheme="light") as ann:
            day = await ann.page.evaluate(script)

    assert ("rgb(15, 16, 20)", "rgb(238, 240, 245)") == (night, day)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_talk_has_no_barriers(chromium: Browser, tmp_path: Path, scheme: Scheme) -> None:
    """Axe-core finds nothing serious, by day and by night, with all kinds of lines."""
    says = "**Yes!** `code` and [a link](https://example.com/a)\n```\nblock\n```"
    async with (
        lodging(tmp_path, Scripted([says])) as url,
        window(chromium, url, color_scheme=scheme, size=PHONE) as ann,
    ):
        await ann.says("Look: https://example.com/b and `this`")
        await expect(ann.lines).to_have_count(2)
        await ann.is_there()

        talking = await barriers(ann.page)
        await ann.page.context.set_offline(True)
        await ann.says("And now?")
        await expect(ann.log).to_contain_text("Waiting for the network")
        waiting = await barriers(ann.page)

    assert ([], []) == (talking, waiting)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_door_opens_to_the_password(
    chromium: Browser, tmp_path: Path, scheme: Scheme
) -> None:
    """It has no barriers either, says what was wrong, opens once and stays open."""
    async with (
        lodging(tmp_path, Scripted(["Welcome!"]), web=HOME) as url,
        window(chromium, url, color_scheme=scheme, size=DESK, pardoned="401") as ann,
    ):
        password = ann.page.get_by_label("Password")
        await expect(password).to_be_focused()
        await password.fill("open barley")
        await password.press("Enter")
        await expect(ann.page.get_by_role("alert")).to_have_text("That is not the password.")
        found = await barriers(ann.page)
        await ann.page.get_by_label("Password").fill(HOME["password"])
        await ann.page.get_by_role("button", name="Come in").click()

        await ann.says("It's me.")
        await ann.shows("It's me.", "Welcome!")
        await ann.page.reload()
        await ann.shows("It's me.", "Welcome!")

    assert [] == found
