"""The facts in what was heard: they are found in a line, and kept beside it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from memory.longterm.kept import Saying

Found = tuple[object, ...]


class Finds(Protocol):
    """Finds facts in a line; pure."""

    def found(
        self, line_text: str, at: datetime, speaker: str, language: str
    ) -> Sequence[object]: ...


def learn(
    connection: Connection,
    sayings: Sequence[Saying],
    ids: Sequence[int | None],
    found: Mapping[str, Found],
) -> None:
    """Keep what was *found* in *sayings*, by digest, which were kept under *ids*."""
    del connection, sayings, ids, found
