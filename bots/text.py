"""Texts of platforms as others take them: whole characters, in the units in which some count."""

import json
from collections.abc import Mapping
from typing import Any


def storable(text: str) -> str:
    """*text* without what no database takes: halves of characters, and the null character."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def utf16_len(text: str) -> int:
    """The length of *text* in UTF-16 units, of which an emoji takes two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def as_text(raw: Mapping[str, Any]) -> str:
    """An update as the JSON in which it came."""
    text = json.dumps(raw, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:  # half a character: keep it as the escape it came in
        return json.dumps(raw, separators=(",", ":"))
    return text
