"""Reactions to messages, the bot's and other people's."""

from tests.far_side.discord.messages import find, where
from tests.far_side.discord.places import Channel, Person
from tests.far_side.discord.rules import enter
from tests.far_side.discord.wire import Call, Json, refusal
from tests.far_side.discord.world import World


def create_reaction(world: World, call: Call) -> None:
    """The bot reacts."""
    channel = enter(world.channel(call.id("channel")))
    add(world, channel, find(channel, call.id("message")), world.me, call.path["emoji"])


def delete_own_reaction(world: World, call: Call) -> None:
    """The bot takes its reaction back."""
    channel = world.channel(call.id("channel"))
    take(world, channel, find(channel, call.id("message")), world.me, call.path["emoji"])


def delete_user_reaction(world: World, call: Call) -> None:
    """The bot takes somebody's reaction away."""
    channel = world.channel(call.id("channel"))
    person = world.person(call.id("user"))
    take(world, channel, find(channel, call.id("message")), person, call.path["emoji"])


def get_reactions(world: World, call: Call) -> list[Json]:
    """Who reacted with one emoji."""
    channel = world.channel(call.id("channel"))
    find(channel, call.id("message"))
    people = channel.reactions.get((call.id("message"), call.path["emoji"]), [])
    return [world.people[one].shown() for one in people]


def add(world: World, channel: Channel, message: Json, person: Person, emoji: str) -> None:
    """*person* reacts to *message*; a second time changes nothing."""
    if emoji.isascii() and ":" not in emoji:
        raise refusal(10014)
    people = channel.reactions.setdefault((int(message["id"]), emoji), [])
    if person.id in people:
        return
    people.append(person.id)
    _count(world, channel, message)
    body = _event(channel, message, person, emoji)
    body["message_author_id"] = message["author"]["id"]
    if channel.guild is not None and person.id in channel.guild.people:
        body["member"] = {"user": person.shown(), **channel.guild.member(person)}
    world.tell("MESSAGE_REACTION_ADD", body, channel)


def take(world: World, channel: Channel, message: Json, person: Person, emoji: str) -> None:
    """*person* does not react to *message* any more."""
    people = channel.reactions.get((int(message["id"]), emoji), [])
    if person.id not in people:
        raise refusal(10014)
    people.remove(person.id)
    _count(world, channel, message)
    body = _event(channel, message, person, emoji)
    world.tell("MESSAGE_REACTION_REMOVE", body, channel)


def emoji_shown(emoji: str) -> Json:
    """An emoji: a character, or `name:id`."""
    name, _, number = emoji.partition(":")
    return {"id": number or None, "name": name}


def _event(channel: Channel, message: Json, person: Person, emoji: str) -> Json:
    return where(channel) | {
        "user_id": str(person.id),
        "message_id": message["id"],
        "emoji": emoji_shown(emoji),
        "burst": False,
        "type": 0,
    }


def _count(world: World, channel: Channel, message: Json) -> None:
    found = {
        emoji: people
        for (number, emoji), people in channel.reactions.items()
        if number == int(message["id"]) and people
    }
    message["reactions"] = [
        {
            "emoji": emoji_shown(emoji),
            "count": len(people),
            "count_details": {"burst": 0, "normal": len(people)},
            "me": world.me.id in people,
            "me_burst": False,
            "burst_colors": [],
        }
        for emoji, people in found.items()
    ]
