"""The door of the house, put together over one database: who may come in, and what admins do."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass

from anima.ids import Ids
from anima.ports import BotName, Clock
from memory.admitting import Admissions
from memory.audited import Audit
from memory.budget import Expenses
from memory.database import Database
from memory.days import Chronicle
from memory.knocking import Knocks
from memory.spending import Spending
from memory.visitors import Visitors
from service.access import Invitations
from service.commands.access import Letting
from service.commands.audit import Auditing
from service.commands.stats import Stats
from service.commands.whom import Whom
from service.doorway import Doorway
from service.doorway_words import welcome
from service.limits import Measure
from service.settings import Settings


@dataclass(frozen=True, slots=True)
class Entry:
    """Who may come in, and the commands about it."""

    doorway: Doorway
    invitations: Invitations
    letting: Letting
    auditing: Auditing
    stats: Stats
    pardon: Callable[[Collection[str]], Awaitable[int]]
    """Lifts the bans of those who own the house by now."""


def entry_of(  # noqa: PLR0917 - each is one part of the house
    settings: Settings,
    database: Database,
    clock: Clock,
    ids: Ids,
    rang: Callable[[Collection[int]], None],
    channels: Mapping[BotName, object],
) -> Entry:
    """The door over *database*. *rang* as for `Admissions`."""
    measure = Measure(settings.limits, Spending(database), clock)
    doorway = Doorway(settings.access, Knocks(database), measure, clock)
    admissions = Admissions(database, clock, ids, rang, welcome)
    visitors = Visitors(database)
    invitations = Invitations(doorway, admissions, channels)
    letting = Letting(admissions, visitors, Whom(visitors), invitations, doorway.is_admin, clock)
    return Entry(
        doorway,
        invitations,
        letting,
        Auditing(Audit(database)),
        Stats(Chronicle(database), Expenses(database, clock), settings.memory.distil_calls, clock),
        admissions.pardon,
    )
