"""Making notes of what is said, in time, and once: the port `Notes` over a voice and a shelf."""

import asyncio
from collections.abc import Collection
from typing import Final, Protocol

from anima.errors import Refused, Unavailable
from anima.model import Said
from anima.ports import Clock, Voice, Witness
from anima.sound import Manner, VoiceNote
from service.shelf import Shelf

LOOK_S: Final = 600
"""So often what is too old or forgotten is taken away."""


class Worded(Protocol):
    """Knows which bubbles have words still."""

    async def worded(self, ids: Collection[int]) -> Collection[int]:
        """Those of *ids* that are there and not forgotten. Raises `LedgerUnavailable`."""


class Speaking:
    """The port `Notes`: what *voice* says is kept on a *shelf*; *late_s* is for each note."""

    def __init__(self, voice: Voice, shelf: Shelf, witness: Witness, *, late_s: float) -> None:
        self._voice = voice
        self._shelf = shelf
        self._witness = witness
        self._late_s = late_s

    async def note(self, said: Said, text: str, manner: Manner) -> VoiceNote | None:
        if kept := await self._shelf.kept(said.id):
            return kept  # it may have left already, and leaves again as it was
        try:
            async with asyncio.timeout(self._late_s):
                note = await self._voice.speak(text, manner)
        except TimeoutError:
            self._witness.note("note late", said=said.id, seconds=self._late_s)
            return None
        except Refused as error:
            self._witness.note("not spoken", said=said.id, reason=str(error))
            return None
        except Unavailable as error:
            self._witness.note("voice away", said=said.id, reason=str(error))
            return None
        await self._keep(said.id, note)
        return note

    async def _keep(self, said: int, note: VoiceNote) -> None:
        try:
            await self._shelf.put(said, note)
        except OSError as error:
            self._witness.note("note not kept", said=said, reason=str(error))


class Tidying:
    """Takes sounds off the shelf that are too old, and those of which nobody has the words."""

    def __init__(self, shelf: Shelf, bubbles: Worded, clock: Clock, witness: Witness) -> None:
        self._shelf = shelf
        self._bubbles = bubbles
        self._clock = clock
        self._witness = witness

    async def run(self) -> None:
        """Look at once, which makes good what a crash left over, and then now and again."""
        while True:
            try:
                await self._shelf.tidy()
                await self.forget()
            except (Unavailable, OSError) as error:
                self._witness.note("sounds not tidied", reason=str(error))
            await self._clock.sleep(LOOK_S)

    async def forget(self) -> None:
        """Take away what was forgotten. Raises `LedgerUnavailable`."""
        ids = await self._shelf.ids()
        if ids:
            await self._shelf.drop(frozenset(ids) - frozenset(await self._bubbles.worded(ids)))
