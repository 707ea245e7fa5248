"""An interaction as the JSON in which it came."""

import json
from collections.abc import Mapping
from typing import Any


def as_text(raw: Mapping[str, Any]) -> str:
    """*raw* as text; half a character stays the escape it came in."""
    text = json.dumps(raw, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(raw, separators=(",", ":"))
    return text
