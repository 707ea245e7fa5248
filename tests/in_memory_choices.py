"""Which soul speaks where and what people think of it, as the ledger in memory keeps it."""

from collections.abc import Sequence
from datetime import datetime

from anima.model import Choice, Rated
from anima.steps import Changed, Chose, Dialled, Preferred, Recast, TookBack
from tests.in_memory_rows import AuditRow, ChoiceRow, FeedbackRow, Place, Store

KNOWN = 2


def chosen(store: Store, place: int) -> tuple[Choice, ...]:
    """The newest choices of each kind that hold in *place*, by age."""
    live = [row for row in store.choices if row.holds_in(place) and not row.undone_by]
    kinds = {(row.place, row.choice.percent < 100) for row in live}
    newest = [
        row.choice
        for kind in kinds
        for row in sorted(
            (row for row in live if (row.place, row.choice.percent < 100) == kind),
            key=lambda row: row.choice.id,
        )[-KNOWN:]
    ]
    return tuple(sorted(newest, key=lambda one: one.id))


def choose(store: Store, place: int, step: Chose | TookBack | Changed | Recast) -> None:
    """Take one of the steps of a command that switches."""
    match step:
        case Chose():
            _choose(store, place, step)
        case TookBack():
            _take_back(store, place, step)
        case Changed():
            here = store.places[place]
            here.soul, here.since = step.soul, step.since or here.since
            here.persona = step.persona or here.persona
        case Recast():
            store.places[place].role = step.after
            _note(store, place, step, ("persona use", "here", step.after))


def _choose(store: Store, place: int, step: Chose) -> None:
    wanted = step.choice
    store.choices.append(ChoiceRow(wanted, place if wanted.here else None))
    canary = wanted.percent < 100
    deed = "model canary" if canary else "model use"
    after = f"{wanted.soul} {wanted.percent:g}%" if canary else wanted.soul
    _note(store, place, step, (deed, "here" if wanted.here else "everywhere", after))


def _take_back(store: Store, place: int, step: TookBack) -> None:
    for row in store.choices:
        if row.choice.id == step.choice and row.holds_in(place) and not row.undone_by:
            row.undone_by = step.by
            subject = "everywhere" if row.place is None else "here"
            _note(store, place, step, ("model rollback", subject, step.after))


def prefer(store: Store, place: int, step: Dialled | Preferred) -> None:
    """Keep how readily we speak here, or in which language to somebody."""
    match step:
        case Dialled():
            store.places[place].dial = step.after
            row = AuditRow(step.by, "talk", place, "here", str(step.before), str(step.after))
            store.audit.append(row)
        case Preferred(address, tongue):
            store.tongues[address] = tongue


def _note(
    store: Store, place: int, step: Chose | TookBack | Recast, what: tuple[str, str, str]
) -> None:
    deed, subject, after = what
    store.audit.append(AuditRow(step.by, deed, place, subject, step.before, after))


def rate(store: Store, place: int, rated: Rated, now: datetime) -> None:
    """Keep the newest word of each speaker on each answer."""
    named = (one for one in store.said.values() if one.message == rated.message)
    row = next(named, None) if rated.message else store.said.get(rated.said)
    if row is None or row.place != place:
        return
    turn = store.turns[row.words.turn]
    account = turn.ended.account if turn.ended else None
    soul = account.soul if account else store.places[place].soul
    name = (turn.id, rated.speaker.address)
    if not rated.withdrawn:
        store.feedback[name] = FeedbackRow(place, rated.verdict, soul, now)
    elif name in store.feedback and store.feedback[name].verdict == rated.verdict:
        del store.feedback[name]


def _same(old: Place, new: Place) -> bool:
    return (old.soul, old.persona) == (new.soul, new.persona)


def join(store: Store, old: Place, new: Place, first: int) -> None:
    """What is kept of *old* is of *new* now, whose talk began with turn *first*."""
    kept: Sequence[ChoiceRow | AuditRow | FeedbackRow] = (
        *store.choices,
        *store.audit,
        *store.feedback.values(),
    )
    for row in kept:
        row.place = new.id if row.place == old.id else row.place
    for (who, where), mode in list(store.voicings.items()):
        if where == old.id:
            store.voicings.setdefault((who, new.id), mode)
    new.dial = old.dial if new.dial is None else new.dial
    new.role = new.role or old.role
    if not new.soul:
        new.soul, new.since, new.persona = old.soul, old.since, old.persona
    else:
        new.since = max(new.since, old.since if _same(old, new) else first)
