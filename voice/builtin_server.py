"""`python -m voice.builtin_server`: small free voices, in a process of their own.

English is hibari's, Japanese is Open JTalk's, Chinese is Kokoro's. Each is there if its packages
are; all are stand-ins for a voice of one's own.
"""

import importlib
import importlib.util
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from voice import kokoro
from voice.pcm import Pcm, of_made
from voice.speech_http import Speaks, Unable
from voice.speech_server import parser, run

BROKEN: Final = (
    *(ArithmeticError, AttributeError, ImportError, LookupError, OSError, RuntimeError),
    *(TypeError, ValueError),
)

Speak = Callable[[str], Pcm]


@cache
def heart() -> Any:
    """The voice for English, which says how words sound, too."""
    hibari: Any = importlib.import_module("hibari")
    return hibari.Hibari("heart")  # the others would be fetched from the network


def _english() -> Speak:
    engine = heart()

    def speak(text: str) -> Pcm:
        return of_made(engine(text, seed=0), int(engine.sample_rate))

    return speak


def _japanese() -> Speak:
    jtalk: Any = importlib.import_module("pyopenjtalk")

    def speak(text: str) -> Pcm:
        levels, rate = jtalk.tts(text)
        return of_made(levels / 32768, int(rate))

    return speak


def _chinese() -> Speak:
    def sounds(word: str) -> str:
        return " ".join(heart().phonemize(word)).rstrip(".")

    return kokoro.Kokoro(sounds)


_MEI: Final = "Open JTalk's Mei (CC BY 3.0, MMDAgent Project)"

PACKAGES: Final[Mapping[str, tuple[Sequence[str], str, Callable[[], Speak]]]] = MappingProxyType(
    {
        "en": (("hibari",), "hibari's heart (Apache-2.0)", _english),
        "ja": (("pyopenjtalk",), _MEI, _japanese),
        "zh": (("hibari", *kokoro.MODULES), kokoro.CREDIT, _chinese),
    }
)
LIMITS: Final[Mapping[str, int]] = MappingProxyType({"en": 300, "ja": 120, "zh": 70})


class Builtin:
    """All voices whose packages are installed; each is loaded when it first speaks."""

    def __init__(self) -> None:
        self._here = tuple(code for code, (names, _, _) in PACKAGES.items() if _has(names))
        self._loaded: dict[str, Speak] = {}
        if not self._here:
            raise Unable(missing())

    def facts(self) -> Mapping[str, object]:
        return {
            "name": ", ".join(f"{code}: {PACKAGES[code][1]}" for code in self._here),
            "languages": list(self._here),
            "limits": dict(LIMITS),
            "clones": False,
        }

    def speak(self, text: str, language: str, voice: Path | str) -> Pcm:
        del voice  # there is one for each language
        if language not in self._here:
            raise Unable(f"no voice of ours speaks {language!r}")
        try:
            if language not in self._loaded:
                self._loaded[language] = PACKAGES[language][2]()
            return self._loaded[language](text)
        except BROKEN as error:
            raise Unable(f"the voice failed: {type(error).__name__}") from error


def missing() -> str:
    """What to do where no voice is installed; nothing where one is."""
    if any(_has(names) for names, _, _ in PACKAGES.values()):
        return ""
    return "no voice is installed; pip install 'anima[voice-builtin]' brings three"


def _has(modules: Sequence[str]) -> bool:
    return all(importlib.util.find_spec(one) is not None for one in modules)


def main(words: Sequence[str] | None = None) -> int:
    """Serve until standard input ends."""
    asked = parser("voice.builtin_server", __doc__).parse_args(words)

    def load() -> Speaks:
        return Builtin()

    return run(asked, load)


if __name__ == "__main__":
    sys.exit(main())
