"""What arrives is written down here, once, whatever it means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, case, literal, or_, update
from sqlalchemy.dialects import postgresql, sqlite

from anima.model import (
    Arrival,
    Closed,
    Conversation,
    Deleted,
    Edited,
    Incoming,
    Meaning,
    Pressed,
    Rated,
    Renamed,
    Stopped,
)
from memory import attached
from memory.deleting import place_of, take_back
from memory.moving import close, reopen, to_chat
from memory.place import placed
from memory.prepared import Prepared
from memory.pressing import words_of
from memory.rating import called, rate
from memory.standing import BANNED
from memory.stopping import of_mark
from memory.tables import ALBUM_CHARACTERS, LANGUAGE_CHARACTERS, conversation, heard
from memory.text import storable

_kept: Final = {
    "sqlite": sqlite.insert(heard)
    .on_conflict_do_nothing(index_elements=["source", "key"])
    .returning(heard.c.state),
    "postgresql": postgresql.insert(heard)
    .on_conflict_do_nothing(index_elements=["source", "key"])
    .returning(heard.c.state),
}
_KEEP: Final = {kind: Prepared(keep) for kind, keep in _kept.items()}
_LISTEN: Final = {
    kind: Prepared(keep.values(state=case((BANNED, literal("refused")), else_=literal("waiting"))))
    for kind, keep in _kept.items()
}
"""For words of people: those of whom is shut out wait for nobody."""
_DUE = Prepared(
    update(conversation)
    .where(
        conversation.c.id == bindparam("place"),
        or_(
            conversation.c.ready_at.is_(None),
            conversation.c.ready_at > bindparam("now"),
            conversation.c.closed_at.is_not(None),
        ),
    )
    .values(ready_at=bindparam("now"), closed_at=None)
)
_DESCRIBE = (
    update(conversation)
    .where(conversation.c.id == bindparam("place"))
    .values(private=bindparam("alone"), title=bindparam("called"))
)
_REWRITE = (
    update(heard)
    .where(
        heard.c.conversation_id == bindparam("place"),
        heard.c.message == bindparam("which"),
        heard.c.state == "waiting",
        heard.c.text != bindparam("words"),
    )
    .values(text=bindparam("words"))
)
_WITHDRAW = (
    update(heard)
    .where(
        heard.c.conversation_id == bindparam("place"),
        heard.c.message.in_(bindparam("which", expanding=True)),
        heard.c.state == "waiting",
    )
    .values(state="withdrawn", text="", raw="")
)
_STATES: Final = {
    Incoming: "waiting",
    Edited: "edit",
    Deleted: "event",
    Renamed: "event",
    Closed: "event",
    Rated: "event",
    Pressed: "event",
    Stopped: "stop",
}


@dataclass(slots=True)
class Hearing:
    """One batch: which places are *known* by id, and what it *found* and *rang*."""

    connection: Connection
    now: datetime
    known: Mapping[Conversation, int]
    found: dict[Conversation, int] = field(default_factory=dict)
    _roles: dict[int, str] = field(default_factory=dict)
    rang: set[int] = field(default_factory=set)
    new: int = 0

    def take(self, arrivals: Sequence[Arrival]) -> None:
        """Keep each of *arrivals* and do what it asks for, unless we had it already."""
        for arrival in arrivals:
            self._take(arrival)

    def _take(self, arrival: Arrival) -> None:
        place = self._place(arrival.meaning) if arrival.meaning else None
        if isinstance(arrival.meaning, Deleted) and place is None:
            return
        if isinstance(arrival.meaning, Pressed) and place:
            said = words_of(self.connection, place, arrival.meaning, self.now)
            arrival = replace(arrival, meaning=said or arrival.meaning)
        state = self._keep(arrival, place)
        if state is None:
            return
        self.new += 1
        if arrival.meaning and place and state != "refused":
            self._follow(arrival.meaning, place)

    def _keep(self, arrival: Arrival, place: int | None) -> str | None:
        """Write it down; the state in which it is now, or none where we had it already."""
        row, kind = self._row(arrival, place), self.connection.dialect.name
        keep = _KEEP[kind]
        if isinstance(arrival.meaning, Incoming):
            del row["state"]
            row["address"] = arrival.meaning.speaker.address
            keep = _LISTEN[kind]
        found = keep.rows(self.connection, row)
        return found[0].state if found else None

    def _follow(self, meaning: Meaning, place: int) -> None:
        if self._calls(meaning, place):
            self.rang.add(place)

    def _calls(self, meaning: Meaning, place: int) -> bool:
        """Whether whoever attends to *place* shall look what *meaning* changes there."""
        match meaning:
            case Incoming():
                _DUE.run(self.connection, {"place": place, "now": self.now})
                return True
            case Edited():
                words = {"place": place, "which": meaning.message, "words": storable(meaning.text)}
                return bool(self.connection.execute(_REWRITE, words).rowcount)
            case Deleted():
                return take_back(self.connection, place, meaning.messages, self.now)
            case Renamed():
                to_chat(self.connection, place, meaning.chat)
            case Rated():
                rate(self.connection, place, meaning, self.now)
            case Closed():
                (close if meaning.closed else reopen)(self.connection, place, self.now)
            case Stopped():
                return True
            case Pressed():
                pass  # there is no such button here, or not any more
        return False

    def _place(self, meaning: Meaning) -> int | None:
        if isinstance(meaning, Deleted):
            return place_of(self.connection, meaning)
        meaning = meaning.message if isinstance(meaning, Pressed) else meaning
        where = meaning.conversation
        place = self.known.get(where) or self.found.get(where)
        if place is None or (isinstance(meaning, Incoming) and not meaning.private):
            place = self.found[where] = self._find(meaning)
        return place

    def _find(self, meaning: Meaning) -> int:
        private = not isinstance(meaning, Incoming) or meaning.private
        title = storable(meaning.title) if isinstance(meaning, Incoming) else ""
        row = placed(self.connection, meaning.conversation, private=private, title=title)
        described = (private, title or row.title)
        if isinstance(meaning, Incoming) and described != (row.private, row.title):
            known = {"place": row.id, "alone": private, "called": described[1]}
            self.connection.execute(_DESCRIBE, known)
        place: int = row.id
        self._roles[place] = row.role or ""
        return place

    def _row(self, arrival: Arrival, place: int | None) -> dict[str, object]:
        row: dict[str, object] = {
            "source": arrival.source,
            "key": arrival.key,
            "conversation_id": place,
            "state": "aside",
            "speaker_id": "",
            "speaker_name": "",
            "speaker_language": "",
            "text": "",
            "message": "",
            "reply_to": "",
            "addressed": False,
            "at": self.now,
            "heard_at": self.now,
            "raw": storable(arrival.raw),
            "attachments": "",
            "quoted": "",
            "album": "",
        }
        if arrival.meaning is None or place is None:
            return row
        if isinstance(arrival.meaning, Rated):
            # by this name its raw text, which holds the bubble, is found when that is forgotten
            row["message"] = called(self.connection, place, arrival.meaning)
        return row | _words(arrival.meaning, self._roles.get(place, ""))


def _words(meaning: Meaning, role: str) -> dict[str, object]:
    state: dict[str, object] = {"state": _STATES[type(meaning)]}
    match meaning:
        case Incoming():
            return state | {
                "speaker_id": meaning.speaker.id,
                "speaker_name": storable(meaning.speaker.name),
                "speaker_language": storable(meaning.speaker.language)[:LANGUAGE_CHARACTERS],
                "text": storable(meaning.text),
                "message": meaning.message,
                "reply_to": meaning.reply_to,
                "addressed": meaning.addressed or role in meaning.called,
                "at": meaning.at,
                "attachments": attached.kept(meaning.attachments),
                "quoted": attached.kept_quote(meaning.quoted),
                "album": meaning.album[:ALBUM_CHARACTERS],
            }
        case Edited():
            return state | {"text": storable(meaning.text), "message": meaning.message}
        case Pressed():
            # by this name it is found, as a rating is
            return state | {"message": meaning.message.message}
        case Stopped():
            return state | {"message": of_mark(meaning.mark)}
    return state
