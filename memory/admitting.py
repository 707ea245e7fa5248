"""Letting people in and shutting them out: each deed whole, audited, and harmless when repeated."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from anima.ids import Ids
from anima.model import Speaker
from anima.ports import Clock
from memory import knocking
from memory.database import Database
from memory.same import same, sides
from memory.tables import access, audit, ticket
from memory.text import storable
from memory.unasked import Unasked

GUESSES: Final = 5
"""After so many wrong codes nobody's word is looked at for `GUESSING`."""
GUESSING: Final = timedelta(hours=1)

Ruling = Literal["done", "already", "banned"]
"""What came of a deed; *banned*: who is shut out is not let in by the way."""

_OF: Final = select(access).where(access.c.speaker == bindparam("address")).with_for_update()
_IT: Final = update(access).where(access.c.speaker == bindparam("address"))
_ALLOW: Final = _IT.values(allowed_at=bindparam("then"), allowed_by=bindparam("who"), guesses=0)
_BAN: Final = _IT.values(
    banned_at=bindparam("then"), banned_by=bindparam("who"), reason=bindparam("why")
)
_UNBAN: Final = _IT.values(banned_at=None, banned_by=None, reason="")
_GUESSED: Final = _IT.values(guesses=bindparam("count"), guessed_at=bindparam("then"))
_TICKET: Final = select(ticket).where(ticket.c.digest == bindparam("which")).with_for_update()
_USED: Final = (
    update(ticket)
    .where(ticket.c.digest == bindparam("which"))
    .values(used_at=bindparam("then"), used_by=bindparam("who"))
)
_AUDIT: Final = insert(audit)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by their address, and what they call themselves, as far as that is known."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did it, in which place, and when."""

    by: str
    place: int
    at: datetime


class Admissions:
    """The door's book. *rang* learns where a welcome waits, after the commit.

    *welcome* are the words for somebody of this name, in this language. All of it raises
    `LedgerUnavailable`.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        ids: Ids,
        rang: Callable[[Collection[int]], None],
        welcome: Callable[[str, str], str],
    ) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids
        self._rang = rang
        self._welcome = welcome

    async def allow(self, person: Person, by: str, place: int) -> Ruling:
        """Let *person* in, and tell them where they had asked."""
        deed, blank = Deed(by, place, self._clock.now()), self._blank()
        told, ruling = await self._database.write(
            lambda found: self._allow(found, person, deed, blank)
        )
        self._rang(told)
        return ruling

    async def confirm(self, digest: str, by: str, place: int) -> tuple[Person, Ruling] | None:
        """Let in whoever got the code of this *digest*; none: nobody did, or it is too late."""
        deed, blank = Deed(by, place, self._clock.now()), self._blank()

        def job(connection: Connection) -> tuple[list[int], tuple[Person, Ruling] | None]:
            row = connection.execute(_TICKET, {"which": digest}).first()
            if row is None or not row.speaker or row.until <= deed.at:
                return [], None
            if row.used_at is None:
                connection.execute(_USED, {"which": digest, "then": deed.at, "who": by})
            known = connection.execute(_OF, {"address": row.speaker}).first()
            person = Person(row.speaker, known.name if known else "")
            told, ruling = self._allow(connection, person, deed, blank)
            return told, (person, ruling)

        told, found = await self._database.write(job)
        self._rang(told)
        return found

    async def ban(self, person: Person, reason: str, by: str, place: int) -> Ruling:
        """Shut *person* out, as whichever speaker, from the next word on that they say."""
        deed = Deed(by, place, self._clock.now())

        def job(connection: Connection) -> Ruling:
            rows = _rows(connection, person)
            free = [row for row in rows if row.banned_at is None]
            for row in free:
                one, why = Person(row.speaker, row.name), storable(reason)
                shut = {"address": one.address, "then": deed.at, "who": by, "why": why}
                connection.execute(_BAN, shut)
                _note(connection, deed, "ban", one, _standing(row), why)
            return "done" if free else "already"

        return await self._database.write(job)

    async def unban(self, person: Person, by: str, place: int) -> Ruling:
        """Whoever was let in before the ban is in again, as whichever speaker."""
        deed = Deed(by, place, self._clock.now())

        def job(connection: Connection) -> Ruling:
            banned = _banned(connection, same(connection, person.address))
            _pardon(connection, banned, deed, "")
            return "done" if banned else "already"

        return await self._database.write(job)

    async def invite(self, digest: str, until: datetime, by: str, place: int) -> None:
        """Whoever first brings the code of this *digest* is let in."""
        deed = Deed(by, place, self._clock.now())

        def job(connection: Connection) -> None:
            knocking.keep(connection, digest, until, deed.at, by=by)
            _note(connection, deed, "invite", Person(""), "", until.isoformat(timespec="minutes"))

        await self._database.write(job)

    async def redeem(self, digest: str, speaker: Speaker) -> bool | None:
        """Let *speaker* in by the code of this *digest*; none: they guessed too often to be heard.

        Who brings again what let them in is in.
        """
        now = self._clock.now()

        def job(connection: Connection) -> bool | None:
            person = Person(speaker.address, speaker.name)
            row = _row(connection, person)
            fresh = row.guessed_at is None or now - row.guessed_at >= GUESSING
            since, count = (now, 0) if fresh else (row.guessed_at, row.guesses)
            if count >= GUESSES:
                return None
            found = connection.execute(_TICKET, {"which": digest}).first()
            if found is not None and found.used_by == person.address and not found.speaker:
                return True
            if found is None or found.speaker or found.used_at or found.until <= now:
                wrong = {"address": person.address, "count": count + 1, "then": since}
                connection.execute(_GUESSED, wrong)
                return False
            connection.execute(_USED, {"which": digest, "then": now, "who": person.address})
            allowed = {"address": person.address, "then": now, "who": found.by}
            connection.execute(_ALLOW, allowed)
            _note(connection, Deed(found.by, 0, now), "allow", person, _standing(row), "invitation")
            return True

        return await self._database.write(job)

    async def pardon(self, owners: Collection[str]) -> int:
        """Who owns the house by its settings is not shut out of it; how many were."""
        deed = Deed("house", 0, self._clock.now())

        def job(connection: Connection) -> int:
            banned = _banned(connection, owners)
            _pardon(connection, banned, deed, "admin")
            return len(banned)

        return await self._database.write(job) if owners else 0

    def _blank(self) -> Unasked:
        """A welcome without its words: whom it is for is only known in the database's thread."""
        return Unasked.new(self._ids, "", "notice", self._clock.now())

    def _allow(
        self, connection: Connection, person: Person, deed: Deed, blank: Unasked
    ) -> tuple[list[int], Ruling]:
        row = _row(connection, person)
        if row.banned_at is not None:
            return [], "banned"
        if row.allowed_at is not None:
            return [], "already"
        allowed = {"address": person.address, "then": deed.at, "who": deed.by}
        connection.execute(_ALLOW, allowed)
        _note(connection, deed, "allow", person, _standing(row), "allowed")
        return self._greet(connection, row, blank), "done"

    def _greet(self, connection: Connection, row: Row[Any], blank: Unasked) -> list[int]:
        """Tell them where they knocked; who never did knows nothing of a door."""
        if row.conversation_id is None:
            return []
        told = replace(blank, text=storable(self._welcome(row.name, row.language)))
        return [row.conversation_id] if told.put(connection, row.conversation_id) else []


def _row(connection: Connection, person: Person) -> Row[Any]:
    """What is known of *person*, which is not much where nothing was."""
    knocking.make(connection, person.address, person.name)
    return connection.execute(_OF, {"address": person.address}).one()


def _rows(connection: Connection, person: Person) -> list[Row[Any]]:
    """The same of every speaker who is one person with *person*."""
    others = (one for one in sides(connection, person.address) if one.address != person.address)
    everyone = [person, *(Person(one.address, one.name) for one in others)]
    return [_row(connection, one) for one in sorted(everyone, key=lambda one: one.address)]


def _banned(connection: Connection, addresses: Collection[str]) -> list[Row[Any]]:
    """The rows of those of them who are shut out."""
    rows = [connection.execute(_OF, {"address": one}).first() for one in sorted(addresses)]
    return [row for row in rows if row is not None and row.banned_at is not None]


def _pardon(connection: Connection, banned: Sequence[Row[Any]], deed: Deed, why: str) -> None:
    for row in banned:
        connection.execute(_UNBAN, {"address": row.speaker})
        _note(connection, deed, "unban", Person(row.speaker, row.name), "banned", why)


def _standing(row: Row[Any]) -> str:
    return "banned" if row.banned_at else "allowed" if row.allowed_at else ""


def _note(  # noqa: PLR0917 - each is a column
    connection: Connection, deed: Deed, what: str, person: Person, before: str, after: str
) -> None:
    row = {
        "at": deed.at,
        "by": deed.by,
        "deed": what,
        "conversation_id": deed.place or None,
        "subject": person.address,
        "before": before,
        "after": after,
    }
    connection.execute(_AUDIT, row)
