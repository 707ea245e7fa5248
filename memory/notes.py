"""What is worth remembering of a conversation, and finding again what was said in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Select,
    String,
    bindparam,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from anima.model import Line
from anima.ports import Clock
from memory.database import Database
from memory.reading import speaker
from memory.sameness import digest
from memory.tables import heard, note, said, turn
from memory.text import storable

_WORDS: Final = 8
_WORD_CHARACTERS: Final = 100
"""Whoever asks for more than that has not said what they look for."""

_SAME: Final = (note.c.conversation_id, note.c.digest)
_KEEP: Final = {
    "sqlite": sqlite.insert(note).on_conflict_do_nothing(index_elements=_SAME).returning(note.c.id),
    "postgresql": postgresql.insert(note)
    .on_conflict_do_nothing(index_elements=_SAME)
    .returning(note.c.id),
}
_here: Final[BindParameter[int]] = bindparam("place", type_=BigInteger())
_mine: Final = bindparam("persona", type_=String())
_OF: Final = (
    select(note.c.text, note.c.at)
    .where(note.c.conversation_id == _here, note.c.persona == _mine)
    .order_by(note.c.id.desc())
    .limit(bindparam("most"))
)
_COUNT: Final = (
    select(func.count())
    .select_from(note)
    .where(note.c.conversation_id == _here, note.c.persona == _mine)
)
_HEARD: Final = (
    select(heard)
    .join(turn, turn.c.id == heard.c.turn_id)
    .where(
        heard.c.conversation_id == _here,
        heard.c.state.in_(("answered", "noted", "expired")),
        turn.c.persona == _mine,
    )
)
_SAID: Final = (
    select(said)
    .join(turn, turn.c.id == said.c.turn_id)
    .where(
        said.c.conversation_id == _here,
        said.c.state == "delivered",
        turn.c.outcome.not_in(("command", "notice")),
        turn.c.persona == _mine,
    )
)
_NOTES: Final = select(note).where(note.c.conversation_id == _here, note.c.persona == _mine)


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was written down to be remembered."""

    text: str
    at: datetime


class Notes:
    """The notes of each conversation, told in that one only, by the *persona* who made them.

    Raises `LedgerUnavailable`.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def keep(self, place: int, persona: str, text: str, by: str) -> bool:
        """Write *text* down; False: it stood there already. *by* is who wanted it remembered."""
        words = storable(text)
        row = {
            "conversation_id": place,
            "digest": digest(f"{persona}\0{words}" if persona else words),
            "persona": persona,
            "text": words,
            "by": storable(by)[:128],
            "at": self._clock.now(),
        }
        return await self._database.write(
            lambda found: found.execute(_KEEP[found.dialect.name], row).first() is not None
        )

    async def of(self, place: int, persona: str, limit: int) -> tuple[Note, ...]:
        """The last *limit* notes there, the newest last."""
        asked = {"place": place, "persona": persona, "most": limit}
        rows = await self._database.read(lambda connection: connection.execute(_OF, asked).all())
        return tuple(Note(row.text, row.at) for row in reversed(rows))

    async def count(self, place: int, persona: str) -> int:
        """How many there are."""
        return await self._database.read(
            lambda connection: connection.execute(
                _COUNT, {"place": place, "persona": persona}
            ).scalar_one()
        )

    async def search(
        self, place: int, persona: str, words: Sequence[str], limit: int = 8
    ) -> tuple[Line, ...]:
        """The *limit* notes and lines of the talk there in which most of *words* stand.

        Of those with as many the newer come first. A note is told as a line of ours. What waits
        for its answer, commands, and what the house itself said are left out.
        """
        sought = map(_sought, words)
        wanted = tuple({word.casefold(): word for word in sought if word}.values())[:_WORDS]
        if not wanted:
            return ()
        asked = {"place": place, "persona": persona, "most": limit}
        return await self._database.read(lambda connection: _search(connection, asked, wanted))


def _sought(word: str) -> str:
    return storable(word).strip()[:_WORD_CHARACTERS]


def _search(
    connection: Connection, asked: Mapping[str, Any], words: Sequence[str]
) -> tuple[Line, ...]:
    theirs = connection.execute(_best(_HEARD, heard.c.text, heard.c.at, words), asked)
    found = [(row.matches, Line(speaker(row), row.text, row.at)) for row in theirs]
    for lines, text, at in ((_SAID, said.c.text, said.c.at), (_NOTES, note.c.text, note.c.at)):
        ours = connection.execute(_best(lines, text, at, words), asked)
        found += [(row.matches, Line(None, row.text, row.at)) for row in ours]
    found.sort(key=lambda one: (one[0], one[1].at), reverse=True)
    return tuple(line for _, line in found[: asked["most"]])


def _best(
    lines: Select[Any], text: Column[str], at: Column[datetime], words: Sequence[str]
) -> Select[Any]:
    """Those of *lines* in which any of *words* stands, with the number of their *matches*."""
    each: list[ColumnElement[bool]] = [text.icontains(word, autoescape=True) for word in words]
    matches = sum((case((one, 1), else_=0) for one in each[1:]), case((each[0], 1), else_=0))
    return (
        lines.add_columns(matches.label("matches"))
        .where(or_(*each))
        .order_by(matches.desc(), at.desc())
        .limit(bindparam("most"))
    )
