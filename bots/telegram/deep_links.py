"""Links that open the chat with the bot and bring a code along: `t.me/NAME?start=invite_CODE`."""

import re
from typing import Final

_PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ROOT: Final = "https://t.me"


def deep_link(username: str, payload: str = "") -> str:
    """The link to the bot *username*; with a *payload*, whoever follows it sends `/start PAYLOAD`.

    Raises `ValueError` for one that no link of Telegram's can carry.
    """
    if not payload:
        return f"{_ROOT}/{username}"
    if not _PAYLOAD.fullmatch(payload):
        raise ValueError(f"{payload!r} does not fit: 64 letters, digits, _ and - are the most")
    return f"{_ROOT}/{username}?start={payload}"
