"""What our own script brings from a guest's browser, and one line for what is not taken."""

import json
from typing import Any, Final

from starlette.requests import Request

from bots.web.body import body_of
from bots.web.origin import is_ours

LARGEST_BYTES: Final = 32_000


class UnfitError(Exception):
    """This is not taken; the words say why, or what would be right. *status* is HTTP's for it."""

    def __init__(self, line: str, status: int = 400) -> None:
        super().__init__(line)
        self.status = status


async def brought(request: Request) -> bytes:
    """The body that our own script has sent. Raises `UnfitError`."""
    if not is_ours(request):
        raise UnfitError("only the page itself may speak here", 403)
    if (body := await body_of(request, LARGEST_BYTES)) is None:
        raise UnfitError(f"a message has at most {LARGEST_BYTES} bytes", 413)
    return body


def read(body: bytes) -> Any:  # JSON has no type before it is looked at
    """What *body* says. Raises `UnfitError`."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise UnfitError("this is no JSON") from None
