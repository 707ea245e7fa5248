"""A shelf as it is held in the process: who said what when, and what came before it.

Nothing here is ever changed, so that questions need not wait for each other: what is new makes
another one, which shares what it can.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import Connection

from memory.bulk import among, moments, rows
from memory.longterm.asks import ends_asking
from memory.longterm.scope import Key

_NONE: Final = -1
_BYTES: Final = 37
"""What is held of a memory besides its vectors."""

_STRAY: Final = 100
"""What is older may have come later: so many in a row are the end."""

_STATES: Final = "SELECT id, memories, words, dropped, inked FROM shelf WHERE key {} ORDER BY id"
_ROWS: Final = (
    "SELECT m.id, m.at, m.name, m.kind, m.conversation_id, m.sitting,"
    " substr(m.text, CASE WHEN length(m.text) > 16 THEN length(m.text) - 15 ELSE 1 END)"
    " FROM shelved AS s JOIN memory AS m ON m.id = s.memory_id"
    " WHERE s.shelf_id = {} AND s.memory_id > {} ORDER BY s.memory_id LIMIT {}"
)
"""Of a text its end is read, which tells whether it is a question."""

PAGE: Final = 1_024
"""Rows that are read at once: what many take together, the process does not give back."""


@dataclass(frozen=True, slots=True)
class State:
    """What the database says of a shelf; where it is the same, nothing has changed."""

    id: int
    memories: int
    words: int
    dropped: int
    inked: int


@dataclass(frozen=True, slots=True)
class Held:
    """The memories of one shelf by age, each with its place in these lists.

    *before* and *after* are the places of its neighbours in the same sitting, *who* the place of
    its speaker's name in *names*. *asks* is 1 for one that ends in a question. *ends* has the
    number and the last place of each sitting, and *where* the conversation of each, by number.
    """

    state: State
    ids: "array[int]" = field(default_factory=lambda: array("q"))
    at: "array[float]" = field(default_factory=lambda: array("d"))
    sitting: "array[int]" = field(default_factory=lambda: array("i"))
    before: "array[int]" = field(default_factory=lambda: array("i"))
    after: "array[int]" = field(default_factory=lambda: array("i"))
    who: "array[int]" = field(default_factory=lambda: array("i"))
    asks: "array[int]" = field(default_factory=lambda: array("b"))
    where: "array[int]" = field(default_factory=lambda: array("q"))
    names: Mapping[str, int] = field(default_factory=dict)
    ends: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def bytes(self) -> int:
        """About what it takes."""
        return _BYTES * len(self.ids)

    def place(self, number: int) -> int | None:
        """Where the memory of this id stands."""
        found = bisect_left(self.ids, number)
        return found if found < len(self.ids) and self.ids[found] == number else None

    def between(self, begins: float, ends: float, most: int) -> list[int]:
        """The newest places of then."""
        then = [place for place, at in enumerate(self.at) if begins <= at < ends]
        return then[-most:]

    def lines(self, conversation: int, since: float) -> Iterator[int]:
        """The ids of what was said in *conversation* since then, the newest first."""
        older = 0
        for place in reversed(range(len(self.ids))):
            older = older + 1 if self.at[place] < since else 0
            if older > _STRAY:
                return
            sitting = self.sitting[place]
            if not older and sitting != _NONE and self.where[sitting] == conversation:
                yield self.ids[place]

    def since(self, number: int) -> int:
        """How many are as new as the memory of this id, or newer."""
        return len(self.ids) - bisect_left(self.ids, number)


def states(connection: Connection, keys: Iterable[Key]) -> list[State]:
    """What lies under *keys*."""
    return [State(*row) for row in among(connection, _STATES, sorted(keys))]


def brought_up(connection: Connection, state: State, old: Held | None) -> Held:
    """The shelf in this *state*: *old* with what was put there since, or read anew."""
    if old is not None and old.state == state:
        return old
    if old is not None and old.state.dropped == state.dropped:
        grown = _grown(old, state, _read(connection, state.id, old.ids[-1] if len(old) else 0))
        if len(grown) == state.memories:
            return grown
    return _grown(Held(state), state, _read(connection, state.id, 0))


def _read(connection: Connection, which: int, after: int) -> Iterable[Sequence[Any]]:
    """What lies there of later memories: the number of each, and what is held of it."""
    moment = moments(connection.dialect)
    while page := rows(connection, _ROWS, which, after, PAGE):
        for number, at, *rest in page:
            yield number, moment(at).timestamp(), *rest
        after = page[-1][0]


def _grown(old: Held, state: State, later: Iterable[Sequence[Any]]) -> Held:
    ids, at, sitting, before, after, who, asks, where = (each[:] for each in _lists(old))
    names, ends = dict(old.names), dict(old.ends)
    for place, (number, then, name, kind, conversation, session, end) in enumerate(later, len(old)):
        ids.append(number)
        at.append(then)
        asks.append(kind == "line" and ends_asking(end))
        who.append(names.setdefault(name, len(names)))
        within, last = _NONE, _NONE
        if kind == "line":
            its = conversation, session
            if its not in ends:
                where.append(conversation)
            within, last = ends.get(its, (len(ends), _NONE))
            ends[its] = within, place
            if last != _NONE:
                after[last] = place
        sitting.append(within)
        before.append(last)
        after.append(_NONE)
    if len(ids) == len(old):
        return replace(old, state=state)
    return Held(state, ids, at, sitting, before, after, who, asks, where, names, ends)


def _lists(held: Held) -> tuple[Any, ...]:
    lists = held.ids, held.at, held.sitting, held.before, held.after, held.who
    return *lists, held.asks, held.where
