"""Hearing by faster-whisper, in this process's own threads, from a folder on this machine."""

import importlib
import importlib.util
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from anima.errors import HearingUnavailable
from anima.sound import Understood
from voice.booths import Booths
from voice.clear import Segment, clear
from voice.pcm import Pcm

MISSING: Final = "faster-whisper is not installed; pip install 'anima[whisper]' brings it"

MODEL_FILE: Final = "model.bin"

THREADS: Final = 2
"""More would take the processor from those who only write."""

PROMPTS: Final[Mapping[str, str]] = MappingProxyType(
    {"zh": "以下是普通话的句子。", "ja": "以下は日本語の会話です。"}
)
"""Without this Chinese comes in traditional characters, and neither has marks between sentences."""

BROKEN: Final = (
    ArithmeticError,
    ImportError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


def missing(folder: str) -> str:
    """What to do where it cannot listen; nothing where it can."""
    if not importlib.util.find_spec("faster_whisper"):
        return MISSING
    if not (Path(folder) / MODEL_FILE).is_file():
        return f"{folder or 'the folder'} holds no {MODEL_FILE} of faster-whisper; name its folder"
    return ""


def load(folder: str) -> Any:
    """The model in *folder*; nothing is fetched."""
    if reason := missing(folder):
        raise HearingUnavailable(reason)
    try:
        faster_whisper: Any = importlib.import_module("faster_whisper")
        return faster_whisper.WhisperModel(
            folder, device="auto", compute_type="int8", cpu_threads=THREADS, local_files_only=True
        )
    except BROKEN as error:
        raise HearingUnavailable(f"{folder} cannot be loaded: {type(error).__name__}") from error


class Whisper:
    """The port `Listener` over what *loading* gives, which is loaded once, when it is needed."""

    def __init__(self, loading: Callable[[], Any], booths: Booths) -> None:
        self._loading = loading
        self._booths = booths
        self._model: Any = None
        self._turn = threading.Lock()

    async def listen(self, sound: Pcm, language: str) -> Understood:
        return await self._booths.thread(lambda: self._listen(sound, language))

    def _listen(self, sound: Pcm, language: str) -> Understood:
        with self._turn:
            if self._model is None:
                self._model = self._loading()
            try:
                found, told = self._model.transcribe(
                    sound.levels(),
                    language=language or None,
                    initial_prompt=PROMPTS.get(language),
                    condition_on_previous_text=False,
                    beam_size=1,
                    vad_filter=False,
                )
                segments = tuple(_segment(one) for one in found)
            except BROKEN as error:
                raise HearingUnavailable(f"it failed: {type(error).__name__}") from error
        return Understood(clear(segments), str(told.language), sound.duration_s)


def _segment(one: Any) -> Segment:
    return Segment(one.text, one.no_speech_prob, one.avg_logprob, one.compression_ratio)
