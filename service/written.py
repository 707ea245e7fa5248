"""Settings as a file that explains itself: what was chosen, and every default as a comment."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import wrap
from typing import Final

from pydantic import SecretStr

from service.settings_keys import ANY, Key, keys
from service.settings_keys import Path as KeyPath

WIDTH: Final = 96
HEAD: Final = (
    "# Settings of Anima, written by `anima init`. A default stands behind a #: take that away to",
    "# change it. A secret may be file:/path. To see whether all is well: anima doctor",
)

Chosen = Mapping[KeyPath, object]
"""What was chosen, by the path of its key; backends are under `default`, souls have one."""

OPTIONAL: Final = frozenset({"personas"})
"""Tables under names of one's own of which there are none at first."""


def written(chosen: Chosen) -> str:
    """The whole file. What it loads to is the defaults with *chosen* on top."""
    lines = [*HEAD]
    for section, found in _sections().items():
        if section:
            lines += ["", *comment(_meaning(section)), _opening(section, chosen)]
        for key in found:
            lines += ["", *_line(key, chosen)]
    return "\n".join((*lines, ""))


def leaves() -> Iterator[Key]:
    """Every key that holds a value, in the order of the tables."""
    return (key for key in keys() if key.kind != "table" or key.default is not None)


def toml(value: object) -> str:
    """*value* as TOML writes it; lists and empty tables look the same in JSON."""
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if isinstance(value, Path):
        value = value.as_posix()
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def _sections() -> dict[str, list[Key]]:
    sections: dict[str, list[Key]] = {}
    for key in leaves():
        sections.setdefault(key.path[0] if len(key.path) > 1 else "", []).append(key)
    return sections


def _line(key: Key, chosen: Chosen) -> list[str]:
    path = tuple(
        "default" if part == ANY and key.path[0] == "backends" else part for part in key.path
    )
    note = comment(f"{key.meaning} ({key.form})" if key.kind == "choice" else key.meaning)
    if path in chosen:
        return [*note, f"{key.path[-1]} = {toml(chosen[path])}"]
    if key.path == ("souls", ANY, "name"):
        return comment("No soul is named here, so there is one, called default.")
    inside = "  " if key.path[0] in OPTIONAL else ""
    return [*note, f"# {inside}{key.path[-1]} = {toml(key.default)}"]


def _opening(section: str, chosen: Chosen) -> str:
    if section == "backends":
        return "[backends.default]"
    if section in OPTIONAL:
        return f"# [{section}.NAME]"
    if section != "souls":
        return f"[{section}]"
    return "[[souls]]" if any(path[0] == "souls" for path in chosen) else "# [[souls]]"


def _meaning(section: str) -> str:
    return next(key.meaning for key in keys() if key.path == (section,))


def comment(text: str) -> list[str]:
    """*text* as lines of comment, none too wide."""
    return [f"# {line}" for line in wrap(" ".join(text.split()), WIDTH)]
