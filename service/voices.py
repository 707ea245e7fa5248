"""What speaks and what listens, as the settings say."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final

from anima.errors import HearingUnavailable, VoiceUnavailable
from anima.ports import Clock, Hearing, Voice, Witness
from anima.sound import Manner
from persona.timbre import Timbre
from service import settings_voice
from voice import opus, whisper
from voice.aloud import Aloud, Bounds
from voice.booths import Booths
from voice.builtin_server import LIMITS as BUILTIN_LIMITS
from voice.builtin_server import missing
from voice.coqui_server import LIMITS as COQUI_LIMITS
from voice.coqui_server import XTTS
from voice.ear import Ear
from voice.engine import Engine, Listener
from voice.line import Line
from voice.openai_hearing import OpenAIHearing
from voice.openai_speech import OpenAISpeech
from voice.remote import Remote
from voice.speech_process import SpeechProcess, command
from voice.whisper import Whisper

KEPT: Final = "voices"
"""The folder, below `data`, with the recordings that are cloned."""


@asynccontextmanager
async def voice_of(
    settings: settings_voice.Voice, data: Path, witness: Witness, clock: Clock
) -> AsyncIterator[Voice | None]:
    """What speaks; nothing where nothing shall, or where what should is not installed.

    Nobody is asked before the first word; what takes long to load is begun at once.
    """
    if settings.mode == "off":
        yield None
        return
    if reason := silent(settings):
        if settings.model_fields_set:  # who has never asked for a voice misses none
            witness.note("voice away", reason=reason)
        yield None
        return
    async with AsyncExitStack() as stack:
        booths = Booths(settings.at_once, settings.waiting, settings.late_s, VoiceUnavailable)
        await stack.enter_async_context(booths)
        start = partial(SpeechProcess, clock=clock, witness=witness)
        engine = await engine_of(settings, booths, stack, start, data)
        yield Aloud(engine, booths, Bounds(settings.max_s, settings.long, settings.emoji))


@asynccontextmanager
async def hearing_of(settings: settings_voice.Hearing) -> AsyncIterator[Hearing | None]:
    """What listens; nothing where nothing shall. Nothing is loaded before the first sound."""
    if settings.kind == "off":
        yield None
        return
    async with AsyncExitStack() as stack:
        booths = Booths(settings.at_once, settings.waiting, settings.late_s, HearingUnavailable)
        await stack.enter_async_context(booths)
        listener: Listener
        if settings.kind == "whisper":
            listener = Whisper(partial(whisper.load, settings.model), booths)
        else:
            line = Line(
                settings.base_url,
                settings.api_key.get_secret_value(),
                HearingUnavailable,
                settings.late_s,
            )
            listener = OpenAIHearing(await stack.enter_async_context(line), settings.model)
        yield Ear(listener, booths, settings.max_s)


def silent(settings: settings_voice.Voice) -> str:
    """Why nothing can speak on this machine; nothing where it can."""
    return opus.missing() or (missing() if settings.kind == "builtin" else "")


def manner_of(settings: settings_voice.Voice, timbre: Timbre, language: str) -> Manner:
    """How a persona with that *timbre* says something in *language*."""
    sample = Path(settings.sample) if settings.sample else timbre.sample
    marked = settings.mark == "always" or (settings.mark == "living" and timbre.living)
    return Manner(language, sample, timbre.name or settings.voice, marked)


async def engine_of(
    settings: settings_voice.Voice,
    booths: Booths,
    stack: AsyncExitStack,
    start: Callable[[Sequence[str]], SpeechProcess],
    data: Path,
) -> Engine:
    """The engine that *settings* name, which ends with *stack*; *start* makes its process."""
    key = settings.api_key.get_secret_value()
    if settings.kind == "openai":
        line = Line(settings.base_url, key, VoiceUnavailable, settings.late_s)
        line = await stack.enter_async_context(line)
        return OpenAISpeech(line, booths, settings.model, settings.voice, settings.body)
    limits = COQUI_LIMITS if settings.kind == "coqui" else BUILTIN_LIMITS
    place: SpeechProcess | str = settings.base_url if settings.kind == "coqui" else ""
    if not place:
        place = await stack.enter_async_context(start(_line(settings, data)))
        if settings.kind == "coqui":
            place.begin()  # it takes half a minute, for which the first one would wait in vain
    remote = Remote(
        place,
        booths,
        api_key=key,
        limits=limits,
        voice=settings.voice,
        timeout_s=settings.late_s,
    )
    return await stack.enter_async_context(remote)


def _line(settings: settings_voice.Voice, data: Path) -> tuple[str, ...]:
    if settings.kind == "builtin":
        return command("builtin_server")
    words = ("--model", settings.model or XTTS, "--device", settings.device)
    kept = ("--voices", str((data / KEPT).absolute()))
    agreed = ("--licence", settings.licence) if settings.licence else ()
    return command("coqui_server", *words, *kept, *agreed, python=settings.python)
