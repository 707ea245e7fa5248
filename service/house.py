"""What the house says before any model is asked: commands, and who may come in."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from anima.model import Claim, Heard, Speaker, Standing
from anima.orders import Obeyed, Order
from persona.initiative.wishes import wants_peace
from service.commands import reading
from service.commands.casting import Company
from service.commands.mistakes import ALONE
from service.commands.table import Table, Who, Wish, at
from service.commands.welcome import wordless
from service.commands.words import client_language
from service.doorway import Doorway
from service.souls import Souls

_PEACE: Final = "/quiet forever"
"""What plain words such as "don't write to me first" mean."""
_EVER: Final = datetime.min.replace(tzinfo=UTC)


class FrontDoor:
    """The port `House`. *table* are its commands, *doorway* knows who may come in."""

    def __init__(self, company: Company, souls: Souls, doorway: Doorway, table: Table) -> None:
        self._company = company
        self._souls = souls
        self._doorway = doorway
        self.table = table

    def admits(self, heard: Heard) -> bool:
        return self._doorway.admits(heard)

    def owned_by(self, heard: Heard) -> bool:
        return self._who(heard) == "admins"

    async def excess(self, claim: Claim, heard: Sequence[Heard]) -> str:
        return await self._doorway.excess(claim, heard)

    async def refuse(self, order: Order, reason: str) -> Obeyed:
        return await self._doorway.refuse(order, reason)

    def commands(self, heard: Heard) -> bool:
        return self._found(heard) is not None

    async def obey(self, order: Order) -> Obeyed:
        heard, language = order.heard, client_language(order.heard)
        found = self._found(heard)
        if found is None:
            return Obeyed("")
        if found.command.who == "admins" and self._who(heard) != "admins":
            persona = self._company.of(order.claim).persona
            return Obeyed(persona.sorry("forbidden", [wordless(heard)], ""))
        meant = reading.narrowed(found, language)
        if isinstance(meant, reading.Wrong):
            return Obeyed(meant.text)
        if meant.command.alone and not order.claim.private:
            return Obeyed(ALONE.to(language, command=meant.path))
        given = reading.arguments(meant, language, self._souls.names)
        if isinstance(given, reading.Wrong):
            return Obeyed(given.text)
        return await meant.command.how(Wish(order, language, given))

    def admits_address(self, address: str, standing: Standing) -> bool:
        """Whether who is at *address*, of whom that was decided, may talk with us at all."""
        platform, _, name = address.partition(":")
        speaker = Speaker(platform, name, "")
        return self.admits(Heard(0, speaker, "", _EVER, _EVER, "", standing=standing))

    def _found(self, heard: Heard) -> reading.Meant | None:
        table = at(heard.speaker.platform, self.table)
        meant = reading.find(table, heard.text)
        if meant is None and heard.addressed and wants_peace(heard.text):
            return reading.find(table, _PEACE)
        return meant

    def _who(self, heard: Heard) -> Who:
        return self._doorway.who(heard)
