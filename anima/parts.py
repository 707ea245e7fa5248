"""What every turn of one process works with."""

from dataclasses import dataclass

from anima.ids import Ids
from anima.pace import Pace
from anima.ports import Clock, House, Ledger, Memory, Recollects, Sees, Souls, Witness
from anima.roles import Cast


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of ring 0. *pace* is the house's; how somebody types belongs to their role."""

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
