"""Native tools: how a question offers them, and how an answer's pieces become whole calls."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import openai

from anima.model import Call, Tool
from backend.reasons import FILTERED, too_long

LONGEST: Final = 16 * 1024
"""Characters of arguments that one call may have; a longer one is dropped."""

MOST: Final = 16  # calls in one answer

_REFUSED: Final = frozenset({400, 422})


def schemas(tools: Sequence[Tool]) -> list[dict[str, object]]:
    """*tools* as OpenAI's protocol describes functions."""
    return [{"type": "function", "function": _schema(tool)} for tool in tools]


def refuses_tools(error: openai.OpenAIError) -> bool:
    """Whether *error* may be about the tools in a question: it is worth asking without them."""
    if not isinstance(error, openai.APIStatusError) or error.code == FILTERED:
        return False
    detail: dict[str, Any] = error.body if isinstance(error.body, dict) else {}
    told = "tool" in error.response.text.lower()
    return told or (error.status_code in _REFUSED and not too_long(detail))


def _schema(tool: Tool) -> dict[str, object]:
    properties = {
        name: {"type": "string", "description": text} for name, text in tool.parameters.items()
    }
    return {
        "name": tool.name,
        "description": tool.purpose,
        "parameters": {"type": "object", "properties": properties, "required": list(properties)},
    }


@dataclass(slots=True)
class _Growing:
    id: str = ""
    name: str = ""
    arguments: str = ""


class Fragments:
    """Puts the calls of one answer together; servers cut them as they like, or not at all."""

    def __init__(self) -> None:
        self._growing: dict[int, _Growing] = {}
        self._last = 0

    def add(self, said: dict[str, Any]) -> None:
        """Take what a delta or a whole message has of calls."""
        pieces = said.get("tool_calls")
        for piece in pieces if isinstance(pieces, list) else ():
            if isinstance(piece, dict):
                self._piece(piece, piece.get("function"))
        if said.get("function_call"):
            self._piece({"index": 0}, said["function_call"])

    def finished(self) -> tuple[Call, ...]:
        """The calls, each once, when the answer is over."""
        grown, self._growing = self._growing, {}
        whole = (grown[at] for at in sorted(grown))
        return tuple(
            Call(each.name, each.arguments)
            for each in whole
            if each.name and len(each.arguments) <= LONGEST
        )

    def _piece(self, piece: dict[str, Any], function: object) -> None:
        if not isinstance(function, dict):
            return
        call = self._of(piece, _text(function.get("name")))
        if call is None:
            return
        name = _text(function.get("name"))
        call.id = call.id or _text(piece.get("id"))
        call.name += "" if name == call.name else name
        if len(call.arguments) <= LONGEST:  # the piece that is too much shows that it was
            call.arguments += _arguments(function.get("arguments"))

    def _of(self, piece: dict[str, Any], name: str) -> _Growing | None:
        """The call that *piece* belongs to: by index, unless a new id and name begin another."""
        index = piece.get("index")
        at = index if isinstance(index, int) else self._last
        known, new = self._growing.get(at), _text(piece.get("id"))
        if (known and name and new and known.id not in {"", new}) or (
            known and index is None and name and not new
        ):
            at = max(self._growing) + 1
        self._last = at
        if at not in self._growing and len(self._growing) >= MOST:
            return None
        return self._growing.setdefault(at, _Growing())


def _arguments(said: object) -> str:
    return json.dumps(said, ensure_ascii=False) if isinstance(said, dict) else _text(said)


def _text(said: object) -> str:
    return said if isinstance(said, str) else ""
