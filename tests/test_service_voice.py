"""Voices in and out through the whole service, in three languages, whatever goes wrong."""

from pathlib import Path
from typing import Any

import pytest

from anima.errors import HearingUnavailable, Inaudible, Unspeakable, VoiceUnavailable
from tests.far_side.botapi import Fault, Group, Person
from tests.far_side.botapi.wire import Json
from tests.inside import Inside, living_inside
from tests.sounds import Ear, Throat

pytestmark = [pytest.mark.jumping, pytest.mark.slow]

SOUND = b"OggS somebody speaks"
WORDS = {"en": "How are you today?", "zh": "你今天怎么样？", "ja": "今日はどうですか？"}
ANSWER = {"en": "Fine, thank you!", "zh": "我很好，谢谢你！", "ja": "元気だよ、ありがとう！"}
LANGUAGE = {"en": "English", "zh": "Chinese", "ja": "Japanese"}


def speaks(inside: Inside, chat: Person | Group, who: Person, sound: bytes = SOUND) -> Json:
    """Somebody sends a voice message."""
    file = inside.telegram.keeps(sound, "voice.oga")
    voice = file | {"duration": 3, "mime_type": "audio/ogg"}
    return inside.telegram.says(chat, who, voice=voice)


async def arrived(inside: Inside, count: int = 1) -> list[str]:
    """What was sent, notes as `♪ words`, once there is so much of it."""
    await inside.until(lambda: len(inside.telegram.sent) >= count)
    await inside.rests()
    return [_shown(inside, one) for one in inside.telegram.sent]


def _shown(inside: Inside, sent: Any) -> str:
    if sent.kind != "voice":
        return str(sent.text)
    return f"♪ {inside.telegram.content(sent).decode().removeprefix('OggS ')}"


def heard(inside: Inside, which: int = -1) -> str:
    """The words of the message that the model is to answer."""
    return str(inside.model.requests[which].body["messages"][-1]["content"])


@pytest.mark.parametrize("language", ["en", "zh", "ja"])
async def test_a_voice_is_understood_and_answered_by_a_voice(language: str, tmp_path: Path) -> None:
    """The words reach the model and the ledger; the answer's sound reaches the person."""
    throat, ear = Throat(), Ear({SOUND: WORDS[language]})
    async with living_inside(tmp_path, mouth=throat, ear=ear) as inside:
        inside.model.script(ANSWER[language])
        ann = inside.person(language=language)
        speaks(inside, ann, ann)

        assert [f"♪ {ANSWER[language]}"] == await arrived(inside)
        assert heard(inside).endswith(f"[voice message] {WORDS[language]}")
        assert f"answer in {LANGUAGE[language]}" in heard(inside)
        assert [("audio/ogg", language)] == ear.asked
        assert [ANSWER[language]] == throat.spoken
        assert [f"[voice message] {WORDS[language]}"] == inside.rows("SELECT text FROM heard")
        assert [(ANSWER[language], "delivered")] == inside.rows("SELECT text, state FROM said")
        assert "record_voice" in [
            call.params["action"]
            for call in inside.telegram.calls
            if call.method == "sendChatAction"
        ]


@pytest.mark.parametrize("language", ["en", "zh", "ja"])
async def test_what_was_said_aloud_is_remembered(language: str, tmp_path: Path) -> None:
    """The next turn has it as what the person said, and nothing is listened to again."""
    ear = Ear({SOUND: WORDS[language]})
    async with living_inside(tmp_path, ear=ear) as inside:
        inside.model.script(ANSWER[language], "ok")
        ann = inside.person(language=language)
        speaks(inside, ann, ann)
        await inside.gets(ann)
        inside.telegram.says(ann, ann, "hm")
        await inside.gets(ann, 2)

        talk = [one["content"] for one in inside.model.requests[-1].body["messages"]]
        assert f"[voice message] {WORDS[language]}" in talk
        assert 1 == len(ear.asked)


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "I answer you aloud here"), ("zh", "用语音回答你"), ("ja", "声で答えます")],
)
async def test_who_wants_it_is_always_spoken_to(language: str, told: str, tmp_path: Path) -> None:
    """Until they say otherwise; it is kept with the place."""
    async with living_inside(tmp_path, mouth=Throat()) as inside:
        inside.model.script("one", "two")
        ann = inside.person(language=language)
        for text in ("/voice on", "hi", "/voice off", "hm"):
            inside.telegram.says(ann, ann, text)
            await inside.until(lambda: not inside.telegram.pending)
            await inside.rests()

        said = await arrived(inside, 4)
        assert told in said[0]
        assert ["♪ one", "two"] == [said[1], said[3]]
        assert ["off"] == inside.rows("SELECT mode FROM voicing")


async def test_a_house_without_a_voice_says_so(tmp_path: Path) -> None:
    """Nothing is kept, and all is written."""
    async with living_inside(tmp_path, voice={"mode": "off"}) as inside:
        ann = inside.person()
        inside.telegram.says(ann, ann, "/voice always")

        assert ["I have no voice at the moment, so I write."] == await inside.gets(ann)
        assert [] == inside.rows("SELECT mode FROM voicing")


@pytest.mark.parametrize(
    "throat",
    [
        Throat(faults=[VoiceUnavailable("the queue is full")]),
        Throat(faults=[Unspeakable("nothing of it is said aloud")]),
        Throat(takes_s=10_000),
    ],
    ids=["queue full", "nothing to say", "late"],
)
async def test_what_does_not_become_sound_is_written(throat: Throat, tmp_path: Path) -> None:
    """Once, and within `voice.late_s`."""
    async with living_inside(tmp_path, mouth=throat, ear=Ear({SOUND: "hi"})) as inside:
        inside.model.script("hello")
        ann = inside.person()
        began = inside.clock.elapsed()
        speaks(inside, ann, ann)

        assert ["hello"] == await arrived(inside)
        assert inside.clock.elapsed() - began < 60
        assert 0 == inside.telegram.count["sendVoice"]


async def test_who_forbids_voices_reads(tmp_path: Path) -> None:
    """The engine is not asked again for that chat."""
    throat = Throat()
    async with living_inside(tmp_path, mouth=throat, ear=Ear({SOUND: "hi"})) as inside:
        inside.model.script("one", "two")
        forbidden = Fault.status(400, "Bad Request: VOICE_MESSAGES_FORBIDDEN")
        inside.telegram.faults.add("sendVoice", forbidden)
        ann = inside.person()
        speaks(inside, ann, ann)
        await inside.gets(ann)
        speaks(inside, ann, ann)

        assert ["one", "two"] == await inside.gets(ann, 2)
        assert ["one"] == throat.spoken
        assert 1 == inside.telegram.count["sendVoice"]


@pytest.mark.parametrize(
    ("ear", "text", "hint"),
    [
        (Ear({SOUND: ""}), "[voice message] (unclear)", "ask them in your own words"),
        (Ear({SOUND: Inaudible("silent")}), "[voice message] (unclear)", "say it again"),
        (Ear({SOUND: HearingUnavailable("busy")}), "[voice message]", "cannot listen"),
        (Ear({SOUND: "late"}, takes_s=10_000), "[voice message]", "ask them to write it"),
        (None, "[voice message]", "cannot listen"),
    ],
    ids=["unclear", "silent", "queue full", "late", "no ears"],
)
async def test_what_is_not_understood_is_asked_back_by_the_persona(
    ear: Ear | None, text: str, hint: str, tmp_path: Path
) -> None:
    """No canned line: the model is told, and the message stays what it came as."""
    async with living_inside(tmp_path, ear=ear) as inside:
        inside.model.script("Say again?")
        ann = inside.person()
        speaks(inside, ann, ann)

        assert ["Say again?"] == await inside.gets(ann)
        assert hint in heard(inside)
        assert heard(inside).endswith(text)
        assert [text] == inside.rows("SELECT text FROM heard")


async def test_nobody_waits_for_another_ones_voice(tmp_path: Path) -> None:
    """Ten voices at once, with a slow engine: who writes is answered at once."""
    throat = Throat(takes_s=9)
    async with living_inside(tmp_path, mouth=throat, ear=Ear({SOUND: "hi"}, takes_s=9)) as inside:
        inside.model.otherwise = lambda body: f"re {body['messages'][-1]['content'][-2:]}"
        people = [inside.person(number, f"P{number}") for number in range(20, 30)]
        for one in people:
            speaks(inside, one, one)
        ann = inside.person()
        began = inside.clock.elapsed()
        inside.telegram.says(ann, ann, "ok")
        await inside.gets(ann)
        waited = inside.clock.elapsed() - began

        await inside.until(lambda: inside.telegram.count["sendVoice"] == len(people))
        assert waited < 5


async def test_what_is_forgotten_is_not_heard_any_more(tmp_path: Path) -> None:
    """The sound goes with the words; that of others stays."""
    async with living_inside(tmp_path, mouth=Throat(), ear=Ear({SOUND: "hi"})) as inside:
        ann, bob = inside.person(), inside.person(8, "Bob")
        for one in (ann, bob):
            speaks(inside, one, one)
        await arrived(inside, 2)
        kept = sorted(file.suffix for file in (tmp_path / "voice").iterdir())

        inside.telegram.says(ann, ann, "/memory forget all yes")
        await arrived(inside, 3)

        assert [".json", ".json", ".ogg", ".ogg"] == kept
        assert [".json", ".ogg"] == sorted(one.suffix for one in (tmp_path / "voice").iterdir())
        (left,) = (tmp_path / "voice").glob("*.ogg")
        assert [int(left.stem)] == inside.rows(
            "SELECT id FROM said WHERE text != '' AND beside LIKE '%voice%'"
        )


async def test_a_borrowed_chat_gets_its_note_through_its_connection(tmp_path: Path) -> None:
    """Where it writes in somebody's place it speaks there, too."""
    access = {"admins": ["telegram:9"]}
    ear, throat = Ear({SOUND: "hi"}), Throat()
    async with living_inside(tmp_path, mouth=throat, ear=ear, access=access) as inside:
        owner, ann = inside.person(9, "Mei"), inside.person()
        link = inside.telegram.connects(owner)
        file = inside.telegram.keeps(SOUND, "voice.oga") | {"duration": 3}
        inside.telegram.tells(link, ann, "", voice=file | {"mime_type": "audio/ogg"})
        await inside.until(lambda: inside.telegram.count["sendVoice"])

        (sent,) = [one for one in inside.telegram.sent if one.kind == "voice"]
        assert link.id == sent.connection


async def test_long_words_are_spoken_and_written(tmp_path: Path) -> None:
    """What no longer fits into a note stands below it."""
    throat = Throat(rest="and more")
    async with living_inside(tmp_path, mouth=throat, ear=Ear({SOUND: "hi"})) as inside:
        inside.model.script("This and more")
        ann = inside.person()
        speaks(inside, ann, ann)

        assert ["♪ This and more", "and more"] == await arrived(inside, 2)
        assert ["This and more"] == inside.rows("SELECT text FROM said")


async def test_a_round_video_is_listened_to(tmp_path: Path) -> None:
    """What people say in it is what they said."""
    async with living_inside(tmp_path, mouth=Throat(), ear=Ear({SOUND: "hi there"})) as inside:
        ann = inside.person()
        file = inside.telegram.keeps(SOUND, "round.mp4") | {"duration": 3, "length": 240}
        inside.telegram.says(ann, ann, video_note=file)
        (answer,) = await arrived(inside)

        assert answer.startswith("♪")
        assert heard(inside).endswith("[video message] hi there")


async def test_who_has_had_enough_is_not_listened_to(tmp_path: Path) -> None:
    """A limit is told before anybody listens, for to listen costs as well."""
    ear = Ear({SOUND: WORDS["en"]})
    limits = {"per_minute": 1}
    async with living_inside(tmp_path, ear=ear, limits=limits) as inside:
        ann = inside.person()
        inside.telegram.says(ann, ann, "hi")
        await inside.gets(ann)
        speaks(inside, ann, ann)

        assert "That is a lot at once." in (await inside.gets(ann, 2))[1]
        assert [] == ear.asked
