"""Shows WeChat's codes, as `[微笑]`, as the faces that people see.

What is remembered keeps the codes, for they are how the persona writes and what it learns from;
only what leaves for a person's eyes is translated, each code by itself and unknown ones not at all.
"""

import re
from typing import Final

from persona.emote_codes import EMOTES
from persona.reactions import faces

_LONGEST: Final = max(map(len, EMOTES))
_KEPT: Final = (
    r"(?P<kept>`{3,}[^`](?s:.*?)(?:`{3,}|\Z)"  # a block of code
    r"|`[^`\n]+`"
    r"|\\\["
    r"|\[[^\[\]\n]*\]\((?=\w+:|[/#.]|www\.)[^)\n]*\))"  # a link, whatever it is called
)
_PIECE: Final = re.compile(
    rf"{_KEPT}|(?P<code>{'|'.join(sorted(map(re.escape, EMOTES), key=len, reverse=True))})"
)
_MAY_BE: Final = frozenset(code[:end] for code in EMOTES for end in range(1, len(code)))


def shown(text: str) -> str:
    """*text* with every known code as its face; code and links stay as they were written."""
    if "[" not in text:
        return text
    return _PIECE.sub(lambda piece: EMOTES[piece[0]] if piece["code"] else piece[0], faces(text))


def begun(text: str) -> str:
    """*text*, which may go on, as far as it can be shown: without a code that is not whole."""
    at = text.rfind("[", -_LONGEST)
    return shown(text[:at] if at >= 0 and text[at:] in _MAY_BE else text)
