"""Threads: they hang on a channel, on a message, or are the posts of a forum."""

from dataclasses import replace
from typing import Final

from tests.far_side.discord import messages, posting, shown
from tests.far_side.discord.places import Channel, Kind
from tests.far_side.discord.rules import check, enter
from tests.far_side.discord.wire import Call, Json, invalid, refusal
from tests.far_side.discord.world import World

LONGEST_NAME: Final = 100
_HAS_THREAD: Final = 1 << 5


def start_thread_without_message(world: World, call: Call) -> Json:
    """A thread in a channel; in a forum it is a post and begins with its first message."""
    channel = enter(world.channel(call.id("channel")))
    if channel.kind is Kind.FORUM:
        return _post(world, channel, call)
    kind = Kind(int(call.fields.get("type") or Kind.PRIVATE_THREAD))
    return shown.thread(begin(world, channel, _name(call), world.me.id, kind=kind))


def start_thread_from_message(world: World, call: Call) -> Json:
    """A thread that has the id of the message it hangs on."""
    channel = world.channel(call.id("channel"))
    message = messages.find(channel, call.id("message"))
    enter(channel)
    return shown.thread(hang(world, channel, message, _name(call), world.me.id))


def modify_channel(world: World, call: Call) -> Json:
    """Another name or topic; a thread may be archived."""
    channel = enter(world.channel(call.id("channel")))
    fields = call.fields
    channel.name = fields.get("name") or channel.name
    channel.topic = fields.get("topic", channel.topic)
    channel.archived = bool(fields.get("archived", channel.archived))
    name = "THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE"
    world.tell(name, shown.channel(channel), channel)
    return shown.channel(channel)


def delete_channel(world: World, call: Call) -> Json:
    """A channel or thread is gone."""
    channel = world.channel(call.id("channel"))
    remove(world, channel)
    return shown.channel(channel)


def join_thread(world: World, call: Call) -> None:
    """The bot is in it from now on."""
    _join(world, _thread(world, call), world.me.id)


def add_thread_member(world: World, call: Call) -> None:
    """Somebody is in it from now on."""
    _join(world, _thread(world, call), world.person(call.id("user")).id)


def leave_thread(world: World, call: Call) -> None:
    """The bot is not in it any more."""
    _leave(world, _thread(world, call), world.me.id)


def remove_thread_member(world: World, call: Call) -> None:
    """Somebody is not in it any more."""
    _leave(world, _thread(world, call), call.id("user"))


def list_thread_members(world: World, call: Call) -> list[Json]:
    """Who is in it."""
    thread = _thread(world, call)
    return [shown.thread_member(thread, one) for one in thread.members]


def get_thread_member(world: World, call: Call) -> Json:
    """Somebody in it."""
    thread = _thread(world, call)
    if call.id("user") not in thread.members:
        raise refusal(10007)
    return shown.thread_member(thread, call.id("user"))


def list_active_guild_threads(world: World, call: Call) -> Json:
    """The threads of a guild that are not archived."""
    found = [one for one in world.within(world.guild(call.id("guild"))) if one.is_thread]
    return _listed(world, [one for one in found if not one.archived])


def list_public_archived_threads(world: World, call: Call) -> Json:
    """The threads of a channel that are."""
    channel = world.channel(call.id("channel"))
    found = [one for one in world.channels.values() if one.parent is channel and one.archived]
    return _listed(world, found) | {"has_more": False}


def begin(
    world: World,
    channel: Channel,
    name: str,
    owner: int,
    *,
    kind: Kind = Kind.POST,
    number: int = 0,
) -> Channel:
    """A new thread in *channel*, which the bot hears of."""
    if channel.guild is None or channel.is_thread:
        raise refusal(50024)
    thread = Channel(number or world.ids.new(), kind, name, channel.guild, channel, owner_id=owner)
    world.channels[thread.id] = thread
    if owner in channel.guild.people:
        thread.members.append(owner)
    world.tell("THREAD_CREATE", shown.thread(thread) | {"newly_created": True}, thread)
    return thread


def hang(world: World, channel: Channel, message: Json, name: str, owner: int) -> Channel:
    """A thread on *message*; a second one is refused."""
    number = int(message["id"])
    if number in world.channels:
        raise refusal(160004)
    thread = begin(world, channel, name, owner, number=number)
    message["flags"] |= _HAS_THREAD
    message["thread"] = shown.thread(thread)
    told = posting.make(world, thread, world.people[owner], "")
    told["type"] = posting.THREAD_BEGAN
    told["message_reference"] = {"channel_id": str(channel.id), "message_id": message["id"]}
    posting.announce(world, thread, told)
    return thread


def remove(world: World, channel: Channel) -> None:
    """*channel* and its threads are gone."""
    gone = [one for one in world.channels.values() if one is channel or one.parent is channel]
    for one in gone:
        del world.channels[one.id]
    whole = shown.channel(channel)
    if channel.is_thread:
        whole = {key: whole[key] for key in ("id", "guild_id", "parent_id", "type")}
    name = "THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE"
    world.tell(name, whole, channel)


def _post(world: World, forum: Channel, call: Call) -> Json:
    first = replace(call, body=call.fields.get("message") or {})
    name = _name(call)
    check(Channel(0, Kind.TEXT), first)
    thread = begin(world, forum, name, world.me.id)
    message = posting.taken(world, thread, first, world.me, id=str(thread.id))
    thread.messages = {thread.id: message}
    posting.took(world, thread, message)
    posting.announce(world, thread, message)
    return shown.thread(thread) | {"message": message}


def _name(call: Call) -> str:
    name = str(call.fields.get("name") or "")
    if not 1 <= len(name) <= LONGEST_NAME:
        raise invalid("name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
    return name


def _thread(world: World, call: Call) -> Channel:
    found = world.channel(call.id("channel"))
    if not found.is_thread:
        raise refusal(50024)
    return found


def _join(world: World, thread: Channel, person: int) -> None:
    if person in thread.members:
        return
    thread.members.append(person)
    _tell_members(world, thread, added=[shown.thread_member(thread, person)])


def _leave(world: World, thread: Channel, person: int) -> None:
    if person in thread.members:
        thread.members.remove(person)
        _tell_members(world, thread, removed=[str(person)])


def _tell_members(
    world: World, thread: Channel, added: list[Json] | None = None, removed: list[str] | None = None
) -> None:
    assert thread.guild is not None
    body = {
        "id": str(thread.id),
        "guild_id": str(thread.guild.id),
        "member_count": len(thread.members),
        "added_members": added or [],
        "removed_member_ids": removed or [],
    }
    world.tell("THREAD_MEMBERS_UPDATE", body, thread)


def _listed(world: World, found: list[Channel]) -> Json:
    mine = [shown.thread_member(one, world.me.id) for one in found if world.me.id in one.members]
    return {"threads": [shown.thread(one) for one in found], "members": mine}
