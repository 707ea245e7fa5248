"""What was said aloud is played in the page, by its guest alone."""

from pathlib import Path

import pytest

from anima.model import Beside
from anima.ports import Speaks
from anima.sound import VoiceNote
from tests.web_page import Site, site

pytestmark = pytest.mark.slow

SAID = (1_800_000_000_000 << 20) + 7
"""Decided in 2027, so that it is not old."""
NOTE = VoiceNote(b"OggS one", 2.5, bytes([0, 7, 255]), "and more")
ALOUD = Beside(voice=True, note=NOTE)


async def speaks(place: Site, text: str = "hello") -> None:
    """Answer whoever waits aloud."""
    await place.house.shelf.put(SAID, NOTE)
    await place.answers(SAID, text, ALOUD)


@pytest.mark.parametrize("words", ["hello", "你好", "こんにちは"])
async def test_a_note_is_told_with_its_words(words: str, tmp_path: Path) -> None:
    """Live and in the history alike; lines that are written have none."""
    async with site(tmp_path, works=False) as place, place.browser() as ann:
        await ann.get()
        async with ann.listens() as page:
            await ann.says("hm")
            await speaks(place, words)
            mine, ours = [(await page.until("line")).facts for _ in range(2)]
        past = (await ann.get("/history")).json()["lines"]

    assert ("", f"/voice/{SAID}", words) == (mine["voice"], ours["voice"], ours["text"])
    assert ["", f"/voice/{SAID}"] == [line["voice"] for line in past]


async def test_its_guest_hears_it(tmp_path: Path) -> None:
    """All of it or a part, with the levels to draw it by; no cache has it."""
    async with site(tmp_path, works=False) as place, place.browser() as ann:
        await ann.get()
        await ann.says("hm")
        await speaks(place)

        whole = await ann.get(f"/voice/{SAID}")
        part = await ann.get(f"/voice/{SAID}", range="bytes=5-")
        levels = await ann.get(f"/voice/{SAID}/levels")

    assert (200, "audio/ogg", NOTE.ogg) == (
        whole.status_code,
        whole.headers["content-type"],
        whole.content,
    )
    assert (206, b"one") == (part.status_code, part.content)
    assert {"seconds": 2.5, "levels": [0, 7, 255], "rest": "and more"} == levels.json()
    assert "no-store" == whole.headers["cache-control"] == levels.headers["cache-control"]
    assert "media-src 'self'" in whole.headers["content-security-policy"]


async def test_nobody_else_hears_it(tmp_path: Path) -> None:
    """Another guest, whatever they ask for; and what was written has no sound."""
    async with site(tmp_path, works=False) as place, place.browser() as ann:
        await ann.get()
        await ann.says("hm")
        await speaks(place)
        await ann.says("more")
        await place.answers(SAID + 1, "written")
        async with place.browser() as bob:
            theirs = [
                (await bob.get(f"/voice/{name}")).status_code
                for name in (SAID, f"{SAID}/levels", SAID + 1, "x", "..%2Fanima.db")
            ]
        mine = [
            (await ann.get(f"/voice/{name}")).status_code
            for name in (SAID + 1, f"{SAID + 1}/levels", SAID)
        ]

    assert [404] * 5 == theirs
    assert [404, 404, 200] == mine


async def test_what_is_gone_is_gone(tmp_path: Path) -> None:
    """The words are there still, and it is no file to be kept."""
    async with site(tmp_path, works=False) as place, place.browser() as ann:
        await ann.get()
        await ann.says("hm")
        await speaks(place)
        await place.house.shelf.drop([SAID])

        found = [
            (await ann.get(path)).status_code
            for path in (f"/voice/{SAID}", f"/voice/{SAID}/levels", f"/file/{SAID}")
        ]
        past = await ann.history()

    assert [404, 404, 404] == found
    assert ["hm", "hello"] == past


async def test_every_page_can_be_spoken_to(tmp_path: Path) -> None:
    """It shows that an answer is being made."""
    async with site(tmp_path, works=False) as place, place.browser() as ann:
        await ann.get()
        async with ann.listens() as page:
            await ann.says("hm")
            await page.until("line")
            (claim,) = await place.house.ledger.claim(1, [("web", "page")])
            assert isinstance(place.talk, Speaks)
            assert place.talk.speaks_in(claim.conversation)
            await place.talk.recording(claim.conversation)
            shown = await page.until("typing")

    assert {"on": True} == shown.facts
