"""A model that sings what it is told, and tells by its pitch whose voice it clones."""

import math
import os
from pathlib import Path
from types import SimpleNamespace

STEP_S, LOW_HZ, APART_HZ, LEVEL, RATE = 0.04, 600.0, 150.0, 0.4, 24_000


class TTS:
    """A loaded model."""

    languages = ("en", "zh-cn", "ja")

    def __init__(self, model_name: str = "", model_path: str = "", config_path: str = "") -> None:
        if model_name == "broken":
            raise RuntimeError("weights are damaged")
        if "xtts" in model_name and os.environ.get("COQUI_TOS_AGREED") != "1":
            raise OSError("the terms of service are not agreed to")
        print("loading", model_name, model_path, config_path)  # noqa: T201  # so does the real one
        self.synthesizer = SimpleNamespace(output_sample_rate=RATE)

    def to(self, _device: str) -> "TTS":
        """There is one device."""
        return self

    def tts(
        self, text: str, speaker_wav: str = "", language: str = "", **_more: object
    ) -> list[float]:
        """The tones of *text*."""
        if language not in self.languages:
            raise AssertionError(f"{language!r} is not supported")
        if "boom" in text:
            raise RuntimeError("index out of range in self")
        if "hush" in text:
            return [0.0] * RATE
        print("speaking")  # noqa: T201  # so does the real one
        level = LEVEL / 2 if speaker_wav and Path(speaker_wav).stat().st_size else LEVEL
        halves = [half for byte in text.encode() for half in (byte >> 4, byte & 15)]
        steps = round(STEP_S * RATE)
        turn = 2 * math.pi / RATE
        return [
            level * math.sin(turn * (LOW_HZ + APART_HZ * half) * at)
            for half in halves
            for at in range(steps)
        ]
