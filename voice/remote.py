"""Speech from a server of ours: in a process on this machine, or on another one."""

import asyncio
import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from anima.errors import Inaudible, VoiceUnavailable
from anima.sound import Manner
from voice import opus
from voice.booths import Booths
from voice.line import Answer, Line
from voice.pcm import Pcm
from voice.speech_process import SpeechProcess

RATE: Final = 24_000
LEAST: Final = 70
"""What an engine takes of a language of which we know nothing."""

_OK: Final = 200
_UNKNOWN: Final = 404


class Remote:
    """The port `Engine` over `voice.speech_server`; to be entered.

    *place* is where it answers, or the process of ours in which it does. A recording is brought to
    it once, and again where it was forgotten. *limits* are characters by language, and *voice* is
    whose it is where the manner names none.
    """

    def __init__(
        self,
        place: SpeechProcess | str,
        booths: Booths,
        *,
        api_key: str = "",
        limits: Mapping[str, int],
        voice: str = "",
        timeout_s: float = 60,
    ) -> None:
        self._place = place
        self._booths = booths
        self._key = api_key
        self._limits = limits
        self._voice = voice
        self._timeout_s = timeout_s
        self._line: tuple[str, Line] | None = None
        self._opening = asyncio.Lock()

    def limit(self, language: str) -> int:
        return self._limits.get(language, LEAST)

    async def say(self, words: str, manner: Manner) -> Pcm:
        line = await self._open()
        recording = await _recording(manner.sample)
        name = hashlib.sha256(recording).hexdigest() if recording else manner.voice or self._voice
        wish = {"text": words, "language": manner.language, "voice": name}
        answer = await line.ask("/speak", json=wish)
        if answer.status == _UNKNOWN and recording:
            await line.expect(f"/voices/{name}", method="PUT", content=recording)
            answer = await line.ask("/speak", json=wish)
        if answer.status != _OK:
            raise VoiceUnavailable(f"the voice answers {answer.status}{answer.reason}")
        return await self._sound(answer)

    async def facts(self) -> Mapping[str, object]:
        """What the server tells of itself. Raises `VoiceUnavailable`."""
        line = await self._open()
        return (await line.expect("/health", method="GET")).fields

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._line is not None:
            await self._line[1].__aexit__(None, None, None)

    async def _open(self) -> Line:
        url = await self._place.url() if isinstance(self._place, SpeechProcess) else self._place
        key = self._place.key if isinstance(self._place, SpeechProcess) else self._key
        async with self._opening:
            if self._line is None or self._line[0] != url:
                if self._line is not None:
                    await self._line[1].__aexit__(None, None, None)
                self._line = (url, Line(url, key, VoiceUnavailable, self._timeout_s))
            return self._line[1]

    async def _sound(self, answer: Answer) -> Pcm:
        try:
            return await self._booths.thread(lambda: opus.heard(answer.content, RATE))
        except Inaudible as error:
            raise VoiceUnavailable(f"the voice's sound cannot be used: {error}") from error


async def _recording(sample: Path | None) -> bytes:
    if sample is None:
        return b""
    try:
        return await asyncio.to_thread(sample.read_bytes)
    except OSError as error:
        raise VoiceUnavailable(f"{sample} cannot be read") from error
