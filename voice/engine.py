"""What an engine of speech or of hearing is to us."""

from typing import Protocol

from anima.sound import Manner, Understood
from voice.pcm import Pcm


class Engine(Protocol):
    """Makes sound of words, a piece at a time."""

    def limit(self, language: str) -> int:
        """How many characters of *language* it takes at once."""

    async def say(self, words: str, manner: Manner) -> Pcm:
        """*words* aloud, in the language of *manner*. Raises `VoiceUnavailable`."""


class Listener(Protocol):
    """Makes words of sound."""

    async def listen(self, sound: Pcm, language: str) -> Understood:
        """The words in *sound*; none where they are not clear. Raises `HearingUnavailable`."""
