"""What people ask by commands, buttons and forms."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any, Final

from tests.far_side.discord import shown
from tests.far_side.discord.commands import GROUP, SUBCOMMAND
from tests.far_side.discord.files import keep
from tests.far_side.discord.interactions import Asked, Interaction
from tests.far_side.discord.journal import Sent
from tests.far_side.discord.people import People, Place, number
from tests.far_side.discord.places import Channel, Person
from tests.far_side.discord.rules import parts
from tests.far_side.discord.wire import Json

STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, FILE = range(3, 12)
_LARGEST_FILE_BYTES: Final = 10 * 1024 * 1024
_BUTTON: Final = 2
_IN_GUILD, _WITH_BOT, _IN_PRIVATE = 0, 1, 2
_BY_GUILD, _BY_PERSON = 0, 1


class Asking(People):
    """People who ask. What comes back stands in the `Interaction` that is returned."""

    def uses(self, person: Person, place: Place, command: str, **options: Any) -> Interaction:
        """*person* uses a *command*, "model use" say, that the bot has put; and its options.

        AssertionError when it could not be used like this: people's clients do not let them.
        """
        found, told, resolved = self._filled(self.place(place), command, options, "")
        return self._asks(Asked.COMMAND, person, place, _data(found, told, resolved))

    def completes(
        self, person: Person, place: Place, command: str, option: str, so_far: str = "", **more: Any
    ) -> Interaction:
        """*person* has typed *so_far* for an *option*; `choices` are what is offered."""
        given = {**more, option: so_far}
        found, told, resolved = self._filled(self.place(place), command, given, option)
        return self._asks(Asked.COMPLETION, person, place, _data(found, told, resolved))

    def presses(
        self,
        person: Person,
        message: Json | Sent,
        button: str,
        values: Iterable[str] = (),
    ) -> Interaction:
        """*person* presses the *button* (its id or its label), or chooses *values* of a menu."""
        channel = self.where(message)
        stands = self._stands(channel, number(message))
        found = _component(stands, button)
        data: Json = {"custom_id": found["custom_id"], "component_type": found["type"]}
        if found["type"] != _BUTTON:
            data |= {"values": list(values), "resolved": {}}
        return self._asks(Asked.COMPONENT, person, channel, data, message=stands)

    def submits(self, asked: Interaction, **values: str) -> Interaction:
        """Whoever was shown a form fills it in, by the ids of its fields, and sends it."""
        form = asked.form
        assert form is not None, "no form was shown"
        known = [one["custom_id"] for one in _inputs(form["components"])]
        assert set(values) <= set(known), f"{sorted(values)} are not all of {known}"
        filled = [_answered(one, values) for one in form["components"]]
        data = {"custom_id": form["custom_id"], "components": filled, "resolved": {}}
        return self._asks(Asked.FORM, asked.person, asked.channel, data)

    def commands(self, place: Place | None = None) -> list[Json]:
        """The commands that are offered everywhere, or in *place*."""
        found = list(self.world.commands.get(0, {}).values())
        if place is None:
            return found
        channel = self.place(place)
        where = _context(channel)
        found = [one for one in found if one["contexts"] is None or where in one["contexts"]]
        if channel.is_elsewhere:
            return [one for one in found if _BY_PERSON in one["integration_types"]]
        number = channel.guild.id if channel.guild else -1
        return found + list(self.world.commands.get(number, {}).values())

    def _filled(
        self, channel: Channel, command: str, options: Mapping[str, Any], focused: str
    ) -> tuple[Json, list[Json], Json]:
        name, *inner = command.split()
        offered = {one["name"]: one for one in self.commands(channel) if one["type"] == 1}
        assert name in offered, f"no command {name!r} there, but {sorted(offered)}"
        found = level = offered[name]
        for each in inner:
            below = {one["name"]: one for one in level["options"]}
            assert each in below, f"no {each!r} in {name!r}, but {sorted(below)}"
            level = below[each]
        resolved: Json = {}
        told = self._told(channel, level, options, focused, resolved)
        path = _path(found, inner)
        for one in reversed(path):
            told = [{"name": one["name"], "type": one["type"], "options": told}]
        return found, told, resolved

    def _told(
        self,
        channel: Channel,
        level: Json,
        options: Mapping[str, Any],
        focused: str,
        resolved: Json,
    ) -> list[Json]:
        known = {one["name"]: one for one in level.get("options") or ()}
        kinds = {one["type"] for one in known.values()}
        assert not kinds & {SUBCOMMAND, GROUP}, f"one of {sorted(known)} must be named"
        assert set(options) <= set(known), f"{sorted(options)} are not all of {sorted(known)}"
        missing = {key for key, one in known.items() if one.get("required")} - set(options)
        assert focused or not missing, f"{sorted(missing)} must be given"
        told = []
        for key, value in options.items():
            one = {"name": key, "type": known[key]["type"]}
            one["value"] = self._value(channel, known[key], value, resolved, free=key == focused)
            told.append(one | {"focused": True} if key == focused else one)
        return told

    def _value(
        self, channel: Channel, option: Json, value: Any, resolved: Json, *, free: bool
    ) -> Any:
        kind = option["type"]
        if isinstance(value, Person):
            return self._resolve_person(channel, value, resolved)
        if isinstance(value, Channel):
            there = {**shown.channel(value), "permissions": "0"}
            resolved.setdefault("channels", {})[str(value.id)] = there
            return str(value.id)
        if kind == FILE:
            name, content = value
            kept = keep(self.world, channel, name, content, {})
            resolved.setdefault("attachments", {})[kept["id"]] = kept
            return kept["id"]
        choices = {one["name"]: one["value"] for one in option.get("choices") or ()}
        if choices and not free:
            assert value in choices or value in choices.values(), f"{value!r} is none of {choices}"
            return choices.get(value, value)
        assert free or isinstance(value, _PYTHON[kind]), f"{value!r} is nothing for {option}"
        return value

    def _resolve_person(self, channel: Channel, person: Person, resolved: Json) -> str:
        key = str(person.id)
        resolved.setdefault("users", {})[key] = person.shown()
        if channel.guild is not None and person.id in channel.guild.people:
            member = channel.guild.member(person)
            member["permissions"] = str(channel.guild.allowed(person))
            resolved.setdefault("members", {})[key] = member
        return key

    def _stands(self, channel: Channel, message: int) -> Json:
        if message in channel.messages:
            return channel.messages[message]
        for asked in self.world.interactions.values():
            if message in asked.messages:
                return asked.messages[message]
        raise AssertionError(f"no message {message} stands there")

    def _asks(
        self,
        kind: Asked,
        person: Person,
        place: Place,
        data: Json,
        message: Json | None = None,
    ) -> Interaction:
        channel = self.place(place)
        new = self.world.ids.new()
        token = f"asked-{new}"
        body = self._body(kind, person, channel, data) | {"id": str(new), "token": token}
        if message is not None:
            body["message"] = dict(message)
        now = asyncio.get_running_loop().time()
        asked = Interaction(new, token, kind, person, channel, body, now, pressed=message)
        self.world.interactions[token] = asked
        self.world.tell("INTERACTION_CREATE", body, channel)
        return asked

    def _body(self, kind: Asked, person: Person, channel: Channel, data: Json) -> Json:
        guild = channel.guild
        body: Json = {
            "application_id": str(self.me.id),
            "type": int(kind),
            "data": data,
            "channel_id": str(channel.id),
            "channel": {**shown.channel(channel), "permissions": "0"},
            "version": 1,
            "locale": person.language,
            "entitlements": [],
            "attachment_size_limit": _LARGEST_FILE_BYTES,
            "app_permissions": str(guild.allowed(self.me) if guild else 0),
            "authorizing_integration_owners": _owners(person, channel),
            "context": _context(channel),
        }
        if guild is None:
            return body | {"user": person.shown()}
        member = shown.member(guild, person) | {"permissions": str(guild.allowed(person))}
        return body | {
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": "en-US", "features": []},
            "guild_locale": "en-US",
            "member": member,
        }


_PYTHON: Final[Mapping[int, Any]] = {
    STRING: str,
    INTEGER: int,
    BOOLEAN: bool,
    USER: Person,
    CHANNEL: Channel,
    ROLE: str,
    MENTIONABLE: (Person, str),
    NUMBER: (int, float),
}


def _context(channel: Channel) -> int:
    if channel.guild is not None:
        return _IN_GUILD
    return _IN_PRIVATE if channel.foreign else _WITH_BOT


def _owners(person: Person, channel: Channel) -> dict[str, str]:
    if channel.is_elsewhere:
        return {str(_BY_PERSON): str(person.id)}
    return {str(_BY_GUILD): str(channel.guild.id if channel.guild else 0)}


def _data(command: Json, told: list[Json], resolved: Json) -> Json:
    data: Json = {"id": command["id"], "name": command["name"], "type": 1, "options": told}
    if resolved:
        data["resolved"] = resolved
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    return data


def _path(command: Json, names: Iterable[str]) -> list[Json]:
    path, level = [], command
    for name in names:
        level = next(one for one in level["options"] if one["name"] == name)
        path.append(level)
    return path


def _component(message: Json, wanted: str) -> Json:
    there = [one for one in parts(message["components"]) if one.get("custom_id")]
    for one in there:
        emoji = (one.get("emoji") or {}).get("name")
        if wanted in {one["custom_id"], one.get("label"), emoji}:
            assert not one.get("disabled"), f"{wanted!r} cannot be pressed"
            return one
    raise AssertionError(f"no button {wanted!r}, but {[one['custom_id'] for one in there]}")


def _inputs(components: Iterable[Json]) -> list[Json]:
    return [one for one in parts(components) if one.get("custom_id")]


def _answered(component: Json, values: Mapping[str, str]) -> Json:
    found: Json = {"type": component["type"], "id": component.get("id", 1)}
    if "component" in component:
        return found | {"component": _answered(component["component"], values)}
    if "components" in component:
        return found | {"components": [_answered(one, values) for one in component["components"]]}
    if "custom_id" in component:
        found |= {"custom_id": component["custom_id"]}
        found["value"] = values.get(component["custom_id"], component.get("value", ""))
    return found
