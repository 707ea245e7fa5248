"""The platform's state, which the calls of the protocol work on."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.far_side.discord import shown
from tests.far_side.discord.events import Event, Intents
from tests.far_side.discord.ids import Ids
from tests.far_side.discord.journal import Journal
from tests.far_side.discord.places import Channel, Guild, Kind, Person
from tests.far_side.discord.sessions import Sessions
from tests.far_side.discord.wire import Json, refusal

if TYPE_CHECKING:
    from tests.far_side.discord.interactions import Interaction
    from tests.far_side.discord.webhooks import Webhook

APPLICATION_FLAGS = 1 << 12 | 1 << 14 | 1 << 18  # may have all privileged intents


class World:
    """All that one bot's platform knows. *now* is the time that messages carry."""

    def __init__(self, token: str, now: Callable[[], float] = time.time, me: int = 42) -> None:
        self.token = token
        self.now = now
        self.url = ""
        self.journal = Journal()
        self.ids = Ids(now)
        self.me = Person(me, "Anima", username="anima_test_bot", bot=True)
        self.people: dict[int, Person] = {me: self.me}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.sessions = Sessions(self.journal.turned)
        self.files: dict[str, bytes] = {}
        self.signature = 1
        self.commands: dict[int, dict[int, Json]] = {}
        self.interactions: dict[str, Interaction] = {}
        self.webhooks: dict[int, Webhook] = {}
        self.nonces: dict[tuple[int, str], tuple[int, float]] = {}

    def tell(self, name: str, body: Json, channel: Channel | None, *, open: bool = True) -> None:  # noqa: A002
        """Let the bot hear what happened in *channel*."""
        guild = channel.guild.id if channel and channel.guild else 0
        if channel and channel.is_elsewhere and name != "INTERACTION_CREATE":
            return
        self.sessions.tell(Event(name, body, guild, open))

    def tell_guild(self, guild: Guild) -> None:
        """Let the bot hear that it is in *guild*."""

        def event(intents: Intents) -> Event:
            body = self.whole(guild, members=Intents.MEMBERS in intents)
            del body["unavailable"]  # it says whether one that the bot was in before is back
            return Event("GUILD_CREATE", body, guild.id)

        self.sessions.tell_each(event)

    def channel(self, number: int) -> Channel:
        """The channel *number*; a refusal when there is none, or the bot may not see it."""
        found = self.channels.get(number)
        if found is None:
            raise refusal(10003)
        if found.closed == 50001 or found.is_elsewhere:
            raise refusal(50001)
        return found

    def guild(self, number: int) -> Guild:
        """The guild *number*; to a bot that is not in it, it is unknown."""
        found = self.guilds.get(number)
        if found is None or found.left:
            raise refusal(10004)
        return found

    def person(self, number: int) -> Person:
        """The person *number*."""
        found = self.people.get(number)
        if found is None:
            raise refusal(10013)
        return found

    def within(self, guild: Guild) -> list[Channel]:
        """The channels and threads of *guild* that the bot sees."""
        return [one for one in self.channels.values() if one.guild is guild and one.closed != 50001]

    def dm(self, person: Person) -> Channel:
        """The private place of the bot and *person*, made when it is first needed."""
        for one in self.channels.values():
            if one.is_dm and one.person == person and not one.foreign:
                return one
        made = Channel(self.ids.new(), Kind.DM, person=person)
        self.channels[made.id] = made
        return made

    def application(self) -> Json:
        """The bot's application, as it is shown to itself."""
        return {
            "id": str(self.me.id),
            "name": self.me.name,
            "icon": None,
            "description": "",
            "summary": "",
            "bot": self.me.shown(),
            "bot_public": True,
            "bot_require_code_grant": False,
            "owner": Person(1, "Owner").shown(),
            "team": None,
            "verify_key": "0" * 64,
            "flags": APPLICATION_FLAGS,
            "approximate_guild_count": len(self.guilds),
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
        }

    def whole(self, guild: Guild, *, members: bool) -> Json:
        """All of *guild*, with everybody in it or with the bot alone."""
        known = [one for one in guild.people.values() if members or one is self.me]
        return shown.whole_guild(guild, self.within(guild), known)
