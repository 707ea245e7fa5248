"""Forgetting for good what somebody wants forgotten: every row, every copy, every byte of ours."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from anima.ports import Clock
from memory.database import Database
from memory.longterm.batches import batches
from memory.longterm.blanking import WORDLESS, among, blank
from memory.longterm.dropping import drop
from memory.longterm.erasing import Erased, Erasing, owe
from memory.longterm.facts import Finds, beside, learn_again
from memory.longterm.hushing import Drops
from memory.longterm.leavings import leavings, people, remove
from memory.longterm.lines import sayings_of
from memory.longterm.listings import listings
from memory.longterm.ownership import may_be_shown
from memory.longterm.reach import Reach, reach
from memory.longterm.scope import Viewer
from memory.longterm.wanted import ALWAYS, Found, Kind, Receipt, Remains, What
from memory.tables import audit, conversation, fact, heard, memory, sitting, tombstone, vector

SAMPLES: Final = 5
"""So many are shown before somebody is asked whether they are sure."""

_PLACES: Final = (
    select(conversation)
    .where(among(conversation.c.id))
    .order_by(conversation.c.id)
    .with_for_update()
)
_NO_CACHE: Final = (
    update(conversation)
    .where(
        among(conversation.c.id),
        or_(conversation.c.lease_until.is_(None), conversation.c.id != bindparam("asked_in")),
    )
    .values(epoch=conversation.c.epoch + 1, lease_until=None)
)
"""A tail that is cached anywhere fits no other claim than the next; so there is none any more.

Who is at work there loses the claim and takes the turn up anew. The place in which this is asked
is held by whoever asks.
"""
_KINDS: Final = (
    select(memory.c.kind, func.count()).where(among(memory.c.id)).group_by(memory.c.kind)
)
_VECTORS: Final = select(func.count()).select_from(vector).where(among(vector.c.memory_id))
_SITTINGS: Final = (
    select(memory.c.conversation_id, memory.c.persona, memory.c.sitting)
    .where(among(memory.c.id))
    .distinct()
)
_ANEW: Final = (
    update(sitting)
    .where(
        sitting.c.conversation_id == bindparam("place"),
        sitting.c.persona == bindparam("whose"),
        sitting.c.number == bindparam("which_one"),
    )
    .values(distilled_at=None, tries=0)
)
_DIGESTS: Final = select(memory.c.digest).where(among(memory.c.id), memory.c.kind == "line")
_BURY: Final = {
    "sqlite": sqlite.insert(tombstone).on_conflict_do_nothing(index_elements=["digest"]),
    "postgresql": postgresql.insert(tombstone).on_conflict_do_nothing(index_elements=["digest"]),
}
_REOPEN: Final = (
    update(fact).where(among(fact.c.superseded_by)).values(superseded_by=None, valid_to=None)
)
_RAW: Final = update(heard).where(
    heard.c.conversation_id == bindparam("place"), heard.c.state.in_(("aside", "event", "edit"))
)
_AUDIT: Final = insert(audit)


@dataclass(frozen=True, slots=True)
class _Done:
    """What one transaction did."""

    counts: Mapping[Kind, int]
    places: Collection[int]


class Forgetting:
    """Finds and forgets in the database, in the cached *tail*, and in the files.

    All of it raises `LedgerUnavailable`. Whatever dies in between has forgotten all rows or none;
    what is owed of the files then is done by `Erasing.resume`. *finds* tells again what is left of
    facts of which some line has gone.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        tail: Drops,
        erasing: Erasing,
        finds: Finds | None = None,
    ) -> None:
        self._finds = finds
        self._database = database
        self._clock = clock
        self._tail = tail
        self._erasing = erasing

    async def find(self, viewer: Viewer, what: What) -> Found:
        """What would go when *viewer* asks for that."""
        return await self._database.read(lambda connection: _find(connection, viewer, what))

    async def forget(
        self, viewer: Viewer, what: What, by: str, asked: Sequence[int] = ()
    ) -> Receipt:
        """Forget it for good. *by* is who wants that.

        *asked* are the messages in which it was wanted: they stay, as they are dealt with just
        now, but not their words.
        """
        now = self._clock.now()
        done = await self._database.write(
            lambda connection: _forget(
                connection, viewer, what, _Wish(by, tuple(asked), now, self._finds)
            )
        )
        for place in sorted(done.places):
            await self._tail.drop(place)
        return _receipt(done, await self._erasing.erase())


@dataclass(frozen=True, slots=True)
class _Wish:
    by: str
    asked: tuple[int, ...]
    at: datetime
    finds: Finds | None


def _find(connection: Connection, viewer: Viewer, what: What) -> Found:
    found = reach(connection, viewer, what)
    shown = may_be_shown(viewer)
    samples = [
        row.text
        for row in sorted(found.theirs.values(), key=lambda row: row.id, reverse=True)
        if row.text and shown(row.conversation_id, row.private)
    ]
    return Found(_counts(connection, found), tuple(samples[:SAMPLES]))


def _forget(connection: Connection, viewer: Viewer, what: What, wish: _Wish) -> _Done:
    places = reach(connection, viewer, what).places
    _each(connection, _PLACES, places)  # nobody keeps a line of theirs while it is forgotten
    found = reach(connection, viewer, what)
    counts = _counts(connection, found)
    bury(connection, found, wish.at)
    left = beside(connection, found.memories)
    forget_memories(connection, found.memories)
    if wish.finds:
        learn_again(connection, left, wish.finds)
    _forget_words(connection, found, wish.asked)
    for place in sorted(found.places | {viewer.place}):
        blank(connection, place, *listings(connection, place, found.mine))
    remove(connection, leavings(connection, found), found)
    _each(connection, _NO_CACHE, found.places, asked_in=viewer.place)
    connection.execute(_AUDIT, _deed(viewer, what, wish, counts))
    owe(connection)
    return _Done(counts, found.places | places)


def _counts(connection: Connection, found: Reach) -> Mapping[Kind, int]:
    kinds: Counter[str] = Counter()
    for some in batches(found.memories):
        kinds.update({row[0]: row[1] for row in connection.execute(_KINDS, {"which": some})})
        kinds["vector"] += connection.execute(_VECTORS, {"which": some}).scalar_one()
    counts: dict[Kind, int] = {
        "lines": sum(1 for row in found.theirs.values() if row.text),
        "answers": sum(1 for row in found.ours.values() if row.text),
        "facts": kinds["fact"],
        "episodes": kinds["episode"],
        "vectors": kinds["vector"],
        "shared": len(found.shared),
    }
    counts |= {kind: len(ids) for kind, ids in leavings(connection, found).items()}
    return {**counts, **people(connection, found)}


def bury(connection: Connection, found: Reach, now: datetime) -> None:
    """Leave digests behind, so that neither an import nor a late look at the ledger brings it.

    What the scribe has not looked at yet is no memory, and would be known by nothing else.
    """
    digests = {
        digest
        for some in batches(found.memories)
        for digest in connection.execute(_DIGESTS, {"which": some}).scalars()
    }
    for place in connection.execute(_PLACES, {"which": sorted(found.places)}).all():
        fresh = [one for one in found.turns if one > (place.kept_turn or 0)]
        for some in batches(fresh):
            digests |= {
                one.digest
                for one in sayings_of(connection, place, some)
                if one.heard in found.theirs or one.said in found.ours
            }
    rows = [{"digest": digest, "at": now} for digest in sorted(digests)]
    if rows:
        connection.execute(_BURY[connection.dialect.name], rows)


def forget_memories(connection: Connection, ids: Collection[int]) -> None:
    """Drop them; what was closed by one of them holds again, and their sittings are told anew."""
    sittings = {
        tuple(row)
        for some in batches(ids)
        for row in connection.execute(_SITTINGS, {"which": some})
    }
    _each(connection, _REOPEN, ids)
    drop(connection, sorted(ids))
    for place, whose, number in sittings:
        connection.execute(_ANEW, {"place": place, "whose": whose, "which_one": number})


def _forget_words(connection: Connection, found: Reach, asked: Sequence[int]) -> None:
    for place in sorted(found.places):
        theirs = [row.id for row in found.theirs.values() if row.conversation_id == place]
        ours = [row.id for row in found.ours.values() if row.conversation_id == place]
        blank(connection, place, theirs, ours)
    for place in found.whole:
        connection.execute(_RAW.values(**WORDLESS), {"place": place})
    if asked:
        mine = select(heard.c.conversation_id).where(among(heard.c.id))
        here = connection.execute(mine, {"which": list(asked)}).scalars().first()
        if here is not None:
            blank(connection, here, asked, ())


def _deed(viewer: Viewer, what: What, wish: _Wish, counts: Mapping[Kind, int]) -> dict[str, object]:
    """That it was done, and how much of what; never which words."""
    told = ", ".join(f"{kind} {count}" for kind, count in counts.items() if count)
    return {
        "at": wish.at,
        "by": wish.by,
        "deed": "memory forget",
        "conversation_id": viewer.place or None,
        "subject": type(what).__name__.lower(),
        "before": told,
        "after": "",
    }


def _each(connection: Connection, statement: Any, which: Collection[int], **where: object) -> None:
    for some in batches(sorted(which)):
        connection.execute(statement, {"which": some, **where})


def _receipt(done: _Done, erased: Erased) -> Receipt:
    remains: list[Remains] = list(ALWAYS)
    if done.counts.get("shared"):
        remains.append("shared")
    if erased == "busy":
        remains.append("log")
    if erased == "vacuumed":
        remains.append("server")
    return Receipt(done.counts, erased, tuple(remains))
