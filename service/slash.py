"""Discord's own list of commands, put together: what it offers, who hears it, who answers."""

from dataclasses import dataclass

from discord.http import HTTPClient

from bots.discord.commands import Commands, Title, Typing
from bots.discord.interaction_answers import Answers
from bots.discord.interaction_wire import InteractionWire
from bots.discord.slash_threads import Threads
from service.compose import House


@dataclass(frozen=True, slots=True)
class Slash:
    """*commands* take interactions and have to run; *answers* send what answers them."""

    commands: Commands
    answers: Answers


def slash(http: HTTPClient, me: str, house: House, titled: Title) -> Slash:
    """Both for the account *me*, over *http*, and threads for *house* to open.

    *titled* tells what people call a place.
    """
    wire = InteractionWire(http)
    house.openers["discord", me] = Threads(wire).open

    def completes(typing: Typing) -> list[str]:
        return [*house.choices.of(typing.kind, typing.typed, typing.speaker.address)]

    commands = Commands(
        wire, me, house.offers, completes, house.ledger, house.clock, house.witness, titled
    )
    return Slash(commands, Answers(wire, me, house.arrived.raw, house.clock, house.witness))
