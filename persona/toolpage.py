"""How a prompt tells of the tools, where a backend's protocol has none: a block for its first page.

It is the same, byte for byte, for the same tools. The model sees each one in the very form in which
it shall ask for it: a small mind copies a form and cannot follow a description.
"""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from anima.model import Tool
from persona.tools import RECALL, REMEMBER, REMIND

_HOW: Final = "To do one of these, write that line alone, as JSON; nobody sees it. Use it seldom."

_FORMS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        REMEMBER.name: {"text": "Bo has a cat"},
        RECALL.name: {"query": "cat"},
        REMIND.name: {"text": "tea", "when": "in 20m"},
    }
)
"""Example arguments; a model that copies one as it stands has asked for nothing."""

_AIMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        REMEMBER.name: "keep it",
        RECALL.name: "look it up",
        REMIND.name: "say it then; or: tomorrow at 8",
    }
)


def page(tools: Sequence[Tool]) -> str:
    """The block that offers *tools*, at most 120 tokens; empty where there are none."""
    if not tools:
        return ""
    return "\n".join([*map(_line, tools), _HOW])


def copied(name: str, arguments: Mapping[str, str]) -> bool:
    """Whether this is but the page's own example."""
    return bool(arguments) and arguments == _FORMS.get(name)


def _line(tool: Tool) -> str:
    form = {"tool": tool.name, **_FORMS.get(tool.name, {})}
    return f"{json.dumps(form)} {_AIMS.get(tool.name, tool.purpose)}"
