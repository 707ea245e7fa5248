"""By which language's rules a sentence is read."""

import re
from typing import Final

from persona.facts.chinese import CHINESE
from persona.facts.english import ENGLISH
from persona.facts.japanese import JAPANESE
from persona.facts.rule import Tongue

_KANA: Final = re.compile(r"[ぁ-ゖァ-ヺ]")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")


def tongue_of(sentence: str, spoken: str) -> Tongue:
    """By its letters; where they leave it open, by what is *spoken* around it."""
    if _KANA.search(sentence):
        return JAPANESE
    if _HAN.search(sentence):
        return JAPANESE if spoken == "ja" else CHINESE
    return ENGLISH
