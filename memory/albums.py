"""Parts of an album that come when the others have been dealt with: they ask for nothing more."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select, tuple_

from memory.tables import heard

Album = tuple[int, str, str]
"""Where it was sent, what its platform calls it, and by whom."""

_DEALT_WITH: Final = (
    select(heard.c.conversation_id, heard.c.album, heard.c.speaker_id)
    .where(
        tuple_(heard.c.conversation_id, heard.c.album).in_(bindparam("albums", expanding=True)),
        heard.c.album != "",
        heard.c.state != "waiting",
        heard.c.addressed,
    )
    .distinct()
)


def dealt_with(connection: Connection, rows: Sequence[Row[Any]]) -> frozenset[Album]:
    """The albums of *rows*, whole ones of `heard`, of which a part that asked was dealt with."""
    albums = sorted({(row.conversation_id, row.album) for row in rows if row.album})
    if not albums:
        return frozenset()
    found = connection.execute(_DEALT_WITH, {"albums": albums})
    return frozenset((place, album, who) for place, album, who in found)


def album(row: Row[Any]) -> Album:
    """The album that *row* is a part of."""
    return row.conversation_id, row.album, row.speaker_id
