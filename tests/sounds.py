"""Fakes for all that is spoken and heard: no engine, no far side, and notes that can be told."""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from anima.model import Attachment, Conversation, Heard, Said
from anima.sound import Manner, Understood, VoiceNote
from anima.steps import Transcribed
from tests.cast import Phone
from voice.builtin_server import PACKAGES


def without_voices(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of the small voices is installed for the while of a test."""
    for names, _, _ in PACKAGES.values():
        for name in names:
            monkeypatch.setitem(sys.modules, name, None)


NOTE = VoiceNote(b"OggS a note", 2.5, bytes([0, 128, 255]))
VOICE = Attachment("voice", "AwAC-1", "audio/ogg", 900, 3.0)


@dataclass
class Throat:
    """The port `Voice`: says anything as *NOTE*, after *takes_s*, or raises what comes next."""

    faults: list[Exception | None] = field(default_factory=list)
    takes_s: float = 0
    spoken: list[str] = field(default_factory=list)
    manners: list[Manner] = field(default_factory=list)
    rest: str = ""

    async def speak(self, text: str, manner: Manner) -> VoiceNote:
        self.spoken.append(text)
        self.manners.append(manner)
        await asyncio.sleep(self.takes_s)
        if self.faults and (fault := self.faults.pop(0)):
            raise fault
        return VoiceNote(b"OggS " + text.encode(), len(text) / 10, NOTE.waveform, self.rest)


@dataclass
class Ear:
    """The port `Hearing`: understands *words* by the bytes of a sound, or raises what it finds."""

    words: Mapping[bytes, str | Exception] = field(default_factory=dict)
    takes_s: float = 0
    asked: list[tuple[str, str]] = field(default_factory=list)

    async def transcribe(self, sound: bytes, mime: str, language: str = "") -> Understood:
        self.asked.append((mime, language))
        await asyncio.sleep(self.takes_s)
        found = self.words[sound]
        if isinstance(found, Exception):
            raise found
        return Understood(found, language, 3.0)


@dataclass
class Secretary:
    """The port `Hears`: understands what it has *words* for, by the message's id."""

    words: Mapping[int, str]
    takes_s: float = 0
    listened: list[int] = field(default_factory=list)

    def audible(self, heard: Sequence[Heard]) -> Sequence[Heard]:
        return [one for one in heard if any(_fresh(each) for each in one.attachments)]

    async def listen(
        self, conversation: Conversation, heard: Sequence[Heard]
    ) -> Sequence[Transcribed]:
        del conversation
        self.listened += [one.id for one in heard]
        await asyncio.sleep(self.takes_s)
        things = (Attachment("voice", "AwAC-1", "audio/ogg", 900, 3.0, sound="clear"),)
        return [
            Transcribed(one.id, one.text, f"{one.text} {self.words[one.id]}", things)
            for one in heard
            if one.id in self.words
        ]


def _fresh(thing: Attachment) -> bool:
    return thing.speech and not thing.sound


@dataclass
class Studio:
    """The port `Notes`: makes a note of anything but what is *mute*, after *takes_s*."""

    mute: frozenset[str] = frozenset()
    takes_s: float = 0
    made: list[str] = field(default_factory=list)
    manners: list[Manner] = field(default_factory=list)

    async def note(self, said: Said, text: str, manner: Manner) -> VoiceNote | None:
        del said
        self.made.append(text)
        self.manners.append(manner)
        await asyncio.sleep(self.takes_s)
        return None if text in self.mute else VoiceNote(text.encode(), 1.0, b"\x01")


@dataclass
class Handset(Phone):
    """A `Channel` that `Speaks`, but where it is *deaf*."""

    deaf: bool = False
    recorded_at: list[float] = field(default_factory=list)

    @property
    def heard(self) -> list[str]:
        """Everything that was sent, notes as `♪ words`."""
        return [
            f"♪ {text}" if beside.note else text
            for text, beside in zip(self.texts, self.besides, strict=True)
        ]

    def speaks_in(self, conversation: Conversation) -> bool:
        del conversation
        return not self.deaf

    async def recording(self, conversation: Conversation) -> None:
        del conversation
        self.recorded_at.append(self.clock.elapsed())
