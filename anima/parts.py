"""What every turn of one process works with."""

from dataclasses import dataclass

from anima.ids import Ids
from anima.pace import Pace
from anima.ports import (
    Clock,
    Hears,
    House,
    Ledger,
    Memory,
    Notes,
    Recollects,
    Sees,
    Souls,
    Witness,
)
from anima.roles import Cast
from anima.sound import Voicing


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of ring 0. *pace* is the house's; how somebody types belongs to their role.

    Without *ears* nobody listens, and without *notes* nobody speaks aloud. *voicing* is when people
    are answered so who have not chosen.
    """

    ledger: Ledger
    memory: Memory
    longterm: Recollects
    sight: Sees
    cast: Cast
    house: House
    souls: Souls
    clock: Clock
    witness: Witness
    ids: Ids
    pace: Pace
    ears: Hears | None = None
    notes: Notes | None = None
    voicing: Voicing = "mirror"
