"""What guests think of an answer: which lines ask, and what becomes of a pressed button."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from anima.errors import LedgerUnavailable
from anima.model import Arrival, Rated, Speaker
from backend.scripted import Scripted
from bots.web.brought import LARGEST_BYTES
from bots.web.guests import COOKIE, Guest
from bots.web.page import PER_MINUTE
from tests.web_page import OURS, Browser, asking, site, verdicts

pytestmark = pytest.mark.slow  # a house with its database takes a third of a second to build

ANSWER = "9223372036854775807"
"""The largest id that there can be."""


class Heard:
    """A ledger that only listens, or that is *away*."""

    def __init__(self, *, away: bool = False) -> None:
        self.arrivals: list[Arrival] = []
        self._away = away

    async def hear(self, arrivals: Sequence[Arrival]) -> int:
        if self._away:
            raise LedgerUnavailable("away")
        self.arrivals += arrivals
        return len(arrivals)


def guest_of(browser: Browser) -> Guest:
    """Who sits in front of *browser*."""
    return Guest(browser.client.cookies[COOKIE].rpartition(".")[0])


async def lines(browser: Browser) -> list[dict[str, Any]]:
    """All that *browser* reads in the history."""
    told: list[dict[str, Any]] = (await browser.get("/history")).json()["lines"]
    return told


async def test_the_end_of_an_answer_asks(tmp_path: Path) -> None:
    """Where the persona wants to know, the last bubble asks, live and in the history alike."""
    backend = Scripted(["First this.\n\nThen that."])
    async with (
        site(tmp_path, backend=backend, persona=asking(tmp_path)) as place,
        place.browser() as ann,
    ):
        await ann.get()
        async with ann.listens() as page:
            await ann.says("hello")
            live = [(await page.until("line")).facts for _ in range(3)]
            await place.rests()
        async with ann.listens() as page:
            late = [(await page.until("line")).facts for _ in range(3)]
        past = await lines(ann)

    shown = [("hello", False), ("First this.", False), ("Then that.", True)]
    assert shown == [(line["text"], line["asks"]) for line in live]
    assert [one["asks"] for one in live] == [one["asks"] for one in late]
    assert late == past


async def test_a_persona_that_does_not_ask(tmp_path: Path) -> None:
    """No line asks."""
    async with site(tmp_path) as place, place.browser() as ann:
        await ann.get()
        await ann.says("hello")
        await place.rests()
        past = await lines(ann)

    assert [("hello", False), ("Hi there!", False)] == [(one["text"], one["asks"]) for one in past]


async def test_the_newest_verdict_of_a_guest_counts(tmp_path: Path) -> None:
    """A press is kept with the answer; another one takes its place, and neither is a line."""
    async with site(tmp_path, persona=asking(tmp_path)) as place, place.browser() as ann:
        await ann.get()
        await ann.says("hello")
        await place.rests()
        said = (await lines(ann))[-1]["key"]
        kept = await ann.rates(said, "good")
        first = verdicts(tmp_path)
        await ann.rates(said, "bad")
        await ann.rates(said, "unlike")
        past = await ann.history()
        ann_herself = f"web:{guest_of(ann).id}"

    assert (202, {"said": said, "verdict": "good"}) == (kept.status_code, kept.json())
    assert [(ann_herself, "good")] == first
    assert [(ann_herself, "unlike")] == verdicts(tmp_path)
    assert ["hello", "Hi there!"] == past


async def test_only_ones_own_answers_can_be_rated(tmp_path: Path) -> None:
    """A verdict on what was said to somebody else, or to nobody, is taken and changes nothing."""
    async with (
        site(tmp_path, persona=asking(tmp_path)) as place,
        place.browser() as ann,
        place.browser() as eve,
    ):
        await ann.get()
        await ann.says("hello")
        await place.rests()
        said = (await lines(ann))[-1]["key"]
        await ann.rates(said, "good")
        before = verdicts(tmp_path)
        await eve.get()
        foreign, none = await eve.rates(said, "bad"), await eve.rates(ANSWER, "bad")

    assert (202, 202) == (foreign.status_code, none.status_code)
    assert before == verdicts(tmp_path)


async def test_each_press_is_an_arrival_of_its_own(tmp_path: Path) -> None:
    """It is kept as it came, in the guest's name, under a key that no message and no press has."""
    ledger = Heard()
    async with (
        site(tmp_path, works=False, ledger=ledger) as place,
        place.browser(**{"accept-language": "ja-JP"}) as ann,
    ):
        await ann.get()
        for _ in range(2):
            await ann.rates(ANSWER, "bad")
        guest = guest_of(ann)

    rated = Rated(guest.conversation, Speaker("web", guest.id, "Guest", "ja"), int(ANSWER), "bad")
    assert [rated, rated] == [one.meaning for one in ledger.arrivals]
    assert {("web:page", f'{{"said":"{ANSWER}","verdict":"bad"}}')} == {
        (one.source, one.raw.replace(" ", "")) for one in ledger.arrivals
    }
    keys = [one.key for one in ledger.arrivals]
    assert len(keys) == len(set(keys))
    assert [True, True] == [key.startswith(f"{guest.id}:rate:") for key in keys]


def body(said: str, verdict: str) -> bytes:
    return f'{{"said": {said}, "verdict": {verdict}}}'.encode()


@pytest.mark.parametrize(
    ("unfit", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"\xff\xfe", 400),
        (b"[" * 20_000, 400),
        (b'{"verdict": "good"}', 400),
        (b'{"said": "7"}', 400),
        (body("7", '"good"'), 400),
        (body('"7"', '"great"'), 400),
        (body('"7"', '"GOOD"'), 400),
        (body('"7"', '["good"]'), 400),
        (body('"7"', "null"), 400),
        (body('""', '"good"'), 400),
        (body('"0"', '"good"'), 400),
        (body('"-7"', '"good"'), 400),
        (body('" 7"', '"good"'), 400),
        (body('"7\\n"', '"good"'), 400),
        (body('"7.0"', '"good"'), 400),
        (body('"٧"', '"good"'), 400),
        (body('"9223372036854775808"', '"good"'), 400),
        (body(f'"{"9" * 5000}"', '"good"'), 400),
        (b" " * (LARGEST_BYTES + 1), 413),
    ],
)
async def test_what_is_no_verdict_is_refused(tmp_path: Path, unfit: bytes, status: int) -> None:
    """It is told in one line what a verdict is, and nothing is kept."""
    ledger = Heard()
    async with site(tmp_path, works=False, ledger=ledger) as place, place.browser() as ann:
        await ann.get()
        answer = await ann.client.post("/rate", content=unfit, headers=OURS)

    assert (status, 1) == (answer.status_code, len(answer.text.splitlines()))
    assert [] == ledger.arrivals


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        (OURS | {"sec-fetch-site": "same-origin"}, 202),
        (OURS | {"sec-fetch-site": "cross-site"}, 403),
        (OURS | {"origin": "http://evil.example"}, 403),
        ({"sec-fetch-site": "same-origin"}, 403),
    ],
)
async def test_other_sites_cannot_rate(
    tmp_path: Path, headers: dict[str, str], status: int
) -> None:
    """Only our own page, with our own header, may press a button in a guest's name."""
    words = {"said": "7", "verdict": "good"}
    async with site(tmp_path, works=False) as place, place.browser() as ann:
        await ann.get()
        answer = await ann.client.post("/rate", json=words, headers=headers)
        looked = await ann.get("/rate")

    assert (status, 405) == (answer.status_code, looked.status_code)


async def test_who_presses_too_much_is_asked_to_wait(tmp_path: Path) -> None:
    """After thirty presses a minute there is one line; words have a measure of their own."""
    async with site(tmp_path, works=False) as place, place.browser() as ann:
        await ann.get()
        kept = [(await ann.rates("7", "good")).status_code for _ in range(PER_MINUTE)]
        refused = await ann.rates("7", "bad", **{"accept-language": "zh-CN"})
        said = await ann.says("hello")
        place.clock.pass_by(60)
        later = await ann.rates("7", "bad")

    assert [202] * PER_MINUTE == kept
    assert (429, "发得太快了，请稍等一下。") == (refused.status_code, refused.text)
    assert (202, 202) == (said.status_code, later.status_code)


async def test_a_verdict_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    """While the database is away a press is not taken, and that is said in the guest's language."""
    ledger = Heard(away=True)
    async with (
        site(tmp_path, works=False, ledger=ledger) as place,
        place.browser(**{"accept-language": "ja"}) as ann,
    ):
        refused = await ann.rates("7", "good")

    later = "今は保存できませんでした。少し後でもう一度お試しください。"
    assert (503, later) == (refused.status_code, refused.text)


@pytest.mark.parametrize(
    ("wish", "names"),
    [
        ("en", ("I like this answer", "I don&#39;t like this answer", "Not like me")),
        ("zh-CN", ("我喜欢这个回答", "我不喜欢这个回答", "不像我")),
        ("ja", ("この回答が好きです", "この回答は好きではありません", "私らしくない")),
    ],
)
async def test_the_buttons_have_names(tmp_path: Path, wish: str, names: tuple[str, ...]) -> None:
    """The page knows what to call them in the browser's language."""
    async with site(tmp_path, works=False) as place, place.browser() as ann:
        page = (await ann.get(**{"accept-language": wish})).text

    for part, name in zip(("good", "bad", "unlike"), names, strict=True):
        assert f'data-{part}="{name}"' in page
