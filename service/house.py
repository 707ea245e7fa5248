"""What the house says before any model is asked: commands, and who may come in."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from anima.ids import Ids
from anima.mandate import Mandates
from anima.model import Heard
from anima.orders import Obeyed, Order
from anima.ports import BotName, Clock
from anima.sound import Voicing
from service.commands import reading
from service.commands.casting import Company
from service.commands.known import Past, Register
from service.commands.memory import Memories
from service.commands.mistakes import ALONE
from service.commands.offered import offered
from service.commands.table import Who, Wish, at
from service.commands.thread import Opens
from service.commands.welcome import Brought, wordless
from service.commands.words import Words, client_language, spoken_language
from service.settings import Settings
from service.souls import Souls

_STRANGER: Final = Words(
    en="I only talk with people I know. Please ask my owner to let you in.",
    zh="我只和认识的人聊天，请先让我的主人同意。",
    ja="知っている人とだけお話ししています。まず私の持ち主に声をかけてください。",
)
_MOST_TOLD = 10_000
"""Strangers to whom we remember having said so; beyond that one of them may hear it twice."""
_AT_HOME: Final = frozenset({"console", "web"})
"""Whoever reaches these is on the owner's machine, or knows the owner's password."""


class FrontDoor:
    """The port `House`. *table* are its commands.

    *links* know the codes that `/start` brings, *openers* how a bot opens a thread. *voicing* is
    when people are answered aloud who have not chosen, None where nobody ever is.
    """

    def __init__(  # noqa: PLR0917 - each is one part of the house
        self,
        settings: Settings,
        company: Company,
        souls: Souls,
        register: Register,
        past: Past,
        memories: Memories,
        ids: Ids,
        clock: Clock,
        mandates: Mandates,
        links: Mapping[str, Brought] = MappingProxyType({}),
        openers: Mapping[BotName, Opens] = MappingProxyType({}),
        *,
        voicing: Voicing | None = None,
    ) -> None:
        access = settings.access
        self._admins = frozenset(access.admins)
        self._known = frozenset(access.listed)
        self._open = access.who == "everyone"
        self._company = company
        self._souls = souls
        self._told: dict[str, None] = {}
        self.table = offered(
            company,
            souls,
            register,
            past,
            memories,
            ids,
            clock,
            self._who,
            mandates,
            links,
            openers,
            voicing=voicing,
        )

    def admits(self, heard: Heard) -> bool:
        return self._open or heard.speaker.address in self._known or self._who(heard) == "admins"

    def owned_by(self, heard: Heard) -> bool:
        return self._who(heard) == "admins"

    def refusal(self, heard: Heard) -> str:
        address = heard.speaker.address
        if address in self._told:
            return ""
        self._told[address] = None
        if len(self._told) > _MOST_TOLD:
            del self._told[next(iter(self._told))]
        is_talk = not heard.text.lstrip().startswith(("/", "／"))
        return _STRANGER.to(spoken_language(heard) if is_talk else client_language(heard))

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

    def _found(self, heard: Heard) -> reading.Meant | None:
        return reading.find(at(heard.speaker.platform, self.table), heard.text)

    def _who(self, heard: Heard) -> Who:
        """What somebody is to the house; owners are admins who need not be named."""
        at_home = heard.speaker.platform in _AT_HOME
        return "admins" if at_home or heard.speaker.address in self._admins else "everyone"
