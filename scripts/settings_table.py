"""Writes `docs/settings.md` from the settings themselves; `--check` only compares."""

import json
import sys
from pathlib import Path

from pydantic import SecretStr

from service.settings_keys import Key, keys
from service.written import OPTIONAL

PAGE = Path(__file__).parent.parent / "docs" / "settings.md"

HEAD = """# Settings

Written by `scripts/settings_table.py`; change the tables in `service/` instead.

Anima reads `anima.toml` in the working directory, or the file that `--config` names, and then the
environment, which wins. Nothing is required: without any setting it serves a shipped persona, with
SQLite in `data/`.

- A variable's name is `ANIMA_`, the key in upper case, and `__` between the levels:
  `ANIMA_TELEGRAM__TOKEN` is `telegram.token`. `NAME` stands for a name of your own, as in
  `ANIMA_BACKENDS__DEFAULT__BASE_URL`.
- In the environment, tables and lists are JSON, a list of texts may also be separated by commas,
  and a boolean is `true`, `false`, `1` or `0`. An empty variable leaves a number, a boolean or a
  table as it is.
- A *secret* may be `file:/path`, which reads it from that file. Secrets are never logged.
- An unknown key, or a value that cannot be right, stops the start with a line that says what to do.
- How much is logged is not a setting but the variable `ANIMA_LOG`: `debug`, `info` (unless you say
  otherwise), `warning` or `error`.
"""


def page() -> str:
    """The whole page."""
    return "\n".join((HEAD, *_tables(), *_example()))


def _tables() -> list[str]:
    lines: list[str] = []
    for section, found in _sections().items():
        lines += [f"## {_heading(section)}", ""]
        lines += ["| Key | Type | Default | Environment | Meaning |", "|---|---|---|---|---|"]
        lines += [*(_row(key) for key in found), ""]
    return lines


def _sections() -> dict[str, list[Key]]:
    sections: dict[str, list[Key]] = {}
    for key in keys():
        if key.kind != "table" or key.default is not None:
            sections.setdefault(key.path[0] if len(key.path) > 1 else "", []).append(key)
    return sections


def _heading(section: str) -> str:
    special = {
        "": "At the top",
        "backends": "`[backends.NAME]`",
        "personas": "`[personas.NAME]`",
        "souls": "`[[souls]]`",
    }
    return special.get(section, f"`[{section}]`")


def _row(key: Key) -> str:
    variable = key.environment if key.path[0] != "souls" else "`ANIMA_SOULS`, all as JSON"
    cells = (
        f"`{key.path[-1]}`",
        key.form.replace("'", "`"),
        f"`{_toml(key.default)}`" if key.default is not None else "required",
        variable if variable.startswith("`") else f"`{variable}`",
        key.meaning,
    )
    return f"| {' | '.join(cells)} |"


def _example() -> list[str]:
    lines = ["## A file with every default", "", "```toml"]
    for section, found in _sections().items():
        if section:
            lines += ["", _opening(section)]
        mark = "# " if section in OPTIONAL else ""
        lines += [f"{mark}{key.path[-1]} = {_toml(key.default, key)}" for key in found]
    return [*lines, "```", ""]


def _opening(section: str) -> str:
    special = {
        "backends": "[backends.default]",
        "personas": "# [personas.harrow]",
        "souls": "[[souls]]",
    }
    return special.get(section, f"[{section}]")


def _toml(value: object, key: Key | None = None) -> str:
    if value is None and key is not None:
        return '"default"'
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if isinstance(value, Path):
        value = value.as_posix()
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def main(arguments: list[str]) -> int:
    """Write the page, or say whether it is current."""
    if "--check" not in arguments:
        PAGE.write_text(page(), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page():
        print(f"{PAGE.name} is not current; run scripts/settings_table.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
