"""The application's commands: put, kept, and looked up when somebody uses one."""

import re
from typing import Final

from tests.far_side.discord.wire import Call, Json, invalid, refusal, too_long
from tests.far_side.discord.world import World

CHAT: Final = 1
SUBCOMMAND, GROUP = 1, 2
_NAME: Final = re.compile(r"[-_'\w]{1,32}")
_MOST: Final = 100
_MOST_OPTIONS: Final = 25
_MOST_CHOICES: Final = 25
_LONGEST: Final = 100
_LONGEST_ALTOGETHER: Final = 8000


def bulk_overwrite_global_application_commands(world: World, call: Call) -> list[Json]:
    """These commands and no others, everywhere."""
    return _put_all(world, call, 0)


def bulk_overwrite_guild_application_commands(world: World, call: Call) -> list[Json]:
    """These commands and no others in a guild, besides those that are everywhere."""
    return _put_all(world, call, world.guild(call.id("guild")).id)


def get_global_application_commands(world: World, call: Call) -> list[Json]:
    """What is everywhere."""
    return list(_kept(world, call, 0).values())


def get_guild_application_commands(world: World, call: Call) -> list[Json]:
    """What is in a guild besides."""
    return list(_kept(world, call, call.id("guild")).values())


def create_global_application_command(world: World, call: Call) -> Json:
    """One more, or another one of this name."""
    return _add(world, _kept(world, call, 0), call.fields, 0)


def create_guild_application_command(world: World, call: Call) -> Json:
    """The same in a guild."""
    guild = world.guild(call.id("guild")).id
    return _add(world, _kept(world, call, guild), call.fields, guild)


def get_global_application_command(world: World, call: Call) -> Json:
    """One of them."""
    return _one(_kept(world, call, 0), call)


def get_guild_application_command(world: World, call: Call) -> Json:
    """The same in a guild."""
    return _one(_kept(world, call, call.id("guild")), call)


def edit_global_application_command(world: World, call: Call) -> Json:
    """One of them, changed."""
    return _edit(_one(_kept(world, call, 0), call), call)


def edit_guild_application_command(world: World, call: Call) -> Json:
    """The same in a guild."""
    return _edit(_one(_kept(world, call, call.id("guild")), call), call)


def delete_global_application_command(world: World, call: Call) -> None:
    """One of them is gone."""
    kept = _kept(world, call, 0)
    del kept[int(_one(kept, call)["id"])]


def delete_guild_application_command(world: World, call: Call) -> None:
    """The same in a guild."""
    kept = _kept(world, call, call.id("guild"))
    del kept[int(_one(kept, call)["id"])]


def _kept(world: World, call: Call, guild: int) -> dict[int, Json]:
    if call.id("application") != world.me.id:
        raise refusal(10002)
    return world.commands.setdefault(guild, {})


def _one(kept: dict[int, Json], call: Call) -> Json:
    found = kept.get(call.id("command"))
    if found is None:
        raise refusal(10063)
    return found


def _put_all(world: World, call: Call, guild: int) -> list[Json]:
    given = call.body
    if not isinstance(given, list) or len(given) > _MOST:
        raise invalid("", "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.")
    before = _kept(world, call, guild)
    fresh: dict[int, Json] = {}
    ids = {(one["name"], one["type"]): one["id"] for one in before.values()}
    for one in given:
        _add(world, fresh, one, guild, ids)
    world.commands[guild] = fresh
    world.journal.turned()
    return list(fresh.values())


def _add(
    world: World,
    kept: dict[int, Json],
    given: Json,
    guild: int,
    ids: dict[tuple[str, int], str] | None = None,
) -> Json:
    """A command keeps its id while it keeps its name."""
    kind = given.get("type", CHAT)
    check(given, is_chat=kind == CHAT)
    named = (given["name"], kind)
    same = {(one["name"], one["type"]): one["id"] for one in kept.values()}
    if ids is not None and named in same:
        raise invalid("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Names must be unique.")
    number = (ids or same).get(named) or str(world.ids.new())
    whole = _whole(world, given, number, kind)
    if guild:
        whole["guild_id"] = str(guild)
    kept[int(number)] = whole
    return whole


def _whole(world: World, given: Json, number: str, kind: int) -> Json:
    return {
        "description": "",
        "options": [],
        "default_member_permissions": None,
        "nsfw": False,
        "contexts": None,
        **given,
        "integration_types": given.get("integration_types") or [0],
        "id": number,
        "type": kind,
        "application_id": str(world.me.id),
        "version": str(world.ids.new()),
    }


def _edit(command: Json, call: Call) -> Json:
    changed = command | call.fields
    check(changed, is_chat=command["type"] == CHAT)
    command.update(changed)
    return command


def check(given: Json, *, is_chat: bool = True, inside: str = "") -> None:
    """Raise the refusal that the platform has for a command or an option like *given*."""
    if is_chat:
        _check_name(given, inside)
    options = given.get("options") or []
    if len(options) > _MOST_OPTIONS:
        raise too_long(f"{inside}options", _MOST_OPTIONS)
    if len({one["name"] for one in options}) < len(options):
        words = "Option names must be unique."
        raise invalid(f"{inside}options", "APPLICATION_COMMAND_OPTIONS_NAME", words)
    needed = [bool(one.get("required")) for one in options]
    if needed != sorted(needed, reverse=True):
        words = "Required options must be placed before non-required options"
        raise invalid(f"{inside}options", "APPLICATION_COMMAND_OPTIONS_REQUIRED", words)
    for index, one in enumerate(options):
        check(one, inside=f"{inside}options.{index}.")
    if not inside and is_chat and _size(given) > _LONGEST_ALTOGETHER:
        raise invalid("", "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")


def _check_name(given: Json, inside: str) -> None:
    names = {f"{inside}name": given["name"]}
    names |= _localised(given, "name", inside)
    for field, name in names.items():
        if not _NAME.fullmatch(name) or name != name.lower():
            words = f"Command name is invalid: {name!r}"
            raise invalid(field, "APPLICATION_COMMAND_INVALID_NAME", words)
    texts = {f"{inside}description": given.get("description", "")}
    texts |= _localised(given, "description", inside)
    for field, text in texts.items():
        if not 1 <= len(text) <= _LONGEST:
            raise invalid(field, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
    choices = given.get("choices") or []
    if len(choices) > _MOST_CHOICES:
        raise too_long(f"{inside}choices", _MOST_CHOICES)
    for one in choices:
        if not 1 <= len(one["name"]) <= _LONGEST:
            words = "Must be between 1 and 100 in length."
            raise invalid(f"{inside}choices", "BASE_TYPE_BAD_LENGTH", words)


def _localised(given: Json, name: str, inside: str) -> dict[str, str]:
    told = given.get(f"{name}_localizations") or {}
    return {f"{inside}{name}_localizations.{language}": text for language, text in told.items()}


def _size(given: Json) -> int:
    """How much a command says: names, descriptions and values, of the longest language."""
    own = _longest(given, "name") + _longest(given, "description")
    own += sum(_longest(one, "name") + len(str(one["value"])) for one in given.get("choices") or ())
    return own + sum(_size(one) for one in given.get("options") or ())


def _longest(given: Json, name: str) -> int:
    texts = [given.get(name, ""), *(given.get(f"{name}_localizations") or {}).values()]
    return max(len(text) for text in texts)
