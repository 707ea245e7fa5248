"""How fast the house is, and how fast who speaks in it types."""

from anima.pace import Pace
from persona.nature import Rhythm
from service.settings import Settings


def pace_of(settings: Settings, rhythm: Rhythm | None = None) -> Pace:
    """The pace of the house, or that of somebody whose card has a *rhythm* of its own."""
    usual, own = Pace(), rhythm or Rhythm()
    return Pace(
        linger_s=settings.pace.linger_s,
        typing=settings.pace.typing,
        drain_s=settings.pace.drain_s,
        max_age_s=settings.limits.max_age_s,
        conversations=settings.limits.conversations,
        pause_s=usual.pause_s if own.pause_s is None else own.pause_s,
        per_second=usual.per_second if own.per_second is None else own.per_second,
        own=not (own.per_second is None and own.pause_s is None),
    )
