"""What is said aloud and what is heard, as values."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

LONGEST_WAVE: Final = 256
"""The levels that a platform takes to draw a note by."""


Voicing = Literal["off", "mirror", "always"]
"""When somebody is answered aloud: never, when they spoke themselves, or always."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How something is said: in which *language* (`en`, `zh`, `ja`; empty: as the words look).

    Whose voice it is says the recording *sample*, or a *voice* by the engine's name; with neither
    the engine has its own. *marked*: a short sound at its end tells that nobody spoke.
    """

    language: str = ""
    sample: Path | None = None
    voice: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class VoiceNote:
    """One piece of sound: OGG with Opus, mono, 48 kHz, under 1 MB.

    *waveform* has at most 256 levels of a byte each. *rest* are words that no longer fitted, to be
    written after it.
    """

    ogg: bytes
    duration_s: float
    waveform: bytes
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """What somebody said aloud; *text* is empty where it was not clear enough to answer."""

    text: str
    language: str = ""
    duration_s: float = 0.0
