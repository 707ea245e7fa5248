"""A recording to clone: what it is like, and what the owner is told of it."""

import io
import shutil
from pathlib import Path

import numpy as np
import pytest

from anima.errors import Inaudible
from anima.sound import Manner
from persona.card import load
from persona.timbre import Timbre
from service.doctor_voice import judged
from service.persona_check import check
from service.settings_voice import Voice
from service.shipped import found
from service.voices import manner_of
from voice.pcm import of_levels
from voice.riff import wav
from voice.sample import examine, measured

RATE = 24_000


def speech(seconds: float, level: float = 0.2, noise: float = 0.0005) -> np.ndarray:
    """Something that is loud and silent in turn, as speech is."""
    at = np.arange(round(seconds * RATE)) / RATE
    loud = np.sin(2 * np.pi * 180 * at) * (np.sin(2 * np.pi * 1.3 * at) > -0.3)
    made = loud * level + np.random.default_rng(2).normal(size=at.size) * noise
    return made.astype(np.float32)


@pytest.mark.parametrize(
    ("levels", "fault"),
    [
        (speech(3), "too short"),
        (speech(40), "too long"),
        (speech(10, 0.008, 0.00001), "too soft"),
        (speech(10, 3.0), "too loud"),
        (speech(10, 0.2, 0.05), "noise"),
    ],
)
def test_each_fault_is_told(levels: np.ndarray, fault: str) -> None:
    """Length, level, clipping and noise; with what to do about it."""
    lines = list(measured(of_levels(levels, RATE)).faults())

    assert any(fault in line for line in lines), lines


def test_a_good_one_has_no_faults(tmp_path: Path) -> None:
    """Ten seconds in a quiet room."""
    file = tmp_path / "voice.wav"
    file.write_bytes(wav(of_levels(speech(10), RATE)))

    one = examine(file)

    assert [] == list(one.faults())
    assert str(one).startswith("10.0 s, ")


def test_two_channels_are_told() -> None:
    """One is enough."""
    two = list(measured(of_levels(speech(10), RATE), 2).faults())

    assert ["it has 2 channels; one is enough, and two may not agree"] == two


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    """A file that is not there, and one that is no sound."""
    (tmp_path / "voice.wav").write_text("hello")

    with pytest.raises(Inaudible, match="cannot be read"):
        examine(tmp_path / "nowhere.wav")
    with pytest.raises(Inaudible, match="no sound"):
        examine(tmp_path / "voice.wav")


def persona(folder: Path, levels: np.ndarray, table: str = "") -> Path:
    """The shipped persona with a recording and a table of its own."""
    place = Path(shutil.copytree(found(Path("personas/kokoro")), folder / "kokoro"))
    (place / "voice.wav").write_bytes(wav(of_levels(levels, RATE)))
    settings = place / "persona.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + table, encoding="utf-8")
    return place


def test_a_persona_has_the_recording_in_its_folder(tmp_path: Path) -> None:
    """With its consent, its name for engines, and whether somebody alive has that voice."""
    table = '\n[voice]\nname = "nova"\nconsent = "Ann, May 2026"\nliving = true\n'
    place = persona(tmp_path, speech(10), table)

    voice = load(place).voice

    assert Timbre("nova", place / "voice.wav", "Ann, May 2026", living=True) == voice


def test_a_persona_without_a_recording_has_the_engines_voice() -> None:
    """As the shipped one."""
    assert Timbre() == load(found(Path("personas/kokoro"))).voice


def test_the_check_tells_of_a_recording(tmp_path: Path) -> None:
    """What is wrong with it, and that nobody's consent is noted."""
    told = io.StringIO()

    code = check(persona(tmp_path, speech(3)), told)

    assert 0 == code
    assert "hint  voice.wav: 3.0 s is too short" in told.getvalue()
    assert "hint  [voice] consent is missing" in told.getvalue()


def test_the_check_tells_of_no_sound(tmp_path: Path) -> None:
    """A file that only has the name of one."""
    place = persona(tmp_path, speech(3), '\n[voice]\nconsent = "Ann"\n')
    (place / "voice.wav").write_bytes(b"x")
    told = io.StringIO()

    check(place, told)

    assert "hint  voice.wav: it is no sound that we know" in told.getvalue()
    assert "consent" not in told.getvalue()


@pytest.mark.parametrize(
    ("levels", "consent", "line"),
    [
        (speech(10), "Ann", "ok    voice sample: 10.0 s"),
        (speech(10), "", "consent"),
        (speech(3), "Ann", "WRONG voice sample"),
    ],
)
def test_the_doctor_judges_it(tmp_path: Path, levels: np.ndarray, consent: str, line: str) -> None:
    """In one line, with what to do."""
    file = tmp_path / "voice.wav"
    file.write_bytes(wav(of_levels(levels, RATE)))

    finding = judged(Manner(sample=file), Timbre(consent=consent))

    assert line in str(finding)


def test_the_doctor_hears_no_sound(tmp_path: Path) -> None:
    """A broken file is wrong."""
    (tmp_path / "voice.wav").write_bytes(b"x")

    finding = judged(Manner(sample=tmp_path / "voice.wav"), Timbre())

    assert str(finding).startswith("WRONG voice sample")


def test_settings_and_persona_say_together_how_it_sounds(tmp_path: Path) -> None:
    """The owner's recording comes first, and the voice of the living is marked."""
    own, theirs = tmp_path / "own.wav", tmp_path / "voice.wav"
    living = Timbre("nova", theirs, "Ann", living=True)

    assert Manner("zh", theirs, "nova", marked=True) == manner_of(Voice(), living, "zh")
    assert Manner("", own, "nova") == manner_of(Voice(sample=str(own), mark="off"), living, "")
    assert Manner("", None, "x", marked=True) == manner_of(
        Voice(voice="x", mark="always"), Timbre(), ""
    )
