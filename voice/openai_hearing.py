"""Hearing by any server that speaks OpenAI's `/audio/transcriptions`."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from anima.errors import HearingUnavailable
from anima.sound import Understood
from voice.clear import Segment, clear
from voice.line import Line
from voice.pcm import Pcm
from voice.riff import wav

CODES: Final = frozenset({"en", "zh", "ja"})
"""The languages that are told; of others the server knows more than a guess of ours."""


class OpenAIHearing:
    """The port `Listener` over *line*."""

    def __init__(self, line: Line, model: str) -> None:
        self._line = line
        self._model = model

    async def listen(self, sound: Pcm, language: str) -> Understood:
        told = {"model": self._model}
        if language in CODES:
            told["language"] = language
        if "whisper" in self._model:  # others refuse it
            told["response_format"] = "verbose_json"
        file = ("voice.wav", wav(sound), "audio/wav")
        answer = await self._line.expect("/audio/transcriptions", data=told, files={"file": file})
        fields = answer.fields
        text = fields.get("text")
        if not isinstance(text, str):
            raise HearingUnavailable("the server answers with something that is no transcript")
        segments = tuple(_segments(fields)) or (Segment(text),)
        found = str(fields.get("language") or language)
        return Understood(clear(segments), _code(found), sound.duration_s)


def _segments(fields: Mapping[str, Any]) -> Iterator[Segment]:
    found = fields.get("segments")
    for one in found if isinstance(found, list) else ():
        if isinstance(one, dict) and isinstance(one.get("text"), str):
            yield Segment(
                one["text"],
                _number(one.get("no_speech_prob")),
                _number(one.get("avg_logprob")),
                _number(one.get("compression_ratio")),
            )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _code(language: str) -> str:
    """Some servers name a language in English."""
    named = {"english": "en", "chinese": "zh", "mandarin": "zh", "japanese": "ja"}
    return named.get(language.lower(), language.lower()[:2])
