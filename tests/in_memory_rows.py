"""What the ledger in memory holds: the rows of the tables, as plain objects."""

from dataclasses import dataclass, field
from datetime import datetime

from anima.model import Arrival, Conversation, Heard, Line, Said
from anima.steps import Ended, Outcome

TOLD = ("answered", "noted", "expired")
"""States of a message that make it a part of what is remembered."""


@dataclass(slots=True)
class Place:
    """A conversation with its lease."""

    id: int
    conversation: Conversation
    private: bool = True
    title: str = ""
    epoch: int = 0
    lease_until: datetime | None = None
    ready_at: datetime | None = None
    closed_at: datetime | None = None
    apologised_at: datetime | None = None


@dataclass(slots=True)
class HeardRow:
    """An arrival, and the *words* in it when it is a message."""

    id: int
    arrival: Arrival
    place: int | None
    state: str = "aside"
    words: Heard | None = None
    turn: int | None = None

    @property
    def text(self) -> str:
        return self.words.text if self.words else ""


@dataclass(slots=True)
class TurnRow:
    """An exchange; *ended* tells how."""

    id: int
    place: int
    began_at: datetime
    outcome: Outcome | None = None
    ended: Ended | None = None


@dataclass(slots=True)
class SaidRow:
    """A bubble, and what became of it."""

    place: int
    words: Said
    at: datetime
    message: str = ""
    reason: str = ""

    @property
    def text(self) -> str:
        return self.words.text

    @property
    def state(self) -> str:
        return self.words.state


@dataclass(slots=True)
class Store:
    """What several processes share."""

    names: set[tuple[str, str]] = field(default_factory=set)
    places: dict[int, Place] = field(default_factory=dict)
    heard: dict[int, HeardRow] = field(default_factory=dict)
    turns: dict[int, TurnRow] = field(default_factory=dict)
    said: dict[int, SaidRow] = field(default_factory=dict)

    def found(self, where: Conversation) -> Place | None:
        """The place with this address."""
        return next((one for one in self.places.values() if one.conversation == where), None)

    def open_turn(self, place: int) -> int | None:
        """The exchange that has begun in *place* and not ended."""
        turns = (turn for turn in self.turns.values() if turn.place == place)
        return next((turn.id for turn in turns if turn.outcome is None), None)


def lines(store: Store, place: int) -> tuple[Line, ...]:
    """All that was heard, dealt with and delivered in *place*, in the order of its turns."""
    found = [
        ((row.turn or 0, 0, row.id), Line(row.words.speaker, row.words.text, row.words.at))
        for row in store.heard.values()
        if row.place == place and row.words and row.turn is not None and row.state in TOLD
    ]
    found += [
        ((row.words.turn, 1, row.words.id), Line(None, row.words.text, row.at))
        for row in store.said.values()
        if row.place == place and row.words.state == "delivered"
    ]
    return tuple(line for _, line in sorted(found, key=lambda one: one[0]))
