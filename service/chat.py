"""`anima chat`: a talk in the terminal, kept in the same ledger as all others."""

import asyncio
import getpass
from typing import TextIO

from anima.attend import Attendant
from bots.console import NAME, Console
from service.compose import composed
from service.run import live, signalled
from service.settings import Settings


async def chat(settings: Settings, read: TextIO, write: TextIO) -> None:
    """Talk until *read* ends or somebody presses Ctrl+C; what was asked is still answered."""
    with signalled() as stopped:
        async with composed(settings) as house:
            console = Console(read, write, _person(), house.ledger, house.clock, house.ids)
            house.channels[NAME] = console
            house.bots.append(_Until(console, house.attendant, stopped))
            write.write(f"{house.company.at(NAME[0]).card.name} – Ctrl+D ends the talk\n")
            write.flush()
            await live(house, stopped)


class _Until:
    """A bot whose end is the end of the service."""

    def __init__(self, console: Console, attendant: Attendant, stopped: asyncio.Event) -> None:
        self._console = console
        self._attendant = attendant
        self._stopped = stopped

    async def run(self) -> None:
        await self._console.run()
        await self._attendant.rested()
        self._stopped.set()


def _person() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # nobody in particular, as in many containers
        return "you"
