"""What turns give us to write of later: found off the reply path, in each turn once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from anima.model import GUEST
from anima.ports import Clock
from memory.bonding import relation_of
from memory.bonds import relation, thread
from memory.database import Database
from memory.exchanges import SAID, TURNS, heard_in
from memory.longterm.hushing import hushed
from memory.manners import ZoneOf, keep, manner_of, put, unknown, zone_of
from memory.recurring import celebrated, come_again
from memory.same import same
from memory.sameness import digest
from memory.tables import conversation, heard, impulse, looked, turn
from persona.initiative.reasons import AHEAD, Reason, morning, ours, silence, theirs, unled
from persona.initiative.wishes import greets_morning, rises, sleeps
from persona.initiative.zones import guessed

_TALK: Final = ("answered", "failed", "silent")
_HABIT: Final = timedelta(days=14)
_SOON: Final = timedelta(hours=6)
_GUESS_AGAIN: Final = timedelta(days=2)
_READ: Final = 500
_LATELY: Final = timedelta(days=2)  # what is older is no news

_PLACE: Final = (
    select(conversation, looked.c.turn_id.label("looked_turn"), looked.c.allowed)
    .outerjoin(looked, looked.c.conversation_id == conversation.c.id)
    .where(conversation.c.id == bindparam("place"))
)
_TURNS: Final = (
    select(turn)
    .where(
        turn.c.conversation_id == bindparam("place"),
        turn.c.id > bindparam("after"),
        turn.c.outcome.is_not(None),
    )
    .order_by(turn.c.id)
    .limit(TURNS)
)
_HEARD: Final = heard_in("answered", "noted", "command", "expired")
_MORNINGS: Final = select(heard.c.at, heard.c.text).where(
    heard.c.conversation_id == bindparam("place"),
    heard.c.speaker_id == bindparam("who"),
    heard.c.at >= bindparam("since"),
)
_OUR_MORNINGS: Final = select(impulse.c.ended_at).where(
    impulse.c.conversation_id == bindparam("place"),
    impulse.c.kind == "morning",
    impulse.c.state == "said",
    impulse.c.ended_at >= bindparam("since"),
)
_WROTE: Final = (
    select(heard.c.at)
    .where(heard.c.conversation_id == bindparam("place"), heard.c.speaker_id == bindparam("who"))
    .order_by(heard.c.id.desc())
    .limit(_READ)
)
_RELATION: Final = select(relation).where(
    relation.c.persona == bindparam("whose"), relation.c.speaker == bindparam("who")
)
_OPEN: Final = select(thread.c.text).where(
    thread.c.conversation_id == bindparam("place"), thread.c.speaker == bindparam("who")
)
_OVER: Final = (
    update(impulse)
    .where(
        impulse.c.conversation_id == bindparam("place"),
        impulse.c.speaker == bindparam("who"),
        impulse.c.kind == "thread",
        impulse.c.state == "waiting",
        impulse.c.digest.not_in(bindparam("left", expanding=True)),
    )
    .values(state="dropped", held="over", ended_at=bindparam("then"))
)
_MET: Final = (
    update(impulse)
    .where(
        impulse.c.speaker.in_(bindparam("people", expanding=True)),
        impulse.c.state == "waiting",
        impulse.c.kind == "morning",
        impulse.c.due <= bindparam("soon"),
    )
    .values(state="dropped", held="met", ended_at=bindparam("then"))
)
_ANSWERED: Final = (
    update(impulse)
    .where(
        impulse.c.speaker.in_(bindparam("people", expanding=True)),
        impulse.c.state == "said",
        impulse.c.answered_at.is_(None),
        impulse.c.ended_at <= bindparam("then"),
    )
    .values(answered_at=bindparam("then"))
)
_WEIGHED_ANEW: Final = (
    update(impulse)
    .where(impulse.c.speaker.in_(bindparam("people", expanding=True)), impulse.c.state == "waiting")
    .values(held_until=None)
)
_LATER: Final = (
    update(impulse)
    .where(
        impulse.c.conversation_id == bindparam("place"),
        impulse.c.persona == bindparam("whose"),
        impulse.c.speaker == bindparam("who"),
        impulse.c.kind == "silence",
        impulse.c.state == "waiting",
    )
    .values(at=bindparam("since"), due=bindparam("then"), until=bindparam("ends"), held="")
)
"""A silence begins anew with each word."""
_KEY: Final = ("conversation_id", "persona", "speaker", "kind", "digest")


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody in a place, as one look finds them. *waits*: reasons are looked for."""

    place: Row[Any]
    address: str
    people: tuple[str, ...]
    zone: tzinfo
    lines: list[Row[Any]] = field(default_factory=list)


class Foresight:
    """Catches up with places; *zone_of* knows where people said that they live."""

    def __init__(self, database: Database, zone_of: ZoneOf = unknown) -> None:
        self._database = database
        self._zone_of = zone_of

    async def catch_up(self, place: int) -> bool:
        """Look at the turns of *place* that were not looked at yet; whether there may be more.

        Raises `LedgerUnavailable`.
        """
        return await self._database.write(lambda found: self._look(found, place), lasting=False)

    def _look(self, connection: Connection, place: int) -> bool:
        here = connection.execute(_PLACE, {"place": place}).one()
        after = here.looked_turn or (here.since or 1) - 1
        turns = connection.execute(_TURNS, {"place": place, "after": after}).all()
        if not turns:
            return False
        put(connection, looked, {"conversation_id": place}, {"turn_id": turns[-1].id})
        asked = {"place": place, "turns": [row.id for row in turns]}
        lines = connection.execute(_HEARD, asked).all()
        people = self._people(connection, here, lines)
        for one in people.values():
            _met(connection, one)
        for row in celebrated(connection, place):
            zone = zone_of(connection, [row.speaker], self._zone_of)
            come_again(connection, row, row.ended_at, zone)
        if _is_for_us(here):
            quiet = hushed(connection, place)
            talk = {
                row.id
                for row in turns
                if row.outcome in _TALK
                and row.persona == (here.persona or "")
                and not any(hush.covers(row.id) for hush in quiet)
            }
            for one in people.values():
                _foresee(connection, one, [row for row in one.lines if row.turn_id in talk])
            promised = [row for row in connection.execute(SAID, asked) if row.turn_id in talk]
            _promise(connection, here, promised, people, lines)
        return len(turns) == TURNS

    def _people(
        self, connection: Connection, here: Row[Any], lines: Sequence[Row[Any]]
    ) -> Mapping[str, _Person]:
        people: dict[str, _Person] = {}
        for row in lines:
            if row.speaker_id not in people:
                address = f"{here.platform}:{row.speaker_id}"
                known = same(connection, address)
                zone = zone_of(connection, known, self._zone_of)
                zone = zone or _guess(connection, here, row.speaker_id, known)
                people[row.speaker_id] = _Person(here, address, known, zone or UTC)
            people[row.speaker_id].lines.append(row)
        return people


def _is_for_us(here: Row[Any]) -> bool:
    """Whether we may ever write first in that place."""
    alone = here.private and not here.connection
    group = not here.private and here.allowed and here.connection != GUEST
    return bool(alone or group) and here.closed_at is None


def _guess(
    connection: Connection, here: Row[Any], who: str, people: Sequence[str]
) -> tzinfo | None:
    """Where they may live, by when they write; thought over every other day."""
    known = manner_of(connection, people)
    wrote = connection.execute(_WROTE, {"place": here.id, "who": who}).scalars().all()
    newest = wrote[0]
    if known.guessed_at and newest - known.guessed_at < _GUESS_AGAIN:
        return known.guess
    zone = guessed(wrote)
    if zone is None:
        keep(connection, people, guessed_at=newest)
        return known.guess
    minutes = round(zone.utcoffset(None).total_seconds() / 60)
    keep(connection, people, guess=minutes, guessed_at=newest)
    return zone


def _met(connection: Connection, one: _Person) -> None:
    """They have written: what waits for a word of theirs need not wait, and who slept is up."""
    last = one.lines[-1]
    hours = manner_of(connection, one.people).hours
    asleep = rises(last.at, one.zone, hours) if sleeps(last.text) else None
    keep(connection, one.people, heard_at=last.at, asleep_until=asleep)
    people = list(one.people)
    connection.execute(_ANSWERED, {"people": people, "then": last.at})
    connection.execute(_WEIGHED_ANEW, {"people": people})
    connection.execute(_MET, {"people": people, "soon": last.at + _SOON, "then": last.at})


def _foresee(connection: Connection, one: _Person, lines: Sequence[Row[Any]]) -> None:
    """The reasons in *lines*, which are theirs."""
    if not lines:
        return
    for line in lines:
        for reason in theirs(line.text, line.at, one.zone):
            _keep(connection, one, reason, line.at, heard_id=line.id)
    whose = {"place": one.place.id, "who": one.address}
    left = [digest(text) for text in connection.execute(_OPEN, whose).scalars()]
    connection.execute(_OVER, {**whose, "left": left, "then": lines[-1].at})
    if one.place.private:
        for reason in _habits(connection, one, lines):
            _keep(connection, one, reason, lines[-1].at)


def _habits(connection: Connection, one: _Person, lines: Sequence[Row[Any]]) -> Iterator[Reason]:
    """What comes of how they talk with us: missing them, and their good mornings."""
    last = lines[-1]
    whose = {"whose": one.place.persona or "", "who": one.address}
    row = connection.execute(_RELATION, whose).first()
    if missed := silence(relation_of(row) if row else None, last.at):
        yield missed
    if any(greets_morning(line.text) for line in lines):
        asked = {"place": one.place.id, "who": last.speaker_id, "since": last.at - _HABIT}
        first_ours = connection.execute(_OUR_MORNINGS, asked).scalars().all()
        greeted = [
            row.at for row in connection.execute(_MORNINGS, asked) if greets_morning(row.text)
        ]
        if first := morning(unled(greeted, first_ours), last.at, one.zone):
            yield first


def _promise(
    connection: Connection,
    here: Row[Any],
    bubbles: Sequence[Row[Any]],
    people: Mapping[str, _Person],
    lines: Sequence[Row[Any]],
) -> None:
    """What we promised: to whom we answered."""
    for row in bubbles:
        to = [line.speaker_id for line in lines if line.turn_id == row.turn_id]
        if to:
            one = people[to[-1]]
            for reason in ours(row.text, row.at, one.zone):
                _keep(connection, one, reason, row.at, said_id=row.id)
    del here


def _keep(
    connection: Connection, one: _Person, reason: Reason, at: datetime, **source: int
) -> None:
    """Keep it once."""
    if reason.due - at > AHEAD:
        return
    row = {
        "conversation_id": one.place.id,
        "persona": one.place.persona or "",
        "speaker": one.address,
        "kind": reason.kind,
        "digest": digest(reason.key),
        "occasion": reason.occasion[:32],
        "at": at,
        "due": reason.due,
        "until": reason.until,
        "state": "waiting",
        **source,
    }
    if reason.kind == "silence" and _put_off(connection, row):
        return
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    new = insert(impulse).values(row)
    connection.execute(new.on_conflict_do_nothing(index_elements=_KEY))


def _put_off(connection: Connection, row: Mapping[str, object]) -> bool:
    """Have a silence that is waited for end later; whether there is one."""
    names = {"place": "conversation_id", "whose": "persona", "who": "speaker"}
    times = {"since": "at", "then": "due", "ends": "until"}
    asked = {name: row[column] for name, column in (names | times).items()}
    return bool(connection.execute(_LATER, asked).rowcount)


class Unlooked:
    """Knows where turns ended that were not looked at: after a crash."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def behind(self) -> Sequence[int]:
        """These places. Raises `LedgerUnavailable`."""
        since = self._clock.now() - _LATELY
        return await self._database.read(
            lambda found: tuple(found.execute(_BEHIND, {"since": since}).scalars())
        )


_newest: Final = (
    select(turn.c.conversation_id, func.max(turn.c.id).label("last"))
    .where(turn.c.outcome.is_not(None), turn.c.began_at >= bindparam("since"))
    .group_by(turn.c.conversation_id)
    .subquery()
)
_BEHIND: Final = (
    select(_newest.c.conversation_id)
    .outerjoin(looked, looked.c.conversation_id == _newest.c.conversation_id)
    .where(or_(looked.c.turn_id.is_(None), looked.c.turn_id < _newest.c.last))
    .order_by(_newest.c.conversation_id)
)
