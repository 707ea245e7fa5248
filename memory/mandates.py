"""By whose leave we write in their own chats, as the database keeps it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, bindparam, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from anima.mandate import Entrusted, Mandate, Written
from anima.model import Conversation, Speaker
from anima.steps import Represented
from memory.database import Database
from memory.tables import audit, entrusted, mandate
from memory.text import storable

_SAID: Final = ("owner", "owner_name", "home", "enabled", "rights")
"""What the platform says of a mandate; the rest is our own word."""
_MANDATE_NAME: Final = ("platform", "bot", "connection")
_CHAT_NAME: Final = (*_MANDATE_NAME, "chat")


def _kept(insertion: Any) -> Any:
    fresh = {name: insertion.excluded[name] for name in _SAID}
    return insertion.on_conflict_do_update(index_elements=_MANDATE_NAME, set_=fresh)


_KEEP: Final = {
    "sqlite": _kept(sqlite.insert(mandate)),
    "postgresql": _kept(postgresql.insert(mandate)),
}
_MEET: Final = {
    "sqlite": sqlite.insert(entrusted).on_conflict_do_nothing(index_elements=_CHAT_NAME),
    "postgresql": postgresql.insert(entrusted).on_conflict_do_nothing(index_elements=_CHAT_NAME),
}
_THIS: Final = tuple(mandate.c[name] == bindparam(f"{name}_") for name in _MANDATE_NAME)
_HERE: Final = tuple(entrusted.c[name] == bindparam(f"{name}_") for name in _CHAT_NAME)
_OF: Final = select(mandate).where(*_THIS)
_CHAT: Final = select(entrusted).where(*_HERE)
_NAME: Final = (
    update(entrusted)
    .where(*_HERE, entrusted.c.name != bindparam("called"))
    .values(name=bindparam("called"))
)
_SILENT: Final = (
    update(entrusted)
    .where(
        *_HERE,
        or_(entrusted.c.silent_until.is_(None), entrusted.c.silent_until < bindparam("until")),
    )
    .values(silent_until=bindparam("until"))
)
_HEARD: Final = (
    update(entrusted)
    .where(*_HERE, or_(entrusted.c.heard_at.is_(None), entrusted.c.heard_at < bindparam("then")))
    .values(heard_at=bindparam("then"))
)
_ALL: Final = select(mandate).order_by(mandate.c.owner_name, mandate.c.connection)
_THEIRS: Final = _ALL.where(
    and_(mandate.c.platform == bindparam("where"), mandate.c.owner == bindparam("who"))
)
_CHATS: Final = select(entrusted).order_by(entrusted.c.heard_at.desc(), entrusted.c.chat)
_SWITCH: Final = update(mandate).where(*_THIS).values(answers=bindparam("now_so"))
_SWITCH_CHAT: Final = (
    update(entrusted).where(*_HERE).values(answers=bindparam("now_so"), silent_until=None)
)
_AUDIT: Final = insert(audit)


class SqlMandates:
    """The port `Mandates` over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, mandate: Mandate) -> None:
        row = {
            "platform": mandate.platform,
            "bot": mandate.bot,
            "connection": mandate.id,
            "owner": mandate.owner.id,
            "owner_name": storable(mandate.owner.name),
            "home": mandate.home,
            "enabled": mandate.enabled,
            "rights": " ".join(sorted(mandate.rights)),
            "answers": mandate.answers,
        }
        await self._database.write(
            lambda connection: connection.execute(_KEEP[connection.dialect.name], row)
        )

    async def of(self, bot: str, connection: str) -> Mandate | None:
        asked = {"platform_": "telegram", "bot_": bot, "connection_": connection}
        row = await self._database.read(lambda found: found.execute(_OF, asked).first())
        return None if row is None else _mandate(row)

    async def listen(self, written: Sequence[Written]) -> Sequence[Entrusted]:
        return await self._database.write(
            lambda connection: [_listen(connection, one) for one in written]
        )

    async def chat(self, conversation: Conversation) -> Entrusted:
        return await self._database.read(lambda found: _chat(found, conversation))

    async def all(self, owner: str = "") -> Sequence[tuple[Mandate, Sequence[Entrusted]]]:
        return await self._database.read(lambda found: _all(found, owner))


def represent(connection: Connection, place: int, step: Represented) -> None:
    """Write down where we may write for somebody, and who said so in *place*."""
    name = {"platform_": step.platform, "bot_": step.bot, "connection_": step.connection}
    if step.chat:
        chat = name | {"chat_": step.chat, "now_so": step.answers}
        connection.execute(_SWITCH_CHAT, chat)
    else:
        connection.execute(_SWITCH, name | {"now_so": step.answers})
    row = {
        "at": step.at,
        "by": step.by,
        "deed": "business",
        "conversation_id": place,
        "subject": step.chat or "everywhere",
        "before": "off" if step.answers else "on",
        "after": "on" if step.answers else "off",
    }
    connection.execute(_AUDIT, row)


def _listen(connection: Connection, one: Written) -> Entrusted:
    where = one.conversation
    fresh = {"name": storable(one.name), "answers": True}
    row = {name: getattr(where, name) for name in _CHAT_NAME} | fresh
    connection.execute(_MEET[connection.dialect.name], row)
    if one.silent_until is None:
        connection.execute(_HEARD, _here(where) | {"then": one.at})
    else:
        connection.execute(_SILENT, _here(where) | {"until": one.silent_until})
    connection.execute(_NAME, _here(where) | {"called": storable(one.name)})
    return _chat(connection, where)


def _here(where: Conversation) -> dict[str, object]:
    return {f"{name}_": getattr(where, name) for name in _CHAT_NAME}


def _chat(connection: Connection, where: Conversation) -> Entrusted:
    row = connection.execute(_CHAT, _here(where)).first()
    return Entrusted(where) if row is None else _entrusted(row)


def _all(connection: Connection, owner: str) -> Sequence[tuple[Mandate, Sequence[Entrusted]]]:
    platform, _, number = owner.partition(":")
    asked = _THEIRS if owner else _ALL
    rows = connection.execute(asked, {"where": platform, "who": number} if owner else {}).all()
    chats: dict[tuple[str, ...], list[Entrusted]] = defaultdict(list)
    for row in connection.execute(_CHATS) if rows else ():
        chats[row.platform, row.bot, row.connection].append(_entrusted(row))
    return [(_mandate(row), chats[row.platform, row.bot, row.connection]) for row in rows]


def _mandate(row: Row[Any]) -> Mandate:
    return Mandate(
        platform=row.platform,
        bot=row.bot,
        id=row.connection,
        owner=Speaker(row.platform, row.owner, row.owner_name),
        home=row.home,
        enabled=row.enabled,
        rights=frozenset(row.rights.split()),
        answers=row.answers,
    )


def _entrusted(row: Row[Any]) -> Entrusted:
    return Entrusted(
        Conversation(row.platform, row.bot, row.chat, row.connection),
        name=row.name,
        answers=row.answers,
        silent_until=row.silent_until,
        heard_at=row.heard_at,
    )
