"""What the real engines do with odd words and odd sounds, and what the doctor says of them."""

from pathlib import Path

import numpy as np
import pytest

from anima.clock import SystemClock
from anima.errors import Inaudible, Unspeakable, VoiceUnavailable
from anima.sound import Manner
from service.doctor_voice import voices
from service.settings import Settings
from tests.voices.conftest import People
from voice.pcm import of_made, silence
from voice.riff import wav

pytestmark = pytest.mark.voices


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "The tickets cost $25, see https://example.org 🎫", ("tickets", "25")),
        ("zh", "我用 Python 写了 3 个程序。(笑)", ("我用", "写了")),
        ("ja", "明日の3時に会いましょう！*にっこり*", ("明日", "3時", "会いましょう")),
    ],
)
async def test_odd_words_are_understood(
    language: str, text: str, words: tuple[str, ...], people: People
) -> None:
    """Numbers are read, what is for the eye is left out, and the ear writes it down again."""
    note = await people.mouth.speak(text, Manner(language))

    heard = await people.ear.transcribe(note.ogg, "audio/ogg", language)

    assert all(word in heard.text for word in words), heard.text
    assert not any(word in heard.text for word in ("example", "笑", "にっこり")), heard.text


async def test_the_ear_tells_the_language_by_itself(people: People) -> None:
    """Nobody said which it would be."""
    told = {}
    for language, text in (("en", "Good morning, everybody."), ("zh", "大家早上好。")):
        note = await people.mouth.speak(text, Manner(language))
        told[language] = (await people.ear.transcribe(note.ogg, "audio/ogg")).language

    assert {"en": "en", "zh": "zh"} == told


async def test_noise_is_no_words(people: People) -> None:
    """Neither a hum nor a hiss is taken for what engines like to invent."""
    hiss = 0.02 * np.random.default_rng(5).normal(size=48_000)
    hum = 0.2 * np.sin(np.arange(48_000) / 9)

    for levels in (hiss, hum):
        heard = await people.ear.transcribe(wav(of_made(levels, 16_000)), "audio/wav", "en")
        assert not heard.text

    with pytest.raises(Inaudible):
        await people.ear.transcribe(wav(silence(2, 16_000)), "audio/wav", "en")


async def test_what_cannot_be_said(people: People) -> None:
    """Nothing but faces, and a language that none of the voices speaks."""
    with pytest.raises(Unspeakable):
        await people.mouth.speak("🙂🙂", Manner("zh"))
    with pytest.raises(VoiceUnavailable, match="speaks 'de'"):
        await people.mouth.speak("Guten Tag.", Manner("de"))


async def test_the_doctor_hears_them(weights: Path) -> None:
    """Each by what it is."""
    tables = {
        "voice": {"kind": "builtin"},
        "hearing": {"kind": "whisper", "model": str(weights)},
    }
    parts = voices(Settings.model_validate(tables), SystemClock())

    speaking, _, listening = [str(one) for part in parts for one in await part.examine()]

    assert speaking.startswith("ok    voice: en: hibari's heart (Apache-2.0), ")
    assert "zh: Kokoro's tebukuro (Apache-2.0)" in speaking
    assert speaking.endswith("a stand-in for a voice of its own")
    assert listening == "ok    hearing: whisper listens"
