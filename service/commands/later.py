"""What is said at a time, or to many: `/remind`, `/timezone`, `/schedule`, `/say`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from anima.ports import BotName, Clock
from service.commands.clocks import timezone
from service.commands.remind import Agenda, remind
from service.commands.saying import Broadcasts, say
from service.commands.scheduled import schedule
from service.commands.table import Table
from service.commands.where import Audience, Wheres


@dataclass(frozen=True, slots=True)
class Later:
    """What the commands ask of the schedule. *soon* and *many* learn that there is a new job."""

    agenda: Agenda
    audience: Audience
    broadcasts: Broadcasts
    channels: Mapping[BotName, object]
    soon: Callable[[], object]
    many: Callable[[], object]


def said_later(later: Later, clock: Clock) -> Table:
    """The commands over these parts."""
    where = Wheres(later.audience, later.channels)
    return (
        remind(later.agenda, later.soon),
        timezone(clock),
        schedule(later.agenda, where, later.soon, clock),
        say(later.broadcasts, where, later.many, clock),
    )
