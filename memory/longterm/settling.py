"""One fact of one line is settled with what is known: added, confirmed, ended, or left alone.

Whether rules found it or a model noted it, the same happens with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, case, insert, select, update

from memory.longterm.keeping_facts import Learned, keep_fact
from memory.longterm.kept import Saying
from memory.longterm.tables import fact, memory, memory_source
from persona.facts.kinds import Fact
from persona.facts.resolve import Known, Resolution, resolve

_SURER: Final = 0.1
_SUREST: Final = 0.95

_MADE_OF: Final = select(memory_source.c.memory_id).where(
    memory_source.c.source_id == bindparam("line")
)
_AGAIN: Final = (
    update(memory)
    .where(memory.c.id == bindparam("which"))
    .values(uses=memory.c.uses + 1, used_at=bindparam("then"))
)
_SURE: Final = (
    update(fact)
    .where(fact.c.memory_id == bindparam("which"))
    .values(
        confidence=case(
            (fact.c.confidence + _SURER < _SUREST, fact.c.confidence + _SURER),
            (fact.c.confidence < _SUREST, _SUREST),
            else_=fact.c.confidence,
        )
    )
)
_OVER: Final = (
    update(fact)
    .where(fact.c.memory_id == bindparam("which"))
    .values(
        valid_to=bindparam("ends"),
        superseded_by=bindparam("by"),
    )
)


@dataclass(frozen=True, slots=True)
class Settling:
    """*finder* found something in *saying*, which is kept as *line*; it is looked at *then*."""

    connection: Connection
    saying: Saying
    line: int
    finder: str
    then: datetime

    def take(self, found: Fact, current: Sequence[Known]) -> None:
        """Do what *found* changes in what is *current*; a line says nothing twice."""
        told = resolve(current, found, self.saying.at)
        match told.kind:
            case "add":
                self._add(found, told)
            case "confirm":
                self._confirm(told)
            case "supersede":
                self._end(told, self._add(found, told))
            case "close":
                self._end(told, self.line)  # should the denial be forgotten, they hold again
            case "nothing":
                pass

    def _add(self, found: Fact, told: Resolution) -> int:
        learned = Learned(
            speaker=self.saying.origin.speaker,
            name=self.saying.name,
            text=found.text,
            at=self.saying.at,
            slot=found.slot,
            norm=found.norm,
            quote=found.quote,
            subject=found.subject,
            language=found.language or self.saying.language,
            valid_from=found.valid_from,
            valid_to=told.over or found.valid_to,
            precision=found.precision,
            negated=found.negated,
            hearsay=found.hearsay,
            confidence=found.confidence,
            importance=found.importance,
            pinned=found.pinned,
            finder=self.finder,
        )
        return keep_fact(self.connection, [self.saying.origin], learned, [self.line])

    def _confirm(self, told: Resolution) -> None:
        """It was said again, if it was not this very line that said it."""
        heard = made_of(self.connection, self.line)
        for target in told.targets:
            if target not in heard:
                self.connection.execute(_AGAIN, {"which": target, "then": self.then})
                self.connection.execute(_SURE, {"which": target})
                edge = {"memory_id": target, "source_id": self.line}
                self.connection.execute(insert(memory_source), edge)

    def _end(self, told: Resolution, by: int) -> None:
        for target in told.targets:
            self.connection.execute(_OVER, {"which": target, "ends": told.ends, "by": by})


def made_of(connection: Connection, line: int) -> frozenset[int]:
    """What *line* is a source of."""
    return frozenset(connection.execute(_MADE_OF, {"line": line}).scalars())


def known(row: Row[Any]) -> Known:
    """A fact in *row* as the rules see it."""
    return Known(
        id=row.id,
        subject=row.subject,
        slot=row.slot,
        norm=row.norm,
        since=row.valid_from or row.at,
        at=row.at,
        until=row.valid_to,
        negated=row.negated,
        hearsay=row.hearsay,
    )
