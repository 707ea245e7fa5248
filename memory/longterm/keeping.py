"""Lines are kept, each once, with all by which they are found again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Select, bindparam, select, text

from memory.bulk import insert_all
from memory.longterm.batches import batches
from memory.longterm.kept import Saying
from memory.longterm.scope import keys
from memory.longterm.shelving import Worded, shelve
from memory.longterm.sittings import Sittings
from memory.longterm.tables import memory, tombstone
from memory.tables import LANGUAGE_CHARACTERS
from memory.text import storable

ORDINARY: Final = 3
"""The importance of a line: in the middle of one to five."""

_some: Final[BindParameter[Any]] = bindparam("some", expanding=True)
_ALIKE: Final[Select[Any]] = select(
    memory.c.id, memory.c.digest, memory.c.conversation_id, memory.c.persona
).where(memory.c.kind == "line", memory.c.digest.in_(_some))
_HEARD: Final[Select[Any]] = select(memory.c.id, memory.c.persona, memory.c.heard_id).where(
    memory.c.kind == "line", memory.c.heard_id.in_(_some)
)
_SAID: Final[Select[Any]] = select(memory.c.id, memory.c.persona, memory.c.said_id).where(
    memory.c.kind == "line", memory.c.said_id.in_(_some)
)
_GONE: Final = select(tombstone.c.digest).where(tombstone.c.digest.in_(_some))
_LAST: Final = text("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'memory'")
"""The largest there ever was: a number that stood in an answer never means another memory."""
_NUMBERS: Final = text(
    "SELECT nextval(pg_get_serial_sequence('memory', 'id')) FROM generate_series(1, :count)"
)
_COLUMNS: Final = (
    *("id", "persona", "kind", "conversation_id", "private", "speaker", "name", "text"),
    *("language", "at", "sitting", "heard_id", "said_id", "digest", "importance"),
)
_Name = tuple[str, str | int, str | int]
"""By which a line is known again: its digest and place, or the ledger's id of it."""


def keep(connection: Connection, sayings: Sequence[Saying]) -> tuple[int | None, ...]:
    """Keep *sayings* and return their ids; what was kept before keeps its own.

    What was forgotten is not kept again: None.
    """
    keeping = _Keeping(connection)
    digests = [one.digest for one in sayings]
    keeping.look(sayings, digests)
    found = tuple(map(keeping.keep, sayings, digests))
    keeping.write()
    return found


def numbers(connection: Connection, count: int) -> list[int]:
    """As many ids for new memories; the later the larger."""
    if connection.dialect.name == "sqlite":
        last: int = connection.execute(_LAST).scalar_one()
        return list(range(last + 1, last + count + 1))
    return list(connection.execute(_NUMBERS, {"count": count}).scalars())


def told(name: str, words: str) -> str:
    """What a memory is found by: its words, and who said them; nobody is named where it was us."""
    return f"{name}: {words}" if name else words


@dataclass(slots=True)
class _Keeping:
    """One batch."""

    connection: Connection
    _known: dict[_Name, int] = field(default_factory=dict)
    _gone: set[str] = field(default_factory=set)
    _ids: list[int] = field(default_factory=list)
    _rows: list[tuple[Any, ...]] = field(default_factory=list)
    _worded: list[Worded] = field(default_factory=list)
    _sittings: dict[tuple[int, str], Sittings] = field(default_factory=dict)

    def look(self, sayings: Sequence[Saying], digests: Sequence[str]) -> None:
        """Find out what is known of them already."""
        self._gone.update(row.digest for row in self._read(_GONE, digests))
        for row in self._read(_ALIKE, digests):
            self._known[row.digest, row.conversation_id, row.persona] = row.id
        for row in self._read(_HEARD, [one.heard for one in sayings if one.heard]):
            self._known["heard", row.heard_id, row.persona] = row.id
        for row in self._read(_SAID, [one.said for one in sayings if one.said]):
            self._known["said", row.said_id, row.persona] = row.id
        self._ids = numbers(self.connection, len(sayings))[::-1]

    def keep(self, one: Saying, digest: str) -> int | None:
        """The id of the line, which is written with the others if it is new."""
        if digest in self._gone:
            return None
        names = _names(one, digest)
        found = next((self._known[name] for name in names if name in self._known), None)
        if found is None:
            found = self._ids.pop()
            self._add(found, one, digest)
        self._known.update(dict.fromkeys(names, found))
        return found

    def write(self) -> None:
        """Write all that is new."""
        if self._rows:
            insert_all(self.connection, memory, _COLUMNS, self._rows)
            shelve(self.connection, self._worded)
        for each in self._sittings.values():
            each.write()

    def _add(self, number: int, one: Saying, digest: str) -> None:
        name, words = storable(one.name), storable(one.text)
        whose, place = one.origin.persona, one.origin.place
        self._rows.append(
            (
                *(number, whose, "line", place, one.origin.private, one.origin.speaker),
                *(name, words, one.language[:LANGUAGE_CHARACTERS], one.at, self._sitting(one)),
                *(one.heard, one.said, digest, ORDINARY),
            )
        )
        self._worded.append(Worded(number, keys(one.origin), told(name, words)))

    def _sitting(self, one: Saying) -> int:
        where = one.origin.place, one.origin.persona
        if where not in self._sittings:
            self._sittings[where] = Sittings(self.connection, *where)
        return self._sittings[where].take(one.at)

    def _read(self, wanted: Select[Any], values: Sequence[Any]) -> Iterable[Any]:
        for some in batches(values):
            yield from self.connection.execute(wanted, {"some": some})


def _names(one: Saying, digest: str) -> list[_Name]:
    """All the names under which *one* may be known."""
    whose = one.origin.persona
    names: list[_Name] = [(digest, one.origin.place, whose)]
    if one.heard:
        names.append(("heard", one.heard, whose))
    if one.said:
        names.append(("said", one.said, whose))
    return names
