"""Whose words are whose: what somebody may have forgotten, and what they may be shown of it."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, or_, select

from memory.longterm.scope import Origin, Viewer, keys, visible
from memory.tables import conversation, heard, memory

_COLUMNS: Final[tuple[ColumnElement[Any], ...]] = (
    heard.c.id,
    heard.c.conversation_id,
    heard.c.turn_id,
    heard.c.source,
    heard.c.speaker_id,
    heard.c.speaker_name,
    heard.c.message,
    heard.c.text,
    heard.c.at,
    conversation.c.private,
)
_SPEAKERS: Final = (
    select(heard.c.source, heard.c.speaker_id)
    .where(heard.c.conversation_id == bindparam("place"), heard.c.speaker_id != "")
    .distinct()
)
_REMEMBERED: Final = (
    select(memory.c.speaker)
    .where(memory.c.conversation_id == bindparam("place"), memory.c.speaker != "")
    .distinct()
)
_PRIVATE: Final = select(conversation.c.private).where(conversation.c.id == bindparam("place"))


def address(source: str, speaker_id: str) -> str:
    """Who wrote a message that came from there."""
    return f"{source.partition(':')[0]}:{speaker_id}"


def spoken_by(speakers: Collection[str]) -> ColumnElement[bool]:
    """That one of *speakers* wrote a message."""
    parts = [one.partition(":") for one in speakers]
    return or_(
        *(
            and_(
                heard.c.source.startswith(f"{platform}:", autoescape=True),
                heard.c.speaker_id == id_,
            )
            for platform, _, id_ in parts
        )
    )


def messages_of(
    connection: Connection, speakers: Collection[str], *where: ColumnElement[bool]
) -> Sequence[Row[Any]]:
    """What *speakers* have said and is history by now: what waits for an answer is none yet."""
    if not speakers:
        return ()
    wanted = (
        select(*_COLUMNS)
        .join(conversation, conversation.c.id == heard.c.conversation_id)
        .where(spoken_by(speakers), heard.c.state != "waiting", *where)
        .order_by(heard.c.id)
    )
    return connection.execute(wanted).all()


def is_theirs_alone(connection: Connection, place: int, speakers: Collection[str]) -> bool:
    """Whether *place* is private, and nobody but *speakers* ever said anything there."""
    here = {"place": place}
    if not connection.execute(_PRIVATE, here).scalar():
        return False
    people = {address(*row) for row in connection.execute(_SPEAKERS, here)}
    people |= set(connection.execute(_REMEMBERED, here).scalars())
    return bool(people) and people <= set(speakers)


def may_be_shown(viewer: Viewer) -> Callable[[int, bool], bool]:
    """Tells whether words of the one who asks, from a place that is private or not, may be shown.

    That is so in the place itself; and in private, what they said in company as well.
    """
    here = {viewer.place, *(viewer.together if viewer.private else viewer.above)}
    return lambda place, private: place in here or (viewer.private and not private)


def is_visible(viewer: Viewer, row: Row[Any]) -> bool:
    """Whether the memory in *row* may be seen by *viewer*."""
    origin = Origin(row.persona, row.conversation_id, row.private, row.speaker)
    return not visible(viewer).isdisjoint(keys(origin))


def spoke_in(connection: Connection, place: int) -> bool:
    """Whether anybody ever said anything in *place*."""
    here = {"place": place}
    return any(connection.execute(one, here).first() for one in (_SPEAKERS, _REMEMBERED))
