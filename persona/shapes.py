"""The shapes in which models put a call into JSON, and how little of it tells that it is none."""

import json
import re
from collections.abc import Mapping
from typing import Final

from anima.model import Call
from persona.meant import named
from persona.nearly import nearly
from persona.repair import unpacked
from persona.tools import TOOLS

_TOOL: Final = ("tool", "tool_name", "function_name", "function", "action")
_NAME: Final = "name"
_ARGUMENTS: Final = ("arguments", "parameters", "params", "args", "input", "kwargs", "action_input")
_SEVERAL: Final = ("tool_calls", "tool_call", "calls", "function_calls", "tools", "actions")
_INSIDE: Final = ("function", "function_call", "tool_call", "call")
_BESIDES: Final = frozenset({"type", "id", "index"})
_PARAMETERS: Final = tuple(
    dict.fromkeys(each for tool in TOOLS.values() for each in tool.parameters)
)
_TELLING: Final = (*_TOOL, _NAME, *_ARGUMENTS, *_SEVERAL, *_INSIDE, *_BESIDES, *_PARAMETERS, *TOOLS)

GLANCE: Final = 60
"""Characters in which something that is broken must name a tool, or it is none."""

_SOUND_KEY = re.compile(r"[{｛\[\s]*[\"'](?P<key>[^\"'\\\n]{1,40})[\"']\s*[:：]")
_SOUND_NAME = re.compile(
    r"[{\[\s]*[\"'](?:name|tool|function)[\"']\s*[:：]\s*[\"'](?P<name>[^\"'\n]{0,60})[\"']\s*[,}]"
)
_FIRST_LINE = re.compile(r"[{｛\[\s]*[^\s{｛\[][^\n}｝\]]*[\n}｝\]]")
_ANY_TOOL = re.compile("|".join(TOOLS))


def calls_of(value: object) -> tuple[Call, ...] | None:
    """The calls that *value* is; None when it is something else."""
    if isinstance(value, list):
        found = [calls_of(each) for each in value]
        return tuple(call for calls in found for call in calls or ()) if any(found) else None
    if not isinstance(value, dict):
        return None
    value = {nearly(str(key), _TELLING) or str(key): each for key, each in value.items()}
    several = next((value[key] for key in _SEVERAL if isinstance(value.get(key), list)), None)
    if several is not None:
        return calls_of(several)
    inner = next((value[key] for key in _INSIDE if isinstance(value.get(key), dict)), None)
    return _call(inner or value)


def call(name: str, given: object) -> Call:
    """A call as both wires give it: *given* as JSON, or as it stands when it is a text already."""
    return Call(name, given if isinstance(given, str) else json.dumps(given, ensure_ascii=False))


def no_call(text: str) -> bool:
    """Whether *text*, which begins with a bracket, is seen by now to become no call."""
    if sound := _SOUND_NAME.match(text):
        return named(sound["name"], tuple(TOOLS)) is None
    if sound := _SOUND_KEY.match(text):
        return nearly(sound["key"], _TELLING) is None
    opening = text[:GLANCE]
    if line := _FIRST_LINE.match(opening):
        return not mentions(line[0])
    return len(opening) == GLANCE and not mentions(opening)


def mentions(text: str) -> bool:
    """Whether something broken names a tool where a call would."""
    words = re.findall(r"\w+", text[:GLANCE])
    return bool(_ANY_TOOL.search(text[:GLANCE])) or any(named(each, tuple(TOOLS)) for each in words)


def _call(value: Mapping[str, object]) -> tuple[Call, ...] | None:
    keys = {nearly(key, (*_TOOL, _NAME, *_ARGUMENTS)) or key: key for key in value}
    spoken = next((key for key in (*_TOOL, _NAME) if key in keys), None)
    if spoken is None:
        return _by_its_name(value)
    said = value[keys[spoken]]
    name = named(said, tuple(TOOLS)) if isinstance(said, str) else None
    if name is None:
        return None
    packed = next((key for key in _ARGUMENTS if key in keys), None)
    rest = {key: each for key, each in value.items() if key != keys[spoken] and key not in _BESIDES}
    if packed is not None:
        return (call(name, unpacked(value[keys[packed]])),)
    return (call(name, rest),) if spoken != _NAME or _fits(name, rest) else None


def _by_its_name(value: Mapping[str, object]) -> tuple[Call, ...] | None:
    """The form `{"remember": {"text": …}}`."""
    if len(value) != 1:
        return None
    ((key, given),) = value.items()
    if key not in TOOLS or not isinstance(given, (dict, str)):
        return None
    return (call(key, given),) if isinstance(given, str) or _fits(key, given) else None


def _fits(name: str, given: Mapping[str, object]) -> bool:
    return all(nearly(str(key), TOOLS[name].parameters) for key in given)
