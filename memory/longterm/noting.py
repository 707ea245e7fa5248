"""What was noted of a portion becomes facts, by the rules of what contradicts what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from memory.longterm.kept import Saying
from memory.longterm.portions import Portion
from memory.longterm.settling import Settling, known, made_of
from memory.longterm.tables import fact, memory
from persona.distil.facts import facts_of
from persona.distil.noted import Noted
from persona.distil.telling import telling_words
from persona.distil.told import Known as Shown
from persona.distil.told import Told
from persona.facts.kinds import Fact, normal
from persona.facts.resolve import Known

SHOWN: Final = 10
"""Facts that a model is shown beside a portion."""
_READ: Final = 500

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


@dataclass(frozen=True, slots=True)
class Stands:
    """What is known at this place of the speakers of a portion."""

    rows: Sequence[Row[Any]]

    def of(self, speaker: str) -> list[Known]:
        """What is known of *speaker*, as the rules see it."""
        return [known(row) for row in self.rows if row.speaker == speaker]

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
            current = stands(connection, portion).of(line.speaker)
            if not _said_already(connection, line, found, current):
                saying = Saying(portion.origin(line), line.name, line.text, line.at)
                Settling(connection, saying, line.id, finder, now).take(found, current)


def _said_already(
    connection: Connection, line: Told, found: Fact, current: Sequence[Known]
) -> bool:
    """Whether rules have found it in *line* before."""
    heard = made_of(connection, line.id)
    return not found.negated and any(_twin(one, found) for one in current if one.id in heard)


def _twin(one: Known, found: Fact) -> bool:
    """Whether the same line has said so already, to the rules that read it at once."""
    if (one.subject, one.slot) != (found.subject, found.slot) or one.negated:
        return False
    ours, theirs = normal(found.value), one.norm.rpartition(":")[2]
    return bool(theirs) and (theirs in ours or ours in theirs)


def _shown(row: Row[Any]) -> Shown:
    return Shown(row.id, row.speaker, row.subject, row.slot, row.text, row.hearsay, row.norm)
