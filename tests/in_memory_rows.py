"""What the ledger in memory holds: the rows of the tables, as plain objects."""

from dataclasses import dataclass, field
from datetime import datetime

from anima.impulse import Impulse
from anima.model import Arrival, Choice, Conversation, Heard, Line, Said
from anima.sound import Voicing
from anima.steps import Acted, Ended, Outcome, Represented

TOLD = ("answered", "noted", "expired")
"""States of a message that make it a part of what is remembered."""

ASIDE = ("command", "notice")
"""Outcomes of a turn that is no part of the talk."""


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
    soul: str = ""
    since: int = 0
    dial: int | None = None
    role: str = ""
    persona: str = ""


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
    persona: str = ""
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
class ChoiceRow:
    """A choice, and where it holds; nowhere in particular: everywhere."""

    choice: Choice
    place: int | None
    undone_by: str = ""

    def holds_in(self, place: int) -> bool:
        """Whether it is of *place* or of everywhere."""
        return self.place in {None, place}


@dataclass(slots=True)
class AuditRow:
    """Who did what, and where."""

    by: str
    deed: str
    place: int
    subject: str
    before: str
    after: str


@dataclass(slots=True)
class FeedbackRow:
    """What somebody thinks of an answer."""

    place: int
    verdict: str
    soul: str
    at: datetime


@dataclass(slots=True)
class Store:
    """What several processes share."""

    names: set[tuple[str, str]] = field(default_factory=set)
    places: dict[int, Place] = field(default_factory=dict)
    heard: dict[int, HeardRow] = field(default_factory=dict)
    turns: dict[int, TurnRow] = field(default_factory=dict)
    said: dict[int, SaidRow] = field(default_factory=dict)
    choices: list[ChoiceRow] = field(default_factory=list)
    audit: list[AuditRow] = field(default_factory=list)
    feedback: dict[tuple[int, str], FeedbackRow] = field(default_factory=dict)
    tongues: dict[str, str] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)
    voicings: dict[tuple[str, int], Voicing] = field(default_factory=dict)
    recalled: dict[int, tuple[int, ...]] = field(default_factory=dict)
    represented: list[Represented] = field(default_factory=list)
    impulses: dict[int, Impulse] = field(default_factory=dict)
    """By place, why we would write there first."""
    acted: list[Acted] = field(default_factory=list)

    def found(self, where: Conversation) -> Place | None:
        """The place with this address."""
        return next((one for one in self.places.values() if one.conversation == where), None)

    def open_turn(self, place: int) -> int | None:
        """The exchange that has begun in *place* and not ended."""
        turns = (turn for turn in self.turns.values() if turn.place == place)
        return next((turn.id for turn in turns if turn.outcome is None), None)


def _line(heard: Heard) -> Line:
    return Line(heard.speaker, heard.text, heard.at, heard.addressed, heard.album)


def lines(store: Store, place: int) -> tuple[Line, ...]:
    """All that was heard, dealt with and delivered in *place*, in the order of its turns.

    It begins with the talk of the present soul; commands and notices are no part of it.
    """
    since = store.places[place].since
    found = [
        ((row.turn or 0, 0, row.id), _line(row.words))
        for row in store.heard.values()
        if row.place == place and row.words and row.turn is not None
        if row.state in TOLD and row.turn >= since
    ]
    found += [
        ((row.words.turn, 1, row.words.id), Line(None, row.words.text, row.at))
        for row in store.said.values()
        if row.place == place and row.words.state == "delivered" and row.words.turn >= since
        if store.turns[row.words.turn].outcome not in ASIDE
    ]
    return tuple(line for _, line in sorted(found, key=lambda one: one[0]))
