"""What a model may ask for besides speaking: the one registry of tools."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from anima.model import Tool

REMEMBER: Final = Tool(
    "remember",
    "keep a fact about somebody here, for every later talk",
    {"text": "the fact, in one sentence"},
)
RECALL: Final = Tool(
    "recall",
    "look up what was said or kept in this conversation",
    {"query": "the words to look for"},
)
REMIND: Final = Tool(
    "remind",
    "say something here at a later time",
    {
        "text": "what to remind them of",
        "when": "such as: in 20m, at 18:30, tomorrow at 8, 2026-11-22T08:00",
    },
)
SILENCE: Final = Tool("silence", "say nothing this time")

TOOLS: Final[Mapping[str, Tool]] = MappingProxyType(
    {tool.name: tool for tool in (REMEMBER, RECALL, REMIND, SILENCE)}
)
"""All tools by name, in the order in which they are offered."""

_IN_GROUPS: Final = frozenset({SILENCE.name})
"""Who is alone with us and is met with silence is left to wonder."""


def offered(names: Iterable[str], *, private: bool) -> tuple[Tool, ...]:
    """Those of a card's *names* that make sense in a *private* talk or in a group."""
    wanted = frozenset(names) - (_IN_GROUPS if private else frozenset())
    return tuple(tool for tool in TOOLS.values() if tool.name in wanted)
