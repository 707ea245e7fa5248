"""What an open page is told, as server-sent events."""

import json
from typing import Final

from anima.model import Entry

PING: Final = ": ping\n\n"
"""A comment: it keeps what stands between from hanging up, and no page notices it."""

AGAIN: Final = "retry: 1500\n\n"
"""After so many milliseconds a page that lost us comes back."""


def told(entry: Entry) -> dict[str, object]:
    """*entry* in the page's words. Ids are text, for JavaScript's numbers are too small.

    The key of what was heard is its sender's own, without whose it is.
    """
    return {
        "id": str(entry.id),
        "key": entry.key.rpartition(":")[2],
        "ours": entry.ours,
        "text": entry.text,
        "at": entry.at.isoformat(),
        "state": entry.state,
        "asks": entry.asks,
        "buttons": [{"shown": one.shown, "says": one.says} for one in entry.beside.buttons],
        "file": _file(entry),
        "voice": f"/voice/{entry.key}" if entry.beside.voice else "",
    }


def _file(entry: Entry) -> dict[str, str] | None:
    """Where what came with our line is found, and what it is called."""
    if entry.beside.document is None:
        return None
    return {"url": f"/file/{entry.key}", "name": entry.beside.called}


def line(entry: Entry) -> str:
    """A line of the transcript; its id is where a page that comes back goes on."""
    return _frame("line", told(entry), entry.id)


def marks(*entries: Entry) -> str:
    """What became of lines that the page has already."""
    return _frame("marks", {told(one)["key"]: one.state for one in entries})


def typing(*, on: bool) -> str:
    """Whether we are writing."""
    return _frame("typing", {"on": on})


def draft(text: str) -> str:
    """How the next bubble begins."""
    return _frame("draft", {"text": text})


def _frame(event: str, facts: object, cursor: int | None = None) -> str:
    head = "" if cursor is None else f"id: {cursor}\n"
    return f"{head}event: {event}\ndata: {json.dumps(facts, ensure_ascii=False)}\n\n"
