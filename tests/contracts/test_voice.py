"""What every voice and every ear promises, whatever engine is behind it."""

import asyncio
import io
from collections.abc import AsyncIterator

import av
import pytest

from anima.errors import Inaudible, Unspeakable
from anima.ports import Hearing, Voice
from anima.sound import LONGEST_WAVE, Manner
from tests.contracts.voices import EARS, VOICES
from tests.far_side.tones import sung, understood
from voice import opus
from voice.pcm import silence
from voice.riff import wav

SAID = [
    pytest.param("Hello you.", "en", "Hello you.", id="en"),
    pytest.param("*waves* It is 3:30 pm 😊", "en", "It is three thirty PM", id="en for the eye"),
    pytest.param("（笑）12%喔[微笑]", "zh", "百分之十二喔", id="zh"),
    pytest.param("2026年だね（笑）", "ja", "二千二十六年だね", id="ja"),
]


@pytest.fixture(params=VOICES)
async def voice(request: pytest.FixtureRequest) -> AsyncIterator[Voice]:
    """Each voice in turn."""
    async with VOICES[request.param]() as made:
        yield made


@pytest.fixture(params=EARS)
async def ear(request: pytest.FixtureRequest) -> AsyncIterator[Hearing]:
    """Each ear in turn."""
    async with EARS[request.param]() as made:
        yield made


@pytest.mark.slow
@pytest.mark.parametrize(("text", "language", "words"), SAID)
async def test_a_note_says_the_words_alone(
    voice: Voice, text: str, language: str, words: str
) -> None:
    """What is heard in a note is the text as people read it, without what is for the eye."""
    note = await voice.speak(text, Manner(language))

    assert words == understood(opus.heard(note.ogg))


async def test_a_note_is_one_that_platforms_take(voice: Voice) -> None:
    """OGG with Opus in one channel of 48 kHz, under 1 MB, as long as it says."""
    note = await voice.speak("Hello there.", Manner("en"))

    with av.open(io.BytesIO(note.ogg)) as opened:
        stream = opened.streams.audio[0]
        form = (opened.format.name, stream.codec_context.name, stream.rate, stream.channels)
        lasts_s = sum(frame.samples for frame in opened.decode(stream)) / 48_000
    assert ("ogg", "opus", 48_000, 1) == form
    assert note.ogg.startswith(b"OggS")
    assert len(note.ogg) < 1_000_000
    assert note.duration_s == pytest.approx(lasts_s, abs=0.03)


async def test_a_note_has_its_picture(voice: Voice) -> None:
    """At most 256 levels of a byte each, the loudest as high as can be."""
    note = await voice.speak("Hello there.", Manner("en"))

    assert 0 < len(note.waveform) <= LONGEST_WAVE
    assert max(note.waveform) == 255


@pytest.mark.parametrize(
    "text", ["😊", "*smiles*", "（笑）", "```\nx = 1\n```", "https://a.b/c", "…"]
)
async def test_what_is_for_the_eye_is_not_said(voice: Voice, text: str) -> None:
    """A text without words is refused, so that it is written."""
    with pytest.raises(Unspeakable):
        await voice.speak(text, Manner())


async def test_what_is_far_too_long_is_not_said(voice: Voice) -> None:
    """A text that no note could hold is refused before anybody is asked."""
    with pytest.raises(Unspeakable):
        await voice.speak("word " * 3000, Manner("en"))


async def test_several_speak_at_once(voice: Voice) -> None:
    """Each gets the note of its own text."""
    texts = ["One.", "Two.", "Three.", "Four."]

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(voice.speak(text, Manner("en"))) for text in texts]

    heard = [understood(opus.heard(task.result().ogg)) for task in tasks]
    assert texts == heard


@pytest.mark.parametrize("form", ["wav", "ogg"])
async def test_what_is_said_is_understood(ear: Hearing, form: str) -> None:
    """The words of a sound come back, with its length and language."""
    sound = sung("Good morning!")
    sent = opus.note(sound).ogg if form == "ogg" else wav(sound)

    found = await ear.transcribe(sent, "audio/whatever", "en")

    assert ("Good morning!", "en") == (found.text, found.language)
    assert sound.duration_s == pytest.approx(found.duration_s, abs=0.05)


@pytest.mark.parametrize(
    "sound",
    [
        b"",
        b"no sound at all",
        b"OggS and then nothing",
        wav(silence(2, 16_000)),
        b"#EXTM3U\nfile:///x",
    ],
    ids=["empty", "a text", "broken", "silent", "a list of files"],
)
async def test_what_nobody_could_understand_is_refused(ear: Hearing, sound: bytes) -> None:
    """Empty, broken and silent sounds are told apart from those that are merely unclear."""
    with pytest.raises(Inaudible):
        await ear.transcribe(sound, "audio/ogg", "en")
