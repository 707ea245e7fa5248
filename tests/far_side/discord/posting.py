"""How a message gets into its channel, whoever writes it."""

import re
from typing import Any, Final

from tests.far_side.discord import shown
from tests.far_side.discord.files import attached
from tests.far_side.discord.ids import moment_of, stamp
from tests.far_side.discord.journal import Sent
from tests.far_side.discord.places import Channel, Person
from tests.far_side.discord.rules import check
from tests.far_side.discord.wire import Call, Json, invalid
from tests.far_side.discord.world import World

NONCE_S: Final = 300  # "the past few minutes", says the platform
DEFAULT, REPLY, COMMAND, THREAD_BEGAN = 0, 19, 20, 21
_CALLED: Final = re.compile(r"<@!?(\d+)>")


def make(world: World, channel: Channel, author: Person, text: str, **more: Any) -> Json:
    """A message in *channel* that nobody has been told of yet."""
    number = world.ids.new()
    message: Json = {
        "id": str(number),
        "channel_id": str(channel.id),
        "author": author.shown(),
        "content": text,
        "timestamp": stamp(moment_of(number)),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": "@everyone" in text and not author.bot,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "pinned": False,
        "type": DEFAULT,
        "flags": 0,
        **more,
    }
    channel.messages[number] = message
    return message


def announce(world: World, channel: Channel, message: Json, name: str = "MESSAGE_CREATE") -> None:
    """Let the bot hear of *message*."""
    world.tell(name, seen(channel, message, world), channel, open=_open(world, channel, message))


def seen(channel: Channel, message: Json, world: World) -> Json:
    """*message* as an event carries it: with the guild, and who its author is there."""
    if channel.guild is None:
        return dict(message)
    body = {**message, "guild_id": str(channel.guild.id)}
    author = channel.guild.people.get(int(message["author"]["id"]))
    if author is not None and "webhook_id" not in message:
        body["member"] = channel.guild.member(author)
    body["mentions"] = [
        {**one, "member": channel.guild.member(world.people[int(one["id"])])}
        for one in message["mentions"]
    ]
    return body


def called(world: World, text: str, allowed: Json | None = None) -> list[Person]:
    """Whom *text* calls for, as far as that is *allowed*."""
    found = [world.people[int(one)] for one in _CALLED.findall(text) if int(one) in world.people]
    if allowed is None or "users" in allowed.get("parse", ()):
        return list(dict.fromkeys(found))
    named = {str(one) for one in allowed.get("users", ())}
    return list(dict.fromkeys(one for one in found if str(one.id) in named))


def taken(world: World, channel: Channel, call: Call, author: Person, **more: Any) -> Json:
    """The message that *call* brings, in *channel*; a refusal when it is none."""
    fields = call.fields
    check(channel, call)
    if channel.archived:
        channel.archived = False
        world.tell("THREAD_UPDATE", shown.thread(channel), channel)
    message = make(world, channel, author, fields.get("content") or "", **more)
    message |= {"flags": int(fields.get("flags") or 0), "tts": bool(fields.get("tts"))}
    message |= {key: fields.get(key) or [] for key in ("embeds", "components")}
    message["attachments"] = attached(world, channel, call)
    allowed = fields.get("allowed_mentions")
    people = called(world, message["content"], allowed)
    message["mentions"] = [one.shown() for one in people]
    if quoted := fields.get("message_reference"):
        answer(world, channel, message, quoted, pings=(allowed or {}).get("replied_user", True))
    if (nonce := fields.get("nonce")) is not None:
        message["nonce"] = nonce
    return message


def took(world: World, channel: Channel, message: Json, *, ephemeral: bool = False) -> Json:
    """Write down what the bot said."""
    reference = message.get("message_reference") or {}
    reply_to = reference.get("message_id")
    sent = Sent(
        channel_id=channel.id,
        text=message["content"],
        id=int(message["id"]),
        nonce=str(message.get("nonce", "")),
        reply_to=int(reply_to) if reply_to else None,
        ephemeral=ephemeral,
        name=message["author"]["global_name"] or message["author"]["username"],
        raw=dict(message),
    )
    world.journal.took(sent)
    return message


def answer(world: World, channel: Channel, message: Json, quoted: Json, *, pings: bool) -> None:
    """Make *message* a reply; a refusal when what it answers is not there and has to be."""
    number = int(quoted.get("message_id") or 0)
    found = channel.messages.get(number)
    if found is None and quoted.get("fail_if_not_exists", True):
        channel.messages.pop(int(message["id"]), None)
        raise invalid("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
    if found is None:
        return
    quote(channel, message, found)
    person = world.people.get(int(found["author"]["id"]))
    if pings and person and person.shown() not in message["mentions"]:
        message["mentions"].append(person.shown())


def quote(channel: Channel, message: Json, found: Json) -> None:
    """Let *message* carry what it answers."""
    message["type"] = REPLY
    message["message_reference"] = {
        "type": 0,
        "channel_id": str(channel.id),
        "message_id": found["id"],
    }
    if channel.guild:
        message["message_reference"]["guild_id"] = str(channel.guild.id)
    message["referenced_message"] = {
        key: value for key, value in found.items() if key != "referenced_message"
    }


def repeated(world: World, channel: Channel, call: Call) -> Json | None:
    """The message that was taken with the same enforced nonce a short while ago."""
    nonce = call.fields.get("nonce")
    if nonce is None or not call.fields.get("enforce_nonce"):
        return None
    number, until = world.nonces.get((channel.id, str(nonce)), (0, 0.0))
    return channel.messages.get(number) if world.now() < until else None


def remember_nonce(world: World, channel: Channel, message: Json) -> None:
    """From now on the nonce of *message* stands for it."""
    if "nonce" in message:
        key = (channel.id, str(message["nonce"]))
        world.nonces[key] = (int(message["id"]), world.now() + NONCE_S)


def _open(world: World, channel: Channel, message: Json) -> bool:
    mine = str(world.me.id)
    if channel.guild is None or message["author"]["id"] == mine:
        return True
    return any(one["id"] == mine for one in message["mentions"])
