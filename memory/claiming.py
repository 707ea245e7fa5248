"""Leasing the conversations in which something is due."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, or_, select, tuple_, update

from anima.bonds import Bond
from anima.cause import cause
from anima.impulse import Impulse
from anima.model import Choice, Claim, Conversation, Heard, Said
from anima.ports import BotName
from memory import albums, bonding, choosing, clocks, impelling, preferences
from memory.beside import found
from memory.prepared import Prepared
from memory.reading import message
from memory.standing import CROWD, LATELY, STANDING, Counted
from memory.tables import UNSENT, conversation, heard, impulse, said, turn

_due = (
    select(conversation.c.id)
    .where(
        conversation.c.ready_at <= bindparam("now"),
        or_(conversation.c.lease_until.is_(None), conversation.c.lease_until < bindparam("now")),
        tuple_(conversation.c.platform, conversation.c.bot).in_(bindparam("bots", expanding=True)),
    )
    .order_by(conversation.c.ready_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("due")
)
_CLAIM = Prepared(
    update(conversation)
    .where(conversation.c.id == _due.c.id)
    .values(
        lease_until=bindparam("until"),
        holder=bindparam("by"),
        epoch=conversation.c.epoch + 1,
    )
    .returning(*conversation.c, choosing.ANY.label("chosen"))
)
_WAITING = Prepared(
    select(
        heard,
        preferences.TONGUE.label("tongue"),
        preferences.VOICING.label("voicing"),
        clocks.ZONE.label("zone"),
        STANDING.label("standing"),
        LATELY.label("lately"),
        CROWD.label("crowd"),
    )
    .join(conversation, conversation.c.id == heard.c.conversation_id)
    .where(
        heard.c.conversation_id.in_(bindparam("places", expanding=True)),
        heard.c.state == "waiting",
    )
    .order_by(heard.c.id)
)
_OPEN_TURNS = select(turn.c.id, turn.c.conversation_id).where(
    turn.c.conversation_id.in_(bindparam("places", expanding=True)), turn.c.outcome.is_(None)
)
_UNDONE = (
    select(said, turn.c.outcome, impulse.c.ripe_until)
    .join(turn, turn.c.id == said.c.turn_id)
    .outerjoin(impulse, impulse.c.turn_id == said.c.turn_id)
    .where(
        said.c.conversation_id.in_(bindparam("places", expanding=True)),
        or_(
            said.c.state.in_(UNSENT),
            and_(turn.c.outcome.is_(None), said.c.state == "delivered"),
        ),
    )
    .order_by(said.c.id)
)
_RENEW = (
    update(conversation)
    .where(
        tuple_(conversation.c.id, conversation.c.epoch).in_(bindparam("held", expanding=True)),
        conversation.c.lease_until.is_not(None),
    )
    .values(lease_until=bindparam("until"))
    .returning(conversation.c.id)
)
_HOLDERS = select(conversation.c.holder).where(conversation.c.holder.is_not(None)).distinct()


@dataclass(frozen=True, slots=True)
class Lease:
    """Who takes up to *limit* conversations of which *bots*, from *now* to *until*.

    *counted*: how far turns are counted.
    """

    holder: str
    bots: tuple[BotName, ...]
    limit: int
    now: datetime
    until: datetime
    counted: Counted


def claim(connection: Connection, lease: Lease) -> tuple[Claim, ...]:
    """Lease conversations in which something is due, with all that is left to do in them."""
    due = {
        "now": lease.now,
        "most": lease.limit,
        "until": lease.until,
        "by": lease.holder,
        "bots": lease.bots,
    }
    rows = sorted(_CLAIM.rows(connection, due), key=lambda row: row.ready_at)
    if not rows:
        return ()
    waits = _by_place(connection, rows, lease.counted.asked(lease.now))
    unfinished = [row.id for row in rows if row.unfinished]
    undone = _undone(connection, unfinished)
    impulses = impelling.ripe(connection, unfinished)
    choices = choosing.chosen(connection, [row.id for row in rows if row.chosen])
    bonds = bonding.known(connection, _meant(waits, impulses))
    claims = (
        _claim(
            row,
            waits[row.id],
            choices.get(row.id, ()),
            bonds.get(row.id, ()),
            undone.get(row.id, (None, ())),
        )
        for row in rows
    )
    return tuple(
        replace(one, impulse=impulses[one.id]) if one.id in impulses else one for one in claims
    )


def _meant(
    waits: Mapping[int, Sequence[Heard]], impulses: Mapping[int, Impulse]
) -> Mapping[int, Sequence[Heard]]:
    """Whom each place is about: who waits there, and to whom we would write first."""
    first = {place: [cause(one)] for place, one in impulses.items()}
    return {place: [*first.get(place, ()), *waits.get(place, ())] for place in (*waits, *first)}


def waiting(connection: Connection, place: int, counts: Mapping[str, int]) -> tuple[Heard, ...]:
    """What waits in one conversation; *counts* as `Counted` asks for them."""
    return tuple(one for _, one in _waiting(connection, [place], counts))


def renew(connection: Connection, claims: Collection[Claim], until: datetime) -> frozenset[int]:
    """Prolong the leases of *claims* that are still theirs."""
    held = [(claim.id, claim.epoch) for claim in claims]
    rows = connection.execute(_RENEW, {"held": held, "until": until})
    return frozenset(rows.scalars())


def holders(connection: Connection) -> tuple[str, ...]:
    """Everybody who holds a lease, or held one when it died."""
    return tuple(connection.execute(_HOLDERS).scalars())


def _by_place(
    connection: Connection, rows: Sequence[Row[Any]], counts: Mapping[str, int]
) -> dict[int, list[Heard]]:
    waits: dict[int, list[Heard]] = defaultdict(list)
    for place, one in _waiting(connection, [row.id for row in rows], counts):
        waits[place].append(one)
    return waits


def _waiting(
    connection: Connection, places: Sequence[int], counts: Mapping[str, int]
) -> Sequence[tuple[int, Heard]]:
    """What waits in *places*, with where it does."""
    rows = _WAITING.rows(connection, {"places": places, **counts})
    late = albums.dealt_with(connection, rows)
    return [(row.conversation_id, _waits(row, late)) for row in rows]


def _undone(
    connection: Connection, places: Sequence[int]
) -> dict[int, tuple[int | None, list[Row[Any]]]]:
    """By place: the turn that is open there, and bubbles not sent or said in that turn."""
    if not places:
        return {}
    turns = connection.execute(_OPEN_TURNS, {"places": places})
    opened = {row.conversation_id: row.id for row in turns}
    bubbles: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(_UNDONE, {"places": places}):
        bubbles[row.conversation_id].append(row)
    return {place: (opened.get(place), bubbles[place]) for place in places}


def _claim(
    row: Row[Any],
    waits: Sequence[Heard],
    choices: tuple[Choice, ...],
    bonds: tuple[Bond, ...],
    undone: tuple[int | None, Sequence[Row[Any]]],
) -> Claim:
    turn_id, bubbles = undone
    return Claim(
        id=row.id,
        conversation=place_of(row),
        epoch=row.epoch,
        private=row.private,
        title=row.title,
        waiting=tuple(waits),
        unsent=tuple(_said(bubble) for bubble in bubbles if bubble.state in UNSENT),
        turn=turn_id,
        spoken=tuple(bubble.text for bubble in bubbles if bubble.turn_id == turn_id),
        apologised_at=row.apologised_at,
        soul=row.soul or "",
        choices=choices,
        dial=preferences.dial_of(row.dial),
        role=row.role or "",
        persona=row.persona or "",
        mood=bonding.mood(row),
        bonds=bonds,
    )


def place_of(row: Row[Any]) -> Conversation:
    """The conversation in *row*."""
    return Conversation(
        platform=row.platform,
        bot=row.bot,
        chat=row.chat,
        connection=row.connection,
        thread=row.thread,
    )


def _waits(row: Row[Any], late: frozenset[albums.Album]) -> Heard:
    known = message(row, row.tongue or "", row.zone or "")
    heard = replace(
        known,
        standing=row.standing or "",
        lately=row.lately,
        crowd=row.crowd or 0,
        voicing=row.voicing or "",
    )
    return replace(heard, addressed=False) if albums.album(row) in late else heard


def _said(row: Row[Any]) -> Said:
    return Said(
        id=row.id,
        turn=row.turn_id,
        text=row.text,
        reply_to=row.reply_to,
        asks=row.asks,
        state=row.state,
        attempts=row.attempts,
        not_before=row.not_before,
        beside=found(row.beside),
        until=row.ripe_until,
    )
