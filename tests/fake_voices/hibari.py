"""A voice for English that hums as long as what it is told."""

import numpy as np

loaded: list[str] = []


class Hibari:
    """A loaded voice."""

    sample_rate = 24_000

    def __init__(self, voice: str) -> None:
        loaded.append(voice)

    def __call__(self, text: str, seed: int) -> object:
        """The sound of *text*."""
        if "boom" in text:
            raise RuntimeError("index out of range in self")
        assert seed == 0
        return 0.3 * np.sin(np.arange(2_400 * len(text)) / 9)
