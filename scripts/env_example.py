"""Writes `deploy/env.example` from the settings themselves; `--check` only compares."""

import json
import sys
from pathlib import Path

from pydantic import SecretStr

from service.settings_keys import Key
from service.written import OPTIONAL, comment, leaves

FILE = Path(__file__).parent.parent / "deploy" / "env.example"

HEAD = """# Every setting as a variable, with its default; written by scripts/env_example.py.
# Take the # away to change one. A secret may be file:/path, which reads it from there.
# NAME in the name of a backend is one's own: here it is DEFAULT.

# How much is logged: debug, info, warning or error.
# ANIMA_LOG=info
"""

PERSONAS = """
# More personas, all of them as JSON, such as {"harrow": {"path": "personas/harrow"}}.
# ANIMA_PERSONAS={}
"""

SOULS = """
# The souls, all of them as JSON; empty: one, called default.
# ANIMA_SOULS=[]
"""


def page() -> str:
    """The whole file."""
    texts = [HEAD]
    told = False
    for key in leaves():
        if key.path[0] in OPTIONAL:
            continue
        if key.path[0] != "souls":
            texts.append(_entry(key))
        elif not told:
            texts += [SOULS, PERSONAS]
            told = True
    return "".join(texts)


def _entry(key: Key) -> str:
    meaning = f"{key.meaning} ({key.form})" if key.kind == "choice" else key.meaning
    variable = key.environment.replace("__NAME__", "__DEFAULT__")
    return "\n".join(("", *comment(meaning), f"# {variable}={_value(key.default)}", ""))


def _value(value: object) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, Path):
        return value.as_posix()
    if isinstance(value, str):
        return value
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def main(arguments: list[str]) -> int:
    """Write the file, or say whether it is current."""
    if "--check" not in arguments:
        FILE.write_text(page(), encoding="utf-8")
    elif FILE.read_text(encoding="utf-8") != page():
        print(f"{FILE.name} is not current; run scripts/env_example.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
