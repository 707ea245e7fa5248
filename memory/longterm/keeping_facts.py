"""What was made of lines is kept: facts, and what became of a talk. It is seen where they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, insert

from memory.longterm.keeping import ORDINARY, numbers, told
from memory.longterm.scope import Origin, narrowest
from memory.longterm.shelving import Worded, shelve
from memory.longterm.tables import fact, memory, memory_source
from memory.tables import LANGUAGE_CHARACTERS
from memory.text import storable

_NAME_CHARACTERS: Final = 64


@dataclass(frozen=True, slots=True)
class Learned:
    """A fact about *speaker*, called *name*; an empty *subject* is the speaker themself.

    *text* is the fact as it is told, in the *language* of its *quote*; *norm* is its value as it is
    compared with others of its *slot*. It is true from *valid_from* until *valid_to*, as far as
    that is known, to a *precision* like `day`. *finder* is who found it.
    """

    speaker: str
    name: str
    text: str
    at: datetime
    slot: str
    norm: str
    quote: str
    subject: str = ""
    language: str = ""
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    precision: str = ""
    negated: bool = False
    hearsay: bool = False
    confidence: float = 0.6
    importance: int = ORDINARY
    pinned: bool = False
    finder: str = ""

    @property
    def digest(self) -> str:
        """By which the same fact is known again."""
        parts = ("fact", self.speaker, self.subject, self.slot, self.norm, str(self.negated))
        return _digest(*parts)


@dataclass(frozen=True, slots=True)
class Episode:
    """What became of a *sitting*, in a few sentences."""

    text: str
    at: datetime
    sitting: int
    language: str = ""
    importance: int = ORDINARY


def keep_fact(
    connection: Connection, origins: Sequence[Origin], learned: Learned, sources: Sequence[int]
) -> int:
    """Keep what was *learned* from the lines *sources*, which come from *origins*.

    Raises `ValueError` where nobody could see all of them: then nobody may see the fact.
    """
    row = {
        "kind": "fact",
        "speaker": learned.speaker,
        "name": storable(learned.name),
        "text": storable(learned.text),
        "language": learned.language[:LANGUAGE_CHARACTERS],
        "at": learned.at,
        "sitting": 0,
        "digest": learned.digest,
        "importance": learned.importance,
        "pinned": learned.pinned,
    }
    kept = _keep(connection, origins, row, sources, learned.slot)
    connection.execute(
        insert(fact),
        {
            "memory_id": kept,
            "subject": storable(learned.subject),
            "slot": learned.slot,
            "norm": storable(learned.norm),
            "quote": storable(learned.quote),
            "valid_from": learned.valid_from,
            "valid_to": learned.valid_to,
            "precision": learned.precision,
            "negated": learned.negated,
            "hearsay": learned.hearsay,
            "confidence": learned.confidence,
            "finder": learned.finder[:_NAME_CHARACTERS],
        },
    )
    return kept


def keep_episode(
    connection: Connection, origins: Sequence[Origin], episode: Episode, sources: Sequence[int]
) -> int:
    """Keep what became of the lines *sources*, which come from *origins*.

    Raises `ValueError` as `keep_fact` does.
    """
    row = {
        "kind": "episode",
        "speaker": "",
        "name": "",
        "text": storable(episode.text),
        "language": episode.language[:LANGUAGE_CHARACTERS],
        "at": episode.at,
        "sitting": episode.sitting,
        "digest": _digest("episode", str(origins[0].place), str(episode.sitting), episode.text),
        "importance": episode.importance,
        "pinned": False,
    }
    return _keep(connection, origins, row, sources)


def _keep(
    connection: Connection,
    origins: Sequence[Origin],
    row: dict[str, object],
    sources: Sequence[int],
    slot: str = "",
) -> int:
    keys = narrowest(origins)
    if not (keys and sources):
        raise ValueError("what nobody may see is not kept: its sources have no key in common")
    (kept,) = numbers(connection, 1)
    first = origins[0]
    where = {
        "id": kept,
        "persona": first.persona,
        "conversation_id": first.place,
        "private": first.private,
    }
    connection.execute(insert(memory), where | row)
    edges = [{"memory_id": kept, "source_id": each} for each in dict.fromkeys(sources)]
    connection.execute(insert(memory_source), edges)
    words = told(str(row["name"]), str(row["text"]))
    shelve(connection, [Worded(kept, keys, words, slot)])
    return kept


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
