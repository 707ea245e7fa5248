"""What arrives and what is written, as the ledger in memory takes it."""

from dataclasses import replace
from datetime import datetime

from anima.model import (
    NOTHING,
    Claim,
    Closed,
    Deleted,
    Edited,
    Heard,
    Incoming,
    Meaning,
    Pressed,
    Rated,
    Renamed,
    Said,
    SaidState,
    Stopped,
)
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
    MovedTo,
    Muted,
    Postponed,
    Preferred,
    Recast,
    Recollected,
    Released,
    Represented,
    Say,
    Sending,
    Shut,
    Step,
    TookBack,
    Transcribed,
    Voiced,
)
from memory import attached
from memory.tables import LANGUAGE_CHARACTERS
from memory.text import storable
from tests.in_memory_choices import choose, join, prefer, rate
from tests.in_memory_rows import HeardRow, SaidRow, Store, TurnRow

UNSENT = ("ready", "sending", "maybe")
_BECOMES = {
    "answered": "answered",
    "failed": "answered",
    "refused": "refused",
    "silent": "noted",
    "expired": "expired",
    "command": "command",
    "notice": "command",
}


def follow(  # noqa: C901, PLR0912 - one line a meaning
    store: Store, row: HeardRow, meaning: Meaning, now: datetime, rang: set[int]
) -> None:
    """Do what a new arrival asks for."""
    place = row.place or 0
    match meaning:
        case Incoming():
            row.state, row.words = "waiting", _heard(row.id, meaning, now)
            if store.places[place].role in meaning.called:
                row.words = replace(row.words, addressed=True)
            _enter(store, place, meaning, now)
            rang.add(place)
        case Edited():
            row.state = "edit"
            if _rewrite(store, place, meaning):
                rang.add(place)
        case Deleted():
            row.state = "event"
            if _take_back(store, place, meaning.messages):
                rang.add(place)
        case Renamed():
            row.state = "event"
            _move(store, place, meaning.chat)
        case Stopped():
            row.state = "stop"
            rang.add(place)
        case Rated():
            row.state = "event"
            rate(store, place, meaning, now)
        case Pressed():
            row.state = "event"
            if said := _pressed(store, place, meaning, now):
                follow(store, row, said, now, rang)
        case Closed():
            row.state = "event"
            if meaning.closed:
                _close(store, place, now)
            else:
                store.places[place].closed_at = None


def take(store: Store, claim: Claim, step: Step, now: datetime) -> None:  # noqa: C901, PLR0912 - one line a step
    """Take one step of a turn."""
    match step:
        case Acted():
            store.impulses.pop(claim.id, None)
            store.acted.append(step)
        case Began():
            store.turns[step.turn] = TurnRow(step.turn, claim.id, step.at, step.persona)
        case Say():
            store.said[step.said] = SaidRow(claim.id, _decided(step), step.at)
        case Transcribed():
            _transcribe(store.heard[step.heard], step)
        case Muted():
            row = store.said[step.said]
            row.words = replace(row.words, beside=NOTHING)
        case Voiced():
            store.voicings[step.address, claim.id] = step.voicing
        case Sending():
            row = store.said[step.said]
            row.words = replace(row.words, state="sending", attempts=row.words.attempts + 1)
        case Delivered():
            row = store.said[step.said]
            row.words, row.message = replace(row.words, state="delivered"), step.message
        case Postponed():
            row, later = store.said[step.said], step.not_before
            state: SaidState = "maybe" if step.unsure else "ready"
            row.words = replace(row.words, state=state, not_before=later)
        case Failed():
            _fail(store.said[step.said], step.reason)
        case Ended():
            _end(store, claim.id, step)
        case Recollected():
            store.recalled[step.turn] = step.memories
        case Chose() | TookBack() | Changed() | Recast():
            choose(store, claim.id, step)
        case Represented():
            store.represented.append(step)
        case Clocked():
            store.zones[step.address] = step.zone
        case Dialled() | Preferred():
            prefer(store, claim.id, step)
        case Shut():
            _close(store, claim.id, now)
        case MovedTo():
            _move(store, claim.id, step.chat)
        case Released():
            _release(store, claim.id, now)


def _transcribe(row: HeardRow, step: Transcribed) -> None:
    if row.words and row.state == "waiting" and row.words.text == step.before:
        things = attached.found(attached.kept(step.attachments))
        row.words = replace(row.words, text=storable(step.text), attachments=things)


def _heard(id_: int, meaning: Incoming, now: datetime) -> Heard:
    name, language = meaning.speaker.name, meaning.speaker.language[:LANGUAGE_CHARACTERS]
    speaker = replace(meaning.speaker, name=storable(name), language=language)
    return Heard(
        id=id_,
        speaker=speaker,
        text=storable(meaning.text),
        at=meaning.at,
        heard_at=now,
        message=meaning.message,
        addressed=meaning.addressed,
        reply_to=meaning.reply_to,
        attachments=attached.found(attached.kept(meaning.attachments)),
        quoted=attached.found_quote(attached.kept_quote(meaning.quoted)),
        album=meaning.album,
    )


def _pressed(store: Store, place: int, meaning: Pressed, now: datetime) -> Incoming | None:
    row = store.said.get(meaning.said)
    buttons = row.words.beside.buttons if row and row.text and row.place == place else ()
    if meaning.which not in range(len(buttons)):
        return None
    return replace(meaning.message, text=buttons[meaning.which].says, at=now, addressed=True)


def _enter(store: Store, place: int, meaning: Incoming, now: datetime) -> None:
    where = store.places[place]
    where.closed_at = None
    where.ready_at = min(where.ready_at or now, now)
    where.private = where.private and meaning.private
    where.title = storable(meaning.title) or where.title


def _rewrite(store: Store, place: int, meaning: Edited) -> bool:
    text, changed = storable(meaning.text), False
    for row in store.heard.values():
        if row.place == place and row.state == "waiting" and row.words:
            rewritten = row.words.message == meaning.message and row.words.text != text
            row.words = replace(row.words, text=text) if rewritten else row.words
            changed = changed or rewritten
    return changed


def _take_back(store: Store, place: int, messages: tuple[str, ...]) -> bool:
    theirs = [
        row
        for row in store.heard.values()
        if row.place == place and row.words and row.words.message in messages
    ]
    ours = [row for row in store.said.values() if row.place == place and row.message in messages]
    opened = any(one.place == place and not one.outcome for one in store.turns.values())
    touched = ours or opened or any(row.state != "waiting" for row in theirs)
    for row in theirs:
        row.state = "withdrawn" if row.state == "waiting" else row.state
        row.words = replace(row.words, text="") if row.words else None
    for bubble in ours:
        bubble.words = replace(bubble.words, text="")
    if touched:
        store.places[place].epoch += 1
        store.places[place].lease_until = None
    return bool(theirs or ours)


def _decided(step: Say) -> Said:
    return Said(
        id=step.said,
        turn=step.turn,
        text=storable(step.text),
        reply_to=step.reply_to,
        asks=step.asks,
        state=step.state,
        attempts=int(step.state == "sending"),
        beside=replace(step.beside, note=None),
    )


def _fail(row: SaidRow, reason: str) -> None:
    row.words, row.reason = replace(row.words, state="failed"), reason


def _end(store: Store, place: int, step: Ended) -> None:
    turn = store.turns[step.turn]
    turn.outcome, turn.ended = step.outcome, step
    for id_ in step.heard:
        store.heard[id_].state, store.heard[id_].turn = _BECOMES[step.outcome], step.turn
    for id_ in step.noted:
        store.heard[id_].state, store.heard[id_].turn = "noted", step.turn
    if step.apologised:
        store.places[place].apologised_at = step.at


def _release(store: Store, place: int, now: datetime) -> None:
    where = store.places[place]
    unsent = [row for row in store.said.values() if row.place == place and row.state in UNSENT]
    waits = any(row.place == place and row.state == "waiting" for row in store.heard.values())
    soonest = min((row.words.not_before or now for row in unsent), default=now)
    where.ready_at = soonest if unsent or waits else None
    where.lease_until = None


def _close(store: Store, place: int, now: datetime) -> None:
    where = store.places[place]
    where.closed_at, where.ready_at, where.lease_until = now, None, None
    where.epoch += 1
    for row in store.said.values():
        if row.place == place and row.state in UNSENT:
            _fail(row, "the place is closed to us")
    for message in store.heard.values():
        if message.place == place and message.state == "waiting":
            message.state = "refused"
    for turn in store.turns.values():
        if turn.place == place and turn.outcome is None:
            turn.outcome = "refused"


def _move(store: Store, place: int, chat: str) -> None:
    here = store.places[place]
    address = replace(here.conversation, chat=chat)
    there = store.found(address)
    if there is None:
        here.conversation = address
    elif there is not here:
        _join(store, place, there.id)


def _join(store: Store, place: int, there: int) -> None:
    first = min((one.id for one in store.turns.values() if one.place == there), default=0)
    join(store, store.places[place], store.places[there], first)
    for rows in (store.heard, store.turns, store.said):
        for row in rows.values():
            row.place = there if row.place == place else row.place
    old, new = store.places[place], store.places[there]
    due = [at for at in (old.ready_at, new.ready_at) if at is not None]
    new.ready_at, new.lease_until = min(due, default=None), None
    new.apologised_at = max(filter(None, (old.apologised_at, new.apologised_at)), default=None)
    new.epoch += old.epoch + 1
    old.ready_at, old.lease_until = None, None
    old.epoch += 1
