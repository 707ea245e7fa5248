"""Telegram, put together: who listens, who sends, and by which road updates come."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from starlette.routing import Route

from bots.gate import Gates
from bots.telegram.behalf import Behalf
from bots.telegram.client import client
from bots.telegram.drafting import Drafting
from bots.telegram.ear import Ear
from bots.telegram.fetching import Fetching
from bots.telegram.hello import Hello
from bots.telegram.hook import Hook
from bots.telegram.outgoing import Outgoing
from bots.telegram.pump import Pump
from bots.telegram.registering import Registering
from service.compose import House
from service.health import Probe
from service.hooks import PATH, telegram_hook
from service.settings import Settings


@asynccontextmanager
async def telegram(
    settings: Settings, house: House, *, listens: bool = True
) -> AsyncIterator[list[Route]]:
    """Add the bot to *house* while entered; gives the routes by which Telegram reaches us.

    A process that does not listen can send all the same, and take what the hook brings.
    """
    chosen = settings.telegram
    bot = client(chosen.token.get_secret_value(), chosen.api_base)
    behalf = Behalf(
        bot,
        house.mandates,
        partial(honours, settings),
        house.clock,
        house.witness,
        takeover_s=chosen.takeover_s,
    )
    names = partial(house.company.called, "telegram")
    ear = Ear(bot, names, house.ledger, house.witness, behalf)
    gates = Gates(house.clock)
    draws = chosen.stream == "draft"
    drafting = Drafting(bot, gates, house.clock, house.witness) if draws else None
    if drafting:
        house.beside = [*house.beside, drafting]
    outgoing = Outgoing(bot, gates, house.witness, drafting, behalf)
    house.channels["telegram", str(bot.id)] = outgoing
    house.fetches["telegram", str(bot.id)] = Fetching(bot)
    routes: list[Route] = []
    listening: Pump | Hook
    if chosen.mode == "polling":
        listening = Pump(bot, ear, house.clock, house.witness)
    else:
        secret = chosen.hook_secret()
        listening = Hook(bot, chosen.public_url + PATH, secret, house.clock, house.witness)
        routes.append(telegram_hook(secret, ear.take))
    if listens:
        admins = settings.access.admins
        menu = Registering(bot, house.offers, admins, house.clock, house.witness)
        house.bots += (listening, menu, Hello(bot, house.clock, house.witness))
        house.probes.append(Probe("telegram", listening.probe))
    try:
        yield routes
    finally:
        await bot.session.close()


def honours(settings: Settings, address: str) -> bool:
    """Whether we write for the owner of a business connection with this *address*."""
    match settings.telegram.business:
        case "everyone":
            return True
        case "admins":
            return address in settings.access.admins
    return False
