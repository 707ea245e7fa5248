"""What somebody says by pressing a button of ours."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select

from anima.model import Incoming, Pressed
from memory.beside import found
from memory.rating import IDS
from memory.tables import said

_BESIDE: Final = select(said.c.beside).where(
    said.c.id == bindparam("which"),
    said.c.conversation_id == bindparam("place"),
    said.c.text != "",  # what is forgotten asks nothing any more
)


def words_of(
    connection: Connection, place: int, pressed: Pressed, now: datetime
) -> Incoming | None:
    """The message that was *pressed*, said *now*; none where *place* has no such button."""
    if pressed.said not in IDS:
        return None
    asked = {"which": pressed.said, "place": place}
    beside = connection.execute(_BESIDE, asked).scalar()
    buttons = found(beside).buttons if beside else ()
    if pressed.which not in range(len(buttons)):
        return None
    # a press has no time of its own; the platform only knows that of the bubble
    return replace(pressed.message, text=buttons[pressed.which].says, at=now, addressed=True)
