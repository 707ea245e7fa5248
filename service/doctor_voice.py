"""The doctor at the voice and the ear: a word is said aloud, listened to, and a sample judged."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from anima.errors import (
    AnimaError,
    ConfigError,
    HearingUnavailable,
    Inaudible,
    Unavailable,
    VoiceUnavailable,
)
from anima.ports import Clock
from anima.sound import Manner
from persona.card import load
from persona.timbre import Timbre
from service.doctor_house import Unheard
from service.findings import Finding, Part, off, ok, wrong
from service.settings import Settings
from service.shipped import found
from service.voices import engine_of, hearing_of, manner_of, silent
from voice import opus, sample
from voice.booths import Booths
from voice.pcm import of_made
from voice.remote import Remote
from voice.riff import wav
from voice.speech_process import SpeechProcess

SPOKEN: Final = "One, two, three."
UNTIL: Final = "until then answers are written"
PATIENCE_S: Final = 9.0
"""Less than the doctor gives a part, so that the reason is told by who knows it."""


def voices(settings: Settings, clock: Clock) -> list[Part]:
    """The parts that speak and hear."""
    return [
        Part("voice", Speaking(settings, clock), "see whether the model is still being loaded"),
        Part("voice sample", partial(recording, settings), "put the recording on a quicker disk"),
        Part("hearing", partial(hearing, settings), "raise hearing.late_s"),
    ]


@dataclass(frozen=True, slots=True)
class Speaking:
    """Has the engine say a few words."""

    settings: Settings
    clock: Clock

    async def __call__(self) -> Sequence[Finding]:
        """One line."""
        voice = self.settings.voice
        if voice.mode == "off":
            return [off("voice", "answers are written")]
        if reason := silent(voice):
            if "kind" in voice.model_fields_set:
                return [wrong("voice", reason, f'{UNTIL}; voice.mode = "off" says that is meant')]
            return [off("voice", f"{reason}; {UNTIL}")]
        try:
            return [await self._said()]
        except VoiceUnavailable as error:
            return [wrong("voice", str(error), f"{UNTIL}; {_advice(voice.kind)}")]

    async def _said(self) -> Finding:
        voice = self.settings.voice
        booths = Booths(1, 1, PATIENCE_S, VoiceUnavailable)
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(booths)
            start = partial(SpeechProcess, clock=self.clock, witness=Unheard())
            engine = await engine_of(voice, booths, stack, start, self.settings.data)
            async with booths.booth():
                name = ""
                if isinstance(engine, Remote):
                    name = f"{(await engine.facts()).get('name', '')}; "
                manner = manner_of(voice, await asyncio.to_thread(_timbre, self.settings), "en")
                began = self.clock.elapsed()
                sound = await engine.say(SPOKEN, manner)
                note = await booths.thread(lambda: opus.note(sound))
                took_s = self.clock.elapsed() - began
        says = f"{name}says {note.duration_s:.1f} s in {took_s:.1f} s, {len(note.ogg)} bytes"
        stand_in = "a stand-in for a voice of its own" if voice.kind == "builtin" else ""
        return ok("voice", says, stand_in)


async def recording(settings: Settings) -> Sequence[Finding]:
    """Whether the recording to clone is good enough, and who agreed to it."""
    timbre = await asyncio.to_thread(_timbre, settings)
    manner = manner_of(settings.voice, timbre, "")
    if settings.voice.mode == "off" or manner.sample is None:
        return [off("voice sample", "there is none, so no voice is cloned")]
    hint = "" if settings.voice.kind == "coqui" else f"{settings.voice.kind} does not clone it"
    return [await asyncio.to_thread(judged, manner, timbre, hint)]


def judged(manner: Manner, timbre: Timbre, hint: str = "") -> Finding:
    """What the recording in *manner* is like."""
    place = manner.sample or Path()
    try:
        one = sample.examine(place)
    except Inaudible as error:
        return wrong("voice sample", f"{place}: {error}", "record it again, as WAV")
    except Unavailable as error:
        return off("voice sample", f"cannot be judged: {error}")
    if faults := tuple(one.faults()):
        return wrong("voice sample", f"{place}: {faults[0]}", "; ".join((*faults[1:], str(one))))
    consent = "" if timbre.consent else '[voice] consent = "who agreed, when" is missing'
    return ok("voice sample", str(one), hint, consent)


async def hearing(settings: Settings) -> Sequence[Finding]:
    """Whether what listens answers."""
    ear = settings.hearing
    if ear.kind == "off":
        return [off("hearing", "voice notes are not understood")]
    if opus.missing():
        return [wrong("hearing", opus.MISSING, 'or set hearing.kind = "off"')]
    try:
        async with hearing_of(ear) as listener:
            if listener is not None:
                await listener.transcribe(await asyncio.to_thread(_hum), "audio/wav", "en")
    except HearingUnavailable as error:
        advice = "put right hearing.base_url, hearing.api_key or hearing.model"
        return [wrong("hearing", str(error), advice)]
    except AnimaError:
        return [wrong("hearing", "it refuses a plain sound", "name another model")]
    return [ok("hearing", f"{ear.kind} listens")]


def _timbre(settings: Settings) -> Timbre:
    try:
        return load(found(settings.persona)).voice
    except ConfigError:  # another part tells of that
        return Timbre()


def _hum() -> bytes:
    """A second of a tone: nobody could take it for words, and no server for silence."""
    import numpy as np  # noqa: PLC0415  # only those who hear wait for it

    return wav(of_made(0.2 * np.sin(np.arange(16_000) / 9), 16_000))


def _advice(kind: str) -> str:
    if kind == "openai":
        return "put right voice.base_url, voice.api_key, voice.model or voice.voice"
    if kind == "coqui":
        return "see docs/voice.md for the Python and the model that it needs"
    return "install the extra voice-builtin again"
