"""The small voices that come in packages, over fakes of these; tests/voices has the real ones."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sounds import without_voices
from voice.builtin_server import Builtin, heart
from voice.speech_http import Unable

FAKES = Path(__file__).parent / "fake_voices"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Those for English and Japanese are, that for Chinese is not."""
    without_voices(monkeypatch)
    for name in ("hibari", "pyopenjtalk"):
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(str(FAKES))
    heart.cache_clear()
    yield
    heart.cache_clear()
    for name in ("hibari", "pyopenjtalk"):
        sys.modules.pop(name, None)


@pytest.mark.usefixtures("installed")
def test_each_language_has_its_voice() -> None:
    """It is loaded once, and tells whose it is."""
    voices = Builtin()

    lasting = [voices.speak("four", code, "").duration_s for code in ("en", "ja", "en")]

    assert lasting == pytest.approx([0.4, 0.4, 0.4])
    assert ["heart"] == sys.modules["hibari"].loaded
    assert ["en", "ja"] == voices.facts()["languages"]
    assert "Open JTalk's Mei (CC BY 3.0" in str(voices.facts()["name"])


@pytest.mark.usefixtures("installed")
def test_their_sound_is_neither_cut_nor_faint() -> None:
    """Numbers of 16 bits become the same as numbers between -1 and 1."""
    voices = Builtin()

    assert all(-16 < voices.speak("four", code, "").loudness_db < -10 for code in ("en", "ja"))


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("language", "text", "reason"),
    [
        ("zh", "你好", "no voice of ours speaks 'zh'"),
        ("en", "boom", "the voice failed: RuntimeError"),
    ],
)
def test_what_cannot_be_said_is_told(language: str, text: str, reason: str) -> None:
    """And the next one is said."""
    voices = Builtin()

    with pytest.raises(Unable, match=reason):
        voices.speak(text, language, "")
    assert voices.speak("four", "en", "").samples


def test_without_any_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what brings them."""
    without_voices(monkeypatch)

    with pytest.raises(Unable, match="voice-builtin"):
        Builtin()
