"""Voice notes: what is made, what is read, and what is refused."""

import io
from fractions import Fraction
from typing import Any

import av
import numpy as np
import pytest

from anima.errors import Inaudible, VoiceUnavailable
from anima.sound import LONGEST_WAVE
from tests.far_side.tones import sung, understood
from voice import opus
from voice.pcm import Pcm, joined, of_levels, of_made, silence
from voice.riff import wav
from voice.shape import EDGE_S, marked, trimmed, waveform

RATE = 24_000


def noise(seconds: float, level: float = 0.1) -> Pcm:
    """What is hard to pack."""
    made = np.random.default_rng(1).normal(size=round(seconds * RATE)) * level
    return of_levels(made.astype(np.float32), RATE)


def written(form: str, codec: str, sound: Pcm) -> bytes:
    """*sound* as other programs send it."""
    file = io.BytesIO()
    with av.open(file, "w", format=form) as opened:
        stream: Any = opened.add_stream(codec, rate=48_000, layout="stereo")
        shaper = av.AudioResampler(format=stream.format.name, layout="stereo", rate=48_000)
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(sound.samples) // 2)
        frame.sample_rate = sound.rate
        frame.time_base = Fraction(1, sound.rate)
        frame.planes[0].update(sound.samples.ljust(frame.planes[0].buffer_size, b"\0"))
        fifo = av.AudioFifo()
        for shaped in (*shaper.resample(frame), *shaper.resample(None)):
            shaped.pts = None
            fifo.write(shaped)
        while chunk := fifo.read(stream.frame_size or 960, partial=True):
            opened.mux(stream.encode(chunk))
        opened.mux(stream.encode(None))
    return file.getvalue()


@pytest.mark.parametrize(
    ("form", "codec"),
    [
        ("ogg", "libopus"),
        ("webm", "libopus"),
        ("mp4", "aac"),
        ("mp3", "libmp3lame"),
        ("wav", "pcm_s16le"),
    ],
)
def test_what_phones_send_is_read(form: str, codec: str) -> None:
    """OGG, WebM, MP4, MP3 and WAV become one channel of 16 kHz, with all that was said."""
    heard = opus.heard(written(form, codec, sung("read me")))

    assert opus.HEARD_RATE == heard.rate
    assert "read me" in understood(heard)


def test_a_recording_says_how_many_channels_it_has() -> None:
    """Two, where it is stereo."""
    assert 2 == opus.channels(written("wav", "pcm_s16le", sung("x")))
    assert 1 == opus.channels(wav(sung("x")))


def test_a_note_is_as_long_as_its_sound() -> None:
    """Its duration is the real one, and its words survive."""
    sound = sung("a note of some length")

    note = opus.note(sound)

    assert note.duration_s == pytest.approx(sound.duration_s, abs=0.001)
    assert "a note of some length" == understood(opus.heard(note.ogg))


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [200, 400])
def test_a_long_note_stays_under_a_megabyte(seconds: float) -> None:
    """The longer it is, the fewer bits a second it gets."""
    note = opus.note(noise(seconds))

    assert len(note.ogg) < opus.MOST_BYTES
    assert seconds == pytest.approx(note.duration_s, abs=0.001)
    assert LONGEST_WAVE == len(note.waveform)


@pytest.mark.parametrize(
    ("sound", "reason"),
    [
        (Pcm(b"", RATE), "no sound at all"),
        (silence(0.05, RATE), "no sound at all"),
        (silence(3, RATE), "silence"),
        (noise(3, 0.0001), "silence"),
        (silence(1200, 8000), "silence"),
        (
            joined([sung("x", 8000), of_levels(np.full(9_000_000, 0.3, np.float32), 8000)]),
            "too long",
        ),
    ],
    ids=["empty", "a click", "silent", "nearly silent", "long and silent", "too long"],
)
def test_no_note_is_made_of_nothing(sound: Pcm, reason: str) -> None:
    """An engine that made no speech, or an hour of it, is as good as away."""
    with pytest.raises(VoiceUnavailable, match=reason):
        opus.note(sound)


@pytest.mark.parametrize(
    "sound",
    [
        *(b"", b"OggS", b"\0" * 4000, b"<html>502</html>", wav(silence(1, RATE))),
        *(wav(sung("x"))[:40], b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n"),
        b"ffconcat version 1.0\nfile '/etc/hostname'\n",
        b"\xff" * 4000,
    ],
)
def test_what_is_no_sound_is_refused(sound: bytes) -> None:
    """Nothing but known forms is opened: lists that name files or hosts are none."""
    with pytest.raises(Inaudible):
        opus.heard(sound)


def test_a_note_cut_short_is_read_as_far_as_it_goes() -> None:
    """A download that broke off has half of the words."""
    whole = opus.note(sung("x" * 60)).ogg

    heard = opus.heard(whole[: len(whole) // 2])

    assert 0.2 < heard.duration_s < sung("x" * 60).duration_s


def test_a_trap_is_left_early() -> None:
    """Hours of sound in a small file are not unpacked."""
    with pytest.raises(Inaudible, match="longer than 2 s"):
        opus.heard(opus.note(noise(4)).ogg, longest_s=2)


def test_a_picture_follows_the_sound() -> None:
    """Ten levels a second, loud where it is loud."""
    sound = joined([silence(1, RATE), sung("a" * 12), silence(1, RATE)])

    levels = waveform(sound)

    assert round(sound.duration_s * 10) == len(levels)
    assert max(levels[:8]) < 10
    assert levels[len(levels) // 2] > 200


def test_quiet_is_cut_from_the_edges() -> None:
    """Little of it stays, and nothing of the words goes."""
    sound = sung("edges")

    cut = trimmed(joined([silence(0.7, RATE), sound, silence(0.9, RATE)]))

    assert cut.duration_s == pytest.approx(sound.duration_s + 2 * EDGE_S, abs=0.01)
    assert silence(1, RATE) == trimmed(silence(1, RATE))


def test_what_is_too_loud_is_turned_down() -> None:
    """So loud that it would crackle becomes as loud as can be."""
    loud = of_levels(np.sin(np.arange(RATE) / 9).astype(np.float32) * 3, RATE)

    assert 0.95 < float(np.abs(trimmed(loud).levels()).max()) < 0.98


def test_a_mark_is_heard_after_the_words() -> None:
    """Two soft tones, and the words as they were."""
    sound = sung("words")

    note = marked(sound)

    assert note.samples.startswith(sound.samples)
    assert 0.2 < note.duration_s - sound.duration_s < 0.5


def test_numbers_that_are_none_are_silence() -> None:
    """What an engine could not compute makes no noise."""
    assert of_made([[float("nan")], [float("inf")], [2.0]], 8000).samples == b"\0\0\0\0\xff\x7f"
