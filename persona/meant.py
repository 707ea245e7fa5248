"""What a model meant by a call: which of the tools it was offered, with which arguments."""

from collections.abc import Mapping, Sequence

from anima.model import Call, Tool
from persona.nearly import nearly
from persona.repair import arguments
from persona.toolpage import copied

_NAMESPACES = str.maketrans("/:.", "   ")


def named(said: str, names: Sequence[str]) -> str | None:
    """The tool among *names* that *said* is, as `functions.remind:0` is `remind`."""
    words = said.translate(_NAMESPACES).split() or [""]
    return next((found for word in [said, *words] if (found := nearly(word, names))), None)


def understood(call: Call, offered: Sequence[Tool]) -> tuple[str, Mapping[str, str]] | None:
    """The tool's name and its arguments; None: it is none of those *offered*, or it makes no sense.

    All arguments are of the tool's parameters. The first one is there and not empty; others may be
    missing, of which the deed itself can tell the model.
    """
    name = named(call.name, [tool.name for tool in offered])
    tool = next((tool for tool in offered if tool.name == name), None)
    if tool is None:
        return None
    given = _fitted(_given(call.arguments, tool), tool)
    first = next(iter(tool.parameters), None)
    if (first and not given.get(first)) or copied(tool.name, given):
        return None
    return tool.name, given


def _given(text: str, tool: Tool) -> Mapping[str, str]:
    """The arguments by the names that the model gave them; a bare text is the first one."""
    found = arguments(text)
    if found is None and tool.parameters:
        return {next(iter(tool.parameters)): text.strip().strip("\"'“”")}
    return found or {}


def _fitted(given: Mapping[str, str], tool: Tool) -> Mapping[str, str]:
    """*given* by the tool's own names; a strange one goes where only one is missing."""
    by_name = {key: nearly(key, tool.parameters) for key in given}
    fitted = {name: given[key].strip() for key, name in by_name.items() if name}
    missing = [name for name in tool.parameters if not fitted.get(name)]
    strange = [given[key].strip() for key, name in by_name.items() if not name]
    if len(missing) == len(strange) == 1:
        fitted[missing[0]] = strange[0]
    return fitted
