"""The chat page: a guest writes, and reads what comes, each line once and nobody else's."""

import asyncio
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from anima.errors import ConfigError, LedgerUnavailable
from anima.model import Arrival, Conversation, Entry, Prompt
from backend.scripted import Scripted
from bots.web.brought import LARGEST_BYTES
from bots.web.guests import COOKIE, Guest
from bots.web.mind import Mind
from bots.web.page import PER_MINUTE
from bots.web.say import LONGEST
from bots.web.signing import Signature, kept_key
from tests.web_page import OURS, START, TurnedClock, site

pytestmark = pytest.mark.slow  # a house with its database takes a third of a second to build

KEY = "11111111-2222-4333-8444-555555555555"


def echo(prompt: Prompt) -> str:
    """What the person said last."""
    return f"You said: {prompt[-1].content.splitlines()[-1]}"


async def test_a_guest_is_answered(tmp_path: Path) -> None:
    """What is written comes back as a line, then the answer, then the mark that it was read."""
    async with site(tmp_path) as place, place.browser() as ann:
        await ann.get()
        async with ann.listens() as page:
            said = await ann.says("Hello!", KEY)
            heard, answer = await page.until("line"), await page.until("line")
            place.clock.pass_by(2)
            mark = await page.until("marks")

    assert (202, {"key": KEY}) == (said.status_code, said.json())
    assert (KEY, False, "Hello!", "waiting") == tuple(
        heard.facts[name] for name in ("key", "ours", "text", "state")
    )
    assert (True, "Hi there!", "delivered") == tuple(
        answer.facts[name] for name in ("ours", "text", "state")
    )
    assert {KEY: "answered"} == mark.facts
    assert int(heard.id) < int(answer.id)
    assert heard.id == heard.facts["id"]


async def test_what_was_missed_is_told_first(tmp_path: Path) -> None:
    """A page that comes back with the id of its last line gets all after it, in order, once."""
    async with site(tmp_path) as place, place.browser() as ann:
        await ann.get()
        await ann.says("one", "key-0001")
        await place.rests()
        async with ann.listens() as page:
            first = await page.until("line")
        place.clock.pass_by(1)
        await ann.says("two", "key-0002")
        await place.rests()

        async with ann.listens(**{"last-event-id": first.id}) as page:
            missed = await page.lines(3)
        async with ann.listens(after=first.id) as page:
            again = await page.lines(3)

    assert ["Hi there!", "two", "Hi there!"] == missed == again


async def test_the_same_message_is_said_once(tmp_path: Path) -> None:
    """However often the network repeats a message, it is one line and has one answer."""
    async with site(tmp_path) as place, place.browser() as ann:
        await ann.get()
        answers = [await ann.says("once", KEY) for _ in range(3)]
        await place.rests()

        lines = await ann.history()

    assert [202, 202, 202] == [answer.status_code for answer in answers]
    assert ["once", "Hi there!"] == lines


async def test_two_tabs_see_the_same(tmp_path: Path) -> None:
    """What one tab sends, and what is answered, is on the other tab too."""
    async with (
        site(tmp_path) as place,
        place.browser() as ann,
    ):
        await ann.get()
        async with ann.listens() as one, ann.listens() as other:
            await ann.says("hello both")
            seen = await one.lines(2), await other.lines(2)

    assert (["hello both", "Hi there!"],) * 2 == seen


async def test_guests_never_see_each_other(tmp_path: Path) -> None:
    """A canary of one guest is in no stream, no history and no page of another."""
    backend = Scripted(echo)
    async with (
        site(tmp_path, backend=backend) as place,
        place.browser() as ann,
        place.browser() as bob,
    ):
        await ann.get()
        await bob.get()
        async with bob.listens() as page:
            await ann.says("my secret is canary-7", "same-key")
            await bob.says("anything new?", "same-key")
            seen = await page.lines(2)
            await place.rests()
            place.clock.pass_by(2)
        pages = [(await bob.get(path)).text for path in ("/", "/history", "/history?before=")]

    assert "anything new?" == seen[0]
    assert not [text for text in (*seen, *pages) if "canary-7" in text]


async def test_a_forged_cookie_is_somebody_new(tmp_path: Path) -> None:
    """Whoever changes the cookie, or brings one under another key, gets an empty page."""
    async with site(tmp_path) as place, place.browser() as ann:
        await ann.get()
        await ann.says("mine alone")
        own = ann.client.cookies[COOKIE]
        guest = own.rpartition(".")[0]
        forged = [own[:-1] + "x", guest, f"{guest}.", Signature(b"x" * 32, "guest").signed(guest)]
        found = []
        for cookie in [*forged, Signature(kept_key(tmp_path / "web.key"), "door").signed(guest)]:
            async with place.browser(cookie=f"{COOKIE}={cookie}") as eve:
                past = await eve.get("/history")
                found.append((past.json()["lines"], COOKIE in past.cookies))

    assert [([], True)] * 5 == found


async def test_the_cookie_is_well_kept(tmp_path: Path) -> None:
    """No script reads it, no other site sends it, and behind https no plain line carries it."""
    async with site(tmp_path) as place, place.browser() as ann:
        plain = (await ann.get()).headers["set-cookie"]
        secure = (await ann.get(**{"x-forwarded-proto": "https"})).headers["set-cookie"]

    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(plain.split("; "))
    assert ("Secure" in plain, "Secure" in secure) == (False, True)
    assert 0o600 == stat.S_IMODE((tmp_path / "web.key").stat().st_mode)


async def test_a_restart_changes_nothing_for_a_guest(tmp_path: Path) -> None:
    """A new process over the same folder knows the cookie and the history."""
    async with site(tmp_path) as place, place.browser() as ann:
        await ann.get()
        await ann.says("remember me")
        await place.rests()
        cookie = ann.client.cookies[COOKIE]

    async with (
        site(tmp_path, clock=TurnedClock(60)) as place,
        place.browser(cookie=f"{COOKIE}={cookie}") as ann,
    ):
        past = await ann.history()
        await ann.says("still here?")
        await place.rests()
        now = await ann.history()

    assert ["remember me", "Hi there!"] == past
    assert [*past, "still here?", "Hi there!"] == now


async def test_another_process_may_answer(tmp_path: Path) -> None:
    """Where only the page is served here, what others say is found in the ledger."""
    async with site(tmp_path, works=False) as place, place.browser() as ann:
        await ann.get()
        async with ann.listens() as page:
            await ann.says("anybody?")
            heard = await page.lines(1)
            async with site(tmp_path, clock=TurnedClock(1)) as worker:
                await worker.rests()
            place.clock.pass_by(2)
            answer = await page.until("line")

    assert ["anybody?"] == heard
    assert "Hi there!" == answer.facts["text"]


async def test_typing_and_drafts_are_shown(tmp_path: Path) -> None:
    """Dots and words that are still being written are events without an id."""
    async with site(tmp_path, works=False) as place, place.browser() as ann:
        await ann.get()
        async with ann.listens() as page:
            await ann.says("hm?")
            await page.until("line")
            guest = Guest(ann.client.cookies[COOKIE].rpartition(".")[0]).conversation
            await place.talk.typing(guest)
            await place.talk.draft(guest, "Wel")
            await place.talk.draft(guest, "Well th")
            await place.talk.send(guest, "Well then", key=1, reply_to="")
            events = [await page.next() for _ in range(5)]

    assert [
        ("typing", {"on": True}),
        ("draft", {"text": "Wel"}),
        ("draft", {"text": "Well th"}),
        ("line", None),
        ("typing", {"on": False}),
    ] == [(one.name, None if one.name == "line" else one.facts) for one in events if one]
    assert ["", "", "", ""] == [one.id for one in events if one and one.name != "line"]


async def test_a_silent_line_is_kept_open(tmp_path: Path) -> None:
    """Every fifteen seconds something passes by that no page notices."""
    async with site(tmp_path) as place, place.browser() as ann:
        await ann.get()
        async with ann.listens() as page:
            await ann.says("hello")
            await page.lines(2)
            place.clock.pass_by(15)
            async with asyncio.timeout(5):
                while (event := await page.next()) and event.name:
                    pass

    assert event is not None
    assert ("text/event-stream; charset=utf-8", "no", "no-store") == tuple(
        page.answer.headers[name] for name in ("content-type", "x-accel-buffering", "cache-control")
    )


async def test_streams_end_when_the_service_stops(tmp_path: Path) -> None:
    """Open pages do not hold up the end, and get what is waiting before it."""
    async with site(tmp_path) as place, place.browser() as ann:
        await ann.get()
        async with ann.listens() as page:
            await ann.says("last words")
            await place.rests()
            place.close()
            rest = await page.rest()
        async with ann.client.stream("GET", "/events") as late:
            ended = [line async for line in late.aiter_lines()]

    assert ["last words", "Hi there!"] == [one.facts["text"] for one in rest if one.name == "line"]
    assert not [line for line in ended if line.startswith("data")]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b'{"key": "11111111", "text": 3}', 400),
        (b'{"key": "short", "text": "x"}', 400),
        (b'{"key": "with space", "text": "x"}', 400),
        (b'{"key": "11111111", "text": "  \\u0000 "}', 400),
        (b'{"key": "11111111", "text": "' + b"x" * (LONGEST + 1) + b'"}', 400),
        (b"[" * 20_000, 400),
        (b" " * (LARGEST_BYTES + 1), 413),
    ],
)
async def test_what_is_no_message_is_refused(tmp_path: Path, body: bytes, status: int) -> None:
    """It is told in one line what a message is, and nothing is kept."""
    async with site(tmp_path) as place, place.browser() as ann:
        await ann.get()
        answer = await ann.client.post("/say", content=body, headers=OURS)
        past = await ann.history()

    assert (status, 1, []) == (answer.status_code, len(answer.text.splitlines()), past)


async def test_half_characters_break_nothing(tmp_path: Path) -> None:
    """Words that no database and no line take are made whole before anybody sees them."""
    async with site(tmp_path, backend=Scripted(["o\udc00k"])) as place, place.browser() as ann:
        await ann.get()
        async with ann.listens() as page:
            body = b'{"key": "11111111", "text": "a\\ud800b\\u0000c"}'
            await ann.client.post("/say", content=body, headers=OURS)
            seen = await page.lines(2)

    assert ["a?bc", "o?k"] == seen


async def test_who_writes_too_much_is_asked_to_wait(tmp_path: Path) -> None:
    """After thirty messages a minute there is one line, in the browser's language; then again."""
    async with site(tmp_path, works=False) as place, place.browser() as ann, place.browser() as bob:
        await ann.get()
        await bob.get()
        for number in range(PER_MINUTE):
            await ann.says("more", f"key-{number:04}")
        refused = await ann.says("more", "key-9999", **{"accept-language": "zh-CN,en;q=0.5"})
        other = await bob.says("hello")
        place.clock.pass_by(60)
        later = await ann.says("more", "key-9999")

    assert (429, "发得太快了，请稍等一下。") == (refused.status_code, refused.text)
    assert (202, 202) == (other.status_code, later.status_code)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        (OURS, 202),
        (OURS | {"sec-fetch-site": "same-origin"}, 202),
        (OURS | {"sec-fetch-site": "cross-site"}, 403),
        (OURS | {"sec-fetch-site": "same-site"}, 403),
        (OURS | {"origin": "http://evil.example"}, 403),
        (OURS | {"origin": "null"}, 403),
        ({"sec-fetch-site": "same-origin"}, 403),
    ],
)
async def test_other_sites_cannot_speak_here(
    tmp_path: Path, headers: dict[str, str], status: int
) -> None:
    """Only our own page, with our own header, may say something in a guest's name."""
    async with site(tmp_path, works=False) as place, place.browser() as ann:
        await ann.get()
        answer = await ann.client.post("/say", json={"key": KEY, "text": "hi"}, headers=headers)

    assert status == answer.status_code


async def test_our_own_origin_may(tmp_path: Path) -> None:
    """A browser that tells only the origin is understood as well."""
    async with site(tmp_path, works=False) as place, place.browser() as ann:
        await ann.get()
        answer = await ann.says("hi", origin=place.url)

    assert 202 == answer.status_code


@pytest.mark.parametrize(
    ("wish", "language", "greeting"),
    [
        ("en-GB,en;q=0.9", "en", "Hello, Sensei! I&#39;m Kokoro."),
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh", "老师好呀"),
        ("fr;q=0.9, ja;q=0.8", "ja", "先生、はじめまして"),
        ("en;q=0, ja;q=oops, zh;q=0.1", "zh", "老师好呀"),
        ("", "en", "Hello, Sensei!"),
    ],
)
async def test_the_page_greets_in_the_browsers_language(
    tmp_path: Path, wish: str, language: str, greeting: str
) -> None:
    """Words and greeting are in a language the reader asked for; the parts keep their names."""
    async with site(tmp_path, works=False) as place, place.browser() as ann:
        page = (await ann.get(**{"accept-language": wish})).text

    assert f'<html lang="{language}">' in page
    assert greeting in page
    for part in ('role="log"', 'aria-label="Message"', 'aria-label="Send"', 'aria-live="polite"'):
        assert part in page


async def test_the_greeting_stands_where_nothing_was_said(tmp_path: Path) -> None:
    """On an empty page it is shown; else the page's script decides whether it can be seen."""
    async with site(tmp_path) as place, place.browser() as ann:
        empty = (await ann.get()).text
        await ann.says("hello")
        begun = (await ann.get()).text

    assert 'id="greeting" class="line ours last" data-id="0">' in empty
    assert 'id="greeting" class="line ours last" data-id="0" hidden>' in begun


async def test_older_lines_come_by_the_page(tmp_path: Path) -> None:
    """History is told fifty lines at once, the newest first, and says where it begins."""
    async with site(tmp_path, works=False) as place, place.browser() as ann:
        await ann.get()
        for number in range(60):
            place.clock.pass_by(60)
            await ann.says(f"line {number}", f"key-{number:04}")
        newest = (await ann.get("/history")).json()
        oldest = (await ann.get(f"/history?before={newest['lines'][0]['id']}")).json()
        nonsense = (await ann.get("/history?before=x" + "9" * 40)).json()

    assert [f"line {number}" for number in range(10, 60)] == [
        line["text"] for line in newest["lines"]
    ]
    assert [f"line {number}" for number in range(10)] == [line["text"] for line in oldest["lines"]]
    assert (False, True, newest) == (newest["start"], oldest["start"], nonsense)


async def test_nothing_comes_from_elsewhere(tmp_path: Path) -> None:
    """The policy is strict, and page, script and style keep to it: no address, nothing inline."""
    async with site(tmp_path, works=False) as place, place.browser() as ann:
        page = await ann.get()
        names = ["app", "beside", "lines", "markdown", "outbox", "rating", "stream"]
        files = [await ann.get(f"/static/{name}.js") for name in names]
        files.append(await ann.get("/static/style.css"))

    policy = page.headers["content-security-policy"]
    assert {
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "base-uri 'none'",
    } == set(policy.split("; "))
    assert [200] * 8 == [file.status_code for file in files]
    for text in (page.text, *(file.text for file in files)):
        assert "://" not in text.replace("https?:\\/\\/", "")
        assert not [bad for bad in ("style=", "onclick", "innerHTML", "eval(") if bad in text]


async def test_the_picture_is_the_personas_or_its_initial(tmp_path: Path) -> None:
    """A folder with avatar.png shows it; without one there is the first letter of the name."""
    folder = tmp_path / "ku"
    folder.mkdir()
    (folder / "persona.toml").write_text(
        'name = "<Ku>"\nlanguages = ["en"]\n[greeting]\nen = "<b>Hi</b>"\n'
    )
    (folder / "profile.md").write_text("Somebody.")
    async with site(tmp_path, works=False, persona=str(folder)) as place, place.browser() as ann:
        page, none, initial = (
            await ann.get(),
            await ann.get("/avatar.png"),
            await ann.get("/avatar.svg"),
        )
    (folder / "avatar.png").write_bytes(b"\x89PNG\r\n\x1a\nrest")
    async with site(tmp_path, works=False, persona=str(folder)) as place, place.browser() as ann:
        picture = await ann.get("/avatar.png")

    assert (404, "image/svg+xml", b"\x89PNG\r\n\x1a\nrest") == (
        none.status_code,
        initial.headers["content-type"],
        picture.content,
    )
    assert "&lt;</text>" in initial.text
    assert "&lt;b&gt;Hi&lt;/b&gt;" in page.text
    assert "<Ku>" not in page.text


async def test_the_page_tells_how_far_the_model_is(tmp_path: Path) -> None:
    """While weights are fetched the page knows how much is here, and has a line for people."""
    far = Mind("fetching", 42)
    async with site(tmp_path, works=False, mind=lambda: far) as place, place.browser() as ann:
        told = (await ann.get("/state", **{"accept-language": "zh"})).json()
    async with site(tmp_path, works=False) as place, place.browser() as ann:
        usual = (await ann.get("/state")).json()

    fetching = "正在下载模型，只需这一次。你可以先写。"
    assert {"mind": {"state": "fetching", "percent": 42, "line": fetching}} == told
    assert {"mind": {"state": "ready", "percent": None, "line": ""}} == usual


def test_a_key_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    """A folder that is none, or a file that holds no key, is one clear line."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(ConfigError, match=r"web\.key: the key of the chat page cannot be kept"):
        kept_key(tmp_path / "file" / "web.key")

    with pytest.raises(ConfigError, match="no key of ours"):
        kept_key(tmp_path / "file")


async def test_what_cannot_be_kept_is_told(tmp_path: Path) -> None:
    """While the database is away a message is not taken, and the page is there all the same."""
    away = Away()
    async with (
        site(tmp_path, works=False, ledger=away, transcript=away) as place,
        place.browser() as ann,
    ):
        page = await ann.get()
        refused, past = await ann.says("hello"), await ann.get("/history")
        async with ann.listens() as stream:
            away.back = True
            place.clock.pass_by(2)
            told = await stream.lines(1)

    later = "This cannot be kept right now. Please try again in a moment."
    assert (200, 503, 503) == (page.status_code, refused.status_code, past.status_code)
    assert (later, ["kept elsewhere"]) == (refused.text, told)


class Away:
    """A ledger and its transcript that are away until they are *back*."""

    def __init__(self) -> None:
        self.back = False

    async def hear(self, arrivals: Sequence[Arrival]) -> int:
        raise LedgerUnavailable("away")

    async def since(self, conversation: Conversation, after: int, limit: int) -> tuple[Entry, ...]:
        if not self.back:
            raise LedgerUnavailable("away")
        return (Entry(7, "7", ours=True, text="kept elsewhere", at=START, state="delivered"),)

    async def before(
        self, conversation: Conversation, before: int, limit: int
    ) -> tuple[Entry, ...]:
        if not self.back:
            raise LedgerUnavailable("away")
        return ()
