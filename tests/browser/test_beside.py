"""A guest answers by a button, and keeps a file."""

from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, Locator, expect

from anima.model import Beside, Button
from tests.browser.barriers import Scheme, barriers
from tests.browser.window import PHONE, Window, window
from tests.web_page import Site, site

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

SAID: Final = 2**62
ASKING: Final = Beside((Button("Yes", "/memory forget tea"), Button("いいえ", "/memory keep")))


def button(opened: Window, name: str) -> Locator:
    """The button of this *name* in the talk, whether it can be pressed or not."""
    return opened.log.get_by_role("button", name=name, exact=True)


async def asks(place: Site, opened: Window, said: int = SAID, text: str = "Sure?") -> None:
    """A guest has said something, and is asked by buttons."""
    await opened.says(f"/memory {said}")
    await expect(opened.log.locator('.mine[data-state="waiting"]').last).to_be_visible()
    await place.answers(said, text, ASKING)
    await expect(opened.lines.last).to_have_text(text)


async def test_a_guest_answers_by_a_button(chromium: Browser, tmp_path: Path) -> None:
    """Pressing says the words in their name, once, also for a window that opens later."""
    async with (
        site(tmp_path, works=False) as place,
        window(chromium, place.url) as ann,
    ):
        await asks(place, ann)
        yes, no = button(ann, "Yes"), button(ann, "いいえ")
        await expect(no).to_be_enabled()
        async with ann.page.expect_response("**/say"):
            await yes.click()
        await expect(yes).to_be_disabled()
        await expect(no).to_be_disabled()
        await expect(ann.box).to_be_focused()
        await ann.page.reload()

        await ann.shows(f"/memory {SAID}", "Sure?", "/memory forget tea")
        await expect(yes).to_be_disabled()


async def test_only_what_was_asked_last_has_buttons(chromium: Browser, tmp_path: Path) -> None:
    """When something else is asked, the older buttons are gone; other words change nothing."""
    async with (
        site(tmp_path, works=False) as place,
        window(chromium, place.url) as ann,
    ):
        await asks(place, ann)
        await asks(place, ann, SAID + 1, "And this?")
        await expect(button(ann, "Yes")).to_have_count(1)
        await expect(ann.log.locator(".line").last.get_by_role("button")).to_have_count(2)
        await ann.says("Wait.")
        await expect(ann.lines.last).to_have_text("Wait.")

        await expect(button(ann, "Yes")).to_be_enabled()


async def test_a_guest_keeps_a_file(chromium: Browser, tmp_path: Path) -> None:
    """A link under the line saves it under its name."""
    file = tmp_path / "7.jsonl"
    file.write_text("你好", encoding="utf-8")
    async with (
        site(tmp_path, works=False) as place,
        window(chromium, place.url) as ann,
    ):
        await ann.says("/memory export")
        await expect(ann.log.locator('.mine[data-state="waiting"]')).to_be_visible()
        await place.answers(SAID, "Here.", Beside(document=file, name="思い出.jsonl"))
        async with ann.page.expect_download() as saving:
            await ann.log.get_by_role("link", name="思い出.jsonl").click()
        saved = await saving.value
        content = written(Path(await saved.path()))

    assert ("思い出.jsonl", "你好") == (saved.suggested_filename, content)


def written(file: Path) -> str:
    """What stands in *file*."""
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_what_comes_with_a_line_has_no_barriers(
    chromium: Browser, tmp_path: Path, scheme: Scheme
) -> None:
    """Axe-core finds nothing before and after a press, and a small phone is wide enough."""
    async with (
        site(tmp_path, works=False) as place,
        window(chromium, place.url, color_scheme=scheme, size=PHONE | {"width": 320}) as ann,
    ):
        await ann.says("/memory export")
        await expect(ann.log.locator('.mine[data-state="waiting"]')).to_be_visible()
        long = Button("Forget all that was ever said about tea " * 3, "/memory forget")
        file = Beside((*ASKING.buttons, long), tmp_path / "x", "a-rather-long-name-" * 5)
        await place.answers(SAID, "Sure?", file)
        fresh = await barriers(ann.page, "target-size")
        async with ann.page.expect_response("**/say"):
            await button(ann, "Yes").click()
        used = await barriers(ann.page, "target-size")
        wide = await ann.page.evaluate("document.documentElement.scrollWidth")

    assert ([], []) == (fresh, used)
    assert 320 == wide
