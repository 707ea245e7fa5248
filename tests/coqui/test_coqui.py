"""The whole way from words to a note through coqui-tts's own code."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest

from anima.clock import SystemClock
from anima.errors import VoiceUnavailable
from anima.sound import Manner
from tests.backend_fakes import Notes
from tests.far_side.tones import sung
from voice.aloud import Aloud
from voice.booths import Booths
from voice.coqui_server import LIMITS
from voice.remote import Remote
from voice.riff import wav
from voice.speech_process import SpeechProcess, command

pytestmark = pytest.mark.coqui

ROOM: Final = Path(__file__).parent.parent.parent / ".venv-coqui"


@pytest.fixture
async def remote() -> AsyncIterator[Remote]:
    """The tiny model in its process."""
    line = command("coqui_server", "--model", str(ROOM / "tiny"), python=str(ROOM / "bin/python"))
    async with (
        Booths(1, 4, 120, VoiceUnavailable) as booths,
        SpeechProcess(line, SystemClock(), Notes()) as process,
        Remote(process, booths, limits=LIMITS, timeout_s=120) as made,
    ):
        yield made


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A recording of six seconds."""
    file = tmp_path / "voice.wav"
    file.write_bytes(wav(sung("a recording that is long enough to be cloned, more or less")))
    return file


async def test_it_speaks_three_languages_in_a_cloned_voice(remote: Remote, sample: Path) -> None:
    """English, Chinese (which XTTS calls zh-cn) and Japanese, one model for all."""
    async with Booths(1, 4, 120, VoiceUnavailable) as booths:
        aloud = Aloud(remote, booths)
        for language, text in (
            ("en", "Hello there! It is 3:30 pm."),
            ("zh", "你好呀，今天天气很好。"),
            ("ja", "こんにちは、いい天気ですね。"),
        ):
            note = await aloud.speak(text, Manner(language, sample))

            assert note.ogg.startswith(b"OggS")
            assert note.duration_s > 0.3


async def test_it_speaks_in_a_voice_of_its_own(remote: Remote) -> None:
    """One of those that came with the model."""
    assert (await remote.say("Hello there.", Manner("en", voice="Ana"))).duration_s > 0.3


async def test_what_it_does_not_speak_is_told(remote: Remote, sample: Path) -> None:
    """German is not in the tiny one."""
    with pytest.raises(VoiceUnavailable, match="does not speak 'de'"):
        await remote.say("Hallo.", Manner("de", sample))


async def test_it_says_what_it_is(remote: Remote) -> None:
    """Its name, its languages, and that it clones."""
    facts = await remote.facts()

    assert ["en", "ja", "zh"] == sorted(facts["languages"])  # type: ignore[call-overload]
    assert facts["clones"]
