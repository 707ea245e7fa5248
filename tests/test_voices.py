"""What goes wrong with voices and ears: servers, processes, crowds; the words are written then."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import httpx2
import pytest

from anima.clock import SystemClock
from anima.errors import HearingUnavailable, Unspeakable, VoiceUnavailable
from anima.sound import Manner
from service.settings_voice import Hearing, Voice
from service.voices import hearing_of, voice_of
from tests.backend_fakes import HastyClock, Notes
from tests.contracts.voices import FAKE_TTS, singing
from tests.far_side.faults import Fault
from tests.far_side.speech import SpeechServer
from tests.far_side.tones import sung, understood
from tests.sounds import without_voices
from voice import opus, whisper
from voice.aloud import Aloud, Bounds
from voice.booths import Booths
from voice.clear import Segment, clear
from voice.ear import Ear
from voice.line import Line
from voice.openai_hearing import OpenAIHearing
from voice.openai_speech import OpenAISpeech
from voice.pcm import Pcm
from voice.remote import Remote
from voice.riff import wav
from voice.speech_process import SpeechProcess, command

EN = Manner("en")
SICK = [
    (Fault.status(401, "bad key"), "401: bad key"),
    (Fault.status(404, "no such model"), "404: no such model"),
    (Fault.slow_down(3), "429"),
    (Fault.status(500, "oops"), "500"),
    (Fault.gateway(502), "502"),
    (Fault.cut(), "hung up"),
    (Fault.torn("RIFF"), "hung up"),
]


@pytest.fixture
async def server() -> AsyncIterator[SpeechServer]:
    """A server of speech and hearing."""
    async with SpeechServer(key="secret") as running:
        yield running


def speaking(server: SpeechServer, **more: object) -> Voice:
    """The settings of a voice that it makes."""
    told = {"kind": "openai", "base_url": server.url, "api_key": "secret", "model": "tts-1"}
    return Voice.model_validate({**told, **more})


async def said(settings: Voice, text: str = "Hello.", manner: Manner = EN) -> str:
    """What is heard when *text* is spoken."""
    async with voice_of(settings, Path(), Notes(), SystemClock()) as voice:
        assert voice is not None
        return understood(opus.heard((await voice.speak(text, manner)).ogg))


@pytest.mark.parametrize(("fault", "reason"), SICK)
async def test_a_sick_server_costs_the_note_alone(
    server: SpeechServer, fault: Fault, reason: str
) -> None:
    """Refusals, haste, failures and broken lines say what they are, and the next one works."""
    server.faults.add("speech", fault)

    with pytest.raises(VoiceUnavailable, match=reason):
        await said(speaking(server))

    assert "Hello." == await said(speaking(server))


@pytest.mark.parametrize(
    "fault",
    [
        Fault.garbage('{"ok": true}'),
        Fault.garbage("<html>hello</html>"),
        Fault.garbage("RIFF1234WAVEfmt ", "audio/wav"),
        Fault(code=200, body=b"", content_type="audio/wav"),
    ],
    ids=["json", "html", "half a header", "nothing"],
)
async def test_an_answer_without_sound_is_no_voice(server: SpeechServer, fault: Fault) -> None:
    """A 200 alone is not enough."""
    server.faults.add("speech", fault)

    with pytest.raises(VoiceUnavailable):
        await said(speaking(server))


async def test_silence_is_no_voice(server: SpeechServer) -> None:
    """A server that answers with a second of nothing has said nothing."""
    server.manners.mute = True

    with pytest.raises(VoiceUnavailable, match="silent"):
        await said(speaking(server))


async def test_a_wrong_key_is_told_without_it(server: SpeechServer) -> None:
    """The reason never holds the key."""
    with pytest.raises(VoiceUnavailable, match="401") as caught:
        await said(speaking(server, api_key="wrong-key-123"))

    assert "wrong-key-123" not in str(caught.value)


async def test_nobody_at_home_is_told(server: SpeechServer) -> None:
    """A port on which nobody listens."""
    settings = speaking(server)
    await server.stop()

    with pytest.raises(VoiceUnavailable, match="cannot be reached"):
        await said(settings)


async def test_whoever_is_late_is_written(server: SpeechServer) -> None:
    """After `late_s` the note is given up, and the place is free again."""
    server.faults.add("speech", Fault.hang())
    settings = speaking(server, late_s=0.2, at_once=1)

    async with voice_of(settings, Path(), Notes(), SystemClock()) as voice:
        assert voice is not None
        with pytest.raises(VoiceUnavailable, match=r"0\.2 s|in time"):
            await voice.speak("Hello.", EN)

        assert (await voice.speak("Bye.", EN)).duration_s > 0


async def test_any_form_of_sound_will_do(server: SpeechServer) -> None:
    """A server that answers with Opus, whatever it was asked for."""
    server.manners.ogg = True

    assert "Hello." == await said(speaking(server))


async def test_the_server_is_told_what_to_say(server: SpeechServer) -> None:
    """Model, voice and words, and what the settings add, with the language put in."""
    settings = speaking(server, voice="nova", body={"lang": "{language}", "speed": 2})

    await said(settings, "12%", Manner("zh"))

    asked = server.requests[0]
    expected = {"model": "tts-1", "input": "百分之十二", "voice": "nova", "response_format": "wav"}
    assert {**expected, "lang": "zh", "speed": 2} == asked.body
    assert ("anima", "Bearer secret") == (
        asked.headers["User-Agent"],
        asked.headers["Authorization"],
    )


async def test_the_persona_chooses_among_voices(server: SpeechServer) -> None:
    """Its own name comes before the one in the settings."""
    await said(speaking(server, voice="nova"), manner=Manner("en", voice="onyx"))

    assert "onyx" == server.requests[0].body["voice"]


class Singer:
    """An engine that takes few words at once and sings them; a gate may hold it."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.gate.set()
        self.begun = asyncio.Semaphore(0)
        self.pieces: list[str] = []
        self.busy = self.most = 0

    def limit(self, language: str) -> int:
        """Few."""
        del language
        return 16

    async def say(self, words: str, manner: Manner) -> Pcm:
        """Sing."""
        self.pieces.append(words)
        self.busy += 1
        self.begun.release()
        self.most = max(self.most, self.busy)
        try:
            await self.gate.wait()
        finally:
            self.busy -= 1
        return sung(words)


async def test_a_long_text_is_said_piece_by_piece() -> None:
    """Each fits the engine, and all are heard in their order."""
    singer = Singer()
    async with Booths(1, 1, 10, VoiceUnavailable) as booths:
        note = await Aloud(singer, booths).speak("One two. Three four five. Six.", EN)

    assert ["One two.", "Three four five.", "Six."] == singer.pieces
    assert "One two. Three four five. Six." == understood(opus.heard(note.ogg))


async def test_a_note_ends_where_it_would_be_too_long() -> None:
    """The rest comes back to be written; or, as the settings want it, all is written."""
    text = "One two. Three four five. Six."
    async with Booths(1, 1, 10, VoiceUnavailable) as booths:
        first = await Aloud(Singer(), booths, Bounds(2.5, "first")).speak(text, EN)
        with pytest.raises(Unspeakable):
            await Aloud(Singer(), booths, Bounds(2.5, "text")).speak(text, EN)
        with pytest.raises(Unspeakable):
            await Aloud(Singer(), booths, Bounds(0.1, "first")).speak(text, EN)

    assert ("One two. Three four five.", "Six.") == (
        understood(opus.heard(first.ogg)),
        first.rest,
    ) or ("One two.", "Three four five. Six.") == (understood(opus.heard(first.ogg)), first.rest)


async def test_so_many_speak_at_once_and_so_many_wait() -> None:
    """Two speak, two wait, and the fifth is told at once."""
    singer = Singer()
    singer.gate.clear()
    async with Booths(2, 2, 10, VoiceUnavailable) as booths, asyncio.TaskGroup() as group:
        aloud = Aloud(singer, booths)
        four = [group.create_task(aloud.speak("Hello.", EN)) for _ in range(4)]
        await singer.begun.acquire()
        await singer.begun.acquire()
        with pytest.raises(VoiceUnavailable, match="2 wait already"):
            await aloud.speak("Hello.", EN)
        singer.gate.set()

    assert (2, 4) == (singer.most, len([one.result() for one in four]))


async def test_who_does_not_wait_any_more_leaves_the_place() -> None:
    """A cancelled note frees what it held."""
    singer = Singer()
    singer.gate.clear()
    async with Booths(1, 0, 10, VoiceUnavailable) as booths:
        aloud = Aloud(singer, booths)
        async with asyncio.TaskGroup() as group:
            gone = group.create_task(aloud.speak("Hello.", EN))
            await singer.begun.acquire()
            gone.cancel()
        singer.gate.set()

        assert (await aloud.speak("Again.", EN)).duration_s > 0


def process(*words: str, line: Sequence[str] = ()) -> SpeechProcess:
    """A server of coqui-tts over the fake of it."""
    return SpeechProcess(line or singing(FAKE_TTS, *words), HastyClock(), Notes())


async def test_a_process_starts_once_and_ends_with_us() -> None:
    """However many ask, one is started; leaving ends it."""
    async with process() as running:
        first, second = await asyncio.gather(running.url(), running.url())  # a test

    assert first == second
    with pytest.raises(httpx2.HTTPError):
        async with httpx2.AsyncClient(trust_env=False) as client:
            await client.get(f"{first}/health")


async def test_loading_outlives_who_waits_for_it() -> None:
    """Who came first gives up before it is ready; the next one finds it, the same one."""
    async with process() as running:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await running.url()
        loading = running.begin()

        assert await running.url() == await loading


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (("/nowhere/python",), "cannot start"),
        ((sys.executable, "-c", "raise SystemExit('no room')"), "no room"),
        ((sys.executable, "-c", ""), "died at its start"),
        (singing(Path("/nowhere"))[2:], "coqui-tts is not installed"),
        (command("coqui_server", "--model", "x", python=sys.executable), "coqui-tts is not"),
        (command("coqui_server"), "licence agreed"),
    ],
)
async def test_a_process_that_cannot_start_says_why(line: Sequence[str], reason: str) -> None:
    """Once; for a while it is left alone, and says the same."""
    async with process(line=line) as running:
        for _ in range(2):
            with pytest.raises(VoiceUnavailable, match=reason):
                await running.url()


@pytest.mark.slow
async def test_a_recording_is_brought_once_and_again_when_forgotten(tmp_path: Path) -> None:
    """It clones it at each word, and knows it after the first."""
    sample = tmp_path / "voice.wav"
    sample.write_bytes(wav(sung("my voice")))
    kept = tmp_path / "kept"
    async with (
        Booths(1, 1, 20, VoiceUnavailable) as booths,
        process("--voices", str(kept)) as running,
        Remote(running, booths, limits={}) as remote,
    ):
        cloned = await remote.say("hello", Manner("en", sample))
        (recording,) = kept.iterdir()
        recording.unlink()
        again = await remote.say("hello", Manner("zh", sample))
        named = await remote.say("hello", Manner("en", voice="Ana"))

    assert ["hello"] * 3 == [understood(one) for one in (cloned, again, named)]
    assert cloned.loudness_db < named.loudness_db - 3
    assert recording.read_bytes() == sample.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "manner", "reason"),
    [
        ("hello", Manner("de", voice="Ana"), "does not speak 'de'"),
        ("hello", Manner("en"), "no voice"),
        ("boom", Manner("en", voice="Ana"), "RuntimeError"),
        ("hush", Manner("en", voice="Ana"), "silent"),
        ("hello", Manner("en", Path("/nowhere.wav")), "cannot be read"),
        ("hello", Manner("en", voice="0" * 64), "not known here"),
    ],
)
async def test_what_the_engine_cannot_say_is_told(words: str, manner: Manner, reason: str) -> None:
    """Languages, voices, failures of the model; it lives on."""
    async with (
        Booths(1, 1, 20, VoiceUnavailable) as booths,
        process() as running,
        Remote(running, booths, limits={}) as remote,
    ):
        with pytest.raises(VoiceUnavailable, match=reason):
            await remote.say(words, manner)

        assert (await remote.say("hello", Manner("en", voice="Ana"))).duration_s > 0


@pytest.mark.slow
async def test_a_process_that_died_is_started_again() -> None:
    """The next note finds another one."""
    async with (
        Booths(1, 1, 20, VoiceUnavailable) as booths,
        process() as running,
        Remote(running, booths, limits={}, voice="Ana") as remote,
    ):
        await remote.say("hello", EN)
        assert running._process is not None
        running._process.kill()
        await running._process.wait()

        assert "again" == understood(await remote.say("again", EN))


async def test_a_server_answers_who_has_the_key_alone() -> None:
    """And nothing that is too large, or makes no sense."""
    async with process() as running, httpx2.AsyncClient(trust_env=False) as client:
        url, key = await running.url(), {"authorization": f"Bearer {running.key}"}
        refused = await client.post(f"{url}/speak", json={"text": "x"})
        silly = await client.post(f"{url}/speak", content=b"[1", headers=key)
        empty = await client.post(f"{url}/speak", json=[], headers=key)
        named = await client.put(f"{url}/voices/../x", content=b"x", headers=key)
        facts = await client.get(f"{url}/health", headers=key)

    assert [401, 400, 400, 400] == [one.status_code for one in (refused, silly, empty, named)]
    assert json.loads(facts.text)["clones"] is True


def listening(server: SpeechServer, **more: object) -> Hearing:
    """The settings of an ear that it is."""
    told = {"kind": "openai", "base_url": server.url, "api_key": "secret", "model": "whisper-1"}
    return Hearing.model_validate({**told, **more})


@pytest.mark.parametrize(
    "fault", [*(fault for fault, _ in SICK), Fault.garbage(), Fault.garbage('{"text": 7}')]
)
async def test_a_sick_ear_is_told_and_gets_well(server: SpeechServer, fault: Fault) -> None:
    """Refusals, failures and nonsense; the next sound is understood."""
    server.faults.add("transcriptions", fault)

    async with hearing_of(listening(server)) as ear:
        assert ear is not None
        with pytest.raises(HearingUnavailable):
            await ear.transcribe(wav(sung("hello")), "audio/wav")

        assert "hello" == (await ear.transcribe(wav(sung("hello")), "audio/wav")).text


async def test_an_ear_is_told_the_language_it_can_expect(server: SpeechServer) -> None:
    """Of those that we know; of others it knows more than we do."""
    async with hearing_of(listening(server, model="gpt-x")) as ear:
        assert ear is not None
        found = await ear.transcribe(wav(sung("hello")), "audio/wav", "ja")
        await ear.transcribe(wav(sung("hello")), "audio/wav", "tlh")

    assert {"model": "gpt-x", "language": "ja"} == server.requests[0].body
    assert {"model": "gpt-x"} == server.requests[1].body
    assert ("hello", "ja") == (found.text, found.language)


async def test_what_is_not_clear_is_no_words(server: SpeechServer) -> None:
    """Where the ear doubts that anybody spoke, it asks back instead of answering noise."""
    server.manners.segments = [
        {"text": "Thanks for watching!", "no_speech_prob": 0.8, "avg_logprob": -1.2}
    ]
    async with hearing_of(listening(server)) as ear:
        assert ear is not None
        found = await ear.transcribe(wav(sung("noise")), "audio/wav")

    assert ("", "en") == (found.text, found.language)


@pytest.mark.parametrize(
    ("segment", "words"),
    [
        (Segment(" hello"), "hello"),
        (Segment("hello", 0.9, -0.3), "hello"),
        (Segment("hello", 0.9, -1.2), ""),
        (Segment("hello", 0.1, -2.0), ""),
        (Segment("ha ha ha ha", 0.1, -1.1, 3.0), ""),
        (Segment("Thank you for watching."), ""),
        (Segment("ご視聴ありがとうございました", 0.4, -0.4), ""),
        (Segment("谢谢观看", 0.5, -0.4), ""),
        (
            Segment("Thanks for watching over me tonight", 0.01, -0.2),
            "Thanks for watching over me tonight",
        ),
        (Segment("谢谢观看", 0.01, -0.1), "谢谢观看"),
    ],
)
def test_a_transcript_is_believed_or_not(segment: Segment, words: str) -> None:
    """By how sure the engine was, and by what engines invent out of noise."""
    assert words == clear([segment])


async def test_whisper_without_its_package_or_folder_says_so(tmp_path: Path) -> None:
    """What is missing, and what brings it."""
    async with hearing_of(Hearing(kind="whisper", model=str(tmp_path))) as ear:
        assert ear is not None
        with pytest.raises(HearingUnavailable, match=r"not installed|model\.bin"):
            await ear.transcribe(wav(sung("hello")), "audio/wav")

    assert whisper.missing(str(tmp_path))


class Broken:
    """A model that fails."""

    def transcribe(self, *_: object, **__: object) -> None:
        """As a package does it."""
        raise RuntimeError("out of memory")


async def test_whisper_that_fails_is_told() -> None:
    """And is no crash."""
    async with Booths(1, 1, 10, HearingUnavailable) as booths:
        with pytest.raises(HearingUnavailable, match="RuntimeError"):
            await Ear(whisper.Whisper(Broken, booths), booths).transcribe(wav(sung("hello")), "")


async def test_nothing_speaks_or_listens_where_nothing_shall() -> None:
    """Voice off, hearing off."""
    notes = Notes()
    async with (
        voice_of(Voice(mode="off"), Path(), notes, SystemClock()) as voice,
        hearing_of(Hearing()) as ear,
    ):
        assert voice is None
        assert ear is None


@pytest.mark.parametrize(("asked", "told"), [({"kind": "builtin"}, 1), ({}, 0)])
async def test_a_voice_that_is_not_installed_is_missed_by_who_wants_it(
    asked: dict[str, str], told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has never asked for one is told nothing at each start."""
    notes = Notes()
    without_voices(monkeypatch)

    async with voice_of(Voice.model_validate(asked), Path(), notes, SystemClock()) as voice:
        assert voice is None

    assert told == len(notes.noted)


@pytest.mark.slow
async def test_an_answer_without_end_is_left() -> None:
    """More than any sound has is not read into memory."""
    big = Fault(code=200, body=b"RIFF" + bytes(66 << 20), content_type="audio/wav")
    async with SpeechServer() as server, Booths(1, 1, 20, VoiceUnavailable) as booths:
        server.faults.add("speech", big)
        async with Line(server.url, "", VoiceUnavailable, 20) as line:
            with pytest.raises(VoiceUnavailable, match="more than any sound"):
                await OpenAISpeech(line, booths, "m").say("x", EN)


async def test_a_hearing_line_tells_hearing_errors() -> None:
    """The same line, another error."""
    async with Line("http://127.0.0.1:9", "", HearingUnavailable, 1) as line:
        with pytest.raises(HearingUnavailable):
            await OpenAIHearing(line, "m").listen(sung("x"), "en")
