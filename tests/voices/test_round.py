"""Somebody speaks, is heard, and is answered aloud: run with -s to read what came of it.

The speech is the builtin voice's, the ear faster-whisper's, the avatar the real process between a
Bot API server or a Discord and a model server.
"""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Final

import pytest

from anima.sound import Manner
from tests.far_side.botapi import BotApi
from tests.far_side.discord import Discord
from tests.far_side.model import ModelServer
from tests.living import TOKEN, Living, Nursery, quick
from tests.test_service_discord_voice import VOICE, sound
from tests.voices.conftest import People
from voice import opus
from voice.ear import Ear
from voice.pcm import SILENT_DB

pytestmark = pytest.mark.voices

ALIKE: Final = 0.8
"""So much of what was said an ear of that size hears right."""

LATE_S: Final = 120
ASKED: Final = {
    "en": "Hello there, how was your day at the lake?",
    "zh": "你好，今天在湖边过得怎么样？",
    "ja": "こんにちは、今日の天気はどうですか？",
}
ANSWER: Final = {
    "en": "It was wonderful, thank you. We drank some tea.",
    "zh": "今天心情特别好，我们喝了一杯茶。",
    "ja": "とてもいい天気ですよ。一緒に散歩しましょう。",
}


def heard(model: ModelServer) -> str:
    """What the model was told that somebody said."""
    return str(model.requests[-1].body["messages"][-1]["content"]).rpartition("[voice message] ")[2]


def alike(one: str, other: str) -> float:
    """How much of the letters of both is the same."""
    bare = (re.sub(r"[\W_]", "", text).casefold() for text in (one, other))
    return SequenceMatcher(None, *bare).ratio()


@asynccontextmanager
async def avatar(
    folder: Path, born: Nursery, platform: str, model: ModelServer, weights: Path
) -> AsyncIterator[Living]:
    """The process on *platform*, that speaks and listens."""
    more = f"""
[voice]
kind = "builtin"
late_s = {LATE_S}

[hearing]
kind = "whisper"
model = "{weights}"
late_s = {LATE_S}
"""
    anima = Living(folder, born, quick(platform, model.url, more=more)).start()
    try:
        yield anima
    finally:
        anima.kill()
        print(anima.log)  # noqa: T201 - shown when the test fails


async def judged(note: bytes, language: str, ear: Ear, model: ModelServer) -> None:
    """What the avatar heard, and what somebody hears of its *note*."""
    sound = opus.heard(note)
    understood = await ear.transcribe(note, "audio/ogg", language)
    head = note[note.index(b"OpusHead") :][:19]
    print(  # noqa: T201 - to be read with -s
        f"{language}: heard {heard(model)!r}; answered {understood.text!r}:"
        f" {head[:8].decode()} version {head[8]}, {head[9]} channel,"
        f" {int.from_bytes(head[12:16], 'little')} Hz, {sound.duration_s:.2f} s,"
        f" {sound.loudness_db:.1f} dB, {len(note)} bytes"
    )
    assert note.startswith(b"OggS")
    assert (1, 48_000) == (head[9], int.from_bytes(head[12:16], "little"))
    assert alike(ASKED[language], heard(model)) > ALIKE
    assert alike(ANSWER[language], understood.text) > ALIKE
    assert sound.loudness_db > SILENT_DB + 20


@pytest.mark.parametrize("language", ASKED)
async def test_a_voice_on_telegram(
    language: str, tmp_path: Path, born: Nursery, people: People
) -> None:
    """A voice message in, a voice message out, in the language of who spoke."""
    spoken = await people.mouth.speak(ASKED[language], Manner(language))
    async with BotApi() as telegram, ModelServer() as model:
        model.otherwise = answering(language)
        platform = f'[telegram]\ntoken = "{TOKEN}"\napi_base = "{telegram.url}"\n'
        async with avatar(tmp_path, born, platform, model, people.weights):
            ann = telegram.person(language=language)
            file = telegram.keeps(spoken.ogg, "voice.oga")
            voice = file | {"duration": round(spoken.duration_s), "mime_type": "audio/ogg"}
            telegram.says(ann, ann, voice=voice)
            sent = await telegram.until(lambda: (telegram.sent or [None])[0], timeout=LATE_S)

    assert "voice" == sent.kind
    await judged(telegram.content(sent), language, people.ear, model)


@pytest.mark.parametrize("language", ASKED)
async def test_a_voice_on_discord(
    language: str, tmp_path: Path, born: Nursery, people: People
) -> None:
    """The same with its flag, its length and its levels."""
    spoken = await people.mouth.speak(ASKED[language], Manner(language))
    async with Discord() as far, ModelServer() as model:
        model.otherwise = answering(language)
        platform = f'[discord]\ntoken = "{far.token}"\napi_base = "{far.api}"\n'
        async with avatar(tmp_path, born, platform, model, people.weights):
            await far.sees(lambda: far.connected, timeout=LATE_S)
            ann = far.person("Ann")
            told = {"duration_secs": spoken.duration_s, "waveform": "AAAA"}
            note = {"voice-message.ogg": spoken.ogg}
            far.says(ann, far.dm(ann), attachments=note, told=told, flags=VOICE)
            sent = await far.sees(lambda: (far.sent or [None])[0], timeout=LATE_S)

        (file,) = sent.raw["attachments"]
        content = sound(far, file)
    assert sent.raw["flags"] & VOICE
    assert abs(file["duration_secs"] - opus.heard(content).duration_s) < 0.1
    await judged(content, language, people.ear, model)


def answering(language: str) -> Callable[[Any], str]:
    """The answer in *language*, whatever is asked."""
    return lambda _body: ANSWER[language]
