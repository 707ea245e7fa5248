"""The steps of a turn, taken together under one epoch."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, and_, bindparam, case, exists, func, insert, select, update

from anima.errors import LeaseLost
from anima.model import Account, Claim
from anima.steps import (
    Acted,
    Began,
    Changed,
    Chose,
    Clocked,
    Delivered,
    Dialled,
    Ended,
    Failed,
    Knocked,
    MovedTo,
    Muted,
    Postponed,
    Preferred,
    Recast,
    Recollected,
    Released,
    Reloaded,
    Represented,
    Say,
    Sending,
    Shut,
    Step,
    TookBack,
    Transcribed,
    Voiced,
)
from memory import attached, choosing, impelling, knocking, preferences, recalled, reloads
from memory.beside import kept
from memory.moving import close, to_chat
from memory.prepared import Prepared
from memory.tables import UNSENT, conversation, heard, said, turn
from memory.text import storable

_STATES: Final = {
    "answered": "answered",
    "failed": "answered",
    "refused": "refused",
    "silent": "noted",
    "expired": "expired",
    "command": "command",
    "notice": "command",
}
"""What becomes of a message when its turn ends like this. A failure was told to the person."""

_HELD = Prepared(
    select(conversation.c.id)
    .where(conversation.c.id == bindparam("place"), conversation.c.epoch == bindparam("epoch_now"))
    .with_for_update()
)
_HOLD = Prepared(
    update(conversation)
    .where(conversation.c.id == bindparam("place"), conversation.c.epoch == bindparam("epoch_now"))
    .values(unfinished=True)
)
"""As `_HELD`, for a write that leaves something to be done in case of a crash."""
_BEGAN = Prepared(insert(turn))
_SAY = Prepared(insert(said))
_said = update(said).where(said.c.id == bindparam("which"))
_SENDING = Prepared(_said.values(state="sending", attempts=said.c.attempts + 1))
_DELIVERED = Prepared(
    _said.values(state="delivered", message=bindparam("called"), delivered_at=bindparam("then"))
)
_POSTPONED = Prepared(_said.values(state=bindparam("now_in"), not_before=bindparam("then")))
_MUTED = Prepared(_said.values(beside=""))
_TRANSCRIBED = Prepared(
    update(heard)
    .where(
        heard.c.id == bindparam("which"),
        heard.c.state == "waiting",
        heard.c.text == bindparam("before"),
    )
    .values(text=bindparam("words"), attachments=bindparam("things"))
)
"""What was taken back or rewritten meanwhile stays so."""
_FAILED = Prepared(_said.values(state="failed", reason=bindparam("because")))
_DEALT_WITH = Prepared(
    update(heard)
    .where(heard.c.id.in_(bindparam("which", expanding=True)))
    .values(state=bindparam("now_in"), turn_id=bindparam("by"))
)
_ENDED = update(turn).where(turn.c.id == bindparam("which"))
_APOLOGISED = Prepared(
    update(conversation)
    .where(conversation.c.id == bindparam("place"))
    .values(apologised_at=bindparam("then"))
)
_waits = exists().where(heard.c.conversation_id == bindparam("place"), heard.c.state == "waiting")
_unsent = exists().where(said.c.conversation_id == bindparam("place"), said.c.state.in_(UNSENT))
_open = exists().where(turn.c.conversation_id == bindparam("place"), turn.c.outcome.is_(None))
_soonest = (
    select(func.min(func.coalesce(said.c.not_before, bindparam("now"))))
    .where(said.c.conversation_id == bindparam("place"), said.c.state.in_(UNSENT))
    .scalar_subquery()
)
_RELEASED = Prepared(
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
    if not _holds(connection, claim, steps):
        raise LeaseLost(f"conversation {claim.id} has gone on after epoch {claim.epoch}")
    begun = {step.turn for step in steps if isinstance(step, Began)}
    ended = {step.turn: step for step in steps if isinstance(step, Ended) and step.turn in begun}
    for step in steps:
        if isinstance(step, Began):
            _begin(connection, claim, step, ended.get(step.turn))
        elif isinstance(step, Ended):
            _end(connection, claim, step, known=step.turn in ended)
        else:
            _take(connection, claim, step, now)


def _holds(connection: Connection, claim: Claim, steps: Sequence[Step]) -> bool:
    """Whether the claim is still ours. Nothing has been written when it is not."""
    begins = any(isinstance(step, Began | Say) for step in steps)
    if begins and _HOLD.run(connection, _named(claim)) == 0:
        return False
    releases = any(isinstance(step, Released) for step in steps)
    if begins and not releases:
        return True
    # the full lock: a message that is being heard meanwhile is waited for before we release
    return bool(_HELD.rows(connection, _named(claim)))


def _named(claim: Claim) -> dict[str, object]:
    return {"place": claim.id, "epoch_now": claim.epoch}


def _take(connection: Connection, claim: Claim, step: Step, now: datetime) -> None:
    match step:
        case Say():
            _say(connection, claim, step)
        case Sending() | Delivered() | Postponed() | Failed() | Muted():
            _send(connection, step)
        case Chose() | TookBack() | Changed() | Recast():
            choosing.take(connection, claim.id, step)
        case Dialled() | Preferred() | Clocked() | Voiced() | Represented():
            preferences.take(connection, claim.id, step)
        case Acted() | Recollected() | Transcribed():
            _remark(connection, step)
        case Knocked() | Reloaded():
            _mark(connection, claim.id, step)
        case Shut():
            close(connection, claim.id, now)
        case MovedTo():
            to_chat(connection, claim.id, step.chat)
        case Released():
            _RELEASED.run(connection, {"place": claim.id, "now": now})


def _mark(connection: Connection, place: int, step: Knocked | Reloaded) -> None:
    if isinstance(step, Knocked):
        knocking.take(connection, place, step)
    else:
        reloads.take(connection, place, step)


def _remark(connection: Connection, step: Acted | Recollected | Transcribed) -> None:
    """Keep why the turn was, and what was heard in it."""
    match step:
        case Acted():
            impelling.take(connection, step)
        case Recollected():
            recalled.keep(connection, step)
        case Transcribed():
            _transcribe(connection, step)


def _transcribe(connection: Connection, step: Transcribed) -> None:
    known = {
        "which": step.heard,
        "before": storable(step.before),
        "words": storable(step.text),
        "things": attached.kept(step.attachments),
    }
    _TRANSCRIBED.run(connection, known)


_Sent = Sending | Delivered | Postponed | Failed | Muted


def _send(connection: Connection, step: _Sent) -> None:
    """Write down what became of one bubble."""
    match step:
        case Muted():
            _MUTED.run(connection, {"which": step.said})
        case Sending():
            _SENDING.run(connection, {"which": step.said})
        case Delivered():
            known = {"which": step.said, "called": step.message, "then": step.at}
            _DELIVERED.run(connection, known)
        case Postponed():
            state = "maybe" if step.unsure else "ready"
            later = {"which": step.said, "now_in": state, "then": step.not_before}
            _POSTPONED.run(connection, later)
        case Failed():
            _FAILED.run(connection, {"which": step.said, "because": storable(step.reason)})


def _begin(connection: Connection, claim: Claim, step: Began, ended: Ended | None) -> None:
    """Open a turn; one that is over in the same write needs no second statement for that."""
    row = {
        "id": step.turn,
        "conversation_id": claim.id,
        "epoch": claim.epoch,
        "began_at": step.at,
        "persona": step.persona,
    }
    _BEGAN.run(connection, row | _ending(ended) if ended else row)


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
        "asks": step.asks,
        "beside": kept(step.beside),
    }
    _SAY.run(connection, row)


def _end(connection: Connection, claim: Claim, step: Ended, *, known: bool) -> None:
    if not known:
        connection.execute(_ENDED.values(_ending(step)), {"which": step.turn})
    dealt = {"which": step.heard, "now_in": _STATES[step.outcome], "by": step.turn}
    _DEALT_WITH.run(connection, dealt)
    if step.noted:
        beside = {"which": step.noted, "now_in": "noted", "by": step.turn}
        _DEALT_WITH.run(connection, beside)
    if step.apologised:
        _APOLOGISED.run(connection, {"place": claim.id, "then": step.at})


def _ending(step: Ended) -> dict[str, object]:
    account = step.account or Account(soul="", revision="")
    return {
        "outcome": step.outcome,
        "soul": account.soul,
        "revision": account.revision,
        "prompt_tokens": account.usage.prompt,
        "completion_tokens": account.usage.completion,
        "first_s": step.first_s,
        "slips": account.slips,
        "ended_at": step.at,
        "reason": storable(step.reason),
    }
