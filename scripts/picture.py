"""Takes the README's pictures of the real page: a short talk, on a phone and a desk, day and night.

Call it from the root: `.venv/bin/python -m scripts.picture`. It needs what the browser tests need.
"""

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from playwright.async_api import Browser, expect

from backend.scripted import Scripted
from tests.browser.chromium import chromium
from tests.browser.lodging import lodging
from tests.browser.window import Window, window

FOLDER: Final = Path(__file__).parent.parent / "docs" / "pictures"
EVENING: Final = datetime(2026, 3, 20, 20, 14, tzinfo=UTC)
SIZES: Final[Mapping[str, Mapping[str, Any]]] = {
    "phone": {"size": {"width": 390, "height": 780}, "has_touch": True},
    "desk": {"size": {"width": 1080, "height": 700}},
}

Scheme = Literal["light", "dark"]
SCHEMES: Final[Sequence[Scheme]] = ("light", "dark")


class Evening:
    """The port Clock: it stays a quarter past eight, and what waits waits for real."""

    def now(self) -> datetime:
        return EVENING

    def elapsed(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Talk:
    """What is said in a picture: a line, and what is answered, bubble by bubble."""

    locale: str
    lines: Sequence[tuple[str, str]]


TALKS: Final[Mapping[str, Talk]] = {
    "en": Talk(
        "en-GB",
        (
            (
                "I'm finally home. What a day…",
                "Welcome back, Sensei! Shoes off, kettle on.\n\nNow: good tired or bad tired?",
            ),
            (
                "Good tired. We shipped it!",
                """You *did*! I knew it, I knew it!

Then tonight's plan is short:
1. something warm
2. no screens
3. bed before eleven""",
            ),
        ),
    ),
    "zh": Talk(
        "zh-CN",
        (
            (
                "我到家了，今天好累啊",
                "老师辛苦啦！先喝口热水嘛。\n\n是开心的累，还是不开心的累呀？",
            ),
            (
                "开心的累，项目终于上线了！",
                "哇，我就说老师可以的！\n\n今晚不许再看屏幕了哦，早点睡。",
            ),
        ),
    ),
    "ja": Talk(
        "ja-JP",
        (
            (
                "ただいま。今日は長い一日だったよ",
                "先生、おかえりなさい！\n\nまず温かいお茶をどうぞ。",
            ),
            (
                "やっとリリースできたんだ",
                "えっ、本当に？ すごい！\n\n今夜は早く休んでくださいね、先生。",
            ),
        ),
    ),
}


async def take(browser: Browser, language: str, size: str, scheme: Scheme) -> None:
    """One picture of one talk."""
    talk = TALKS[language]
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        soul = Scripted([answer for _, answer in talk.lines])
        url = await stack.enter_async_context(lodging(folder, soul, clock=Evening()))
        opened = await stack.enter_async_context(
            window(
                browser, url, locale=talk.locale, color_scheme=scheme, closed=True, **SIZES[size]
            )
        )
        await opened.page.clock.set_fixed_time(EVENING)
        await opened.enters()
        await _talk(opened, talk)
        name = f"{size}-{scheme}.png" if language == "en" else f"{size}-{scheme}-{language}.png"
        await opened.page.screenshot(path=FOLDER / name, animations="disabled", caret="hide")
        print(FOLDER / name)


async def _talk(opened: Window, talk: Talk) -> None:
    count = 0
    for line, answer in talk.lines:
        await opened.says(line)
        count += 1 + len(answer.split("\n\n"))
        await expect(opened.lines).to_have_count(count)
    for soon in ("#dots", "#draft"):
        await expect(opened.page.locator(soon)).to_be_hidden()
    online = await opened.page.locator("body").get_attribute("data-online")
    await expect(opened.page.locator("#state")).to_have_text(online or "")
    # marks come with the next look at the ledger
    await expect(opened.page.locator('.mine:not([data-state="answered"])')).to_have_count(0)


async def main() -> None:
    """All pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with chromium() as browser:
        for size in SIZES:
            for scheme in SCHEMES:
                await take(browser, "en", size, scheme)
        await take(browser, "zh", "phone", "light")
        await take(browser, "ja", "phone", "dark")


if __name__ == "__main__":
    asyncio.run(main())
