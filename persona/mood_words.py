"""A mood in a few words, for the prompt's late block; nothing where there is nothing to tell."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from anima.bonds import Mood
from persona.mood import baseline
from persona.nature import Nature

_SLIGHT: Final = 0.09
"""So near to where it rests nobody would notice."""
_STRONG: Final = 0.24

_WORDS: Final[Mapping[tuple[int, int], tuple[str, str]]] = MappingProxyType(
    {
        (1, 1): ("a little brighter and livelier than usual", "bright, lively and full of energy"),
        (1, 0): ("a little happier than usual", "happy, and warm inside"),
        (1, -1): ("content and calm", "deeply content, and in no hurry at all"),
        (0, 1): ("a little restless", "stirred up and wide awake"),
        (0, -1): ("calm and a little tired", "tired and quiet"),
        (-1, 1): ("a little on edge", "upset and on edge"),
        (-1, 0): ("a little low", "low, as if something weighs on you"),
        (-1, -1): ("a little low and tired", "low, tired and quiet"),
    }
)
"""By the signs of pleasure and energy beyond the baseline: slightly, and strongly."""


def felt(mood: Mood, nature: Nature) -> str:
    """What *mood* is beyond the rest of such a *nature*, in English; empty: nothing to speak of."""
    rest = baseline(nature)
    away = (mood.pleasure - rest.pleasure, mood.energy - rest.energy)
    pair = _WORDS.get((_sign(away[0]), _sign(away[1])))
    if pair is None:
        return ""
    return pair[max(map(abs, away)) >= _STRONG]


def _sign(away: float) -> int:
    return (away > _SLIGHT) - (away < -_SLIGHT)
