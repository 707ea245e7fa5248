"""A guest says how an answer was: three quiet buttons, for every hand, eye and ear."""

import asyncio
import json
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, Locator, Route, expect

from backend.scripted import Scripted
from tests.browser.barriers import Scheme, barriers
from tests.browser.lodging import Dictated, echo, lodging
from tests.browser.window import DESK, PHONE, Window, window
from tests.web_page import asking, verdicts

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

NAMES: Final = {
    "en-GB": ("I like this answer", "I don't like this answer", "Not like me"),
    "zh-CN": ("我喜欢这个回答", "我不喜欢这个回答", "不像我"),
    "ja-JP": ("この回答が好きです", "この回答は好きではありません", "私らしくない"),
}
TARGET_PX: Final = 24
"""The least that a finger needs, as the guidelines have it."""


def buttons(opened: Window, locale: str = "en-GB") -> list[Locator]:
    """Those under the answers, as a screen reader finds them: good, bad, unlike."""
    return [opened.log.get_by_role("button", name=name, exact=True) for name in NAMES[locale]]


async def expect_pressed(shown: list[Locator], which: int | None) -> None:
    """Wait until of the *shown* buttons *which* is pressed, and no other."""
    for place, button in enumerate(shown):
        await expect(button).to_have_attribute("aria-pressed", str(place == which).lower())


async def presses(opened: Window, button: Locator, key: str = "Enter") -> int:
    """Press *button* by the keyboard alone; what the house answered."""
    await expect(button).to_be_focused()
    async with opened.page.expect_response("**/rate") as answered:
        await opened.page.keyboard.press(key)
    return (await answered.value).status


@pytest.mark.parametrize("locale", NAMES)
async def test_a_guest_rates_by_the_keyboard(
    chromium: Browser, tmp_path: Path, locale: str
) -> None:
    """The buttons come after the answer, have names, tell which is pressed; the last one counts."""
    async with (
        lodging(tmp_path, Scripted(["Hi there!"]), persona=asking(tmp_path)) as url,
        window(chromium, url, locale=locale) as ann,
    ):
        await ann.says("Hello?")
        await ann.shows("Hello?", "Hi there!")
        good, bad, unlike = shown = buttons(ann, locale)
        await expect_pressed(shown, None)
        await expect(ann.box).to_be_focused()
        await ann.page.keyboard.press("Shift+Tab")
        first = await presses(ann, unlike)
        await expect_pressed(shown, 2)
        kept = [verdict for _, verdict in verdicts(tmp_path)]
        await ann.page.keyboard.press("Shift+Tab")
        await ann.page.keyboard.press("Shift+Tab")
        second = await presses(ann, good, "Space")
        await expect_pressed(shown, 0)
        await expect(good).to_be_focused()
        changed = [verdict for _, verdict in verdicts(tmp_path)]
        await expect(bad).to_be_visible()
        await ann.page.reload()
        await ann.shows("Hello?", "Hi there!")
        await expect_pressed(shown, None)

    assert (202, 202) == (first, second)
    assert (["unlike"], ["good"]) == (kept, changed)


async def test_each_answer_has_its_own(chromium: Browser, tmp_path: Path) -> None:
    """Whoever likes the second answer has said nothing of the first; nobody asks about the rest."""
    async with (
        lodging(tmp_path, Scripted(echo), persona=asking(tmp_path)) as url,
        window(chromium, url) as ann,
    ):
        for count, text in ((2, "one"), (4, "two")):
            await ann.says(text)
            await expect(ann.lines).to_have_count(count)
        good, bad, _ = buttons(ann)
        async with ann.page.expect_response("**/rate"):
            await good.last.click()

        await expect(ann.log.locator(".line.mine button, #greeting button")).to_have_count(0)
        await expect(good.last).to_have_attribute("aria-pressed", "true")
        await expect(good.first).to_have_attribute("aria-pressed", "false")
        await expect(bad).to_have_count(2)

    assert ["good"] == [verdict for _, verdict in verdicts(tmp_path)]


async def test_a_persona_that_does_not_ask_has_none(chromium: Browser, tmp_path: Path) -> None:
    """There is no button in the talk, before a reload and after it."""
    async with lodging(tmp_path, Scripted(["Hi there!"])) as url, window(chromium, url) as ann:
        await ann.says("Hello?")
        await ann.shows("Hello?", "Hi there!")
        await expect(ann.log.get_by_role("button")).to_have_count(0)
        await ann.page.reload()
        await ann.shows("Hello?", "Hi there!")

        await expect(ann.log.get_by_role("button")).to_have_count(0)


async def test_what_could_not_be_kept_goes_back(chromium: Browser, tmp_path: Path) -> None:
    """Without a network, or when the house says no, the button goes back and a line says so."""
    async with (
        lodging(tmp_path, Scripted(["Hi there!"]), persona=asking(tmp_path)) as url,
        window(chromium, url, pardoned="503") as ann,
    ):
        await ann.says("Hello?")
        await ann.shows("Hello?", "Hi there!")
        good, bad, unlike = shown = buttons(ann)
        trouble = ann.page.get_by_role("alert")
        await ann.page.context.set_offline(True)
        await good.click()
        await expect(trouble).to_contain_text("This cannot be kept right now.")
        await expect_pressed(shown, None)
        await ann.page.context.set_offline(False)
        await ann.is_there()
        await bad.click()
        await expect(trouble).to_be_hidden()
        await expect_pressed(shown, 1)
        await ann.page.route("**/rate", _away)
        await unlike.click()

        await expect(trouble).to_have_text("The house is away.")
        await expect_pressed(shown, 1)

    assert ["bad"] == [verdict for _, verdict in verdicts(tmp_path)]


async def _away(route: Route) -> None:
    await route.fulfill(status=503, body="The house is away.")


async def test_who_presses_in_a_hurry_is_understood(chromium: Browser, tmp_path: Path) -> None:
    """However the network delays one press, the last button pressed is what the house keeps."""
    async with (
        lodging(tmp_path, Scripted(["Hi there!"]), persona=asking(tmp_path)) as url,
        window(chromium, url) as ann,
    ):
        await ann.says("Hello?")
        await ann.shows("Hello?", "Hi there!")
        good, bad, unlike = shown = buttons(ann)
        sent, free = [], asyncio.Event()

        async def slowly(route: Route) -> None:
            sent.append(json.loads(route.request.post_data or "null")["verdict"])
            await free.wait()
            await route.continue_()

        await ann.page.route("**/rate", slowly)
        async with ann.page.expect_request("**/rate"):
            await good.click()
        await bad.click()
        await unlike.click()
        await expect_pressed(shown, 2)
        async with ann.page.expect_response(
            lambda answer: '"unlike"' in (answer.request.post_data or "")
        ):
            free.set()
        await expect_pressed(shown, 2)

    assert ["good", "unlike"] == sent
    assert ["unlike"] == [verdict for _, verdict in verdicts(tmp_path)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_buttons_have_no_barriers(
    chromium: Browser, tmp_path: Path, scheme: Scheme
) -> None:
    """Axe-core finds nothing, quiet, focused or pressed; a finger hits them on a small phone."""
    async with (
        lodging(tmp_path, Scripted(echo), persona=asking(tmp_path)) as url,
        window(chromium, url, color_scheme=scheme, size=PHONE | {"width": 320}) as ann,
    ):
        for count, text in ((2, "one"), (4, "two")):
            await ann.says(text)
            await expect(ann.lines).to_have_count(count)
        good, bad, _ = shown = buttons(ann)
        quiet = await barriers(ann.page, "target-size")
        async with ann.page.expect_response("**/rate"):
            await good.last.click()
        await bad.last.focus()
        busy = await barriers(ann.page, "target-size")
        sizes = [box for one in shown if (box := await one.last.bounding_box())]
        wide = await ann.page.evaluate("document.documentElement.scrollWidth")

    assert ([], []) == (quiet, busy)
    assert [True] * 3 == [min(box["width"], box["height"]) >= TARGET_PX for box in sizes]
    assert 320 == wide


async def test_nothing_moves_for_the_buttons(chromium: Browser, tmp_path: Path) -> None:
    """A talk that asks is as high as one that does not, whatever is hovered, focused or pressed."""
    heights = []
    for persona in ("personas/kokoro", asking(tmp_path)):
        async with (
            lodging(tmp_path, Scripted(echo), persona=persona) as url,
            window(chromium, url, size=DESK) as ann,
        ):
            for count, text in ((2, "one"), (4, "two")):
                await ann.says(text)
                await expect(ann.lines).to_have_count(count)
            heights.append(await distance(ann))
            if heights[1:]:
                good, bad, unlike = buttons(ann)
                await unlike.last.hover()
                heights.append(await distance(ann))
                async with ann.page.expect_response("**/rate"):
                    await good.first.click()
                await bad.last.focus()
                heights.append(await distance(ann))

    assert [heights[0]] * 4 == heights


async def distance(opened: Window) -> float:
    """How far it is from the first line to the last."""
    boxes = [await line.bounding_box() for line in (opened.lines.first, opened.lines.last)]
    first, last = (box["y"] for box in boxes if box)
    return last - first


async def test_an_answer_grows_into_one_that_asks(chromium: Browser, tmp_path: Path) -> None:
    """A draft has no buttons and does not jump when it becomes the line that has them."""
    soul, begins = Dictated(), "Once upon a time there was a fox. " * 3
    async with (
        lodging(tmp_path, soul, persona=asking(tmp_path)) as url,
        window(chromium, url) as ann,
    ):
        draft = ann.page.locator("#draft .bubble")
        soul.says("Hello!", "")  # a soul shows how it speaks before its drafts are trusted
        await ann.says("Hi.")
        await ann.shows("Hi.", "Hello!")
        await ann.says("Tell me.")
        soul.says(begins)
        await expect(draft).to_have_text(begins)
        written = await draft.bounding_box()
        good, _, _ = buttons(ann)
        await expect(good).to_have_count(1)
        soul.says("", "")
        await expect(good).to_have_count(2)
        said = await ann.lines.last.bounding_box()

    assert written == said
