"""Reads an entry of lore from a file: lines such as `keys: 猫, cat`, an empty line, the text."""

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from anima.errors import ConfigError
from persona import lore_keys
from persona.lore_entry import DEEPEST, SCAN, Condition, Entry, Logic

_HEADER: Final = re.compile(r"\s*([A-Za-z-]+)\s*[:：](.*)")
_KEY: Final = re.compile(r"\s*(?:(/(?:[^/\\]|\\.)+/[a-z]*)(?=\s*(?:[,，、]|$))|([^,，、]*))")
_LOGICS: Final[Mapping[str, Logic]] = MappingProxyType(
    {"and": "any", "all": "all", "not": "not any", "not-all": "not all"}
)
_FLAGS: Final = frozenset({"always", "case"})
_NUMBERS: Final[Mapping[str, tuple[int, int, int]]] = MappingProxyType(
    {
        "depth": (SCAN, 1, 100),
        "sticky": (0, 0, 1000),
        "cooldown": (0, 0, 1000),
        "after": (0, 0, 1000),
        "recursion": (0, 0, DEEPEST),
        "priority": (0, -1_000_000, 1_000_000),
        "order": (100, -1_000_000, 1_000_000),
    }
)
"""By header, what it is without being told, and its bounds."""

_HEADERS: Final = ("keys", *_LOGICS, *sorted(_FLAGS), *_NUMBERS)
_TRUTH: Final[Mapping[str, bool]] = MappingProxyType(
    {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
)
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,9}")
_LONGEST_SHOWN: Final = 40

_Lines = Mapping[str, tuple[int, str]]


def read(name: str, text: str) -> Entry:
    """The entry *name* that *text* holds. Raises `ConfigError`, a line for each mistake: `line 2:`.

    A file whose header is fine and that has no text is a mistake as well.
    """
    header, body = _parted(text)
    mistakes: list[str] = []
    lines = dict(_understood(header, mistakes.append))
    flags = {one: _truth(lines, one, mistakes.append) for one in _FLAGS}
    numbers = {one: _number(lines, one, mistakes.append) for one in _NUMBERS}
    keys = {one: _keys(lines, one, mistakes.append) for one in ("keys", *_LOGICS)}
    if not mistakes and not keys["keys"] and not flags["always"]:
        mistakes.append("line 1: no keys; write `keys: ` and words, or `always: true`")
    if not mistakes and not body:
        mistakes.append("no text; after the header stands an empty line, then what it knows")
    if mistakes:
        raise ConfigError("\n".join(mistakes))
    return Entry(
        name,
        body,
        keys["keys"],
        tuple(Condition(logic, keys[one]) for one, logic in _LOGICS.items() if keys[one]),
        always=flags["always"],
        cased=flags["case"],
        depth=numbers["depth"],
        sticky=numbers["sticky"],
        cooldown=numbers["cooldown"],
        after=numbers["after"],
        recursion=numbers["recursion"],
        priority=numbers["priority"],
        order=numbers["order"],
    )


def _parted(text: str) -> tuple[list[str], str]:
    """The lines of the header, and the text below the first empty line."""
    lines = text.removeprefix("\ufeff").split("\n")
    blank = next((at for at, line in enumerate(lines) if not line.strip()), len(lines))
    return lines[:blank], "\n".join(lines[blank:]).strip()


def _understood(
    header: list[str], wrong: Callable[[str], None]
) -> Iterator[tuple[str, tuple[int, str]]]:
    """By name, the number and the value of each line of *header*."""
    known = set[str]()
    for number, line in enumerate(header, 1):
        found = _HEADER.fullmatch(line.rstrip())
        name = found[1].lower() if found else ""
        if found is None:
            wrong(f"line {number}: {_cut(line)} is no header, as `keys: cat`; text comes below")
        elif name not in _HEADERS:
            near = get_close_matches(name, _HEADERS, n=1)
            wrong(
                f"line {number}: unknown header {name!r}; "
                + (f"did you mean {near[0]!r}?" if near else f"known are {', '.join(_HEADERS)}")
            )
        elif name in known:
            wrong(f"line {number}: {name!r} stands here twice; write it once")
        else:
            known.add(name)
            yield name, (number, found[2].strip())


def _truth(lines: _Lines, name: str, wrong: Callable[[str], None]) -> bool:
    number, said = lines.get(name, (0, "false"))
    if said.lower() not in _TRUTH:
        wrong(f"line {number}: {name!r} is {said!r}; write true or false")
    return _TRUTH.get(said.lower(), False)


def _number(lines: _Lines, name: str, wrong: Callable[[str], None]) -> int:
    usual, least, most = _NUMBERS[name]
    number, said = lines.get(name, (0, str(usual)))
    meant = int(said) if _NUMBER.fullmatch(said) else None
    if meant is None or not least <= meant <= most:
        wrong(f"line {number}: {name!r} is {said!r}; write a number from {least} to {most}")
    return usual if meant is None else meant


def _keys(lines: _Lines, name: str, wrong: Callable[[str], None]) -> tuple[str, ...]:
    """The keys of a line. A pattern may hold commas."""
    if name not in lines:
        return ()
    number, said = lines[name]
    parts = ((found[1] or found[2] or "").strip() for found in _KEY.finditer(said))
    keys = list(filter(None, parts))
    for one in keys:
        try:
            lore_keys.key(one)
        except ConfigError as error:
            wrong(f"line {number}: {error}")
    if not keys:
        wrong(f"line {number}: {name!r} is empty; write words after it, or take it out")
    return tuple(dict.fromkeys(keys))


def _cut(line: str) -> str:
    return repr(line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…")
