"""Discord is told of our commands when they have changed, and not at each start."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from anima.errors import Refused, SlowDown, Unavailable, Unreachable
from anima.offers import Offers
from anima.pace import backoff_s
from anima.ports import Clock, Witness
from bots.discord.interaction_wire import InteractionWire
from bots.discord.slash_forms import Form, forms

_AFTER_S: Final = 5.0
"""Hearing people comes first, and so does logging in."""
_ATTEMPTS: Final = 5
_COMPARED: Final[Mapping[str, Any]] = {
    "type": 1,
    "name": "",
    "name_localizations": None,
    "description": "",
    "description_localizations": None,
    "required": False,
    "autocomplete": False,
    "max_length": None,
    "default_member_permissions": None,
}
"""What a command or an option of it says, and what it means to say nothing."""


class Syncing:
    """The port `Bot`, which hears nothing: it compares once after the start, and is done.

    *ready* raises `Unreachable` until we are logged in.
    """

    def __init__(
        self,
        wire: InteractionWire,
        offers: Offers,
        ready: Callable[[], Awaitable[object]],
        clock: Clock,
        witness: Witness,
    ) -> None:
        self._wire = wire
        self._offers = offers
        self._ready = ready
        self._clock = clock
        self._witness = witness

    async def run(self) -> None:
        while True:
            await self._clock.sleep(_AFTER_S)
            try:
                await self._ready()
            except Unreachable:
                continue
            return await synced(self._wire, self._offers, self._clock, self._witness)


async def synced(wire: InteractionWire, offers: Offers, clock: Clock, witness: Witness) -> None:
    """Compare, and tell Discord if it knows other commands; what fails is noted, and no more."""
    wanted = forms(offers)
    trouble = ""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            if not alike(await wire.commands(), wanted):
                await wire.put_commands(wanted)
                witness.note("slash commands changed", count=len(wanted))
        except Refused as error:
            trouble = str(error)
            break
        except SlowDown as error:
            trouble, wait_s = str(error), error.retry_after
        except Unavailable as error:
            trouble, wait_s = str(error), backoff_s(attempt)
        else:
            return
        await clock.sleep(wait_s)
    witness.note("slash commands not changed", reason=trouble)


def alike(known: Sequence[Form], wanted: Sequence[Form]) -> bool:
    """Whether both tell people the same; the order of commands is Discord's own."""
    return _by_name(known) == _by_name(wanted)


def _by_name(commands: Iterable[Form]) -> Mapping[str, Form]:
    return {str(one.get("name")): _plain(one) for one in commands}


def _plain(one: Form) -> Form:
    """*one* without what Discord adds to it, and with what it leaves out."""
    told = {name: one.get(name) or nothing for name, nothing in _COMPARED.items()}
    choices = [(each["name"], each["value"]) for each in one.get("choices") or ()]
    options = [_plain(each) for each in one.get("options") or ()]
    where = [sorted(one.get(name) or ()) for name in ("contexts", "integration_types")]
    return {**told, "choices": choices, "options": options, "where": where}
