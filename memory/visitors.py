"""Who came to the door, and whom somebody means by a name or by a reply."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select

from memory.admitting import Person
from memory.database import Database
from memory.same import same
from memory.tables import access, conversation, heard, said

_NEWEST: Final = 5000
"""Messages among which a name is looked for; who spoke before them is known by the address."""

_came: Final = access.c.knocked_at.is_not(None)
_is_in: Final = access.c.allowed_at.is_not(None)
_is_out: Final = access.c.banned_at.is_not(None)
_ROW: Final = select(access.c.speaker, access.c.name, access.c.reason)


def _list(where: ColumnElement[bool], when: ColumnElement[Any]) -> Select[Any]:
    newest = _ROW.where(where).order_by(when.desc(), access.c.speaker)
    return newest.limit(bindparam("most")).offset(bindparam("past"))


_LISTS: Final = {
    "waiting": _list(_came & ~_is_in & ~_is_out, access.c.knocked_at),
    "allowed": _list(_is_in & ~_is_out, access.c.allowed_at),
    "banned": _list(_is_out, access.c.banned_at),
}
_HERE: Final = select(heard.c.source, heard.c.speaker_id, heard.c.speaker_name)
_REPLIED: Final = (
    _HERE.where(
        heard.c.conversation_id == bindparam("place"),
        heard.c.message == bindparam("which"),
        heard.c.speaker_id != "",
    )
    .order_by(heard.c.id)
    .limit(1)
)
_ANSWERED: Final = (
    _HERE.join(said, said.c.turn_id == heard.c.turn_id)
    .where(
        said.c.conversation_id == bindparam("place"),
        said.c.message == bindparam("which"),
        heard.c.conversation_id == bindparam("place"),
        heard.c.speaker_id != "",
        heard.c.state != "noted",
    )
    .order_by(heard.c.id.desc())
    .limit(1)
)
_NAME: Final = select(access.c.name).where(access.c.speaker == bindparam("address"))
_NAME_LATELY: Final = (
    select(heard.c.speaker_name)
    .join(conversation, conversation.c.id == heard.c.conversation_id)
    .where(
        heard.c.speaker_id == bindparam("number"),
        heard.c.turn_id.is_not(None),
        conversation.c.platform == bindparam("platform"),
    )
    .order_by(heard.c.turn_id.desc())
    .limit(1)
)
_recent = select(heard.c.id).order_by(heard.c.id.desc()).limit(_NEWEST).subquery()
_SPOKE: Final = (
    select(heard.c.source, heard.c.speaker_id, heard.c.speaker_name)
    .where(heard.c.id.in_(select(_recent.c.id)), heard.c.speaker_id != "")
    .distinct()
)
_ROWS: Final = (
    select(access.c.speaker, access.c.name)
    .where(access.c.name != "")
    .order_by(access.c.knocked_at.desc())
    .limit(_NEWEST)
)


class Visitors:
    """Knows people by more than their address. Raises `LedgerUnavailable`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def those(self, kind: str, limit: int, past: int = 0) -> tuple[tuple[Person, str], ...]:
        """Those who are *waiting*, *allowed* or *banned*, the newest first, and why."""
        asked = {"most": limit, "past": past}

        def job(connection: Connection) -> tuple[tuple[Person, str], ...]:
            rows = connection.execute(_LISTS[kind], asked)
            return tuple((Person(row.speaker, row.name), row.reason) for row in rows)

        return await self._database.read(job)

    async def same(self, address: str) -> tuple[str, ...]:
        """The addresses of all speakers who are one person with *address*, that one among them."""
        return await self._database.read(lambda found: same(found, address))

    async def replied_to(self, place: int, message: str) -> Person | None:
        """Who wrote *message* in *place*, or whom we answered with it."""
        asked = {"place": place, "which": message}

        def job(connection: Connection) -> Person | None:
            for statement in (_REPLIED, _ANSWERED):
                if row := connection.execute(statement, asked).first():
                    return _person(row.source, row.speaker_id, row.speaker_name)
            return None

        return await self._database.read(job) if message else None

    async def addressed(self, address: str) -> Person:
        """Who has this *address*, with the name that they called themselves last."""
        platform, _, number = address.partition(":")
        asked = {"address": address, "number": number, "platform": platform}

        def job(connection: Connection) -> Person:
            names = (connection.execute(one, asked).scalar() for one in (_NAME_LATELY, _NAME))
            return Person(address, next(filter(None, names), ""))

        return await self._database.read(job)

    async def named(self, name: str) -> tuple[Person, ...]:
        """Everybody of this *name* who came to the door or spoke of late, by address."""
        wanted = _folded(name)

        def job(connection: Connection) -> tuple[Person, ...]:
            known = [Person(row.speaker, row.name) for row in connection.execute(_ROWS)]
            spoke = [_person(*row) for row in connection.execute(_SPOKE)]
            found = {one.address: one for one in [*spoke, *known] if _folded(one.name) == wanted}
            return tuple(found[address] for address in sorted(found))

        return await self._database.read(job) if wanted else ()


def _person(source: str, number: str, name: str) -> Person:
    return Person(f"{source.partition(':')[0]}:{number}", name)


def _folded(name: str) -> str:
    return " ".join(name.removeprefix("@").casefold().split())
