"""The port Hearing: from what people send to words, over any engine."""

from anima.errors import HearingUnavailable, Inaudible
from anima.sound import Understood
from voice import opus
from voice.booths import Booths
from voice.engine import Listener


class Ear:
    """The port `Hearing` over a *listener*; to be used while *booths* are open.

    Nothing longer than *longest_s* is listened to.
    """

    def __init__(self, listener: Listener, booths: Booths, longest_s: float = 300) -> None:
        self._listener = listener
        self._booths = booths
        self._longest_s = longest_s

    async def transcribe(self, sound: bytes, mime: str, language: str = "") -> Understood:
        del mime  # what a sound is stands in itself; what is told of it is often wrong
        if opus.missing():
            raise HearingUnavailable(opus.MISSING)
        if not sound:
            raise Inaudible("it is empty")
        async with self._booths.booth():
            heard = await self._booths.thread(lambda: opus.heard(sound, longest_s=self._longest_s))
            return await self._listener.listen(heard, language)
