"""The voices and ears over which the contracts are proven."""

import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final

from anima.errors import HearingUnavailable, VoiceUnavailable
from anima.ports import Hearing, Voice
from tests.backend_fakes import HastyClock, Notes
from tests.far_side.speech import SpeechServer
from tests.far_side.tones import understood
from voice.aloud import Aloud, Bounds
from voice.booths import Booths
from voice.ear import Ear
from voice.line import Line
from voice.openai_hearing import OpenAIHearing
from voice.openai_speech import OpenAISpeech
from voice.pcm import of_made
from voice.remote import Remote
from voice.speech_process import SpeechProcess, command
from voice.whisper import Whisper

LATE_S: Final = 20.0
FAKE_TTS: Final = Path(__file__).parent.parent / "fake_tts"
"""A package `TTS` that sings, in the place of coqui-tts."""


def ears() -> Booths:
    """Where the ears work."""
    return Booths(1, 8, LATE_S, HearingUnavailable)


@asynccontextmanager
async def openai_voice() -> AsyncIterator[Voice]:
    """Any compatible server."""
    async with (
        SpeechServer() as server,
        Booths(2, 8, LATE_S, VoiceUnavailable) as booths,
        Line(server.url, "", VoiceUnavailable, LATE_S) as line,
    ):
        yield Aloud(OpenAISpeech(line, booths, "tts-1"), booths, Bounds())


def singing(folder: Path = FAKE_TTS, *words: str) -> tuple[str, ...]:
    """The server of coqui-tts, in a Python that knows a fake of that package alone."""
    line = command("coqui_server", "--model", str(folder), *words, python=sys.executable)
    return ("env", f"PYTHONPATH={folder}", *(word for word in line if word != "-P"))


@asynccontextmanager
async def coqui_voice() -> AsyncIterator[Voice]:
    """coqui-tts in a process of its own."""
    async with (
        Booths(2, 8, LATE_S, VoiceUnavailable) as booths,
        SpeechProcess(singing(), HastyClock(), Notes()) as process,
        Remote(process, booths, limits={"en": 250, "zh": 82, "ja": 71}, voice="Ana") as remote,
    ):
        yield Aloud(remote, booths, Bounds())


@asynccontextmanager
async def openai_hearing() -> AsyncIterator[Hearing]:
    """Any compatible server."""
    async with (
        SpeechServer() as server,
        ears() as booths,
        Line(server.url, "", HearingUnavailable, LATE_S) as line,
    ):
        yield Ear(OpenAIHearing(line, "whisper-1"), booths)


class Tones:
    """A model of faster-whisper that knows our tones: what it gives has the package's form."""

    def transcribe(self, levels: object, **_told: object) -> tuple[list["Told"], "Told"]:
        """As the package does it."""
        text = understood(of_made(levels, 16_000))
        return [Told(text)], Told("en")


class Told:
    """A segment, and what is told of the whole."""

    def __init__(self, text: str) -> None:
        self.text = self.language = text
        self.no_speech_prob, self.avg_logprob, self.compression_ratio = 0.01, -0.2, 1.0


@asynccontextmanager
async def whisper_hearing() -> AsyncIterator[Hearing]:
    """faster-whisper in this process."""
    async with ears() as booths:
        yield Ear(Whisper(Tones, booths), booths)


VOICES: Final[Mapping[str, Callable[[], AbstractAsyncContextManager[Voice]]]] = MappingProxyType(
    {"openai": openai_voice, "coqui": coqui_voice}
)
EARS: Final[Mapping[str, Callable[[], AbstractAsyncContextManager[Hearing]]]] = MappingProxyType(
    {"openai": openai_hearing, "whisper": whisper_hearing}
)
