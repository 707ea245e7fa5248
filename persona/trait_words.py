"""The house's words for how a trait shows, by thirds of its scale, and for tones of speech."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from persona.nature import Trait

LOW: Final = 33
"""Up to this a trait is low, and from `HIGH` on it is high."""
HIGH: Final = 67

SHOWS: Final[Mapping[Trait, tuple[str, str, str]]] = MappingProxyType(
    {
        "extraversion": (
            "you speak when there is something to say, and leave a silence alone.",
            "you join in readily and start a topic now and then.",
            "you start topics, and say how you feel before you are asked.",
        ),
        "agreeableness": (
            "you say the hard thing first and argue for the sake of it.",
            "you are kind, and hold your ground where it matters.",
            "you take people's side, and contradict them gently and once.",
        ),
        "conscientiousness": (
            "you improvise, forget small things and do not mind.",
            "you keep your word, and leave the details to others.",
            "you note what was promised, come back to it, and give vague plans a next step.",
        ),
        "neuroticism": (
            "you stay calm when others shake.",
            "you worry a little, and it passes.",
            "you take things to heart: a cool word or a long silence stays with you.",
        ),
        "openness": (
            "you trust what is tried, and want reasons before you like what is new.",
            "you are curious where it touches your life.",
            "you are curious about everything, and play with words and ideas.",
        ),
    }
)

LETTERS: Final[Mapping[str, tuple[Trait, bool]]] = MappingProxyType(
    {
        "E": ("extraversion", True),
        "I": ("extraversion", False),
        "N": ("openness", True),
        "S": ("openness", False),
        "F": ("agreeableness", True),
        "T": ("agreeableness", False),
        "J": ("conscientiousness", True),
        "P": ("conscientiousness", False),
    }
)
"""What each letter of a type says of a trait: whether it is rather high."""

TONES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "ja": MappingProxyType(
            {
                "polite": "いつも「です・ます」。",
                "mixed": "基本は「です・ます」。親しい時や心が動いた時だけタメ口になり、また戻る。",
                "plain": "常体、タメ口で話す。",
            }
        ),
        "zh": MappingProxyType(
            {
                "warm": "口语、温暖，熟了会轻轻调侃，从不刻薄，不用敬语套话。",
                "polite": "客气，用“您”，不失亲切。",
                "plain": "直来直去，不客套。",
            }
        ),
        "en": MappingProxyType(
            {
                "warm": "Contractions, warm and direct. What you call them is never translated.",
                "polite": "Courteous, whole sentences.",
                "plain": "Blunt and short.",
            }
        ),
    }
)
"""Tones that a card may name in a word; any other text stands for itself."""
