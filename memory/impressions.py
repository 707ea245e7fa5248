"""What turns leave behind: a mood in their place, closeness to people, what lies ahead of them.

It is caught up with off the reply path, turn by turn and each turn once: which one was looked at
last stands in the same row as the mood that came of it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from anima.bonds import Mood, Relation, Thread
from anima.model import Line
from memory.agreeing import stand
from memory.bonding import mood, relation_of
from memory.bonds import relation, thread
from memory.database import Database
from memory.exchanges import SAID, TURNS, heard_in
from memory.longterm.hushing import hushed
from memory.reading import speaker
from memory.same import same
from memory.tables import conversation, turn
from memory.text import storable

_PLACE: Final = (
    select(conversation).where(conversation.c.id == bindparam("place")).with_for_update()
)
_TURNS: Final = (
    select(turn)
    .join(conversation, conversation.c.id == turn.c.conversation_id)
    .where(
        turn.c.conversation_id == bindparam("place"),
        turn.c.id > func.coalesce(conversation.c.felt_turn, conversation.c.since - 1, 0),
        turn.c.persona == conversation.c.persona,
        turn.c.outcome.in_(("answered", "failed", "silent")),
    )
    .order_by(turn.c.id)
    .limit(TURNS)
)
_HEARD: Final = heard_in("answered", "noted")
_FELT: Final = (
    update(conversation)
    .where(conversation.c.id == bindparam("place"))
    .values(
        pleasure=bindparam("glad"),
        energy=bindparam("awake"),
        felt_at=bindparam("then"),
        felt_turn=bindparam("up_to"),
    )
)
_NOTHING: Final = {"glad": None, "awake": None, "then": None}
"""The turns were looked at all the same."""
_RELATIONS: Final = (
    select(relation)
    .where(
        relation.c.persona == bindparam("whose"),
        relation.c.speaker.in_(bindparam("people", expanding=True)),
    )
    .order_by(relation.c.speaker)
    .with_for_update()
)
_mine = (
    thread.c.persona == bindparam("whose"),
    thread.c.speaker == bindparam("who"),
    thread.c.conversation_id == bindparam("place"),
)
_AHEAD: Final = select(thread).where(*_mine).order_by(thread.c.id)
_OVER: Final = delete(thread).where(*_mine)
_OPEN: Final = insert(thread)


class Reads(Protocol):
    """How a persona takes what is said; pure, and the same for the same words."""

    def feels(self, before: Mood | None, lines: Sequence[Line], at: datetime) -> Mood:
        """How it feels after a turn of these *lines*."""

    def stands(self, before: Relation | None, lines: Sequence[Line], at: datetime) -> Relation:
        """How it stands to somebody after those *lines* of theirs."""

    def awaits(
        self, before: Sequence[Thread], lines: Sequence[Line], at: datetime
    ) -> Sequence[Thread]:
        """What lies ahead of somebody after those *lines* of theirs."""


@dataclass(frozen=True, slots=True)
class _Past:
    """A turn that is over."""

    at: datetime
    lines: Sequence[Line]


class Impressions:
    """Catches up with places. *reads* knows how a persona of the house takes what is said."""

    def __init__(self, database: Database, reads: Callable[[str], Reads | None]) -> None:
        self._database = database
        self._reads = reads

    async def catch_up(self, place: int) -> bool:
        """Look at the turns of *place* that were not looked at yet; whether there may be more.

        Raises `LedgerUnavailable`.
        """
        return await self._database.write(lambda found: self._catch_up(found, place), lasting=False)

    def _catch_up(self, connection: Connection, place: int) -> bool:
        here = connection.execute(_PLACE, {"place": place}).one()
        turns = connection.execute(_TURNS, {"place": place}).all()
        reads = self._reads(here.persona) if here.persona else None
        if reads is None or not turns:
            return False
        quiet = hushed(connection, place)
        heeded = [one for one in turns if not any(hush.covers(one.id) for hush in quiet)]
        told = _told(connection, place, heeded)
        _feel(connection, here, told, reads, turns[-1].id)
        for address, theirs in _by_person(told).items():
            _stand(connection, here.persona, address, theirs, reads)
            _await(connection, here, address, theirs, reads)
        return len(turns) == TURNS


def _told(connection: Connection, place: int, turns: Sequence[Row[Any]]) -> Sequence[_Past]:
    asked = {"place": place, "turns": [row.id for row in turns]}
    lines: dict[int, list[Line]] = defaultdict(list)
    for row in connection.execute(_HEARD, asked):
        lines[row.turn_id].append(Line(speaker(row), row.text, row.at, row.addressed))
    for row in connection.execute(SAID, asked):
        lines[row.turn_id].append(Line(None, row.text, row.at))
    return [_Past(row.ended_at, lines[row.id]) for row in turns]


def _by_person(told: Sequence[_Past]) -> Mapping[str, Sequence[_Past]]:
    people: dict[str, list[_Past]] = defaultdict(list)
    for past in told:
        theirs: dict[str, list[Line]] = defaultdict(list)
        for line in past.lines:
            if line.speaker:
                theirs[line.speaker.address].append(line)
        for address, lines in theirs.items():
            people[address].append(_Past(past.at, lines))
    return people


def _feel(
    connection: Connection, here: Row[Any], told: Sequence[_Past], reads: Reads, up_to: int
) -> None:
    feels = mood(here)
    for past in told:
        feels = reads.feels(feels, past.lines, past.at)
    felt = feels and {"glad": feels.pleasure, "awake": feels.energy, "then": feels.at}
    connection.execute(_FELT, {"place": here.id, "up_to": up_to, **(felt or _NOTHING)})


def _stand(
    connection: Connection, persona: str, address: str, told: Sequence[_Past], reads: Reads
) -> None:
    """Whoever is linked with somebody stands as they do."""
    people = same(connection, address)
    rows = connection.execute(_RELATIONS, {"whose": persona, "people": people}).all()
    known = {row.speaker: relation_of(row) for row in rows}
    stands = known.get(address) or next(iter(known.values()), None)
    for past in told:
        stands = reads.stands(stands, past.lines, past.at)
    if stands is not None:
        stand(connection, persona, people, stands)


def _await(
    connection: Connection, here: Row[Any], address: str, told: Sequence[_Past], reads: Reads
) -> None:
    whose = {"whose": here.persona, "who": address, "place": here.id}
    rows = connection.execute(_AHEAD, whose)
    before = tuple(Thread(row.text, row.due, row.at) for row in rows)
    after = before
    for past in told:
        after = tuple(reads.awaits(after, past.lines, past.at))
    if after == before:
        return
    connection.execute(_OVER, whose)
    name = {"persona": here.persona, "speaker": address, "conversation_id": here.id}
    ahead = [{**name, "text": storable(one.text), "due": one.due, "at": one.at} for one in after]
    if ahead:
        connection.execute(_OPEN, ahead)
