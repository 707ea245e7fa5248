"""The mood of a persona in one conversation: moved a little by each turn, and drifting back.

Nothing that is said can hold it down or up: each turn moves it by at most `STEP`, it never gets
farther than `REACH` from where it rests, and two days of silence leave nothing of it.
"""

from collections.abc import Sequence
from datetime import datetime
from math import isfinite
from typing import Final

from anima.bonds import Mood
from anima.model import Line
from persona.feeling import Feeling, feeling
from persona.nature import Nature, Trait

STEP: Final = 0.2
"""By so much one turn moves pleasure or energy at most, whatever is said and how often."""
REACH: Final = 0.6
"""So far from the baseline pleasure and energy are at most."""

_READ: Final = 30
"""Lines of a turn that are read, its last ones."""
_OURS: Final = 0.3
_OTHERS: Final = 0.4
_GAIN: Final = 0.25
_STEADY, _RESTLESS = 0.5, 1.0  # shares of step and reach at the ends of neuroticism
_SHORT_H, _LONG_H = 2.0, 6.0  # half-lives at the ends of neuroticism
_MIDDLE: Final = 50
_HOUR_S: Final = 3600


def baseline(nature: Nature) -> Feeling:
    """Where the mood of such a *nature* rests; without traits in the middle of everything."""
    return Feeling(
        pleasure=0.3 * _beyond(nature, "agreeableness") - 0.1 * _beyond(nature, "neuroticism"),
        energy=0.4 * _beyond(nature, "extraversion"),
    )


def drifted(mood: Mood | None, at: datetime, nature: Nature) -> Mood:
    """*mood* as it is by then, half of its swing gone every few hours; `None`: it is at rest."""
    rest = baseline(nature)
    if mood is None:
        return Mood(rest.pleasure, rest.energy, at)
    hours = max(0.0, (at - mood.at).total_seconds() / _HOUR_S)
    left = 0.5 ** (hours / _between(_SHORT_H, _LONG_H, nature))
    return Mood(
        rest.pleasure + left * _swing(mood.pleasure - rest.pleasure, nature),
        rest.energy + left * _swing(mood.energy - rest.energy, nature),
        at,
    )


def moved(mood: Mood | None, turn: Sequence[Line], at: datetime, nature: Nature) -> Mood:
    """*mood* after the lines of one *turn*; ours count less, and in a group what others say."""
    now, rest, felt = drifted(mood, at, nature), baseline(nature), _felt(turn)
    return Mood(
        rest.pleasure + _swing(now.pleasure - rest.pleasure + _step(felt.pleasure, nature), nature),
        rest.energy + _swing(now.energy - rest.energy + _step(felt.energy, nature), nature),
        at,
    )


def _felt(turn: Sequence[Line]) -> Feeling:
    """How the lines of *turn* feel on the whole; a few that weigh little do not weigh much."""
    weighed = [(_weight(line), feeling(line.text)) for line in turn[-_READ:]]
    whole = max(1.0, sum(weight for weight, _ in weighed))
    return Feeling(
        sum(weight * one.pleasure for weight, one in weighed) / whole,
        sum(weight * one.energy for weight, one in weighed) / whole,
    )


def _weight(line: Line) -> float:
    if line.speaker is None:
        return _OURS
    return 1.0 if line.addressed else _OTHERS


def _step(felt: float, nature: Nature) -> float:
    most = STEP * _between(_STEADY, _RESTLESS, nature)
    return max(-most, min(most, _GAIN * _between(_STEADY, _RESTLESS, nature) * felt))


def _swing(away: float, nature: Nature) -> float:
    """*away* from the baseline as far as this nature goes; what is no number is no swing."""
    most = REACH * _between(_STEADY, _RESTLESS, nature)
    return max(-most, min(most, away)) if isfinite(away) else 0.0


def _between(calm: float, restless: float, nature: Nature) -> float:
    """What holds for this nature between the ends of neuroticism."""
    share = (1 + _beyond(nature, "neuroticism")) / 2
    return calm + share * (restless - calm)


def _beyond(nature: Nature, trait: Trait) -> float:
    """How far a trait is beyond the middle, from -1 to 1."""
    return max(-1.0, min(1.0, nature.traits.get(trait, _MIDDLE) / _MIDDLE - 1))
