"""Voice notes as platforms take them, and any sound they bring, by PyAV."""

import importlib
import importlib.util
import io
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from anima.errors import Inaudible, Unavailable, VoiceUnavailable
from anima.sound import VoiceNote
from voice.pcm import SILENT_DB, Pcm, joined
from voice.shape import waveform

MISSING: Final = "PyAV is not installed; pip install 'anima[voice]' brings it"

MOST_BYTES: Final = 1_000_000
"""Above 1 MB Telegram delivers a file instead of a voice bubble."""

RATE: Final = 48_000
HEARD_RATE: Final = 16_000
"""What all engines of hearing want."""

BEST_BITS: Final = 32_000
LEAST_BITS: Final = 8_000
"""Below this speech is hard to follow."""

LONGEST_S: Final = 3600.0
"""Whoever sends more than that sends no voice note, but a trap."""

_SHARE: Final = 0.85  # the rest is for pages of OGG and for what varies
_SHORTEST_S: Final = 0.1
_EXTRA: Final[Mapping[str, str]] = MappingProxyType(
    {"application": "voip", "vbr": "on", "frame_duration": "20", "compression_level": "5"}
)
"""Level 10 takes 15 to 20 ms of processor time a second of sound, this one 13 to 15."""

_FORMS: Final = (
    (0, b"OggS", "ogg"),
    (4, b"ftyp", "mov"),
    (0, b"\x1a\x45\xdf\xa3", "matroska"),
    (0, b"RIFF", "wav"),
    (0, b"fLaC", "flac"),
    (0, b"ID3", "mp3"),
    (0, b"\xff\xf1", "aac"),
    (0, b"\xff\xf9", "aac"),
    (0, b"\xff", "mp3"),
)
"""How sounds begin. Others are not tried: some are lists that name files and hosts to be read."""


def missing() -> str:
    """What to do where no note can be made; nothing where one can."""
    return "" if importlib.util.find_spec("av") else MISSING


def note(sound: Pcm, rest: str = "") -> VoiceNote:
    """*sound* as a voice note. It takes a while: call it in a thread.

    Raises `VoiceUnavailable` for what has no sound, or is too long for a note.
    """
    if missing():
        raise VoiceUnavailable(MISSING)
    if sound.duration_s < _SHORTEST_S:
        raise VoiceUnavailable("the engine made no sound at all")
    if sound.loudness_db < SILENT_DB:
        raise VoiceUnavailable("the engine made nothing but silence")
    bits = min(BEST_BITS, int(MOST_BYTES * 8 * _SHARE / sound.duration_s))
    if bits < LEAST_BITS:
        raise VoiceUnavailable(f"{sound.duration_s:.0f} s are too long for a voice note")
    ogg = _encoded(sound, bits)
    if len(ogg) >= MOST_BYTES:
        raise VoiceUnavailable(f"a note of {len(ogg)} bytes is too large")
    return VoiceNote(ogg, round(sound.duration_s, 3), waveform(sound), rest)


def heard(sound: bytes, rate: int = HEARD_RATE, longest_s: float = LONGEST_S) -> Pcm:
    """What *sound* holds, whatever its form: ogg, mp4, webm, mp3, wav. Call it in a thread.

    Raises `Inaudible` for what is broken, empty, silent or longer than *longest_s*, and
    `Unavailable` where PyAV is missing.
    """
    if missing():
        raise Unavailable(MISSING)
    av: Any = importlib.import_module("av")
    try:
        found = joined((Pcm(b"", rate), *_decoded(av, sound, rate, longest_s)))
    except (av.FFmpegError, ValueError, IndexError, EOFError) as error:
        raise Inaudible("it is no sound that we know, or broken") from error
    if found.duration_s < _SHORTEST_S:
        raise Inaudible("it is empty")
    if found.loudness_db < SILENT_DB:
        raise Inaudible("it is silent")
    return found


def channels(sound: bytes) -> int:
    """How many channels *sound* has."""
    av: Any = importlib.import_module("av")
    with av.open(io.BytesIO(sound), format=_form(sound), metadata_errors="ignore") as opened:
        return int(opened.streams.audio[0].codec_context.channels)


def _encoded(sound: Pcm, bits: int) -> bytes:
    av: Any = importlib.import_module("av")  # an extra of 100 MB, loaded when it is needed
    written = io.BytesIO()
    with av.open(written, "w", format="ogg") as opened:
        stream = opened.add_stream("libopus", rate=RATE, layout="mono", options=dict(_EXTRA))
        stream.bit_rate = bits
        shaper = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        for frame in (*shaper.resample(_frame(av, sound)), *shaper.resample(None)):
            opened.mux(stream.encode(frame))
        opened.mux(stream.encode(None))
    return written.getvalue()


def _frame(av: Any, sound: Pcm) -> Any:
    samples = len(sound.samples) // 2
    frame = av.AudioFrame(format="s16", layout="mono", samples=samples)
    frame.sample_rate = sound.rate
    # a plane is a little longer than what it holds
    frame.planes[0].update(sound.samples.ljust(frame.planes[0].buffer_size, b"\0"))
    return frame


def _decoded(av: Any, sound: bytes, rate: int, longest_s: float) -> Iterator[Pcm]:
    shaper = av.AudioResampler(format="s16", layout="mono", rate=rate)
    passed_s = 0.0
    with av.open(io.BytesIO(sound), format=_form(sound), metadata_errors="ignore") as opened:
        if not opened.streams.audio:
            raise Inaudible("there is no sound in it")
        for frame in opened.decode(audio=0):
            for shaped in shaper.resample(frame):
                passed_s += shaped.samples / rate
                if passed_s > longest_s:
                    raise Inaudible(f"it is longer than {longest_s:g} s")
                yield _pcm(shaped, rate)
        for shaped in shaper.resample(None):
            yield _pcm(shaped, rate)


def _form(sound: bytes) -> str:
    for at, sign, form in _FORMS:
        if sound.startswith(sign, at):
            return form
    raise Inaudible("it is no sound that we know")


def _pcm(frame: Any, rate: int) -> Pcm:
    return Pcm(bytes(frame.planes[0])[: frame.samples * 2], rate)
