"""The faces by which a persona reacts to a message, where a place has such, in place of words.

`[react ❤]` is such a face; beside words it is a bubble of its own, so that both arrive.
"""

import re
from collections.abc import Collection, Sequence
from typing import Final

FACES: Final[tuple[str, ...]] = (
    *(
        "👍",
        "👎",
        "❤",
        "🔥",
        "🥰",
        "👏",
        "😁",
        "🤔",
        "🤯",
        "😱",
        "🤬",
        "😢",
        "🎉",
        "🤩",
        "🤮",
        "💩",
    ),
    *(
        "🙏",
        "👌",
        "🕊",
        "🤡",
        "🥱",
        "🥴",
        "😍",
        "🐳",
        "🌚",
        "🌭",
        "💯",
        "🤣",
        "⚡",
        "🍌",
        "🏆",
        "💔",
    ),
    *(
        "🤨",
        "😐",
        "🍓",
        "🍾",
        "💋",
        "🖕",
        "😈",
        "😴",
        "😭",
        "🤓",
        "👻",
        "👨‍💻",
        "👀",
        "🎃",
        "🙈",
        "😇",
    ),
    *("😨", "🤝", "✍", "🤗", "🫡", "🎅", "🎄", "☃", "💅", "🤪", "🗿", "🆒", "💘", "🙉", "🦄", "😘"),
    *("💊", "🙊", "😎", "👾", "🤷", "😡"),
)
"""Those that Telegram takes from bots."""

_LOOKS: Final = "\ufe0f"
"""Asks for a coloured face; Telegram knows them without."""
_CODE: Final = re.compile(r"\[react[ :：]\s*([^\[\]\n]{1,12}?)\s*\]", re.IGNORECASE)
_ALONE: Final = re.compile(rf"\s*{_CODE.pattern}\s*", re.IGNORECASE)


def face(text: str) -> str:
    """*text* as one of `FACES`, or as it is where it is none."""
    return text.strip().replace(_LOOKS, "")


def reaction(known: Collection[str], text: str) -> str:
    """The one of *known* that *text* is, if it is nothing else."""
    code = _ALONE.fullmatch(text) if known else None
    return code[1] if code and code[1] in known else ""


def apart(known: Collection[str], bubble: str) -> Sequence[str]:
    """*bubble* with its first reaction before its words; faces that are not *known* are left out.

    Where nobody reacts nothing is done.
    """
    if not known or not _CODE.search(bubble):
        return [bubble]
    faces = [found for one in _CODE.finditer(bubble) if (found := face(one[1])) in known]
    return [*(f"[react {one}]" for one in faces[:1]), *filter(None, [unreacted(bubble)])]


def unreacted(text: str) -> str:
    """*text* without its reactions."""
    return _CODE.sub("", text).strip()


def faces(text: str) -> str:
    """*text* with each reaction as its face, for places that know no reactions."""
    return _CODE.sub(r"\1", text)


def offered(known: Sequence[str]) -> str:
    """The line that tells a model which there are; empty where there are none."""
    if not known:
        return ""
    return (
        f"You can react to the message you answer: [react {known[0]}], with one of"
        f" {' '.join(known)}. Alone it is an answer without words; seldom do so."
    )
