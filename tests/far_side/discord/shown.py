"""Guilds, channels and threads as the protocol's objects."""

from tests.far_side.discord.ids import moment_of, stamp
from tests.far_side.discord.places import JOINED, Channel, Guild, Kind, Person
from tests.far_side.discord.wire import Json

_MONTH_MINUTES = 43_200


def channel(one: Channel) -> Json:
    """The protocol's Channel object."""
    if one.is_dm:
        return _private(one)
    if one.is_thread:
        return thread(one)
    found: Json = {
        "id": str(one.id),
        "type": int(one.kind),
        "guild_id": str(one.guild.id) if one.guild else None,
        "name": one.name,
        "position": 0,
        "permission_overwrites": [],
        "parent_id": str(one.parent.id) if one.parent else None,
        "nsfw": False,
        "topic": one.topic,
        "rate_limit_per_user": 0,
        "last_message_id": _last(one),
        "flags": 0,
    }
    if one.kind is Kind.FORUM:
        found |= {"available_tags": [], "default_forum_layout": 0, "default_sort_order": None}
    if one.kind is Kind.VOICE:
        found |= {"bitrate": 64_000, "user_limit": 0, "rtc_region": None}
    return found


def thread(one: Channel) -> Json:
    """The protocol's Channel object of a thread."""
    assert one.parent is not None
    assert one.guild is not None
    return {
        "id": str(one.id),
        "type": int(one.kind),
        "guild_id": str(one.guild.id),
        "parent_id": str(one.parent.id),
        "owner_id": str(one.owner_id),
        "name": one.name,
        "last_message_id": _last(one),
        "message_count": len(one.messages),
        "total_message_sent": len(one.messages),
        "member_count": len(one.members),
        "rate_limit_per_user": 0,
        "flags": 0,
        "applied_tags": [],
        "thread_metadata": {
            "archived": one.archived,
            "auto_archive_duration": _MONTH_MINUTES // 30,
            "archive_timestamp": stamp(moment_of(one.id)),
            "create_timestamp": stamp(moment_of(one.id)),
            "locked": False,
            "invitable": True,
        },
    }


def thread_member(one: Channel, person_id: int) -> Json:
    """The protocol's ThreadMember object."""
    return {"id": str(one.id), "user_id": str(person_id), "join_timestamp": JOINED, "flags": 0}


def member(guild: Guild, person: Person) -> Json:
    """The protocol's Member object, with the user in it."""
    return {"user": person.shown(), **guild.member(person)}


def guild(one: Guild) -> Json:
    """The protocol's Guild object."""
    return {
        "id": str(one.id),
        "name": one.name,
        "icon": None,
        "splash": None,
        "discovery_splash": None,
        "owner_id": str(one.owner.id),
        "afk_channel_id": None,
        "afk_timeout": 300,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "roles": one.roles(),
        "emojis": [],
        "stickers": [],
        "features": [],
        "mfa_level": 0,
        "nsfw_level": 0,
        "application_id": None,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "safety_alerts_channel_id": None,
        "vanity_url_code": None,
        "description": None,
        "banner": None,
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "premium_progress_bar_enabled": False,
        "max_members": 500_000,
    }


def whole_guild(one: Guild, channels: list[Channel], known: list[Person]) -> Json:
    """What GUILD_CREATE carries; *known* are the people that the bot's intents let it see."""
    return guild(one) | {
        "joined_at": JOINED,
        "large": False,
        "unavailable": False,
        "member_count": len(one.people),
        "voice_states": [],
        "members": [member(one, person) for person in known],
        "channels": [channel(each) for each in channels if not each.is_thread],
        "threads": [channel(each) for each in channels if each.is_thread and not each.archived],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def _private(one: Channel) -> Json:
    recipients = [one.person.shown()] if one.person else []
    return {
        "id": str(one.id),
        "type": int(one.kind),
        "last_message_id": _last(one),
        "flags": 0,
        "recipients": recipients,
    }


def _last(one: Channel) -> str | None:
    return str(max(one.messages)) if one.messages else None
