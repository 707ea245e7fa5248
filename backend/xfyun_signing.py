"""The signed address that opens iFLYTEK's WebSocket; it is good for five minutes."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Final
from urllib.parse import urlencode

from yarl import URL

from anima.errors import ConfigError

SKEW_S: Final = 300
"""So far may our clock be off."""


@dataclass(frozen=True, slots=True)
class Signed:
    """An address that lets in whoever has it, and the parts of it that nobody may read."""

    url: URL = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)


def address(url: str) -> URL:
    """*url*, checked. Raises `ConfigError` for what is no WebSocket's address."""
    try:
        found = URL(url)
        (found.host or "").encode("idna")
    except ValueError as error:
        raise ConfigError(f"xfyun's url is no address: {error}") from error
    if found.scheme not in {"ws", "wss"} or not found.host:
        raise ConfigError(f"xfyun's url {_bare(found)!r} is wrong: it is wss://HOST/PATH")
    if str(found) != _bare(found):
        raise ConfigError(f"xfyun's url may have no more parts than {_bare(found)!r}")
    return found


def signed(address: URL, api_key: str, api_secret: str, now: datetime) -> Signed:
    """*address* with the proof that we know the secret *now*, a time in UTC."""
    host, date = address.host_port_subcomponent or "", format_datetime(now, usegmt=True)
    proof = signature(api_secret, host, date, address.raw_path)
    origin = (
        f'api_key="{api_key}", algorithm="hmac-sha256", headers="host date request-line",'
        f' signature="{proof}"'
    )
    authorization = base64.b64encode(origin.encode()).decode()
    query = urlencode({"authorization": authorization, "date": date, "host": host})
    return Signed(URL(f"{address}?{query}", encoded=True), (proof, authorization))


def signature(api_secret: str, host: str, date: str, path: str) -> str:
    """The proof over the three lines that make a request what it is."""
    origin = f"host: {host}\ndate: {date}\nGET {path} HTTP/1.1"
    digest = hmac.digest(api_secret.encode(), origin.encode(), hashlib.sha256)
    return base64.b64encode(digest).decode()


def _bare(url: URL) -> str:
    """*url* without what may be a password or a key."""
    return str(url.with_user(None).with_query(None).with_fragment(None)) if url.host else str(url)
