"""The commands that clients show when somebody types a slash, by scope and language."""

import re
from typing import Final

from tests.far_side.botapi.wire import Json, Params, Refusal
from tests.far_side.botapi.world import World

_NAME: Final = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE: Final = re.compile(r"(?:[a-z]{2})?")
_MOST: Final = 100
_LONGEST: Final = 256
_PLACELESS: Final = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
)
_CHATS: Final = frozenset({"chat", "chat_administrators", "chat_member"})


def set_my_commands(world: World, params: Params) -> bool:
    """What is shown from now on in one scope and language."""
    commands = params.entries("commands")
    if commands is None or len(commands) > _MOST:
        raise Refusal(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    for one in commands:
        if not _NAME.fullmatch(str(one.get("command", ""))):
            raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(str(one.get("description", ""))) <= _LONGEST:
            raise Refusal(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_scope(world, params)] = commands
    return True


def get_my_commands(world: World, params: Params) -> list[Json]:
    """What was set for exactly this scope and language."""
    return world.commands.get(_scope(world, params), [])


def delete_my_commands(world: World, params: Params) -> bool:
    """Nothing is set for this scope and language any more."""
    world.commands.pop(_scope(world, params), None)
    return True


def _scope(world: World, params: Params) -> tuple[str, str]:
    """The scope as people write it, `chat 7`, and the language; a refusal when it is none."""
    language, scope = params.text("language_code"), params.fields("scope")
    if not _LANGUAGE.fullmatch(language):
        raise Refusal(400, "Bad Request: LANG_CODE_INVALID")
    kind = str(scope.get("type", "default"))
    if kind in _PLACELESS:
        return kind, language
    if kind not in _CHATS:
        raise Refusal(400, "Bad Request: can't parse BotCommandScope: Unsupported type specified")
    place = world.places.at(scope.whole("chat_id"))
    private = place.chat["type"] == "private"
    if private and kind != "chat":
        raise Refusal(400, "Bad Request: can't change commands in private chats")
    member = f" {scope.whole('user_id')}" if kind == "chat_member" else ""
    return f"{kind} {place.chat['id']}{member}", language
