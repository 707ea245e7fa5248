"""What a model noted, each operation checked in code; what fails a check is dropped, with why."""

from collections.abc import Sequence
from typing import Final

from persona.distil.court import Court, Fault
from persona.distil.found import listed
from persona.distil.noted import Checked, Dropped, Noted
from persona.distil.told import Known, Told

MOST: Final = 24
"""Operations that one answer may hold; whoever writes more repeats themself."""


def checked(answer: str, lines: Sequence[Told], known: Sequence[Known], ours: str) -> Checked:
    """What of *answer* holds about *lines*, when those *known* facts were shown."""
    written = listed(answer, "ops")
    if written is None:
        return Checked((), (), found=False)
    court = Court(lines, known, ours)
    noted: list[Noted] = []
    dropped: list[Dropped] = []
    for number, one in enumerate(written[:MOST], 1):
        try:
            noted.append(court.hears(one))
        except Fault as fault:
            dropped.append(Dropped(number, fault.reason, str(fault)))
    return Checked(tuple(dict.fromkeys(noted)), tuple(dropped))
