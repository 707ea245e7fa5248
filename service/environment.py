"""Settings from the environment: `ANIMA_TELEGRAM__TOKEN` is the key `telegram.token`."""

import json
import re
from collections.abc import Mapping

from service.settings_keys import Key, Path, find, nearest

PREFIX = "ANIMA_"
LEVEL = "__"
NOT_SETTINGS = frozenset({"ANIMA_LOG"})
"""Variables of ours that are no settings: how much is logged is known before settings are."""

LINKED = re.compile(
    r"ANIMA_(?:\w+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_\w+)?|PORT_\d+_(?:TCP|UDP|SCTP)(?:_\w+)?)"
)
LINKED_ADDRESS = re.compile(r"(?:tcp|udp|sctp)://\S+")
"""Kubernetes and Docker tell every container where a service called "anima-…" is, like this."""


def overlay(tree: dict[str, object], environ: Mapping[str, str]) -> list[str]:
    """Put what *environ* sets into *tree*, and return its mistakes, a line each."""
    mistakes: list[str] = []
    named = [(name, value) for name, value in environ.items() if _is_ours(name, value)]
    for name, value in sorted(named, key=lambda item: (item[0].count(LEVEL), item[0])):
        path = tuple(name.removeprefix(PREFIX).lower().split(LEVEL))
        key = find(path)
        if path[0] == "souls" and len(path) > 1:
            mistakes.append(f"{name}: unknown; set ANIMA_SOULS as JSON, {_example(None)}")
        elif key is None:
            known = nearest(path)
            variable = PREFIX + LEVEL.join(known).upper()
            mistakes.append(f"{name}: unknown; did you mean {variable} ({'.'.join(known)})?")
        elif value or key.kind in ("text", "secret", "list of texts"):
            mistakes += _set(tree, path, key, name, value)
    return mistakes


def _is_ours(name: str, value: str) -> bool:
    linked = LINKED.fullmatch(name) or (name.endswith("_PORT") and LINKED_ADDRESS.match(value))
    return name.startswith(PREFIX) and name not in NOT_SETTINGS and not linked


def _set(tree: dict[str, object], path: Path, key: Key, name: str, value: str) -> list[str]:
    try:
        meant = _meant(key, value)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "unreadable"
        return [f"{'.'.join(path)}: {name} is not JSON ({reason.lower()}); {_example(key)}"]
    _put(tree, path, meant)
    return []


def _put(tree: dict[str, object], path: Path, value: object) -> None:
    table: object = tree
    for part in path[:-1]:
        if not isinstance(table, dict):
            return  # the file has no table there, and is told so
        table = table.setdefault(_spelled(table, part), {})
    if isinstance(table, dict):
        table[_spelled(table, path[-1])] = value


def _spelled(table: dict[str, object], name: str) -> str:
    """*name* as the file spells it: variables are upper case, the owner's names need not be."""
    return next((known for known in table if known.lower() == name), name)


def _meant(key: Key, value: str) -> object:
    text = value.strip()
    if key.kind == "table" or (key.kind == "list of texts" and text.startswith("[")):
        return json.loads(text)
    if key.kind == "list of texts":
        return [part.strip() for part in text.split(",") if part.strip()]
    return _plain(key, text)


def _plain(key: Key, text: str) -> object:
    if key.kind == "true or false":
        return {"true": True, "1": True, "false": False, "0": False}.get(text.lower(), text)
    if key.kind == "whole number" and re.fullmatch(r"[+-]?\d{1,18}", text):
        return int(text)
    if key.kind == "number" and re.fullmatch(r"[+-]?\d{1,18}(?:\.\d{0,18})?", text):
        return float(text)
    return text


def _example(key: Key | None) -> str:
    if key is None or key.path == ("souls",):
        return """write it like [{"name": "KU5.0", "model": "ku-5"}]"""
    if key.kind == "list of texts":
        return """write it like ["one", "two"] or one,two"""
    return """write it like {"key": "value"}"""
