"""What may stand for an argument, for platforms that complete what somebody is typing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from anima.offers import Kind
from service.commands.casting import HOME, Company
from service.souls import Souls, folded, nearest

LAST: Final = "last"
_FEWEST: Final = 2
"""Of what begins in another way, those that are nearest."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Knows what the house has. What only admins may choose it tells nobody else.

    *is_admin* knows them by their address.
    """

    souls: Souls
    company: Company
    is_admin: Callable[[str], bool]

    def of(self, kind: Kind, typed: str, address: str) -> Sequence[str]:
        """What fits to *typed*, the likeliest first, for the speaker of this *address*."""
        known = self._known(kind) if self.is_admin(address) else ()
        wanted = folded(typed)
        fits = [one for one in known if wanted in folded(one)]
        begun = sorted(fits, key=lambda one: not folded(one).startswith(wanted))
        return begun or nearest(typed, tuple(known))[:_FEWEST]

    def _known(self, kind: Kind) -> Sequence[str]:
        match kind:
            case "version":
                return self.souls.names
            case "persona":
                return (*(one.name for one in self.company.known()), HOME)
            case "turn":
                return (LAST,)
        return ()
