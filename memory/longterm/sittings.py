"""A talk falls into sittings: a new one begins after a long pause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from memory.longterm.tables import sitting

PAUSE: Final = timedelta(hours=3)

_KEY: Final = ("conversation_id", "persona", "number")
_NEW: Final[Mapping[str, sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert(sitting),
    "postgresql": postgresql.insert(sitting),
}
_WRITE: Final = {
    engine: new.on_conflict_do_update(
        index_elements=_KEY,
        set_={
            "began_at": new.excluded.began_at,
            "ended_at": new.excluded.ended_at,
            "lines": sitting.c.lines + new.excluded.lines,
        },
    )
    for engine, new in _NEW.items()
}
_OF: Final[Select[Any]] = (
    select(sitting.c.number, sitting.c.began_at, sitting.c.ended_at)
    .where(
        sitting.c.conversation_id == bindparam("place"),
        sitting.c.persona == bindparam("whose"),
    )
    .order_by(sitting.c.number.desc())
)
_LAST: Final = _OF.limit(1)


@dataclass(slots=True)
class _Sitting:
    number: int
    began_at: datetime
    ended_at: datetime
    more: int = 0

    def takes(self, at: datetime) -> bool:
        """Whether a line of then belongs to it."""
        return self.began_at - PAUSE < at < self.ended_at + PAUSE


@dataclass(slots=True)
class Sittings:
    """The sittings of one *place* with one *persona*, as far as they were looked at."""

    connection: Connection
    place: int
    persona: str
    _known: list[_Sitting] = field(default_factory=list)
    _all: bool = False

    def __post_init__(self) -> None:
        self._known = self._read(_LAST)

    def take(self, at: datetime) -> int:
        """The number of the sitting of a line of then, which is counted in it."""
        found = self._find(at) or self._begin(at)
        found.began_at = min(at, found.began_at)
        found.ended_at = max(at, found.ended_at)
        found.more += 1
        return found.number

    def write(self) -> None:
        """Keep what was counted."""
        where = {"conversation_id": self.place, "persona": self.persona}
        rows = [
            where
            | {"number": one.number, "began_at": one.began_at, "ended_at": one.ended_at}
            | {"lines": one.more, "tries": 0}
            for one in self._known
            if one.more
        ]
        if rows:
            self.connection.execute(_WRITE[self.connection.dialect.name], rows)

    def _find(self, at: datetime) -> _Sitting | None:
        """Nearly always it is the last one; what comes late is looked for among all."""
        if not self._known:
            return None
        last = self._known[-1]
        if last.takes(at):
            return last
        if at > last.ended_at:
            return None
        if not self._all:
            self._look_at_all()
        return next((one for one in reversed(self._known) if one.takes(at)), None)

    def _look_at_all(self) -> None:
        seen = {one.number for one in self._known}
        older = [one for one in self._read(_OF) if one.number not in seen]
        self._known = sorted(older + self._known, key=lambda one: one.number)
        self._all = True

    def _begin(self, at: datetime) -> _Sitting:
        number = max((one.number for one in self._known), default=0) + 1
        self._known.append(_Sitting(number, at, at))
        return self._known[-1]

    def _read(self, wanted: Select[Any]) -> list[_Sitting]:
        asked = {"place": self.place, "whose": self.persona}
        rows: Sequence[Any] = self.connection.execute(wanted, asked).all()
        return [_Sitting(row.number, row.began_at, row.ended_at) for row in reversed(rows)]
