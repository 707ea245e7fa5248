"""Signs of how somebody writes, countable without a model: faces, emoji, codes, politeness."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

EMOJI: Final = re.compile(
    "[\U0001f000-\U0001faff\u231a\u231b\u23e9-\u23f3\u2614\u2615\u2648-\u2653\u26a1\u26bd"
    "\u26c4\u2705\u2728\u274c\u2753-\u2757\u2764\u2b50]|[\u2194-\u27bf]\ufe0f"
)
KAOMOJI: Final = re.compile(
    r"[(（][^()（）\n]{0,12}?[\^´`▽∀≧≦＾￣･｡ﾟωɷ◕╥╯︵╰●◍ᴗ][^()（）\n]{0,12}[)）]"
    r"|\^[_ｰ-]?\^|\bT[_▽]T\b|>[_.]<|\b(?:QAQ|QwQ|QWQ|TAT|orz|Orz|OTZ)\b|;_;|=_=|-_-"
)
CODE: Final = re.compile(
    r"\[[\u3400-\u9fff]{1,5}\]|\[(?!\d|x\]|X\])[A-Z][A-Za-z !！-]{1,12}\](?!\()"
)
SIGNS: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {"emoji": EMOJI, "kaomoji": KAOMOJI, "emotes": CODE}
)
"""The kinds that a card has a habit of."""

THOUGHT: Final = re.compile(r"</?(?:think|thinking|thought)>", re.IGNORECASE)
"""What nobody is to see of how a model came to its words."""

_SENTENCE: Final = re.compile(r"[。！？!?\n♪~～…]+")
_LETTER: Final = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
_JUDGED: Final = 4  # letters; what is shorter is a sound and neither polite nor plain
_POLITE: Final = re.compile(
    r"(?:です|ます|でした|ました|ません|ませんでした|ましょう|でしょう|ください|くださいませ"
    r"|ございます|なさい)(?:[かねよわがしのぞ]|けど|けれど|から|って|もの|かな|よね|のに)*"
    r"(?:[、,]\s*\w{1,6})?\W*\Z"  # whom it is said to may follow
)


def politeness(text: str) -> tuple[int, int]:
    """How many sentences of the Japanese *text* end politely, and of how many."""
    sentences = [one for one in _SENTENCE.split(text) if len(_LETTER.findall(one)) >= _JUDGED]
    return sum(bool(_POLITE.search(one)) for one in sentences), len(sentences)
