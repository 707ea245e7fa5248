"""Whether a request was made by our own page, or by somebody else's in the same browser."""

from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

OURS: Final = "x-anima"
"""A header that no other site may send without asking, and we never say yes."""


def is_same(request: Request) -> bool:
    """Whether no other site has sent the browser here."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")


def is_ours(request: Request) -> bool:
    """Whether our script has sent it."""
    return bool(request.headers.get(OURS)) and is_same(request)
