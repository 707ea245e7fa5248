"""The calls that put a message into a channel, show it, change it or take it away."""

from typing import Final

from tests.far_side.discord import posting
from tests.far_side.discord.files import attached
from tests.far_side.discord.ids import stamp
from tests.far_side.discord.places import Channel
from tests.far_side.discord.posting import announce
from tests.far_side.discord.rules import EPHEMERAL, LOADING, VOICE, check_parts, enter
from tests.far_side.discord.wire import Call, Json, invalid, refusal
from tests.far_side.discord.world import World

_MOST: Final = 100


def create_message(world: World, call: Call) -> Json:
    """A message of the bot; one with an enforced nonce that was used lately is not made again."""
    channel = enter(world.channel(call.id("channel")))
    if (before := posting.repeated(world, channel, call)) is not None:
        return before
    message = posting.taken(world, channel, call, world.me)
    posting.remember_nonce(world, channel, message)
    posting.took(world, channel, message)
    announce(world, channel, message)
    return message


def get_channel_messages(world: World, call: Call) -> list[Json]:
    """Some messages, the newest first."""
    channel = world.channel(call.id("channel"))
    limit = int(call.query.get("limit", 50))
    if not 1 <= limit <= _MOST:
        raise invalid("limit", "NUMBER_TYPE_MAX", "Value must be between 1 and 100.")
    return [channel.messages[one] for one in sorted(_some(channel, call, limit), reverse=True)]


def get_channel_message(world: World, call: Call) -> Json:
    """One message."""
    return find(world.channel(call.id("channel")), call.id("message"))


def edit_message(world: World, call: Call) -> Json:
    """A message of the bot with another text; somebody else's is refused."""
    channel = world.channel(call.id("channel"))
    message = find(channel, call.id("message"))
    if message["author"]["id"] != str(world.me.id):
        raise refusal(50005)
    return change(world, channel, message, call)


def change(world: World, channel: Channel, message: Json, call: Call) -> Json:
    """Let *message* be what *call* says, and let the bot hear of it."""
    fields = call.fields
    check_parts(call, message["flags"])
    if message["flags"] & VOICE:
        raise refusal(50162)
    changed: Json = {key: fields[key] or [] for key in ("embeds", "components") if key in fields}
    if "content" in fields:
        text = changed["content"] = fields["content"] or ""
        people = posting.called(world, text, fields.get("allowed_mentions"))
        changed["mentions"] = [one.shown() for one in people]
    if "attachments" in fields or call.files:
        changed["attachments"] = _attachments(world, channel, message, call)
    if not any(
        (message | changed)[key] for key in ("content", "embeds", "attachments", "components")
    ):
        raise refusal(50006)
    message.update(changed, edited_timestamp=stamp(world.now()))
    message["flags"] &= ~LOADING
    if not message["flags"] & EPHEMERAL:
        announce(world, channel, message, "MESSAGE_UPDATE")
    world.journal.turned()
    return message


def delete_message(world: World, call: Call) -> None:
    """A message is gone for everybody; the bot may take away its own, or what it has power over."""
    channel = world.channel(call.id("channel"))
    message = find(channel, call.id("message"))
    if message["author"]["id"] != str(world.me.id) and not _rules(world, channel):
        raise refusal(50013)
    remove(world, channel, message)


def bulk_delete_messages(world: World, call: Call) -> None:
    """Two to a hundred messages are gone for everybody."""
    channel = world.channel(call.id("channel"))
    numbers = call.fields.get("messages") or ()
    if not 2 <= len(numbers) <= _MOST:
        raise invalid("messages", "BASE_TYPE_BAD_LENGTH", "Must be between 2 and 100 in length.")
    if not _rules(world, channel):
        raise refusal(50013)
    remove_many(world, channel, [int(one) for one in numbers])


def remove(world: World, channel: Channel, message: Json) -> None:
    """*message* is gone."""
    del channel.messages[int(message["id"])]
    world.tell("MESSAGE_DELETE", where(channel) | {"id": message["id"]}, channel)


def remove_many(world: World, channel: Channel, numbers: list[int]) -> None:
    """All these messages are gone at once."""
    for number in numbers:
        channel.messages.pop(number, None)
    ids = [str(one) for one in numbers]
    world.tell("MESSAGE_DELETE_BULK", where(channel) | {"ids": ids}, channel)


def trigger_typing(world: World, call: Call) -> None:
    """The people there see that the bot is writing."""
    enter(world.channel(call.id("channel")))


def where(channel: Channel) -> Json:
    """The place, as events name it."""
    body: Json = {"channel_id": str(channel.id)}
    return body | {"guild_id": str(channel.guild.id)} if channel.guild else body


def find(channel: Channel, number: int) -> Json:
    """A message of *channel*; a refusal when it is not there."""
    if number not in channel.messages:
        raise refusal(10008)
    return channel.messages[number]


def _attachments(world: World, channel: Channel, message: Json, call: Call) -> list[Json]:
    told = {str(one.get("id")) for one in call.fields.get("attachments") or ()}
    stay = [one for one in message["attachments"] if one["id"] in told]
    return stay + attached(world, channel, call)


def _rules(world: World, channel: Channel) -> bool:
    return channel.guild is not None and bool(channel.guild.allowed(world.me) & 1 << 13)


def _some(channel: Channel, call: Call, limit: int) -> list[int]:
    numbers = sorted(channel.messages)
    if "after" in call.query:
        return [one for one in numbers if one > int(call.query["after"])][:limit]
    if "around" in call.query:
        middle = int(call.query["around"])
        before = [one for one in numbers if one < middle][-(limit // 2) :]
        return before + [one for one in numbers if one >= middle][: limit - len(before)]
    if "before" in call.query:
        numbers = [one for one in numbers if one < int(call.query["before"])]
    return numbers[-limit:]
