"""The decorators with which an entry of a version 3 card may begin: lines such as `@@scan_depth 5`.

They never reach a prompt. Those that we know become a part of the entry.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from persona.lore_entry import FOREVER, Condition, Entry, Logic

_DECORATOR: Final = re.compile(r"@@@?(\w+)[ \t]*(.*)")

_NUMBER: Final = re.compile(r"[0-9]{1,9}")


def undecorated(text: str) -> tuple[list[tuple[str, str]], str]:
    """The decorators of *text* with what they say, and the text below them."""
    said: list[tuple[str, str]] = []
    lines = text.lstrip().split("\n")
    while lines and (found := _DECORATOR.fullmatch(lines[0].strip())):
        said.append((found[1], found[2].strip()))
        lines.pop(0)
    return said, "\n".join(lines).strip()


def decorated(entry: Entry, decorators: Sequence[tuple[str, str]]) -> Entry | None:
    """*entry* as its *decorators* want it; None where they switch it off."""
    for name, said in decorators:
        if name == "dont_activate":
            return None
        entry = _with(entry, name, said)
    return entry


def _with(entry: Entry, name: str, said: str) -> Entry:
    number = min(int(said), FOREVER) if _NUMBER.fullmatch(said) else 0
    match name:
        case "activate" | "constant":
            entry = replace(entry, always=True)
        case "keep_activate_after_match":
            entry = replace(entry, sticky=FOREVER)
        case "dont_activate_after_match":
            entry = replace(entry, cooldown=FOREVER)
        case "activate_only_after":
            entry = replace(entry, after=number)
        case "scan_depth":
            entry = replace(entry, depth=number or entry.depth)
        case "additional_keys":
            entry = _also(entry, "any", said)
        case "exclude_keys":
            entry = _also(entry, "not any", said)
        case "ignore_on_max_context":
            entry = replace(entry, priority=-FOREVER)
        case _:  # about places in a prompt, or pictures
            pass
    return entry


def _also(entry: Entry, logic: Logic, said: str) -> Entry:
    keys = tuple(filter(None, (key.strip() for key in said.split(","))))
    also = (Condition(logic, keys),) if keys else ()
    return replace(entry, conditions=(*entry.conditions, *also))
