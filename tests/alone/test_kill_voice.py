"""Killed while it listens or speaks: the words are heard once, and each note is there once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.far_side.botapi import Fault
from tests.far_side.replies import Body
from tests.far_side.speech import SpeechServer
from tests.far_side.tones import sung, understood
from tests.living import Nursery
from tests.talk import Talk, paragraphs, tale, talking
from voice import opus

pytestmark = pytest.mark.slow

WITHIN_S = 30


@asynccontextmanager
async def speaking(folder: Path, born: Nursery) -> AsyncIterator[tuple[Talk, SpeechServer]]:
    """A talk with a process that hears and speaks by a server of OpenAI's protocol."""
    async with SpeechServer() as speech:
        tables = "\n".join(
            f'[{name}]\nkind = "openai"\nbase_url = "{speech.url}"\nmodel = "sings"'
            for name in ("voice", "hearing")
        )
        async with talking(folder, born, more=tables) as talk:
            talk.model.otherwise = _tale
            yield talk, speech


def _tale(body: Body) -> str:
    """What is to be said about what Ann spoke of."""
    newest = body["messages"][-1]
    words = str(newest["content"]).replace("[voice message] ", "")
    return tale({**body, "messages": [{**newest, "content": words}]})


def tells(talk: Talk, name: str) -> None:
    """Ann speaks about *name*."""
    ann = talk.telegram.person()
    sound = opus.note(sung(f"Tell me about {name}")).ogg
    file = talk.telegram.keeps(sound, "voice.oga") | {"duration": 3, "mime_type": "audio/ogg"}
    talk.telegram.says(ann, ann, voice=file)


def heard(talk: Talk) -> list[str]:
    """What Ann hears in the notes that she got; whatever was written stands in brackets."""
    return [
        understood(opus.heard(talk.telegram.content(one)))
        if one.kind == "voice"
        else f"[{one.text}]"
        for one in talk.telegram.sent
    ]


async def until(condition: Callable[[], Any]) -> None:
    """Wait until *condition* is true; no server tells us of it."""
    async with asyncio.timeout(WITHIN_S):
        while not condition():  # noqa: ASYNC110 - as the docstring says
            await asyncio.sleep(0.02)


async def killed(talk: Talk, condition: Callable[[], Any]) -> None:
    """Kill it once *condition* is true, start it again, and wait for all notes."""
    await until(condition)
    talk.restart()
    await talk.telegram.until(lambda: len(talk.telegram.sent) >= 3, timeout=WITHIN_S)


async def test_a_real_round_is_heard_and_answered_aloud(tmp_path: Path, born: Nursery) -> None:
    """Sound in, sound out; each note has its length and the head of a real one."""
    async with speaking(tmp_path, born) as (talk, _):
        tells(talk, "rain")

        await talk.telegram.until(lambda: len(talk.telegram.sent) >= 3, timeout=WITHIN_S)

        assert paragraphs("rain") == heard(talk)
        notes = [talk.telegram.content(one) for one in talk.telegram.sent]
        assert {b"OggS"} == {note[:4] for note in notes}
        assert all(b"OpusHead" in note for note in notes)
        lasts = [
            int(call.params["duration"])
            for call in talk.telegram.calls
            if call.method == "sendVoice"
        ]
        assert all(0 < one < 9 for one in lasts)


@pytest.mark.parametrize("which", [1, 2, 3])
async def test_killed_in_mid_synthesis_each_note_is_there_once(
    which: int, tmp_path: Path, born: Nursery
) -> None:
    """Whichever of three notes was being made."""
    async with speaking(tmp_path, born) as (talk, speech):
        text = paragraphs("rain")[which - 1]
        speech.faults.add("speech", Fault.hang(), when=lambda body: body.get("input") == text)
        tells(talk, "rain")

        await killed(talk, lambda: text in [one.body.get("input") for one in speech.requests])

        assert paragraphs("rain") == heard(talk)
        assert 1 == len([one for one in speech.requests if one.file])


async def test_killed_while_it_listens_it_listens_again(tmp_path: Path, born: Nursery) -> None:
    """Nothing was kept of it, and nothing is lost."""
    async with speaking(tmp_path, born) as (talk, speech):
        speech.faults.add("transcriptions", Fault.hang())
        tells(talk, "rain")

        await killed(talk, lambda: [one for one in speech.requests if one.file])

        assert paragraphs("rain") == heard(talk)
        assert 2 == len([one for one in speech.requests if one.file])


async def test_killed_after_listening_it_does_not_listen_again(
    tmp_path: Path, born: Nursery
) -> None:
    """The words were kept before the model was asked."""
    async with speaking(tmp_path, born) as (talk, speech):
        talk.model.hold()
        tells(talk, "rain")
        await until(lambda: talk.model.requests)
        talk.anima.kill()
        talk.model.flow()

        await killed(talk, lambda: True)

        assert paragraphs("rain") == heard(talk)
        assert 1 == len([one for one in speech.requests if one.file])


async def test_a_note_that_was_sent_is_sent_again_as_it_was(tmp_path: Path, born: Nursery) -> None:
    """Its answer was lost with the process; nobody makes the sound anew."""
    async with speaking(tmp_path, born) as (talk, speech):
        talk.telegram.faults.add("sendVoice", Fault.hang())
        tells(talk, "rain")

        await killed(talk, lambda: talk.telegram.count["sendVoice"])

        assert paragraphs("rain") == list(dict.fromkeys(heard(talk)))
        said = [one.body["input"] for one in speech.requests if "input" in one.body]
        assert paragraphs("rain") == said
