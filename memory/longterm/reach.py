"""How far a forgetting reaches: which lines, which answers to them, which memories of both."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, or_, select

from memory.longterm.batches import batches
from memory.longterm.blanking import among
from memory.longterm.ownership import (
    address,
    is_theirs_alone,
    is_visible,
    may_be_shown,
    messages_of,
)
from memory.longterm.scope import Viewer
from memory.longterm.wanted import Everything, Ids, Matching, Place, What, has_words
from memory.tables import UNSENT, conversation, heard, memory, memory_source, said

_MEMORIES: Final = select(memory).where(among(memory.c.id))
_SOURCES: Final = (
    select(memory)
    .join(memory_source, memory_source.c.source_id == memory.c.id)
    .where(among(memory_source.c.memory_id))
)
_MADE_OF: Final = select(memory_source.c.memory_id).where(among(memory_source.c.source_id))
_KEPT_OF: Final = (
    select(memory.c.id).where(among(memory.c.heard_id)),
    select(memory.c.id).where(among(memory.c.said_id)),
)
_ANSWERS: Final = select(said).where(
    said.c.conversation_id == bindparam("place"),
    among(said.c.turn_id),
    said.c.state.not_in(UNSENT),
)
_SAID_HERE: Final = select(said).where(
    said.c.conversation_id == bindparam("place"), said.c.state.not_in(UNSENT)
)
_LISTENED: Final = select(heard.c.turn_id, heard.c.source, heard.c.speaker_id).where(
    heard.c.conversation_id == bindparam("place"),
    among(heard.c.turn_id),
    heard.c.speaker_id != "",
)
_EDITS: Final = select(heard.c.conversation_id, heard.c.message, heard.c.text).where(
    among(heard.c.conversation_id), heard.c.state == "edit", heard.c.text != ""
)
_HERE: Final = select(memory.c.id).where(memory.c.conversation_id == bindparam("place"))


@dataclass(slots=True)
class Reach:
    """What would go. *whole* are places of which nothing stays, *mine* whose it all is."""

    mine: frozenset[str]
    everything: bool = False
    text: str = ""
    theirs: dict[int, Row[Any]] = field(default_factory=dict)
    ours: dict[int, Row[Any]] = field(default_factory=dict)
    memories: set[int] = field(default_factory=set)
    whole: set[int] = field(default_factory=set)
    shared: set[int] = field(default_factory=set)

    @property
    def places(self) -> frozenset[int]:
        """Where anything of it was said."""
        lines = (*self.theirs.values(), *self.ours.values())
        return frozenset(row.conversation_id for row in lines) | self.whole

    @property
    def turns(self) -> frozenset[int]:
        """The turns in which it was said."""
        lines = (*self.theirs.values(), *self.ours.values())
        return frozenset(row.turn_id for row in lines if row.turn_id is not None)


def reach(connection: Connection, viewer: Viewer, what: What) -> Reach:
    """What *viewer*, who may forget what is theirs, would have forgotten by *what*."""
    mine = frozenset(viewer.speakers)
    if isinstance(what, Everything):
        mine &= frozenset(what.speakers)
    found = Reach(mine)
    match what:
        case Ids(ids):
            _by_id(connection, viewer, ids, found)
        case Matching(text):
            _by_words(connection, viewer, text, found)
        case Place(place):
            _by_place(connection, viewer.place if place is None else place, found)
        case Everything():
            _everywhere(connection, found)
    _answers(connection, found)
    add_memories(connection, found)
    return found


def _by_id(connection: Connection, viewer: Viewer, ids: Sequence[int], found: Reach) -> None:
    rows = [row for row in _among(connection, _MEMORIES, ids) if is_visible(viewer, row)]
    derived = [row.id for row in rows if row.kind != "line"]
    lines = [row for row in rows if row.kind == "line"]
    while derived:
        sources = _among(connection, _SOURCES, derived)
        lines += [row for row in sources if row.kind == "line"]
        derived = [row.id for row in sources if row.kind != "line"]
    alone = _each_place(connection, found.mine, {row.conversation_id for row in lines})
    own = [row for row in lines if row.speaker in found.mine]
    ours = [row for row in lines if not row.speaker and alone[row.conversation_id]]
    found.memories |= {row.id for row in (*own, *ours)}
    found.memories |= {row.id for row in rows if row.kind == "fact" and row.speaker in found.mine}
    _take(found, _own_messages(connection, found, [row.heard_id for row in own]))
    spoken = [row.said_id for row in ours if row.said_id is not None]
    for row in _among(connection, select(said).where(among(said.c.id)), spoken):
        found.ours[row.id] = row


def _own_messages(
    connection: Connection, found: Reach, ids: Iterable[int | None]
) -> list[Row[Any]]:
    return [
        row
        for some in batches([one for one in ids if one is not None])
        for row in messages_of(connection, found.mine, heard.c.id.in_(some))
    ]


def _by_words(connection: Connection, viewer: Viewer, text: str, found: Reach) -> None:
    found.text = text
    shown = may_be_shown(viewer)
    rows = [
        row
        for row in messages_of(connection, found.mine, *_within(viewer))
        if shown(row.conversation_id, row.private)
    ]
    edits = _edits(connection, {row.conversation_id for row in rows})
    own = [row for row in rows if _says(row, edits, text)]
    _take(found, own)
    kept = select(memory).where(memory.c.speaker.in_(found.mine))
    for row in connection.execute(kept).all():
        if shown(row.conversation_id, row.private) and has_words(row.text, text):
            found.memories.add(row.id)
    _add_sources(connection, found)
    places = {row.conversation_id for row in rows}
    for place, alone in _each_place(connection, found.mine, places).items():
        _say_it(connection, place, found, alone=alone)


def _add_sources(connection: Connection, found: Reach) -> None:
    """A fact would be found again in its lines; if one has the words, the others need not go."""
    facts = [row.id for row in _among(connection, _MEMORIES, found.memories) if row.kind == "fact"]
    for fact in facts:
        sources = _among(connection, _SOURCES, [fact])
        if found.memories.isdisjoint(row.id for row in sources):
            own = [row for row in sources if row.speaker in found.mine]
            found.memories |= {row.id for row in own}
            _take(found, _own_messages(connection, found, [row.heard_id for row in own]))


def _within(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    """In company nothing but that is looked at; alone what was said in any company, too."""
    if not viewer.private:
        return (heard.c.conversation_id.in_((viewer.place, *viewer.above)),)
    here = conversation.c.id.in_((viewer.place, *viewer.together))
    return (or_(here, ~conversation.c.private),)


def _say_it(connection: Connection, place: int, found: Reach, *, alone: bool) -> None:
    """Our own lines with those words: where others are, only those that answered nobody else."""
    rows = connection.execute(_SAID_HERE, {"place": place}).all()
    saying = [row for row in rows if has_words(row.text, found.text)]
    _keep_shared(connection, place, saying, found, alone=alone)


def _by_place(connection: Connection, place: int, found: Reach) -> None:
    _take(found, messages_of(connection, found.mine, heard.c.conversation_id == place))
    theirs = select(memory.c.id).where(
        memory.c.conversation_id == place, memory.c.speaker.in_(found.mine)
    )
    found.memories |= set(connection.execute(theirs).scalars())
    _whole(connection, [place], found)


def _everywhere(connection: Connection, found: Reach) -> None:
    found.everything = True
    rows = messages_of(connection, found.mine)
    _take(found, rows)
    theirs = select(memory.c.id, memory.c.conversation_id).where(memory.c.speaker.in_(found.mine))
    kept = connection.execute(theirs).all()
    found.memories |= {row.id for row in kept}
    _whole(connection, {row.conversation_id for row in (*rows, *kept)}, found)


def _whole(connection: Connection, places: Iterable[int], found: Reach) -> None:
    """Of a place that is theirs alone nothing stays."""
    for place, alone in _each_place(connection, found.mine, places).items():
        if not alone:
            continue
        found.whole.add(place)
        for row in connection.execute(_SAID_HERE, {"place": place}):
            found.ours[row.id] = row
        found.memories |= set(connection.execute(_HERE, {"place": place}).scalars())


def _answers(connection: Connection, found: Reach) -> None:
    """What we said in the same turns."""
    turns: dict[int, set[int]] = defaultdict(set)
    for row in found.theirs.values():
        if row.turn_id is not None:
            turns[row.conversation_id].add(row.turn_id)
    for place, alone in _each_place(connection, found.mine, turns).items():
        rows = _among(connection, _ANSWERS, turns[place], place=place)
        _keep_shared(connection, place, rows, found, alone=alone)


def _keep_shared(
    connection: Connection, place: int, rows: Sequence[Row[Any]], found: Reach, *, alone: bool
) -> None:
    """Of our lines in *rows*, those go that nobody else was answered with."""
    new = [row for row in rows if row.id not in found.ours]
    owned = alone or _only_theirs(connection, place, {row.turn_id for row in new}, found.mine)
    for row in new:
        if owned is True or row.turn_id in owned:
            found.ours[row.id] = row
        else:
            found.shared.add(row.id)


def _only_theirs(
    connection: Connection, place: int, turns: Collection[int], mine: Collection[str]
) -> frozenset[int]:
    """Those of *turns* in which somebody of *mine* was heard, and nobody else."""
    people: dict[int, set[str]] = defaultdict(set)
    for row in _among(connection, _LISTENED, turns, place=place):
        people[row.turn_id].add(address(row.source, row.speaker_id))
    return frozenset(turn for turn, heard_there in people.items() if heard_there <= set(mine))


def add_memories(connection: Connection, found: Reach) -> None:
    """What was kept of those lines, and all that was made of it."""
    for which, ids in zip(_KEPT_OF, (found.theirs, found.ours), strict=True):
        found.memories |= set(_ids(connection, which, ids))
    newest: Collection[int] = found.memories
    while newest:
        made = set(_ids(connection, _MADE_OF, newest))
        newest = made - found.memories
        found.memories |= newest


def _says(row: Row[Any], edits: Mapping[tuple[int, str], Sequence[str]], text: str) -> bool:
    """Whether a message says so, or came to say so when it was edited."""
    versions = (row.text, *edits.get((row.conversation_id, row.message), ()))
    return any(has_words(one, text) for one in versions)


def _edits(
    connection: Connection, places: Collection[int]
) -> Mapping[tuple[int, str], Sequence[str]]:
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for row in _among(connection, _EDITS, places):
        found[row.conversation_id, row.message].append(row.text)
    return found


def _take(found: Reach, rows: Iterable[Row[Any]]) -> None:
    for row in rows:
        found.theirs[row.id] = row


def _each_place(
    connection: Connection, mine: Collection[str], places: Iterable[int]
) -> Mapping[int, bool]:
    return {place: is_theirs_alone(connection, place, mine) for place in sorted(places)}


def _among(
    connection: Connection, statement: Select[Any], ids: Collection[int], **where: object
) -> list[Row[Any]]:
    return [
        row
        for some in batches(ids)
        for row in connection.execute(statement, {"which": some, **where})
    ]


def _ids(connection: Connection, statement: Select[Any], ids: Collection[int]) -> list[int]:
    return [row[0] for row in _among(connection, statement, ids)]
