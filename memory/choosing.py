"""Who is to speak where: what people chose and took back, and whose talk it is by now."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    case,
    exists,
    func,
    insert,
    or_,
    select,
    union_all,
    update,
)

from anima.model import Choice
from anima.steps import Changed, Chose, Recast, TookBack
from memory.tables import audit, choice, conversation

_WHOLE: Final = 100
"""The share, in percent, of a choice that is no canary."""

_KNOWN: Final = 2
"""Of each kind the choice that holds, and the one that holds again when it is taken back."""


def _newest(where: ColumnElement[bool]) -> Select[Any]:
    """The choices that hold *where*, each with its *age* among those of its kind."""
    kind = (choice.c.conversation_id, choice.c.percent < _WHOLE)
    age = func.row_number().over(partition_by=kind, order_by=choice.c.id.desc())
    columns = (choice.c.id, choice.c.conversation_id, choice.c.soul, choice.c.percent)
    return select(*columns, age.label("age")).where(where, choice.c.undone_at.is_(None))


_live = union_all(
    _newest(choice.c.conversation_id.is_(None)),
    _newest(choice.c.conversation_id.in_(bindparam("places", expanding=True))),
).subquery()

ANY: Final = exists().where(choice.c.undone_at.is_(None))
"""Whether anything is chosen anywhere; where nothing is, no claim need ask for more."""

_CHOSEN = select(_live).where(_live.c.age <= _KNOWN)
_CHOOSE = insert(choice)
_TAKE_BACK = (
    update(choice)
    .where(
        choice.c.id == bindparam("which"),
        choice.c.undone_at.is_(None),
        or_(choice.c.conversation_id.is_(None), choice.c.conversation_id == bindparam("place")),
    )
    .values(undone_at=bindparam("then"), undone_by=bindparam("who"))
    .returning(choice.c.conversation_id)
)
_AUDIT = insert(audit)
FEELING: Final = {"pleasure": None, "energy": None, "felt_at": None, "felt_turn": None}
"""The columns of a mood, when there is none: whoever begins here feels as they always do."""
_first: Final[BindParameter[int]] = bindparam("first", type_=BigInteger())
_CHANGE = (
    update(conversation)
    .where(conversation.c.id == bindparam("place"))
    .values(
        soul=bindparam("speaks"),
        since=case((_first > 0, _first), else_=conversation.c.since),
        persona=func.coalesce(func.nullif(bindparam("plays"), ""), conversation.c.persona),
    )
)
_RECAST = (
    update(conversation)
    .where(conversation.c.id == bindparam("place"))
    .values(role=func.nullif(bindparam("wanted"), ""), **FEELING)
)


def chosen(connection: Connection, places: Sequence[int]) -> dict[int, tuple[Choice, ...]]:
    """The newest choices that hold in each of *places*, its own and those for everywhere."""
    if not places:
        return {}
    found: dict[int | None, list[Choice]] = defaultdict(list)
    for row in connection.execute(_CHOSEN, {"places": places}):
        found[row.conversation_id].append(_choice(row))
    everywhere = found[None]
    return {
        place: tuple(sorted(everywhere + found[place], key=lambda one: one.id)) for place in places
    }


def take(connection: Connection, place: int, step: Chose | TookBack | Changed | Recast) -> None:
    """Write down what somebody wants in *place*, or what came of it there."""
    match step:
        case Chose():
            _choose(connection, place, step)
        case TookBack():
            _take_back(connection, place, step)
        case Changed():
            talk = {"place": place, "speaks": step.soul, "first": step.since}
            connection.execute(_CHANGE, {**talk, "plays": step.persona})
        case Recast():
            connection.execute(_RECAST, {"place": place, "wanted": step.after})
            _note(connection, place, step, deed="persona use", here=True, after=step.after)


def _choose(connection: Connection, place: int, step: Chose) -> None:
    wanted = step.choice
    row = {
        "id": wanted.id,
        "conversation_id": place if wanted.here else None,
        "soul": wanted.soul,
        "percent": wanted.percent,
        "by": step.by,
        "at": step.at,
    }
    connection.execute(_CHOOSE, row)
    deed, after = "model use", wanted.soul
    if wanted.percent < _WHOLE:
        deed, after = "model canary", f"{wanted.soul} {wanted.percent:g}%"
    _note(connection, place, step, deed=deed, here=wanted.here, after=after)


def _take_back(connection: Connection, place: int, step: TookBack) -> None:
    """Of two who take the same choice back, the second finds nothing to do."""
    asked = {"which": step.choice, "place": place, "then": step.at, "who": step.by}
    row = connection.execute(_TAKE_BACK, asked).first()
    if row is not None:
        here = row.conversation_id is not None
        _note(connection, place, step, deed="model rollback", here=here, after=step.after)


def _note(
    connection: Connection,
    place: int,
    step: Chose | TookBack | Recast,
    *,
    deed: str,
    here: bool,
    after: str,
) -> None:
    row = {
        "at": step.at,
        "by": step.by,
        "deed": deed,
        "conversation_id": place,
        "subject": "here" if here else "everywhere",
        "before": step.before,
        "after": after,
    }
    connection.execute(_AUDIT, row)


def _choice(row: Row[Any]) -> Choice:
    return Choice(row.id, row.soul, here=row.conversation_id is not None, percent=row.percent)
