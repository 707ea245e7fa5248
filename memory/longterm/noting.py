"""What was noted of a portion becomes facts, by the rules of what contradicts what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from memory.longterm.keeping_facts import Learned, keep_fact
from memory.longterm.portions import Portion
from memory.longterm.tables import fact, memory, memory_source
from persona.distil.facts import facts_of
from persona.distil.noted import Noted
from persona.distil.telling import telling_words
from persona.distil.told import Known as Shown
from persona.distil.told import Told
from persona.facts.kinds import Fact, normal
from persona.facts.resolve import Known, Resolution, resolve

SHOWN: Final = 10
"""Facts that a model is shown beside a portion."""
_READ: Final = 500
_SURER: Final = 0.1
_SUREST: Final = 0.95

_CURRENT: Final = (
    select(memory, fact)
    .join(fact, fact.c.memory_id == memory.c.id)
    .where(
        memory.c.kind == "fact",
        memory.c.conversation_id == bindparam("place"),
        memory.c.persona == bindparam("whose"),
        memory.c.speaker.in_(bindparam("speakers", expanding=True)),
        fact.c.retracted_at.is_(None),
    )
    .order_by(memory.c.at.desc(), memory.c.id.desc())
    .limit(_READ)
)
"""What is known of people where they said it; what they said elsewhere is nobody's to read here."""
_SOURCES: Final = select(memory_source.c.memory_id).where(
    memory_source.c.source_id == bindparam("line")
)
_AGAIN: Final = (
    update(memory)
    .where(memory.c.id == bindparam("which"))
    .values(uses=memory.c.uses + 1, used_at=bindparam("then"))
)
_SURE: Final = (
    update(fact).where(fact.c.memory_id == bindparam("which")).values(confidence=bindparam("sure"))
)
_OVER: Final = (
    update(fact)
    .where(fact.c.memory_id == bindparam("which"))
    .values(
        valid_to=bindparam("ends"),
        superseded_by=func.coalesce(
            bindparam("by", type_=fact.c.superseded_by.type), fact.c.superseded_by
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Stands:
    """What is known at this place of the speakers of a portion."""

    rows: Sequence[Row[Any]]

    def of(self, speaker: str) -> list[Known]:
        """What is known of *speaker*, as the rules see it."""
        return [_known(row) for row in self.rows if row.speaker == speaker]

    def shown(self, lines: Iterable[Told], now: datetime) -> list[Shown]:
        """Those that *lines* may touch on: what shares most words with them, then the newest."""
        words = {word for line in lines for word in telling_words(line.text)}
        holding = [row for row in self.rows if row.valid_to is None or row.valid_to > now]
        near = sorted(holding, key=lambda row: -len(words & set(telling_words(row.text))))
        return [_shown(row) for row in near[:SHOWN]]


def stands(connection: Connection, portion: Portion) -> Stands:
    """What is known of those who speak in *portion*, and of us."""
    speakers = sorted({line.speaker for line in portion.lines})
    asked = {"place": portion.place, "whose": portion.persona, "speakers": speakers}
    return Stands(connection.execute(_CURRENT, asked).all())


def note(
    connection: Connection, portion: Portion, noted: Sequence[Noted], finder: str, now: datetime
) -> None:
    """Keep what was *noted* of *portion* by *finder*."""
    lines = {line.id: line for line in portion.lines}
    targets = {one.id: one for one in portion.known}
    for one in noted:
        line = lines[one.line]
        target = targets.get(one.target) if one.target else None
        for found in facts_of(one, line, target):
            _Noting(connection, portion, line, finder, now).take(found)


@dataclass(frozen=True, slots=True)
class _Noting:
    """One fact of one line."""

    connection: Connection
    portion: Portion
    line: Told
    finder: str
    now: datetime

    def take(self, found: Fact) -> None:
        """Add, confirm, end, or leave alone."""
        rows = stands(self.connection, self.portion)
        current = rows.of(self.line.speaker)
        heard = set(self.connection.execute(_SOURCES, {"line": self.line.id}).scalars())
        if not found.negated and any(_twin(one, found) for one in current if one.id in heard):
            return
        told = resolve(current, found, self.line.at)
        match told.kind:
            case "add":
                self._add(found, told)
            case "confirm":
                self._confirm(told.targets[0], rows, heard)
            case "supersede":
                self._end(told, self._add(found, told))
            case "close":
                self._end(told, None)
            case _:
                pass

    def _add(self, found: Fact, told: Resolution) -> int:
        learned = Learned(
            speaker=self.line.speaker,
            name=self.line.name,
            text=found.text,
            at=self.line.at,
            slot=found.slot,
            norm=found.norm,
            quote=found.quote,
            subject=found.subject,
            language=found.language,
            valid_from=found.valid_from,
            valid_to=told.over or found.valid_to,
            precision=found.precision,
            negated=found.negated,
            hearsay=found.hearsay,
            confidence=found.confidence,
            importance=found.importance,
            finder=self.finder,
        )
        origins = [self.portion.origin(self.line)]
        return keep_fact(self.connection, origins, learned, [self.line.id])

    def _confirm(self, target: int, rows: Stands, heard: set[int]) -> None:
        """It was said again, if it was not this very line that said it."""
        if target in heard:
            return
        before = next(row.confidence for row in rows.rows if row.id == target)
        sure = max(before, min(_SUREST, before + _SURER))
        self.connection.execute(_AGAIN, {"which": target, "then": self.now})
        self.connection.execute(_SURE, {"which": target, "sure": sure})
        edge = {"memory_id": target, "source_id": self.line.id}
        self.connection.execute(insert(memory_source), edge)

    def _end(self, told: Resolution, by: int | None) -> None:
        for target in told.targets:
            self.connection.execute(_OVER, {"which": target, "ends": told.ends, "by": by})


def _twin(one: Known, found: Fact) -> bool:
    """Whether the same line has said so already, to the rules that read it at once."""
    if (one.subject, one.slot) != (found.subject, found.slot) or one.negated:
        return False
    ours, theirs = normal(found.value), one.norm.rpartition(":")[2]
    return bool(theirs) and (theirs in ours or ours in theirs)


def _known(row: Row[Any]) -> Known:
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


def _shown(row: Row[Any]) -> Shown:
    return Shown(row.id, row.speaker, row.subject, row.slot, row.text, row.hearsay, row.norm)
