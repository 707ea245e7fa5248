"""The proof in the address of iFLYTEK's WebSocket."""

import base64
import locale
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from anima.errors import ConfigError
from backend.xfyun_signing import address, signature, signed

HOST = "spark-api.xf-yun.com"
DATE = "Fri, 05 May 2023 10:43:39 GMT"
AT = datetime(2023, 5, 5, 10, 43, 39, tzinfo=UTC)
KEY = "addd2272b6d8b7c8abdd79531420ca3b"
SECRET = "MjlmNzkzNmZkMDQ2OTc0ZDdmNGE2ZTZi"
PROOF = "z5gHdu3pxVV4ADMyk467wOWDQ9q6BQzR3nfMTjc/DaQ="


@pytest.mark.parametrize(
    ("secret", "host", "date", "path", "proof"),
    [
        (SECRET, HOST, DATE, "/v1.1/chat", PROOF),
        (
            "test-api-secret",
            "maas-api.cn-huabei-1.xf-yun.com",
            "Thu, 01 Jan 2026 00:00:00 GMT",
            "/v1.1/chat",
            "wZv3XMjXcuqxGvql3wnvD/78XfW/w9cPO7pltc1+LiA=",
        ),
    ],
)
def test_signature(secret: str, host: str, date: str, path: str, proof: str) -> None:
    """The signature is the one that the vendor's documentation comes to, and a second one."""
    assert proof == signature(secret, host, date, path)


def test_address() -> None:
    """The address carries the key, the signature, the date and the host, and nothing else."""
    found = urlsplit(str(signed(address(f"wss://{HOST}/v1.1/chat"), KEY, SECRET, AT).url))

    query = {name: values[0] for name, values in parse_qs(found.query).items()}
    claim = base64.b64decode(query.pop("authorization")).decode()
    assert f"wss://{HOST}/v1.1/chat" == f"{found.scheme}://{found.netloc}{found.path}"
    assert {"date": DATE, "host": HOST} == query
    assert claim == (
        f'api_key="{KEY}", algorithm="hmac-sha256", headers="host date request-line",'
        f' signature="{PROOF}"'
    )


def test_everything_is_escaped() -> None:
    """No sign of the proof can be mistaken for a part of the address."""
    query = urlsplit(str(signed(address(f"wss://{HOST}/v1.1/chat"), KEY, SECRET, AT).url)).query

    assert set(query) <= set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%&=+"
    )
    assert 3 == query.count("=")


@pytest.mark.parametrize("name", ["zh_CN.UTF-8", "ja_JP.UTF-8", "de_DE.UTF-8", "C"])
def test_date_knows_no_language(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The names of days and months are English, whatever this machine speaks."""
    monkeypatch.setenv("LC_ALL", name)
    before = locale.setlocale(locale.LC_TIME)
    with suppress(locale.Error):  # a machine may not have them all
        locale.setlocale(locale.LC_TIME, "")

    found = str(signed(address(f"wss://{HOST}/"), KEY, SECRET, AT).url)

    locale.setlocale(locale.LC_TIME, before)
    assert "date=Fri%2C+05+May+2023" in found


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("ws://127.0.0.1:8765/v1.1/chat", "127.0.0.1:8765"),
        ("wss://example.org:443/v1.1/chat", "example.org"),
        ("wss://Example.ORG/v1.1/chat", "example.org"),
        ("wss://[::1]:9/v1.1/chat", "[::1]:9"),
    ],
)
def test_host(url: str, host: str) -> None:
    """The host is signed as the header `Host` names it."""
    found = urlsplit(str(signed(address(url), KEY, SECRET, AT).url))

    assert [host] == parse_qs(found.query)["host"]


def test_nothing_to_read() -> None:
    """What is signed does not show its proof where it is printed by chance."""
    proof = signed(address(f"wss://{HOST}/v1.1/chat"), KEY, SECRET, AT)

    assert "Signed()" == repr(proof)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://example.org/v1.1/chat",
        "example.org/v1.1/chat",
        "wss://",
        "wss:///v1.1/chat",
        "wss://example.org:nine/",
        "wss://example.org/v1.1/chat?key=made-up",
        "wss://someone:made-up@example.org/v1.1/chat",
        f"wss://{'a' * 64}.org/",
    ],
)
def test_no_address(url: str) -> None:
    """What is no WebSocket's address is refused before anything starts, with no key told."""
    with pytest.raises(ConfigError, match="xfyun's url") as refused:
        address(url)

    assert "made-up" not in str(refused.value)
