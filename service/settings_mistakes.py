"""What is wrong with a setting, said in one line that helps."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import ValidationError

from anima.private import redact
from service.settings_keys import Key, Path, find, nearest

LONGEST_SHOWN = 80

BOUNDS: Final = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}

RIGHT: Final = {
    "text": "must be a text in quotes",
    "secret": "must be a text in quotes",
    "whole number": "must be a whole number",
    "number": "must be a number",
    "true or false": "must be true or false",
    "list of texts": 'must be a list of texts, like ["one", "two"]',
    "table": "must be a table",
    "list of tables": "must be a list of tables",
}


def lines(error: ValidationError) -> list[str]:
    """One line for each mistake, none of which shows a secret."""
    found = error.errors(include_url=False)
    return list(dict.fromkeys(_line(mistake) for mistake in found))


def _line(mistake: Mapping[str, Any]) -> str:
    path = tuple(map(str, mistake["loc"]))
    name = ".".join(path)
    if mistake["type"] == "extra_forbidden":
        return f"{name}: unknown; did you mean {'.'.join(nearest(path))}?"
    if mistake["type"] == "missing":
        return f"{name}: missing; {_meaning(find(path))}"
    key = _key(path)
    return f"{name}: {_shown(key, mistake['input'])}{_right(key, mistake)}"


def _key(path: Path) -> Key | None:
    """The key that *path* leads to; of a text in a list or a table, a key like the whole's."""
    whole = find(path[:-1]) if path else None
    return find(path) or (replace(whole, kind="text", form="text") if whole else None)


def _meaning(key: Key | None) -> str:
    return f"{key.meaning[:1].lower()}{key.meaning[1:]}" if key else "it must be there"


def _shown(key: Key | None, value: object) -> str:
    if key is None or key.hidden or isinstance(value, dict | list):
        return ""
    if key.kind == "table":
        return ""  # somebody may have put a token where its table belongs
    shown = redact(repr(value))
    return f"{shown[:LONGEST_SHOWN]}… " if len(shown) > LONGEST_SHOWN else f"{shown} "


def _right(key: Key | None, mistake: Mapping[str, Any]) -> str:
    kind, context = mistake["type"], mistake.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind in BOUNDS:
        name, words = BOUNDS[kind]
        return f"must be {words} {context[name]:g}"
    if kind == "literal_error":
        return f"must be {context['expected']}"
    if kind == "string_too_short":
        return "must not be empty"
    form = key.form if key and key.form in RIGHT else "table"
    return RIGHT[form]
