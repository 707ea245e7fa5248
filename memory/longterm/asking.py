"""A question to memory: what is asked, and what it was said after."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from memory.longterm.words import asked, tokens

_SHORT: Final = 4
"""Fewer words than that mean little without what was said before."""

_END: Final = 60
"""So many characters of it: what somebody takes up stands at its end, and all of it takes long."""

_CUT: Final = re.compile(r"^[a-z0-9'\u00c0-\u024f]+", re.IGNORECASE)

_NODS: Final = re.compile(
    r"(?:ok(?:ay)?|yes|no|yep|yeah|nope|sure|thanks?|thank you|thx|lol|haha+|hm+|cool|nice|great"
    r"|bye|good ?(?:night|morning)|hi|hello|hey"
    r"|好[的吧啊呀]?|嗯+|哦+|噢+|哈+|对|是的?|不是|谢谢[你您]?|晚安|早安?|你好|拜拜|行|可以"
    r"|うん|はい|いいえ|ええ|そう(?:だね|ですね)?|なるほど|ありがとう(?:ございます)?|おやすみ|おはよう"
    r"|こんにちは|こんばんは|わかった|了解|笑+|w+)"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody called *by* said *text*, at that time, and *before* it stood another line.

    *anyway*: something is wanted though nothing fits. *since*: what was said there from then on
    stands before everybody's eyes, and is not remembered.
    """

    text: str
    before: str = ""
    at: datetime = field(kw_only=True)
    anyway: bool = False
    by: str = ""
    since: datetime | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether it calls for no memory: a nod, a greeting, a picture."""
        bare = re.sub(r"[\W_]+", " ", self.text).strip().lower()
        return (not tokens(bare) and not bare) or _NODS.fullmatch(bare) is not None

    @property
    def whole(self) -> str:
        """What is looked for: a short one is understood by what stood before it."""
        if self.before and len(asked(self.text)) < _SHORT:
            return f"{_end(self.before)}\n{self.text}"
        return self.text


def _end(line: str) -> str:
    """The last words of *line*; a word of letters that is cut is left out."""
    return line if len(line) <= _END else _CUT.sub("", line[-_END:])
