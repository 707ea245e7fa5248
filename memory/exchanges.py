"""The words of turns, as whoever looks at them when they are over reads them."""

from typing import Any, Final

from sqlalchemy import Select, bindparam, select

from memory.tables import heard, said

TURNS: Final = 20
"""Looked at in one go; what is left comes next."""


def heard_in(*states: str) -> Select[Any]:
    """What was heard in *turns* of *place* and ended in one of *states*, by age."""
    return (
        select(heard)
        .where(
            heard.c.conversation_id == bindparam("place"),
            heard.c.turn_id.in_(bindparam("turns", expanding=True)),
            heard.c.state.in_(states),
        )
        .order_by(heard.c.id)
    )


SAID: Final[Select[Any]] = (
    select(said)
    .where(
        said.c.conversation_id == bindparam("place"),
        said.c.turn_id.in_(bindparam("turns", expanding=True)),
        said.c.state == "delivered",
    )
    .order_by(said.c.id)
)
"""What was said in them and arrived, by age."""
