"""Discord's own list of commands, put together: what it offers, who hears it, who answers."""

from discord.http import HTTPClient

from anima.ports import Channel
from bots.discord.account import Account
from bots.discord.answering import Answering, Sends
from bots.discord.commands import Commands, Title, Typing
from bots.discord.incoming import PLATFORM
from bots.discord.interaction_answers import Answers
from bots.discord.interaction_wire import InteractionWire
from bots.discord.slash_sync import Syncing
from bots.discord.slash_threads import Threads
from service.compose import House


def answering(http: HTTPClient, me: str, house: House, channel: Sends) -> Channel:
    """*channel*, with answers to commands in their place; and threads for *house* to open."""
    wire = InteractionWire(http)
    house.openers[PLATFORM, me] = Threads(wire).open
    answers = Answers(wire, me, house.arrived.raw, house.clock, house.witness)
    return Answering(channel, answers, house.witness)


def commands(http: HTTPClient, me: str, house: House, titled: Title) -> Commands:
    """What takes interactions. *titled* tells what people call the place where they are."""

    def completes(typing: Typing) -> list[str]:
        return [*house.choices.of(typing.kind, typing.typed, typing.speaker.address)]

    wire = InteractionWire(http)
    return Commands(wire, me, house.offers, completes, house.ledger, house.witness, titled)


def syncing(account: Account, house: House) -> Syncing:
    """What tells Discord of our commands, once it knows us."""
    wire = InteractionWire(account.http)
    return Syncing(wire, house.offers, account.probe, house.clock, house.witness)
