"""All the lore of a card: what its `character_book` and the files of its `lore/` hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from anima.errors import ConfigError
from persona import lore_book, lore_file
from persona.card import Card
from persona.lore import DEAREST, PAGE_TOKENS, TOKENS, Lore
from persona.lore_entry import Entry
from persona.lore_keys import key
from persona.lore_pattern import Pattern
from persona.tokens import estimate

_CARDS = 64


@dataclass(frozen=True, slots=True)
class Shelf:
    """The *lore* of a card as far as it can be read, and a line for each of the *mistakes*."""

    lore: Lore
    mistakes: tuple[str, ...]


class _Same:
    """What a card holds, known by being the very same: reading it costs more than a turn."""

    __slots__ = ("book", "files", "rules")

    def __init__(self, card: Card) -> None:
        self.book = card.book
        self.rules = card.rules
        self.files = card.lore

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.book is other.book and self.files is other.files

    def __hash__(self) -> int:
        return hash((id(self.book), id(self.files)))


def shelf(card: Card) -> Shelf:
    """The lore of *card*, read once. What is wrong in it is left out; the card goes on."""
    return _read(_Same(card))


@lru_cache(maxsize=_CARDS)
def _read(held: _Same) -> Shelf:
    mistakes: list[str] = []
    entries = [
        *lore_book.entries(held.book, mistakes.append, held.rules),
        *_of_files(held.files, mistakes),
    ]
    mistakes += (
        f"lore {entry.name!r} has about {cost} tokens, and {TOKENS} are told at most; split it"
        for entry in entries
        if (cost := estimate(entry.text)) > TOKENS and not entry.always
    )
    lore = Lore(_affordable(entries, mistakes))
    mistakes += (
        f"lore {entry.name!r} finds no room: what is always known has {PAGE_TOKENS} tokens in all"
        for entry in lore.entries
        if entry.always and entry not in lore.always
    )
    return Shelf(lore, tuple(mistakes))


def _of_files(files: Mapping[str, str], mistakes: list[str]) -> list[Entry]:
    found: list[Entry] = []
    for path, text in sorted(files.items()):
        try:
            found.append(lore_file.read(PurePath(path).stem, text))
        except ConfigError as error:
            mistakes += [f"{path}, {line}" for line in str(error).splitlines()]
    return found


def _affordable(entries: Sequence[Entry], mistakes: list[str]) -> tuple[Entry, ...]:
    """*entries* without those whose patterns cost what is left for all of them."""
    kept, left = list[Entry](), DEAREST
    for entry in entries:
        cost = _cost(entry)
        if cost > left:
            mistakes.append(f"lore {entry.name!r}: its patterns are too slow beside all others")
        else:
            left -= cost
            kept.append(entry)
    return tuple(kept)


def _cost(entry: Entry) -> int:
    keys = (*entry.keys, *(one for also in entry.conditions for one in also.keys))
    ready = (key(one) for one in keys)
    return sum(one.cost for one in ready if isinstance(one, Pattern))
