"""Examples of talk: `mes_example` of a character card, and `examples.md` of a folder."""

import re
from typing import Final

from persona.macros import speaker

_START: Final = re.compile(r"<START>", re.IGNORECASE)
_GAP: Final = re.compile(r"\n\s*\n")
_DASH: Final = re.compile(r"^- ", re.MULTILINE)
_SILENCE: Final = "…"  # stands for what a person said where a card only has the answer
_WHO: Final = ("{{user}}", "{{char}}")


def to_examples(told: str, name: str) -> str:
    """*told* with a dash before each turn, a person's first; *name* is what the card is called.

    Where nobody can be told from anybody the words stay as they are.
    """
    blocks = [block.strip() for block in _START.split(told) if block.strip()]
    if any(speaker(line.strip(), name)[0] for block in blocks for line in block.split("\n")):
        blocks = [_dashed(block, name) for block in blocks]
    return "\n\n".join(blocks)


def to_told(examples: str) -> str:
    """What a card says in the place of *examples*."""
    blocks = [block for block in _GAP.split(examples.strip()) if block.strip()]
    return "\n".join(f"<START>\n{_spoken(block)}" for block in blocks)


def _dashed(block: str, name: str) -> str:
    """*block* as turns: a person's, then an answer, and so on."""
    lines: list[str] = []
    last = ""
    for line in filter(None, map(str.strip, block.split("\n"))):
        who, said = speaker(line, name)
        if not lines and who != "user":
            lines, last = [f"- {_SILENCE}"], "user"
            who = "char"
        lines.append(f"  {said}" if who in ("", last) else f"- {said}")
        last = who or last
    return "\n".join(lines)


def _spoken(block: str) -> str:
    if not block.startswith("- "):
        return block
    turns = [_unindented(turn) for turn in _DASH.split(block)[1:]]
    told = [f"{_WHO[number % 2]}: {turn}" for number, turn in enumerate(turns)]
    return "\n".join(told[turns[0] == _SILENCE :])


def _unindented(turn: str) -> str:
    return "\n".join(line.strip() for line in turn.strip().split("\n"))
