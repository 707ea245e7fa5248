"""The steps of a turn, taken together under one epoch."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, case, exists, func, insert, select, update

from anima.errors import LeaseLost
from anima.model import Account, Claim
from anima.steps import (
    Began,
    Delivered,
    Ended,
    Failed,
    MovedTo,
    Postponed,
    Released,
    Say,
    Sending,
    Shut,
    Step,
)
from memory.moving import close, to_chat
from memory.tables import conversation, heard, said, turn
from memory.text import storable

_UNSENT = ("ready", "sending", "maybe")
_STATES = {
    "answered": "answered",
    "failed": "answered",
    "refused": "refused",
    "silent": "noted",
    "expired": "expired",
}
"""What becomes of a message when its turn ends like this. A failure was told to the person."""

_HELD = (
    select(conversation.c.id)
    .where(conversation.c.id == bindparam("place"), conversation.c.epoch == bindparam("epoch"))
    .with_for_update()
)
_BEGAN = insert(turn)
_SAY = insert(said)
_SAID = update(said).where(said.c.id == bindparam("which"))
_SENDING = _SAID.values(state="sending", attempts=said.c.attempts + 1)
_DELIVERED = _SAID.values(
    state="delivered", message=bindparam("called"), delivered_at=bindparam("then")
)
_POSTPONED = _SAID.values(state=bindparam("now_in"), not_before=bindparam("then"))
_FAILED = _SAID.values(state="failed", reason=bindparam("because"))
_DEALT_WITH = (
    update(heard)
    .where(heard.c.id.in_(bindparam("which", expanding=True)))
    .values(state=bindparam("now_in"), turn_id=bindparam("by"))
)
_ENDED = (
    update(turn)
    .where(turn.c.id == bindparam("which"))
    .values(
        outcome=bindparam("how"),
        soul=bindparam("as_soul"),
        revision=bindparam("as_revision"),
        prompt_tokens=bindparam("read"),
        completion_tokens=bindparam("wrote"),
        first_s=bindparam("first"),
        ended_at=bindparam("then"),
    )
)
_UNFINISHED = (
    update(conversation).where(conversation.c.id == bindparam("place")).values(unfinished=True)
)
_APOLOGISED = (
    update(conversation)
    .where(conversation.c.id == bindparam("place"))
    .values(apologised_at=bindparam("then"))
)
_waits = exists().where(heard.c.conversation_id == bindparam("place"), heard.c.state == "waiting")
_unsent = exists().where(said.c.conversation_id == bindparam("place"), said.c.state.in_(_UNSENT))
_open = exists().where(turn.c.conversation_id == bindparam("place"), turn.c.outcome.is_(None))
_soonest = (
    select(func.min(func.coalesce(said.c.not_before, bindparam("now"))))
    .where(said.c.conversation_id == bindparam("place"), said.c.state.in_(_UNSENT))
    .scalar_subquery()
)
_RELEASED = (
    update(conversation)
    .where(conversation.c.id == bindparam("place"))
    .values(
        lease_until=None,
        holder=None,
        unfinished=case((_unsent, True), (_open, True), else_=False),
        ready_at=case((and_(_waits, ~_unsent), bindparam("now")), (_unsent, _soonest), else_=None),
    )
)


def write(connection: Connection, claim: Claim, steps: Sequence[Step], now: datetime) -> None:
    """Take *steps* or, when the claim is not ours any more, none of them."""
    held = {"place": claim.id, "epoch": claim.epoch}
    if connection.execute(_HELD, held).first() is None:
        raise LeaseLost(f"conversation {claim.id} has gone on after epoch {claim.epoch}")
    for step in steps:
        _take(connection, claim, step, now)


def _take(connection: Connection, claim: Claim, step: Step, now: datetime) -> None:  # noqa: C901 - one line a step
    match step:
        case Began():
            _begin(connection, claim, step)
        case Say():
            _say(connection, claim, step)
        case Sending():
            connection.execute(_SENDING, {"which": step.said})
        case Delivered():
            known = {"which": step.said, "called": step.message, "then": step.at}
            connection.execute(_DELIVERED, known)
        case Postponed():
            state = "maybe" if step.unsure else "ready"
            later = {"which": step.said, "now_in": state, "then": step.not_before}
            connection.execute(_POSTPONED, later)
        case Failed():
            connection.execute(_FAILED, {"which": step.said, "because": storable(step.reason)})
        case Ended():
            _end(connection, claim, step)
        case Shut():
            close(connection, claim.id, now)
        case MovedTo():
            to_chat(connection, claim.id, step.chat)
        case Released():
            connection.execute(_RELEASED, {"place": claim.id, "now": now})


def _begin(connection: Connection, claim: Claim, step: Began) -> None:
    row = {
        "id": step.turn,
        "conversation_id": claim.id,
        "epoch": claim.epoch,
        "began_at": step.at,
    }
    connection.execute(_BEGAN, row)
    connection.execute(_UNFINISHED, {"place": claim.id})


def _say(connection: Connection, claim: Claim, step: Say) -> None:
    row = {
        "id": step.said,
        "conversation_id": claim.id,
        "turn_id": step.turn,
        "text": storable(step.text),
        "reply_to": step.reply_to,
        "state": step.state,
        "attempts": int(step.state == "sending"),
        "at": step.at,
    }
    connection.execute(_SAY, row)


def _end(connection: Connection, claim: Claim, step: Ended) -> None:
    account = step.account or Account(soul="", revision="")
    connection.execute(
        _ENDED,
        {
            "which": step.turn,
            "how": step.outcome,
            "as_soul": account.soul,
            "as_revision": account.revision,
            "read": account.usage.prompt,
            "wrote": account.usage.completion,
            "first": step.first_s,
            "then": step.at,
        },
    )
    dealt = {"which": step.heard, "now_in": _STATES[step.outcome], "by": step.turn}
    connection.execute(_DEALT_WITH, dealt)
    if step.apologised:
        connection.execute(_APOLOGISED, {"place": claim.id, "then": step.at})
