"""Networks come and go, windows multiply, guests are many: each line is there once."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from backend.scripted import Scripted
from tests.browser.lodging import Dictated, echo, lodging
from tests.browser.window import window

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


async def test_what_is_written_without_a_network_goes_out_once(
    chromium: Browser, tmp_path: Path
) -> None:
    """Offline it waits and says so; back again it is sent once, and what was missed is there."""
    soul = Dictated()
    async with lodging(tmp_path, soul) as url, window(chromium, url) as ann:
        await ann.says("before")
        await expect(ann.page.locator("#dots")).to_be_visible()
        await ann.page.context.set_offline(True)
        await expect(ann.page.get_by_role("status").first).to_have_text("reconnecting…")
        await ann.says("meanwhile")
        await expect(ann.log).to_contain_text("Waiting for the network")
        soul.says("You are away!", "", "Back!", "")
        await ann.page.context.set_offline(False)

        await expect(ann.lines).to_have_count(4)
        await expect(ann.log).not_to_contain_text("Waiting for the network")
        await expect(ann.lines.last).to_have_text("Back!")
        shown = await ann.lines.all_inner_texts()
        await ann.page.reload()
        await ann.shows(*shown)

    # whether the answer or the message came first is for the network to say
    assert ["Back!", "You are away!", "before", "meanwhile"] == sorted(shown)


async def test_a_page_outlives_the_house(chromium: Browser, tmp_path: Path, free_port: int) -> None:
    """While the service restarts the page waits; then it has what was missed and sends the rest."""
    async with window(chromium, f"http://127.0.0.1:{free_port}", closed=True) as ann:
        async with lodging(tmp_path, Dictated(), port=free_port):
            await ann.enters()
            await ann.says("one")
            await expect(ann.page.locator("#dots")).to_be_visible()
        await expect(ann.page.get_by_role("status").first).to_have_text("reconnecting…")
        await ann.says("two")
        async with lodging(tmp_path, Scripted(echo), port=free_port):
            await ann.is_there()
            await expect(ann.lines.last).to_have_text("You said: two")
            shown = await ann.lines.all_inner_texts()
            await ann.page.reload()
            await ann.shows(*shown)

    assert ["You said: one", "You said: two", "one", "two"] == sorted(shown)


async def test_what_could_not_be_sent_outlives_the_window(
    chromium: Browser, tmp_path: Path, free_port: int
) -> None:
    """The browser keeps it, and the next window sends it, once."""
    async with window(chromium, f"http://127.0.0.1:{free_port}", closed=True) as ann:
        async with lodging(tmp_path, Scripted(echo), port=free_port):
            await ann.enters()
            await ann.is_there()
        await ann.says("for later")
        await ann.page.close()
        async with lodging(tmp_path, Scripted(echo), port=free_port):
            later = await ann.beside()
            await later.shows("for later", "You said: for later")
            await later.page.reload()

            await later.shows("for later", "You said: for later")


async def test_two_windows_of_one_guest_show_the_same(chromium: Browser, tmp_path: Path) -> None:
    """What is said in one window stands in the other at once, and once."""
    async with lodging(tmp_path, Scripted(echo)) as url, window(chromium, url) as left:
        await left.is_there()
        right = await left.beside()
        await right.is_there()
        await left.says("from the left")
        await right.shows("from the left", "You said: from the left")
        await right.says("from the right")
        both = ("from the left", "You said: from the left")

        await left.shows(*both, "from the right", "You said: from the right")
        await right.shows(*both, "from the right", "You said: from the right")


async def test_two_guests_never_see_each_other(chromium: Browser, tmp_path: Path) -> None:
    """Each browser has a talk of its own, before a reload and after it."""
    async with (
        lodging(tmp_path, Scripted(echo)) as url,
        window(chromium, url) as ann,
        window(chromium, url) as bob,
    ):
        await ann.says("I am Ann")
        await bob.says("I am Bob")
        await ann.shows("I am Ann", "You said: I am Ann")
        await bob.shows("I am Bob", "You said: I am Bob")
        for guest in (ann, bob):
            await guest.page.reload()

        await ann.shows("I am Ann", "You said: I am Ann")
        await bob.shows("I am Bob", "You said: I am Bob")
