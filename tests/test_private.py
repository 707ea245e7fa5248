"""Secrets are cut out of a text, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anima.private import redact, redactor

TOKEN = "123456789:AAHfiqksKZ8WmR2zSjiQ7_v4TMAKdiHm9T0"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"POST https://t.me/bot{TOKEN}/send", "POST https://t.me/bot***/send"),
        (f"token is {TOKEN}", "token is ***"),
        (TOKEN.replace(":", "%3A"), "***"),
        ("Authorization: Bearer abc.def-1", "Authorization: Bearer ***"),
        ("authorization: xyz123", "authorization: ***"),
        ("{'Authorization': 'Bearer zzz'}", "{'Authorization': 'Bearer ***'}"),
        ("api_key=abc123&x=1", "api_key=***&x=1"),
        ('{"api_key": "abc"}', '{"api_key": "***"}'),
        (r"{\"api_key\": \"abc\"}", r"{\"api_key\": \"***\"}"),
        ("x-api-key: abcd", "x-api-key: ***"),
        ("key sk-proj-abc_def123 failed", "key *** failed"),
        ("postgres://me:pass@host/db", "postgres://me:***@host/db"),
        ("postgresql://me:p@ss/w@host/db", "postgresql://me:***@host/db"),
        ("redis://:pass@host:6379/0", "redis://:***@host:6379/0"),
        ("-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----.", "***."),
        ("MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs", "***"),
    ],
)
def test_what_looks_like_a_secret_is_cut(text: str, expected: str) -> None:
    """Keys, tokens and passwords are cut by their looks, and what stands around them stays."""
    actual = redact(text)

    assert expected == actual


@pytest.mark.parametrize(
    "text",
    [
        "",
        "risk-averse-people of the task-force",
        "turn answered bubbles=3 tokens=12 prompt_tokens=3 seconds=1.83",
        "web.password: missing; the owner needs one",
        "http://127.0.0.1:8080/readyz asked at 12:30:59",
        "telegram:123456789 said 你好，世界",
        "service.settings.load in /work/anima/service/settings.py, line 12",
    ],
)
def test_plain_text_stays(text: str) -> None:
    """What people and logs say all the time is not taken for a secret."""
    actual = redact(text)

    assert text == actual


@pytest.mark.parametrize(
    "written",
    ['p"ss wörd/9', "p%22ss%20w%C3%B6rd%2F9", r"p\"ss wörd/9", r"p\"ss w\u00f6rd/9"],
)
def test_a_known_secret_is_cut_however_it_is_written(written: str) -> None:
    """A secret from the settings is found plain, in an address, in JSON and in a repr."""
    cut = redactor(['p"ss wörd/9'])

    actual = cut(f"before {written} after")

    assert "before *** after" == actual


def test_a_short_secret_is_cut_as_a_word_only() -> None:
    """A password of five letters does not eat the middle of other words."""
    cut = redactor(["water"])

    actual = cut("water and waterfall, underwater, (water)")

    assert "*** and waterfall, underwater, (***)" == actual


def test_the_tiniest_secret_leaves_the_text_readable() -> None:
    """A secret of one character is no secret; cutting it would leave nothing to read."""
    cut = redactor(["a", ""])

    actual = cut("a banana")

    assert "a banana" == actual


def test_the_longer_of_two_secrets_is_cut_whole() -> None:
    """When one secret begins another, nothing of the longer one is left."""
    cut = redactor(["opensesame", "opensesame-now"])

    actual = cut("say opensesame-now")

    assert "say ***" == actual


@pytest.mark.slow
@given(st.text(), st.text(min_size=8), st.text())
def test_no_text_brings_a_known_secret_through(before: str, secret: str, after: str) -> None:
    """Whatever stands around a secret, it is gone afterwards."""
    cut = redactor([secret])

    actual = cut(f"{before}{secret}{after}")

    assert secret not in actual.replace("***", "") or set(secret) <= {"*"}
