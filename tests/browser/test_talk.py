"""A guest talks: types, reads the answer as it grows, and finds all of it again."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from anima.errors import BackendUnavailable
from backend.scripted import Scripted
from tests.browser.lodging import Dictated, Failing, echo, lodging
from tests.browser.window import window

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]


async def test_a_guest_writes_and_is_answered(chromium: Browser, tmp_path: Path) -> None:
    """By the roles a screen reader knows: greeted, then what was written, then the answer."""
    async with lodging(tmp_path, Scripted(["Hi there!"])) as url, window(chromium, url) as ann:
        await expect(ann.log).to_contain_text("Hello, Sensei!")
        await ann.says("Hello?")

        await ann.shows("Hello?", "Hi there!")
        await expect(ann.box).to_have_value("")
        await expect(ann.box).to_be_focused()
        await expect(ann.log).to_contain_text("Read")
        await expect(ann.page.get_by_role("heading", name="Kokoro")).to_be_visible()


async def test_enter_sends_and_with_shift_it_breaks_the_line(
    chromium: Browser, tmp_path: Path
) -> None:
    """Enter sends; Shift+Enter begins a new line, and the box grows with it."""
    async with lodging(tmp_path, Scripted(["Two lines."])) as url, window(chromium, url) as ann:
        await ann.is_there()
        low = await ann.box.bounding_box()
        await ann.box.press_sequentially("one")
        await ann.box.press("Shift+Enter")
        await ann.box.press_sequentially("two")
        high = await ann.box.bounding_box()
        await ann.box.press("Enter")

        await ann.shows("one\ntwo", "Two lines.")
        await expect(ann.lines.first).to_have_text("one\ntwo", use_inner_text=True)

    assert low
    assert high
    assert low["height"] < high["height"]


TAKEN = {"type": "rawKeyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
"""Enter as a page hears of it when the input method has taken it."""


async def test_enter_within_a_composition_does_not_send(chromium: Browser, tmp_path: Path) -> None:
    """Who writes Chinese takes a word with Enter; only the next Enter sends."""
    async with lodging(tmp_path, Scripted(["你好呀"])) as url, window(chromium, url) as ann:
        await ann.is_there()
        await ann.box.focus()
        keys = await ann.page.context.new_cdp_session(ann.page)
        nihao = {"text": "你好", "selectionStart": 2, "selectionEnd": 2}
        await keys.send("Input.imeSetComposition", nihao)
        await keys.send("Input.dispatchKeyEvent", TAKEN)
        await expect(ann.box).to_have_value("你好")
        await ann.shows()
        await keys.send("Input.insertText", {"text": "你好"})
        await ann.page.keyboard.press("Enter")

        await ann.shows("你好", "你好呀")


async def test_what_is_being_written_becomes_one_bubble(chromium: Browser, tmp_path: Path) -> None:
    """The answer is read while it grows, stands once when it is done, and is told once."""
    soul, begins, goes_on = Dictated(), "Once upon a time there was a fox. " * 3, "She slept. " * 2
    async with lodging(tmp_path, soul) as url, window(chromium, url) as ann:
        draft = ann.page.locator("#draft .bubble")
        soul.says("Hello!", "")  # a soul shows how it speaks before its drafts are trusted
        await ann.says("Hi.")
        await ann.shows("Hi.", "Hello!")
        await ann.says("Tell me.")
        await expect(ann.page.locator("#dots")).to_be_visible()
        soul.says(begins)
        await expect(draft).to_have_text(begins)
        soul.says(goes_on)
        await expect(draft).to_have_text(begins + goes_on)
        await ann.shows("Hi.", "Hello!", "Tell me.")
        soul.says("And woke.", "")

        story = f"{begins}{goes_on}And woke."
        await ann.shows("Hi.", "Hello!", "Tell me.", story)
        await expect(draft).to_be_hidden()
        await expect(ann.page.locator("#dots")).to_be_hidden()
        await expect(ann.page.get_by_text(story)).to_have_count(1)


async def test_a_reload_finds_all_in_order(chromium: Browser, tmp_path: Path) -> None:
    """The page that comes back shows each line once, in the order in which they were said."""
    said = [words for n in range(3) for words in (f"no. {n}", f"You said: no. {n}")]
    async with lodging(tmp_path, Scripted(echo)) as url, window(chromium, url) as ann:
        for n in range(3):
            await ann.says(f"no. {n}")
            await ann.shows(*said[: 2 * n + 2])
        await ann.page.reload()

        await ann.shows(*said)
        await ann.says("again")
        await ann.shows(*said, "again", "You said: again")


ABROAD = {
    "zh": ("zh-CN", "老师好呀", "在线", "今天有点累，不过还好。"),
    "ja": ("ja-JP", "先生、はじめまして", "オンライン", "今日は少し疲れました。"),
}


@pytest.mark.parametrize("language", ABROAD)
async def test_the_page_speaks_the_guests_language(
    chromium: Browser, tmp_path: Path, language: str
) -> None:
    """Greeting, state and lines are in the browser's language, and marked as such for a reader."""
    locale, greets, online, says = ABROAD[language]
    async with (
        lodging(tmp_path, Scripted([says])) as url,
        window(chromium, url, locale=locale) as ann,
    ):
        await expect(ann.log).to_contain_text(greets)
        await expect(ann.page.get_by_role("status").first).to_have_text(online)
        await ann.says(says)

        await ann.shows(says, says)
        await expect(ann.lines.last).to_have_attribute("lang", language)
        await expect(ann.page.locator("html")).to_have_attribute("lang", language)


async def test_a_failing_soul_is_excused_politely(chromium: Browser, tmp_path: Path) -> None:
    """Who writes Chinese reads a polite Chinese line; nothing of the failure's own words."""
    soul = Failing(BackendUnavailable("http://10.0.0.7/v1: 500 Traceback sk-secret"))
    async with lodging(tmp_path, soul) as url, window(chromium, url) as ann:
        await ann.says("你在吗？今天天气真好。")
        await expect(ann.lines).to_have_count(2)
        await expect(ann.lines.last).to_contain_text("抱歉，服务器出现错误，请稍后再试。")
        page = await ann.page.content()

        await expect(ann.box).to_be_enabled()

    assert not [
        word for word in ("Traceback", "10.0.0.7", "sk-secret", "Unavailable") if word in page
    ]


HOSTILE = (
    '<img src=x onerror="alert(1)"> <script>alert(2)</script> [here](javascript:alert(3)) '
    "![see](https://example.com/pixel.png) **bold** [there](https://example.com/a)"
)


async def test_what_a_soul_writes_is_never_run(chromium: Browser, tmp_path: Path) -> None:
    """Markup and javascript: links stay text, no picture is loaded; emphasis and links work."""
    async with lodging(tmp_path, Scripted([HOSTILE])) as url, window(chromium, url) as ann:
        await ann.says(HOSTILE)
        await expect(ann.lines).to_have_count(2)
        answer = ann.lines.last

        await expect(answer).to_contain_text('<img src=x onerror="alert(1)">')
        await expect(answer).to_contain_text("[here](javascript:alert(3))")
        await expect(ann.log.locator("img, script, [onerror]")).to_have_count(0)
        await expect(answer.locator("strong")).to_have_text("bold")
        await expect(answer.get_by_role("link", name="there")).to_have_attribute(
            "rel", "noopener noreferrer nofollow"
        )
        await expect(ann.log.locator('a:not([href^="https://"])')).to_have_count(0)
