"""An entry of lore as its author wrote it: a text, and when it comes to mind."""

from dataclasses import dataclass
from typing import Final, Literal

Logic = Literal["any", "all", "not any", "not all"]
"""How many of the further keys must have been said: one, all, none, or at least one not."""

SCAN: Final = 4
"""So many messages back a key is looked for, where an entry or its book says nothing else."""

DEEPEST: Final = 3
"""Lore that calls up lore ends after so many steps."""

FOREVER: Final = 1_000_000
"""Turns that no talk has."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Further *keys*, of which so many must have been said as *logic* wants."""

    logic: Logic
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that a persona knows.

    It comes to mind when one of *keys* was said in the last *depth* messages and every condition
    holds; *always* needs no keys. Case counts for *cased*; *loose* keys may stand inside other
    words. Once there it stays for *sticky* turns more, and is then away for *cooldown* turns.
    *after* so many answers of ours it may come at all. Its text may call up further entries,
    *recursion* steps deep; it can be *called* up so itself. The highest *priority* is told first
    where room is short; *order* is how the told ones stand.
    """

    name: str
    text: str
    keys: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    always: bool = False
    cased: bool = False
    loose: bool = False
    depth: int = SCAN
    sticky: int = 0
    cooldown: int = 0
    after: int = 0
    recursion: int = 0
    called: bool = True
    priority: int = 0
    order: int = 100
