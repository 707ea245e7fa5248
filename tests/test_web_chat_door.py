"""The password stands before everything, is asked for once, and cannot be guessed in a hurry."""

from pathlib import Path

import pytest

from bots.web.doors import COOKIE, KEPT_S
from tests.web_page import site

pytestmark = pytest.mark.slow  # a house with its database takes a third of a second to build

PASSWORD = "open sesame, 芝麻"
HOME = {"password": PASSWORD}
OUTSIDE = {"password": PASSWORD, "host": "0.0.0.0"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/history"),
        ("GET", "/events"),
        ("GET", "/state"),
        ("GET", "/avatar.svg"),
        ("POST", "/say"),
        ("POST", "/rate"),
        ("GET", "/nowhere"),
        ("GET", "//livez"),
    ],
)
async def test_nobody_gets_past_it(tmp_path: Path, method: str, path: str) -> None:
    """Without the password there is nothing to see, to hear or to say."""
    async with site(tmp_path, works=False, web=HOME) as place, place.browser() as ann:
        answer = await ann.client.request(method, f"{place.url}{path}")

    assert 401 == answer.status_code
    assert "Sensei" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics", "/static/style.css"])
async def test_health_is_open_at_home(tmp_path: Path, path: str) -> None:
    """On loopback whoever looks after the machine needs no password."""
    async with site(tmp_path, works=False, web=HOME) as place, place.browser() as ann:
        answer = await ann.get(path)

    assert 200 == answer.status_code


async def test_health_is_behind_it_where_others_can_reach_us(tmp_path: Path) -> None:
    """Off loopback only `/livez` is open; a bearer of the password may read the rest."""
    async with site(tmp_path, works=False, web=OUTSIDE) as place, place.browser() as ann:
        shut = [(await ann.get(path)).status_code for path in ("/livez", "/readyz", "/metrics")]
        bearer = f"Bearer {PASSWORD}".encode()
        opened = [
            (await ann.client.get(path, headers={b"authorization": bearer})).status_code
            for path in ("/readyz", "/metrics")
        ]
        wrong = (await ann.get("/metrics", authorization="Bearer guess")).status_code

    assert ([200, 401, 401], [200, 200], 401) == (shut, opened, wrong)


async def test_it_is_asked_for_once(tmp_path: Path) -> None:
    """The right password opens the page, and the cookie keeps it open after a restart, too."""
    async with site(tmp_path, works=False, web=HOME) as place, place.browser() as ann:
        asked = await ann.get()
        let_in = await ann.door(PASSWORD)
        page = await ann.get()
        cookie = ann.client.cookies[COOKIE]
    async with (
        site(tmp_path, works=False, web=HOME) as place,
        place.browser(cookie=f"{COOKIE}={cookie}") as ann,
    ):
        again = await ann.get()

    assert 'type="password"' in asked.text
    assert (303, "/", 200, 200) == (
        let_in.status_code,
        let_in.headers["location"],
        page.status_code,
        again.status_code,
    )
    assert {"HttpOnly", "SameSite=lax"} <= set(let_in.headers["set-cookie"].split("; "))


async def test_a_new_password_shuts_out_the_old_cookie(tmp_path: Path) -> None:
    """Who came in by another password, or too long ago, is asked again."""
    async with site(tmp_path, works=False, web=HOME) as place, place.browser() as ann:
        await ann.door(PASSWORD)
        cookie = ann.client.cookies[COOKIE]
        place.clock.pass_by(KEPT_S)
        old = await ann.get(cookie=f"{COOKIE}={cookie}")
    async with (
        site(tmp_path, works=False, web={"password": "another"}) as place,
        place.browser(cookie=f"{COOKIE}={cookie}") as ann,
    ):
        other = await ann.get()

    assert (401, 401) == (old.status_code, other.status_code)


@pytest.mark.parametrize("given", ["", "open sesame", PASSWORD + " ", "x" * 5000])
async def test_a_wrong_password_is_told(tmp_path: Path, given: str) -> None:
    """One clear line, in the browser's language, and no cookie."""
    async with site(tmp_path, works=False, web=HOME) as place, place.browser() as ann:
        answer = await ann.door(given, **{"accept-language": "ja"})

    assert 401 == answer.status_code
    assert 'role="alert">パスワードが違います。<' in answer.text
    assert COOKIE not in answer.cookies


async def test_guessing_takes_longer_and_longer(tmp_path: Path) -> None:
    """After a few mistakes even the right password has to wait, each time twice as long."""
    async with site(tmp_path, works=False, web=HOME) as place, place.browser() as ann:
        free = [(await ann.door("guess")).status_code for _ in range(3)]
        waits = []
        for _ in range(4):
            refused = await ann.door(PASSWORD)
            waits.append((refused.status_code, int(refused.headers["retry-after"])))
            place.clock.pass_by(waits[-1][1])
            await ann.door("guess")
        refused = await ann.door(PASSWORD)
        place.clock.pass_by(16)
        late = await ann.door(PASSWORD)

    assert [401, 401, 401] == free
    assert [(429, 1), (429, 2), (429, 4), (429, 8)] == waits
    assert "Please wait 16 s." in refused.text
    assert 303 == late.status_code


async def test_a_bearer_cannot_guess_either(tmp_path: Path) -> None:
    """Mistakes in the header count as those at the door do."""
    async with site(tmp_path, works=False, web=OUTSIDE) as place, place.browser() as ann:
        for _ in range(4):
            await ann.get("/metrics", authorization="Bearer guess")
        actual = await ann.door(PASSWORD)

    assert 429 == actual.status_code


async def test_other_sites_cannot_open_it(tmp_path: Path) -> None:
    """A form on another page is refused, whatever it brings."""
    async with site(tmp_path, works=False, web=HOME) as place, place.browser() as ann:
        answer = await ann.door(PASSWORD, origin="http://evil.example")
        looked = await ann.get("/door")

    assert (403, 303) == (answer.status_code, looked.status_code)
    assert COOKIE not in answer.cookies


async def test_too_many_fields_are_no_password(tmp_path: Path) -> None:
    """A form that is none of ours breaks nothing."""
    async with site(tmp_path, works=False, web=HOME) as place, place.browser() as ann:
        answer = await ann.client.post("/door", content=b"a=1&" * 50)

    assert 401 == answer.status_code


async def test_a_guest_talks_behind_the_door(tmp_path: Path) -> None:
    """Once inside, everything is as without a password."""
    async with site(tmp_path, web=HOME) as place, place.browser() as ann:
        await ann.door(PASSWORD)
        async with ann.listens() as page:
            await ann.says("hello")
            seen = await page.lines(2)

    assert ["hello", "Hi there!"] == seen
