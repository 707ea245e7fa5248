"""A Bot API server on loopback: the real protocol over real sockets, with faults on demand."""

from tests.far_side.botapi.drafts import Draft
from tests.far_side.botapi.journal import Call, Sent
from tests.far_side.botapi.places import Group, Person
from tests.far_side.botapi.server import BotApi
from tests.far_side.faults import Fault, Faults

__all__ = ["BotApi", "Call", "Draft", "Fault", "Faults", "Group", "Person", "Sent"]
