"""`python -m voice.coqui_server`: coqui-tts in a process of its own, best beside a GPU.

It needs the extra `coqui` in its own Python, and is told so by `voice.python` or `voice.base_url`.
XTTS v2 is licensed for non-commercial use alone (CPML); `--licence agreed` says that you agree, and
nothing is fetched before.
"""

import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from voice.pcm import Pcm, of_made
from voice.speech_http import Speaks, Unable
from voice.speech_server import parser, run

XTTS: Final = "tts_models/multilingual/multi-dataset/xtts_v2"

LIMITS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "en": 250, "de": 253, "fr": 273, "es": 239, "it": 213, "pt": 203, "pl": 224, "zh": 82,
        "ar": 166, "cs": 186, "ru": 182, "nl": 251, "tr": 226, "ja": 71, "hu": 224, "ko": 95,
        "hi": 150,
    }
)  # fmt: skip
"""How many characters XTTS says at once; of more it loses the end."""

CODES: Final[Mapping[str, str]] = MappingProxyType({"zh": "zh-cn"})
BROKEN: Final = (
    *(ArithmeticError, AssertionError, AttributeError, ImportError, LookupError, MemoryError),
    *(OSError, RuntimeError, TypeError, ValueError, NotImplementedError),
)
"""What a model raises that cannot say something."""


class Coqui:
    """A model of coqui-tts, loaded."""

    def __init__(self, model: str, device: str, rate: int = 24_000) -> None:
        self._name = model
        self._tts = _loaded(model, device)
        self._rate = int(getattr(self._tts.synthesizer, "output_sample_rate", rate))
        self._languages = tuple(self._tts.languages or ())

    def facts(self) -> Mapping[str, object]:
        return {
            "name": f"coqui {Path(self._name).name}",
            "languages": [code.partition("-")[0] for code in self._languages] or ["*"],
            "limits": dict(LIMITS),
            "clones": True,
        }

    def speak(self, text: str, language: str, voice: Path | str) -> Pcm:
        told: dict[str, object] = {}
        code = CODES.get(language, language)
        if self._languages:
            if code not in self._languages:
                raise Unable(f"the model does not speak {language!r}")
            told["language"] = code
        told |= {"speaker_wav": str(voice)} if isinstance(voice, Path) else {}
        told |= {"speaker": voice} if isinstance(voice, str) and voice else {}
        if self._languages and not told.keys() & {"speaker", "speaker_wav"}:
            raise Unable("it has no voice; give it a recording: voice.sample")
        try:
            levels = self._tts.tts(text=text, split_sentences=False, **told)
        except BROKEN as error:
            raise Unable(f"the model failed: {type(error).__name__}") from error
        return of_made(levels, self._rate)


def _loaded(model: str, device: str) -> Any:
    try:
        api: Any = importlib.import_module("TTS.api")
        if (Path(model) / "config.json").is_file():
            tts = api.TTS(model_path=model, config_path=str(Path(model) / "config.json"))
        else:
            tts = api.TTS(model_name=model)
        return tts.to(device)
    except ModuleNotFoundError as error:
        raise Unable(f"coqui-tts is not installed in this Python: no {error.name}") from error
    except BROKEN as error:
        raise Unable(f"{model} cannot be loaded: {error}") from error


def main(words: Sequence[str] | None = None) -> int:
    """Serve until standard input ends."""
    known = parser("voice.coqui_server", __doc__)
    known.add_argument("--model", default=XTTS, help="a model's name, or its folder")
    known.add_argument("--device", default="cpu", help="cpu, cuda, mps")
    known.add_argument("--licence", default="", help="agreed: you agree to the model's licence")
    asked = known.parse_args(words)
    if asked.model == XTTS and asked.licence != "agreed":
        sys.stderr.write(
            "XTTS v2 is for non-commercial use (https://coqui.ai/cpml); to agree, set voice.licence"
            ' = "agreed" or say --licence agreed\n'
        )
        return 2
    if asked.licence == "agreed":
        os.environ["COQUI_TOS_AGREED"] = "1"  # so the package does not ask a terminal

    def load() -> Speaks:
        return Coqui(asked.model, asked.device)

    return run(asked, load)


if __name__ == "__main__":
    sys.exit(main())
