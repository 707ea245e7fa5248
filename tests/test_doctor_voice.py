"""The doctor at the voice and the ear: over a real server, and where something is missing."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from anima.clock import SystemClock
from service.doctor_voice import voices
from service.settings import Settings
from tests.far_side.faults import Fault
from tests.far_side.speech import SpeechServer
from tests.sounds import without_voices

KEY: Final = "sk-of-the-voice"
MUTE: Final = 'until then answers are written; voice.mode = "off" says that is meant'


async def told(**tables: Mapping[str, object]) -> dict[str, str]:
    """What the doctor says of each part."""
    parts = voices(Settings.model_validate(tables), SystemClock())
    lines = [str(finding) for part in parts for finding in await part.examine()]
    return {line[6:].partition(":")[0]: line for line in lines}


async def test_a_server_says_three_words_and_listens() -> None:
    """It says how long that took and how large the note is; the ear takes a plain sound."""
    async with SpeechServer(key=KEY) as server:
        there = {"kind": "openai", "base_url": server.url, "api_key": KEY, "model": "tts-1"}
        lines = await told(voice=there, hearing=there | {"model": "whisper-1"})

    assert lines["voice"].startswith("ok    voice: says ")
    assert lines["voice"].endswith(" bytes")
    assert lines["hearing"] == "ok    hearing: openai listens"
    assert [("One, two, three.", "tts-1")] == [
        (one.body["input"], one.body["model"]) for one in server.requests[:1]
    ]


@pytest.mark.parametrize("part", ["voice", "hearing"])
async def test_a_wrong_key_is_told_and_not_shown(part: str) -> None:
    """With the setting that is to be put right."""
    async with SpeechServer(key="another") as server:
        there = {"kind": "openai", "base_url": server.url, "api_key": KEY, "model": "m"}
        line = (await told(**{part: there}))[part]

    assert line.startswith(f"WRONG {part}: ")
    assert f"{part}.api_key" in line
    assert KEY not in line


async def test_nobody_at_home() -> None:
    """A line each."""
    async with SpeechServer() as server:
        there = {"kind": "openai", "base_url": server.url, "model": "m"}
    lines = await told(voice=there, hearing=there)

    assert lines["voice"].startswith("WRONG voice: ")
    assert "voice.base_url" in lines["voice"]
    assert lines["hearing"].startswith("WRONG hearing: ")
    assert "hearing.base_url" in lines["hearing"]


async def test_an_ear_that_refuses_a_plain_sound() -> None:
    """It cannot be of use for any."""
    async with SpeechServer() as server:
        server.faults.add("transcriptions", Fault.status(400, "no such model"))
        line = (await told(hearing={"kind": "openai", "base_url": server.url, "model": "m"}))[
            "hearing"
        ]

    assert line.startswith("WRONG hearing: ")


async def test_what_is_not_installed_is_wrong_where_it_is_wanted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And off where nobody asked for it."""
    without_voices(monkeypatch)
    brings = "no voice is installed; pip install 'anima[voice-builtin]' brings three"

    assert f"WRONG voice: {brings} — {MUTE}" == (await told(voice={"kind": "builtin"}))["voice"]
    assert f"off   voice: {brings}; until then answers are written" == (await told())["voice"]


async def test_what_is_off_is_told() -> None:
    """Nobody is asked."""
    assert {
        "voice": "off   voice: answers are written",
        "voice sample": "off   voice sample: there is none, so no voice is cloned",
        "hearing": "off   hearing: voice notes are not understood",
    } == await told(voice={"mode": "off"}, hearing={"kind": "off"})


async def test_whisper_wants_its_folder(tmp_path: Path) -> None:
    """What is missing is named, be it the package or the weights."""
    line = (await told(hearing={"kind": "whisper", "model": str(tmp_path)}))["hearing"]

    assert line.startswith("WRONG hearing: ")
    assert "faster-whisper" in line


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "voice.wav"), (b"no sound", "record it again, as WAV")],
    ids=["none", "broken"],
)
async def test_a_recording_that_cannot_be_cloned(
    content: bytes | None, words: str, tmp_path: Path
) -> None:
    """It is told in a line, whatever speaks."""
    file = tmp_path / "voice.wav"
    if content is not None:
        file.write_bytes(content)

    line = (await told(voice={"sample": str(file)}))["voice sample"]

    assert line.startswith("WRONG voice sample: ")
    assert words in line
