"""A voice message on Discord is understood and answered by one, through the whole service."""

import base64
from pathlib import Path
from typing import Any

import pytest

from anima.errors import VoiceUnavailable
from tests.far_side.discord import Discord, Person
from tests.jump import JumpClock
from tests.sounds import NOTE, Ear, Throat
from tests.test_service_discord import far_sides, living

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

VOICE = 1 << 13
SOUND = b"OggS somebody speaks"
WORDS = {"en": "How are you today?", "zh": "你今天怎么样？", "ja": "今日はどうですか？"}
ANSWER = {"en": "Fine, thank you!", "zh": "我很好，谢谢你！", "ja": "元気だよ、ありがとう！"}


def speaks(far: Discord, who: Person) -> None:
    """Somebody sends the bot a voice message."""
    told = {"duration_secs": 3.0, "waveform": "AAAA"}
    far.says(who, far.dm(who), attachments={"voice-message.ogg": SOUND}, told=told, flags=VOICE)


def sound(far: Discord, file: Any) -> bytes:
    """What lies behind a *file* of a message."""
    return far.world.files["/attachments" + file["url"].partition("/attachments")[2].split("?")[0]]


@pytest.mark.parametrize("language", WORDS)
async def test_a_voice_is_understood_and_answered_by_a_voice(
    language: str, tmp_path: Path, clock: JumpClock
) -> None:
    """With its length and its levels; the words reach the model and stay in the ledger."""
    throat, ear = Throat(), Ear({SOUND: WORDS[language]})
    async with far_sides(clock) as (far, model):
        model.otherwise = ANSWER[language]
        ann = far.person("Ann")
        async with living(tmp_path, far, model, clock, mouth=throat, ear=ear) as inside:
            speaks(far, ann)
            await inside.gets(ann)
            await inside.house.attendant.rested()

        (sent,) = far.sent
        (file,) = sent.raw["attachments"]
        assert (VOICE, f"OggS {ANSWER[language]}") == (
            sent.raw["flags"] & VOICE,
            sound(far, file).decode(),
        )
        assert (len(ANSWER[language]) / 10, NOTE.waveform) == (
            file["duration_secs"],
            base64.b64decode(file["waveform"]),
        )
    assert f"[voice message] {WORDS[language]}" in str(model.requests[-1].body["messages"])


async def test_a_voice_that_is_away_leaves_the_words(tmp_path: Path, clock: JumpClock) -> None:
    """Nobody waits for a note that does not come."""
    throat = Throat(faults=[VoiceUnavailable("no room")])
    async with far_sides(clock) as (far, model):
        model.otherwise = ANSWER["en"]
        ann = far.person("Ann")
        ear = Ear({SOUND: WORDS["en"]})
        async with living(tmp_path, far, model, clock, mouth=throat, ear=ear) as inside:
            speaks(far, ann)

            assert [ANSWER["en"]] == await inside.gets(ann)

    assert [()] == [tuple(one.raw["attachments"]) for one in far.sent]
