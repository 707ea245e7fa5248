"""The methods about the bot itself, its webhook, and the chats it is in."""

import re
from typing import Final
from urllib.parse import urlsplit

from tests.far_side.botapi.places import Place
from tests.far_side.botapi.wire import Json, Params, Refusal
from tests.far_side.botapi.world import Webhook, World, chat_id

_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{0,256}")
_LARGEST_FILE_BYTES: Final = 20 * 1024 * 1024
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_NO_GIFTS: Final = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def get_me(world: World, _params: Params) -> Json:
    """The bot, with what it may do."""
    return world.me | {
        "can_join_groups": True,
        "can_read_all_group_messages": world.reads_all,
        "supports_inline_queries": False,
        "can_connect_to_business": True,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "supports_guest_queries": world.visits,
    }


def set_webhook(world: World, params: Params) -> bool:
    """Push from now on. Plain http is taken for loopback, as a self-hosted server takes it."""
    url, secret = params.text("url"), params.text("secret_token")
    if not url:
        return delete_webhook(world, params)
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    if not _SECRET.fullmatch(secret):
        raise Refusal(400, "Bad Request: secret token contains unallowed characters")
    world.inbox.ask_for(params.entries("allowed_updates"))
    _drop(world, params)
    world.webhook = Webhook(url, secret, params.whole("max_connections", 40))
    world.mishap = None
    world.inbox.hook(active=True)
    world.journal.turned()
    return True


def delete_webhook(world: World, params: Params) -> bool:
    """Push no more."""
    _drop(world, params)
    world.webhook = None
    world.inbox.hook(active=False)
    world.journal.turned()
    return True


def get_webhook_info(world: World, _params: Params) -> Json:
    """Where updates go, how many wait, and what failed last."""
    hook = world.webhook
    shown: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.inbox),
    }
    if hook:
        shown["max_connections"] = hook.max_connections
    if world.mishap:
        shown["last_error_date"] = world.mishap.at
        shown["last_error_message"] = world.mishap.reason
    if world.inbox.allowed:
        shown["allowed_updates"] = sorted(world.inbox.allowed)
    return shown


def get_chat(world: World, params: Params) -> Json:
    """A place in full."""
    place = _seen(world, params)
    return place.chat | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": _NO_GIFTS,
    }


def get_chat_member(world: World, params: Params) -> Json:
    """What somebody is in a group."""
    place, number = _seen(world, params), params.whole("user_id")
    if number == world.me["id"]:
        return {"status": "member", "user": world.me}
    person = world.places.people.get(number)
    if person is None:
        raise Refusal(400, "Bad Request: user not found")
    if number == place.owner:
        return {"status": "creator", "user": person.shown(), "is_anonymous": False}
    return {"status": "member", "user": person.shown()}


def answer_callback_query(world: World, params: Params) -> bool:
    """A pressed button is answered, once."""
    query = params.text("callback_query_id")
    if query not in world.queries:
        raise Refusal(
            400,
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
        )
    world.queries.discard(query)
    return True


def get_file(world: World, params: Params) -> Json:
    """Where a file can be fetched."""
    file_id = params.text("file_id")
    if file_id not in world.files.paths:
        raise Refusal(400, "Bad Request: invalid file_id")
    if world.files.size(file_id) > _LARGEST_FILE_BYTES:
        raise Refusal(400, "Bad Request: file is too big")
    return world.files.shown(file_id) | {"file_path": world.files.paths[file_id]}


def _seen(world: World, params: Params) -> Place:
    place = world.places.at(chat_id(params))
    if place.closed and place.chat["type"] != "private":
        raise Refusal(403, place.closed)
    return place


def _drop(world: World, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        world.inbox.clear()
