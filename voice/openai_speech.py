"""Speech from any server that speaks OpenAI's `/audio/speech`."""

from collections.abc import Mapping
from typing import Final

from anima.errors import Inaudible, VoiceUnavailable
from anima.sound import Manner
from voice import opus
from voice.booths import Booths
from voice.line import Line
from voice.pcm import Pcm

RATE: Final = 24_000
"""What nearly all engines make."""

LIMIT: Final = 600
"""Servers take 4096, but nobody wants to wait until all of that is made."""

USUAL: Final = "alloy"
"""The voice that each of them has."""


class OpenAISpeech:
    """The port `Engine` over *line*. *body* goes along; `{language}` in it is the language's code.

    Answers are wanted as WAV, which loses nothing, and taken in whatever form they come.
    """

    def __init__(
        self,
        line: Line,
        booths: Booths,
        model: str,
        voice: str = "",
        body: Mapping[str, object] | None = None,
    ) -> None:
        self._line = line
        self._booths = booths
        self._model = model
        self._voice = voice or USUAL
        self._body = body or {}

    def limit(self, language: str) -> int:
        del language
        return LIMIT

    async def say(self, words: str, manner: Manner) -> Pcm:
        told = {name: _filled(value, manner.language) for name, value in self._body.items()}
        wanted = {
            "model": self._model,
            "input": words,
            "voice": manner.voice or self._voice,
            "response_format": "wav",
            **told,
        }
        answer = await self._line.expect("/audio/speech", json=wanted)
        if not answer.content:
            raise VoiceUnavailable("the server answers with nothing")
        try:
            return await self._booths.thread(lambda: opus.heard(answer.content, RATE))
        except Inaudible as error:
            raise VoiceUnavailable(f"the server's sound cannot be used: {error}") from error


def _filled(value: object, language: str) -> object:
    return value.replace("{language}", language) if isinstance(value, str) else value
