"""Webhooks: many faces of one bot. An application's own ones are answers to what was asked."""

from dataclasses import dataclass

from tests.far_side.discord import interactions, messages, posting, threads
from tests.far_side.discord.interactions import Interaction
from tests.far_side.discord.places import Channel, Kind, Person
from tests.far_side.discord.rules import enter
from tests.far_side.discord.wire import Call, Json, refusal, too_long
from tests.far_side.discord.world import World

_LONGEST_NAME = 80


@dataclass(eq=False, slots=True)
class Webhook:
    """Writes in *channel* under any name."""

    id: int
    token: str
    name: str
    channel: Channel

    def shown(self, world: World) -> Json:
        """The protocol's Webhook object."""
        assert self.channel.guild is not None
        return {
            "id": str(self.id),
            "type": 1,
            "guild_id": str(self.channel.guild.id),
            "channel_id": str(self.channel.id),
            "user": world.me.shown(),
            "name": self.name,
            "avatar": None,
            "token": self.token,
            "application_id": str(world.me.id),
            "url": f"{world.url}/api/webhooks/{self.id}/{self.token}",
        }


def create_webhook(world: World, call: Call) -> Json:
    """A new one, in a channel of a guild."""
    channel = world.channel(call.id("channel"))
    if channel.guild is None or channel.is_thread:
        raise refusal(50024)
    enter(channel)
    number = world.ids.new()
    token = f"webhook-{number}".ljust(68, "x")
    made = Webhook(number, token, call.fields["name"], channel)
    world.webhooks[number] = made
    return made.shown(world)


def get_channel_webhooks(world: World, call: Call) -> list[Json]:
    """Those of one channel."""
    channel = world.channel(call.id("channel"))
    return [one.shown(world) for one in world.webhooks.values() if one.channel is channel]


def get_webhook(world: World, call: Call) -> Json:
    """One of them."""
    return _known(world, call).shown(world)


def get_webhook_with_token(world: World, call: Call) -> Json:
    """One of them, by its token."""
    return _trusted(world, call).shown(world)


def delete_webhook(world: World, call: Call) -> None:
    """One is gone."""
    del world.webhooks[_known(world, call).id]


def delete_webhook_with_token(world: World, call: Call) -> None:
    """One is gone, by its token."""
    del world.webhooks[_trusted(world, call).id]


def execute_webhook(world: World, call: Call) -> Json | None:
    """A message under the webhook's name or another, or an answer to what was asked."""
    if (asked := _asked(world, call)) is not None:
        return interactions.create_followup_message(world, asked, call)
    hook = _trusted(world, call)
    name = call.fields.get("username") or hook.name
    if len(name) > _LONGEST_NAME:
        raise too_long("username", _LONGEST_NAME)
    channel = _target(world, hook, call)
    author = Person(hook.id, name, username=name, bot=True)
    told = {"webhook_id": str(hook.id), "application_id": str(world.me.id)}
    message = posting.taken(world, channel, call, author, **told)
    message["author"] |= {"global_name": None, "avatar": None}
    posting.took(world, channel, message)
    posting.announce(world, channel, message)
    return message if call.flag("wait") else None


def get_webhook_message(world: World, call: Call) -> Json:
    """One of its messages."""
    if (asked := _asked(world, call)) is not None:
        return interactions.get_interaction_message(asked, call)
    return _own(world, call)[1]


def edit_webhook_message(world: World, call: Call) -> Json:
    """One of its messages with another text."""
    if (asked := _asked(world, call)) is not None:
        return interactions.edit_interaction_message(world, asked, call)
    channel, message = _own(world, call)
    return messages.change(world, channel, message, call)


def delete_webhook_message(world: World, call: Call) -> None:
    """One of its messages is gone."""
    if (asked := _asked(world, call)) is not None:
        interactions.delete_interaction_message(world, asked, call)
        return
    channel, message = _own(world, call)
    messages.remove(world, channel, message)


def _asked(world: World, call: Call) -> Interaction | None:
    if call.id("webhook") != world.me.id:
        return None
    found = world.interactions.get(call.path["token"])
    if found is None:
        raise refusal(50027)
    return found


def _known(world: World, call: Call) -> Webhook:
    found = world.webhooks.get(call.id("webhook"))
    if found is None:
        raise refusal(10015)
    return found


def _trusted(world: World, call: Call) -> Webhook:
    found = _known(world, call)
    if found.token != call.path["token"]:
        raise refusal(50027)
    return found


def _target(world: World, hook: Webhook, call: Call) -> Channel:
    if number := int(call.query.get("thread_id", 0)):
        thread = world.channel(number)
        if thread.parent is not hook.channel:
            raise refusal(10003)
        return thread
    if hook.channel.kind is Kind.FORUM and call.fields.get("thread_name"):
        return threads.begin(world, hook.channel, call.fields["thread_name"], hook.id)
    return hook.channel


def _own(world: World, call: Call) -> tuple[Channel, Json]:
    hook = _trusted(world, call)
    number = int(call.query.get("thread_id", 0))
    channel = world.channel(number) if number else hook.channel
    message = messages.find(channel, call.id("message"))
    if message.get("webhook_id") != str(hook.id):
        raise refusal(10008)
    return channel, message
