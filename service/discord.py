"""Discord, put together: who listens, who sends, and what was missed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from bots.discord.account import Account, Me, account
from bots.discord.backfill import Backfill
from bots.discord.bot import Listener, Sender
from bots.discord.ear import Ear
from bots.discord.fetching import Fetching, downloads
from bots.discord.gateway import Gateway
from bots.discord.incoming import PLATFORM, Reader
from bots.discord.masks import Masks
from bots.discord.outgoing import Outgoing
from bots.discord.rooms import Rooms
from bots.discord.shards import Shards
from bots.gate import Gates
from service import slash
from service.compose import House
from service.discord_masks import Playing
from service.health import Probe
from service.settings import Settings


@asynccontextmanager
async def discord(
    settings: Settings, house: House, *, listens: bool = True
) -> AsyncIterator[Account]:
    """Add the bot to *house* while entered; who it is there, Discord says when it is asked.

    A process that does not listen opens no gateway and can send all the same.
    """
    chosen = settings.discord
    token = chosen.token.get_secret_value()
    async with (
        account(token, chosen.api_base, house.clock, house.witness) as mine,
        downloads() as session,
    ):

        def present(me: Me) -> None:
            gates, witness, masks = Gates(house.clock), house.witness, None
            if settings.personas:
                playing = Playing(house.company, house.places)
                masks = Masks(mine.http, me.id, playing, house.ids.next(), witness)
            outgoing = Outgoing(mine.http, gates, witness, masks)
            house.channels[PLATFORM, me.id] = slash.answering(mine.http, me.id, house, outgoing)
            house.fetches[PLATFORM, me.id] = Fetching(mine.http, session, chosen.api_base)

        def begins(me: Me) -> Gateway:
            present(me)
            return _gateway(settings, house, mine, me)

        if listens:
            listener = Listener(mine, begins)
            house.bots += [listener, slash.syncing(mine, house)]
            house.probes.append(Probe(PLATFORM, listener.probe))
        else:
            house.watching.append(Sender(mine, present))
        yield mine


def _gateway(settings: Settings, house: House, mine: Account, me: Me) -> Gateway:
    rooms, clock, witness = Rooms(me.id), house.clock, house.witness
    reader = Reader(me.id, me.name, partial(house.company.called, PLATFORM), rooms)
    max_age_s = settings.limits.max_age_s
    return Gateway(
        me.id,
        mine,
        Ear(me.id, reader, house.ledger, house.places, witness),
        rooms,
        house.places,
        Backfill(mine, rooms, clock, witness, max_age_s=max_age_s),
        Shards(settings.discord.shards, settings.discord.held),
        clock,
        witness,
        slash.commands(mine.http, me.id, house, rooms.title).take,
    )
