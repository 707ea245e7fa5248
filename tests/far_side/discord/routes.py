"""The one table of the protocol's calls, by what the platform's documentation names them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from tests.far_side.discord import (
    account,
    commands,
    interactions,
    messages,
    reactions,
    threads,
    webhooks,
)
from tests.far_side.discord.wire import Call
from tests.far_side.discord.world import World

CarryOut = Callable[[World, Call], object]

_A_CHANNEL: Final = "/channels/{channel}"
_A_MESSAGE: Final = "/channels/{channel}/messages/{message}"
_A_REACTION: Final = _A_MESSAGE + "/reactions/{emoji}"
_A_THREAD_MEMBER: Final = _A_CHANNEL + "/thread-members/{user}"
_COMMANDS: Final = "/applications/{application}/commands"
_IN_GUILD: Final = "/applications/{application}/guilds/{guild}/commands"
_A_HOOK: Final = "/webhooks/{webhook}/{token}"
_A_HOOK_MESSAGE: Final = _A_HOOK + "/messages/{message}"

ROUTES: Final[tuple[tuple[str, str, CarryOut], ...]] = (
    ("GET", "/users/@me", account.get_current_user),
    ("GET", "/users/@me/guilds", account.get_current_user_guilds),
    ("POST", "/users/@me/channels", account.create_dm),
    ("GET", "/users/{user}", account.get_user),
    ("GET", "/applications/@me", account.get_current_application),
    ("GET", "/oauth2/applications/@me", account.get_current_application),
    ("GET", "/guilds/{guild}", account.get_guild),
    ("GET", "/guilds/{guild}/channels", account.get_guild_channels),
    ("GET", "/guilds/{guild}/members/{user}", account.get_guild_member),
    ("GET", _A_CHANNEL, account.get_channel),
    ("POST", _A_CHANNEL + "/typing", messages.trigger_typing),
    ("GET", _A_CHANNEL + "/messages", messages.get_channel_messages),
    ("POST", _A_CHANNEL + "/messages", messages.create_message),
    ("POST", _A_CHANNEL + "/messages/bulk-delete", messages.bulk_delete_messages),
    ("GET", _A_MESSAGE, messages.get_channel_message),
    ("PATCH", _A_MESSAGE, messages.edit_message),
    ("DELETE", _A_MESSAGE, messages.delete_message),
    ("GET", _A_REACTION, reactions.get_reactions),
    ("PUT", _A_REACTION + "/@me", reactions.create_reaction),
    ("DELETE", _A_REACTION + "/@me", reactions.delete_own_reaction),
    ("DELETE", _A_REACTION + "/{user}", reactions.delete_user_reaction),
    ("PATCH", _A_CHANNEL, threads.modify_channel),
    ("DELETE", _A_CHANNEL, threads.delete_channel),
    ("POST", _A_CHANNEL + "/threads", threads.start_thread_without_message),
    ("POST", _A_MESSAGE + "/threads", threads.start_thread_from_message),
    ("GET", _A_CHANNEL + "/threads/archived/public", threads.list_public_archived_threads),
    ("GET", "/guilds/{guild}/threads/active", threads.list_active_guild_threads),
    ("GET", _A_CHANNEL + "/thread-members", threads.list_thread_members),
    ("PUT", _A_CHANNEL + "/thread-members/@me", threads.join_thread),
    ("DELETE", _A_CHANNEL + "/thread-members/@me", threads.leave_thread),
    ("GET", _A_THREAD_MEMBER, threads.get_thread_member),
    ("PUT", _A_THREAD_MEMBER, threads.add_thread_member),
    ("DELETE", _A_THREAD_MEMBER, threads.remove_thread_member),
    ("POST", _A_CHANNEL + "/webhooks", webhooks.create_webhook),
    ("GET", _A_CHANNEL + "/webhooks", webhooks.get_channel_webhooks),
    ("GET", "/webhooks/{webhook}", webhooks.get_webhook),
    ("DELETE", "/webhooks/{webhook}", webhooks.delete_webhook),
    ("GET", _A_HOOK, webhooks.get_webhook_with_token),
    ("DELETE", _A_HOOK, webhooks.delete_webhook_with_token),
    ("POST", _A_HOOK, webhooks.execute_webhook),
    ("GET", _A_HOOK_MESSAGE, webhooks.get_webhook_message),
    ("PATCH", _A_HOOK_MESSAGE, webhooks.edit_webhook_message),
    ("DELETE", _A_HOOK_MESSAGE, webhooks.delete_webhook_message),
    (
        "POST",
        "/interactions/{interaction}/{token}/callback",
        interactions.create_interaction_response,
    ),
    ("GET", _COMMANDS, commands.get_global_application_commands),
    ("PUT", _COMMANDS, commands.bulk_overwrite_global_application_commands),
    ("POST", _COMMANDS, commands.create_global_application_command),
    ("GET", _COMMANDS + "/{command}", commands.get_global_application_command),
    ("PATCH", _COMMANDS + "/{command}", commands.edit_global_application_command),
    ("DELETE", _COMMANDS + "/{command}", commands.delete_global_application_command),
    ("GET", _IN_GUILD, commands.get_guild_application_commands),
    ("PUT", _IN_GUILD, commands.bulk_overwrite_guild_application_commands),
    ("POST", _IN_GUILD, commands.create_guild_application_command),
    ("GET", _IN_GUILD + "/{command}", commands.get_guild_application_command),
    ("PATCH", _IN_GUILD + "/{command}", commands.edit_guild_application_command),
    ("DELETE", _IN_GUILD + "/{command}", commands.delete_guild_application_command),
)


@dataclass(frozen=True, slots=True)
class Route:
    """What carries out a call; *name* is what faults, counts and callbacks know it by."""

    method: str
    pattern: re.Pattern[str]
    carry_out: CarryOut

    @property
    def name(self) -> str:
        """The name of the call."""
        return self.carry_out.__name__

    @property
    def is_open(self) -> bool:
        """Whether a token in the path stands for the bot's own."""
        return "(?P<token>" in self.pattern.pattern


def find(method: str, path: str) -> tuple[Route, Mapping[str, str]] | None:
    """What *method* on *path* asks for, and what the path names."""
    for route in _COMPILED:
        if route.method == method and (found := route.pattern.fullmatch(path)):
            return route, found.groupdict()
    return None


def _compiled(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))


_COMPILED: Final = tuple(
    Route(method, _compiled(path), carry_out) for method, path, carry_out in ROUTES
)
