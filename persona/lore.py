"""What a persona knows besides itself: always, or when the talk comes to it.

Pure: the same lines bring the same entries to mind, wherever and however often they are asked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from anima.errors import ConfigError
from anima.model import Heard, Line
from persona.lore_entry import DEEPEST, Entry
from persona.lore_keys import Key, Spoken, key
from persona.lore_pattern import Pattern
from persona.lore_ready import Found, Ready
from persona.lore_talk import Talk
from persona.tokens import estimate

PAGE_TOKENS: Final = 2000
"""What all that is always known may cost at most; it is sent with every turn."""

TOKENS: Final = 800
"""What all that comes to mind at once may cost at most, where a book says nothing else."""

DEAREST: Final = 40_000
"""Steps that one place in a text may cost all the patterns of a persona together."""


@dataclass(frozen=True, slots=True)
class Lore:
    """All *entries* of a persona; *tokens* is what those that come to mind may cost at most.

    *always* is what it knows at any time, in a fixed order, as much as a page has room for.

    Raises `ConfigError` for patterns that would keep us busy.
    """

    entries: tuple[Entry, ...] = ()
    tokens: int = TOKENS
    always: tuple[Entry, ...] = field(init=False, repr=False, compare=False)
    _keys: tuple[Key, ...] = field(init=False, repr=False, compare=False)
    _ready: tuple[Ready, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ordered = sorted(self.entries, key=lambda one: (one.order, one.name))
        numbers: dict[Key, int] = {}
        ready = [_made_ready(entry, numbers) for entry in ordered]
        if sum(one.cost for one in numbers if isinstance(one, Pattern)) > DEAREST:
            raise ConfigError("the patterns of all lore together would take too long; use fewer")
        object.__setattr__(self, "entries", tuple(ordered))
        object.__setattr__(self, "always", _affordable(ordered))
        object.__setattr__(self, "_keys", tuple(numbers))
        object.__setattr__(self, "_ready", tuple(ready))

    @property
    def triggered(self) -> bool:
        """Whether anything may come to mind."""
        return any(not entry.always for entry in self.entries)

    def recall(self, lines: Sequence[Line], heard: Sequence[Heard]) -> tuple[Entry, ...]:
        """What comes to mind when *heard* is answered after *lines*, the most important first."""
        if not self._keys:
            return ()
        talk = Talk(lines, heard)
        found = [talk.spoken.find(one) for one in self._keys]
        known = [one for one in self._ready if one.entry.always or one.stands(found, talk)]
        known += self._called_up(known, found, talk)
        told = (one.entry for one in known if not one.entry.always)
        return tuple(sorted(told, key=lambda entry: -entry.priority))

    def _called_up(self, known: Sequence[Ready], found: Found, talk: Talk) -> list[Ready]:
        """What the texts of the *known* ones call up, and theirs in turn, each once."""
        callers = [(one, one.entry.recursion) for one in known if one.entry.recursion]
        called: list[Ready] = []
        for _ in range(DEEPEST if callers else 0):
            left = [one for one in self._ready if one not in known and one not in called]
            callers = list(self._answering(callers, left, found, talk))
            called += [one for one, _ in callers]
            callers = [(one, steps) for one, steps in callers if steps]
        return called

    def _answering(
        self, callers: Sequence[tuple[Ready, int]], left: Sequence[Ready], found: Found, talk: Talk
    ) -> Iterator[tuple[Ready, int]]:
        """Those *left* that a text of *callers* calls, and how many steps they call further."""
        texts = Spoken([one.entry.text for one, _ in callers])
        said = [texts.find(one) for one in self._keys]
        for one in left:
            if one.called_by(found, said, talk):
                by = one.said(said)
                further = max(steps for at, (_, steps) in enumerate(callers) if by >> at & 1) - 1
                yield one, max(further, one.entry.recursion)


def _affordable(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The *entries* that are always known, the most important first, as long as there is room."""
    left, kept = PAGE_TOKENS, set[int]()
    for entry in sorted((one for one in entries if one.always), key=lambda one: -one.priority):
        cost = estimate(entry.text) + 1
        if cost <= left:
            left -= cost
            kept.add(id(entry))
    return tuple(entry for entry in entries if id(entry) in kept)


def _made_ready(entry: Entry, numbers: dict[Key, int]) -> Ready:
    """*entry* with its keys as numbers, which *numbers* learns."""

    def numbered(keys: Sequence[str]) -> tuple[int, ...]:
        made = (key(one, cased=entry.cased, loose=entry.loose) for one in keys)
        return tuple(numbers.setdefault(one, len(numbers)) for one in made)

    conditions = tuple((one.logic, numbered(one.keys)) for one in entry.conditions)
    return Ready(entry, numbered(entry.keys), conditions)
