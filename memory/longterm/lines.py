"""The lines of the ledger that belong to a talk, as they are to be kept."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from memory.longterm.kept import Saying
from memory.longterm.scope import Origin
from memory.tables import heard, said, turn
from persona.language import guess, primary

PAST: Final = ("answered", "noted", "expired")
"""The states of what was heard and is a part of the talk."""

BESIDE: Final = ("command", "notice")
"""The outcomes of turns that are no part of it."""

_HEARD: Final = (
    select(heard, turn.c.persona)
    .join(turn, turn.c.id == heard.c.turn_id)
    .where(
        heard.c.conversation_id == bindparam("place"),
        heard.c.turn_id.in_(bindparam("turns", expanding=True)),
        heard.c.state.in_(PAST),
        heard.c.text != "",
    )
)
_SAID: Final = (
    select(said, turn.c.persona)
    .join(turn, turn.c.id == said.c.turn_id)
    .where(
        said.c.conversation_id == bindparam("place"),
        said.c.turn_id.in_(bindparam("turns", expanding=True)),
        said.c.state == "delivered",
        turn.c.outcome.not_in(BESIDE),
        said.c.text != "",
    )
)


def sayings_of(connection: Connection, here: Row[Any], turns: Sequence[int]) -> Sequence[Saying]:
    """What was said in *turns* of the conversation *here*: in each, what was heard comes first."""
    asked = {"place": here.id, "turns": turns}
    theirs = [
        ((row.turn_id, 0, row.id), heard_in(here, row)) for row in connection.execute(_HEARD, asked)
    ]
    ours = [
        ((row.turn_id, 1, row.id), said_in(here, row)) for row in connection.execute(_SAID, asked)
    ]
    return [one for _, one in sorted(theirs + ours, key=lambda line: line[0])]


def heard_in(here: Row[Any], row: Row[Any]) -> Saying:
    """What somebody said in *here*; *row* is of `heard`, with the *persona* of its turn."""
    platform = row.source.partition(":")[0]
    origin = Origin(row.persona, here.id, here.private, f"{platform}:{row.speaker_id}")
    language = guess(row.text, primary(row.speaker_language) or "en")
    return Saying(origin, row.speaker_name, row.text, row.at, language, heard=row.id)


def said_in(here: Row[Any], row: Row[Any]) -> Saying:
    """What we said in *here*; *row* is of `said`, with the *persona* of its turn."""
    origin = Origin(row.persona, here.id, here.private)
    return Saying(origin, "", row.text, row.at, guess(row.text), said=row.id)
