"""The port Voice: from a text to a note, piece by piece, over any engine."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from anima.errors import Unspeakable, VoiceUnavailable
from anima.sound import Manner, VoiceNote
from voice import opus
from voice.booths import Booths
from voice.engine import Engine
from voice.pcm import SILENT_DB, Pcm, joined, silence
from voice.pieces import pieces
from voice.shape import marked, trimmed
from voice.speakable import Mode, speakable, tongue

PAUSE_S: Final = 0.18
"""Between two sentences; each has a little quiet of its own besides."""

LETTERS_A_SECOND: Final = 15.0
CHARACTERS_A_SECOND: Final = 5.0
"""How fast people talk, in letters and in characters of Chinese and Japanese."""

_SURE: Final = 1.5  # an estimate may be wrong by that


@dataclass(frozen=True, slots=True)
class Bounds:
    """What may be said: notes of *most_s*; of longer texts nothing, or the *first* part."""

    most_s: float = 60
    long: Literal["text", "first"] = "text"
    mode: Mode = "strip"


class Aloud:
    """The port `Voice` over an *engine*; to be used while *booths* are open."""

    def __init__(self, engine: Engine, booths: Booths, bounds: Bounds | None = None) -> None:
        self._engine = engine
        self._booths = booths
        self._bounds = bounds or Bounds()

    async def speak(self, text: str, manner: Manner) -> VoiceNote:
        language = manner.language or tongue(text)
        words = speakable(text, language, self._bounds.mode)
        if not words:
            raise Unspeakable("nothing of it is said aloud")
        if lasting_s(words) > _SURE * self._bounds.most_s and self._bounds.long == "text":
            raise Unspeakable("it is too long for a note")
        if opus.missing():
            raise VoiceUnavailable(opus.MISSING)
        cut = pieces(words, self._engine.limit(language))
        async with self._booths.booth():
            return await self._made(cut, replace(manner, language=language))

    async def _made(self, cut: Sequence[str], manner: Manner) -> VoiceNote:
        said: list[Pcm] = []
        lasts_s = 0.0
        for number, words in enumerate(cut):
            sound = await self._piece(words, manner)
            lasts_s += sound.duration_s + PAUSE_S
            if lasts_s > self._bounds.most_s:
                if self._bounds.long == "text" or not said:
                    raise Unspeakable("it is too long for a note")
                return await self._note(said, manner, _rest(cut[number:]))
            said += [sound] if not said else [silence(PAUSE_S, sound.rate), sound]
        return await self._note(said, manner, "")

    async def _piece(self, words: str, manner: Manner) -> Pcm:
        sound = await self._engine.say(words, manner)
        return await self._booths.thread(lambda: _audible(sound))

    async def _note(self, said: Sequence[Pcm], manner: Manner, rest: str) -> VoiceNote:
        def make() -> VoiceNote:
            whole = joined(said)
            return opus.note(marked(whole) if manner.marked else whole, rest)

        return await self._booths.thread(make)


def lasting_s(words: str) -> float:
    """About how long it takes to say *words*."""
    dense = sum(letter > "\u2e80" for letter in words)
    return dense / CHARACTERS_A_SECOND + (len(words) - dense) / LETTERS_A_SECOND


def _audible(sound: Pcm) -> Pcm:
    """An engine that stumbles over one piece has said half of something: that is no answer."""
    if not sound.samples or sound.loudness_db < SILENT_DB:
        raise VoiceUnavailable("the engine made nothing but silence")
    return trimmed(sound)


def _rest(cut: Sequence[str]) -> str:
    apart = "" if cut[0][-1:] > "\u2e80" else " "
    return apart.join(cut)
