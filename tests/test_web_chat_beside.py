"""Buttons and files on the page: what is told of them, and who is given a file."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from anima.model import Beside, Button
from tests.web_page import Browser, site

pytestmark = pytest.mark.slow  # a house with its database takes a third of a second to build

CONTENT = '{"text": "你好"}\n'.encode()
ASKING = Beside((Button("Yes", '/memory forget "茶"'), Button("いいえ", "/memory keep")))
CALLED = "思い出 & Mei.jsonl"
SAID = 2**62


def export(folder: Path) -> Beside:
    """A file under data/exports."""
    file = folder / "exports" / "7.jsonl"
    file.parent.mkdir()
    file.write_bytes(CONTENT)
    return Beside(document=file, name=CALLED)


async def lines(browser: Browser) -> list[dict[str, Any]]:
    """All that *browser* reads in the history."""
    told: list[dict[str, Any]] = (await browser.get("/history")).json()["lines"]
    return told


async def test_buttons_and_files_are_told(tmp_path: Path) -> None:
    """With their line, live and in the history alike; other lines have none."""
    beside = Beside(ASKING.buttons, export(tmp_path).document, CALLED)
    async with site(tmp_path, works=False) as place, place.browser() as ann:
        await ann.get()
        async with ann.listens() as page:
            await ann.says("/memory forget 茶")
            await place.answers(SAID, "Sure?", beside)
            live = [(await page.until("line")).facts for _ in range(2)]
        past = await lines(ann)

    mine, ours = live
    assert ([], None) == (mine["buttons"], mine["file"])
    assert [
        {"shown": "Yes", "says": '/memory forget "茶"'},
        {"shown": "いいえ", "says": "/memory keep"},
    ] == ours["buttons"]
    assert {"url": f"/file/{SAID}", "name": CALLED} == ours["file"]
    assert ([], None) == (past[0]["buttons"], past[0]["file"])
    assert (ours["buttons"], ours["file"]) == (past[1]["buttons"], past[1]["file"])


async def test_a_file_is_given_to_its_guest(tmp_path: Path) -> None:
    """It is to be kept, under the name that people know it by, and no cache has it."""
    async with site(tmp_path, works=False) as place, place.browser() as ann:
        await ann.get()
        await ann.says("/memory export")
        await place.answers(SAID, "Here.", export(tmp_path))

        given = await ann.get(f"/file/{SAID}")

    assert (200, CONTENT) == (given.status_code, given.content)
    assert f"attachment; filename*=utf-8''{quote(CALLED)}" == given.headers["content-disposition"]
    assert "no-store" == given.headers["cache-control"]
    assert "application/octet-stream" == given.headers["content-type"]
    assert "nosniff" == given.headers["x-content-type-options"]


async def test_nobody_else_is_given_it(tmp_path: Path) -> None:
    """For another guest, and for who has no cookie, there is no such file."""
    async with (
        site(tmp_path, works=False) as place,
        place.browser() as ann,
        place.browser() as eve,
        place.browser() as stranger,
    ):
        await ann.get()
        await ann.says("/memory export")
        await place.answers(SAID, "Here.", export(tmp_path))
        await eve.get()
        await eve.says("/memory export")
        await place.answers(SAID + 1, "No.")

        refused = [await one.get(f"/file/{SAID}") for one in (eve, stranger)]

    told = {(one.status_code, one.text) for one in refused}
    assert {(404, "there is no such file")} == told


@pytest.mark.parametrize(
    "name",
    ["1", "0", "-1", f"{SAID + 1}", f"{2**70}", "x", "７", f"{SAID}.jsonl", "..%2Fweb.key", "%00"],
)
async def test_what_is_no_file_is_not_found(tmp_path: Path, name: str) -> None:
    """A line without a file, a line that nobody said, a name that is no number."""
    async with site(tmp_path, works=False) as place, place.browser() as ann:
        await ann.get()
        await ann.says("/memory export")
        await place.answers(SAID, "Here.", export(tmp_path))
        await ann.says("/memory what")
        await place.answers(SAID + 1, "Nothing.", ASKING)

        assert 404 == (await ann.get(f"/file/{name}")).status_code


@pytest.mark.parametrize("left", ["nothing", "folder"])
async def test_a_file_that_is_gone_is_not_found(tmp_path: Path, left: str) -> None:
    """Exports are cleared away after a while; the line stays."""
    beside = export(tmp_path)
    assert beside.document is not None
    async with site(tmp_path, works=False) as place, place.browser() as ann:
        await ann.get()
        await ann.says("/memory export")
        await place.answers(SAID, "Here.", beside)
        beside.document.unlink()
        if left == "folder":
            beside.document.mkdir()

        gone = await ann.get(f"/file/{SAID}")

    assert (404, "there is no such file") == (gone.status_code, gone.text)


async def test_behind_a_door_a_file_is_too(tmp_path: Path) -> None:
    """Who has not said the password is given nothing."""
    async with (
        site(tmp_path, works=False, web={"password": "open sesame"}) as place,
        place.browser() as ann,
    ):
        refused = await ann.get(f"/file/{SAID}")

    assert 401 == refused.status_code
