"""Which turns people stopped. A stop is an arrival like any other, found by the turn's mark."""

from typing import Final

from sqlalchemy import Connection, bindparam, exists, select

from memory.tables import heard

_STOPPED: Final = select(
    exists().where(
        heard.c.conversation_id == bindparam("place"),
        heard.c.message == bindparam("called"),
        heard.c.state == "stop",
    )
)


def of_mark(mark: int) -> str:
    """What a stop has in the place of a message's name; no message is called so."""
    return f"stop:{mark}"


def stopped(connection: Connection, place: int, mark: int) -> bool:
    """Whether the turn with this *mark* was stopped in *place*."""
    asked = {"place": place, "called": of_mark(mark)}
    return bool(connection.execute(_STOPPED, asked).scalar())
