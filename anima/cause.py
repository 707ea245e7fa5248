"""The line from which an impulse comes, as if it had just been heard."""

from anima.impulse import Impulse
from anima.model import Heard, Speaker


def cause(impulse: Impulse) -> Heard:
    """What brings to mind all that belongs to *impulse*, said by whom it is for."""
    platform, _, name = impulse.address.partition(":")
    speaker = Speaker(platform, name, impulse.name, impulse.language)
    return Heard(
        0, speaker, impulse.words, impulse.at, impulse.at, message="", tongue=impulse.tongue
    )
