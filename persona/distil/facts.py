"""What a model noted, as the facts that the rules of contradictions know."""

from dataclasses import replace
from datetime import UTC, datetime

from persona.distil.noted import Noted
from persona.distil.told import Known, Told
from persona.facts.kinds import SINGLE, Fact, aspect, normal
from persona.times_within import dates_in


def facts_of(noted: Noted, line: Told, target: Known | None) -> tuple[Fact, ...]:
    """The facts in what was *noted* of *line*; *target* is the known one that it speaks of."""
    found = Fact(
        subject=noted.subject,
        slot=noted.slot,
        value=noted.value,
        norm=_norm(noted, line),
        text=noted.text,
        language=noted.language,
        quote=noted.quote,
        valid_from=noted.valid_from,
        valid_to=noted.valid_to,
        precision=noted.precision,
        negated=noted.negated,
        confidence=noted.confidence,
        importance=noted.importance,
        hearsay=noted.hearsay,
    )
    if target is None:
        return (found,)
    match noted.deed:
        case "confirm":
            return (replace(found, norm=target.norm, negated=False),)
        case "retract":
            return (_denied(found, target),)
        case _:
            side = aspect(target.norm)
            norm = f"{side}:{found.norm}" if side else found.norm
            new = replace(found, norm=norm, negated=False)
            return (new,) if noted.slot in SINGLE else (_denied(found, target), new)


def _denied(found: Fact, target: Known) -> Fact:
    """That *target* is no longer so, from when the new thing holds."""
    since = found.valid_from or found.valid_to
    return replace(found, norm=target.norm, negated=True, valid_from=since, valid_to=None)


def _norm(noted: Noted, line: Told) -> str:
    day = _day(noted, line) if noted.slot == "birthday" else None
    if day is None:
        return normal(noted.value)
    return f"{day:%Y-%m-%d}" if str(day.year) in noted.quote else f"{day:%m-%d}"


def _day(noted: Noted, line: Told) -> datetime | None:
    zone = line.at.tzinfo or UTC
    found = (one.moment for one in dates_in(noted.quote, line.at, zone) if one.precision == "day")
    return next(found, None)
