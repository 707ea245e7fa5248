"""Who answers where no model is set up: it says what it is, and repeats what it heard."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from anima.model import Prompt
from backend.scripted import PIECE, Scripted
from persona.language import guess
from persona.late import NOW

_EXCUSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": "I have no model behind me yet: I'm only a scripted stand-in and can repeat what you"
        " say: “{heard}”.",
        "zh": "我背后还没有接上模型，现在只是照着脚本说话的替身，只能重复你的话：“{heard}”。",
        "ja": "まだモデルにつながっていません。今は台本どおりに話す代役で、"
        "あなたの言葉を繰り返すことしかできません：「{heard}」。",
    }
)

_MARK: Final = re.compile(r"^\u2039[^\u2039\u203a]*\u203a ?", re.MULTILINE)
"""The prompt's own marks, such as a speaker's name; what people write holds none of these."""


class StandIn(Scripted):
    """A script of one line, in the language of the last thing said."""

    def __init__(self, *, piece: int = PIECE) -> None:
        super().__init__(excuse, piece=piece)


def excuse(prompt: Prompt) -> str:
    """That there is no model yet, and what was heard."""
    said = heard(prompt)
    return _EXCUSES.get(guess(said), _EXCUSES["en"]).format(heard=said)


def heard(prompt: Prompt) -> str:
    """The last thing a person said, without what the prompt tells the model around it."""
    said = [message.content for message in prompt if message.role == "user"]
    before, mark, after = (said[-1] if said else "").rpartition(NOW)
    words = after.partition("\n")[2] if mark else before + after
    return _MARK.sub("", words.strip())
