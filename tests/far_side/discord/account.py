"""The calls about the bot itself, its private places, its guilds and who is in them."""

from tests.far_side.discord import shown
from tests.far_side.discord.wire import Call, Json, refusal
from tests.far_side.discord.world import World


def get_current_user(world: World, _call: Call) -> Json:
    """The bot, as an account."""
    return world.me.shown() | {
        "verified": True,
        "mfa_enabled": False,
        "flags": 0,
        "locale": "en-US",
    }


def get_user(world: World, call: Call) -> Json:
    """Anybody."""
    return world.person(call.id("user")).shown()


def get_current_application(world: World, _call: Call) -> Json:
    """The bot, as an application."""
    return world.application()


def create_dm(world: World, call: Call) -> Json:
    """The private place with somebody; it is always the same."""
    person = world.person(int(call.fields["recipient_id"]))
    return shown.channel(world.dm(person))


def get_channel(world: World, call: Call) -> Json:
    """One channel or thread."""
    return shown.channel(world.channel(call.id("channel")))


def get_guild(world: World, call: Call) -> Json:
    """One guild."""
    return shown.guild(world.guild(call.id("guild")))


def get_guild_channels(world: World, call: Call) -> list[Json]:
    """The channels of a guild, without threads."""
    found = world.within(world.guild(call.id("guild")))
    return [shown.channel(one) for one in found if not one.is_thread]


def get_guild_member(world: World, call: Call) -> Json:
    """Somebody in a guild."""
    guild = world.guild(call.id("guild"))
    person = guild.people.get(call.id("user"))
    if person is None:
        raise refusal(10007)
    return shown.member(guild, person)


def get_current_user_guilds(world: World, _call: Call) -> list[Json]:
    """The guilds that the bot is in, in short."""
    guilds = [one for one in world.guilds.values() if not one.left]
    return [
        {
            "id": str(one.id),
            "name": one.name,
            "icon": None,
            "owner": one.owner == world.me,
            "permissions": str(one.allowed(world.me)),
            "features": [],
        }
        for one in guilds
    ]
