"""A voice for Japanese that hums as long as what it is told."""

import numpy as np


def tts(text: str) -> tuple[object, int]:
    """The sound of *text*, as numbers of 16 bits, and its rate."""
    return 9_000 * np.sin(np.arange(4_800 * len(text)) / 9), 48_000
