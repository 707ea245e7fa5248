"""What is said and understood aloud, put together; both may be missing."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass

from anima.audible import Ears, Reach
from anima.ports import BotName, Clock, Fetches, Hearing, Voice, Witness
from anima.sound import Voicing
from memory.database import Database
from memory.spoken import SqlSpoken
from service.settings import Settings
from service.shelf import Shelf
from service.speaking import Speaking, Tidying
from service.voices import hearing_of, voice_of


@dataclass(frozen=True, slots=True)
class Speech:
    """*ears* and *notes* are None where nobody listens or speaks.

    The sounds lie on *shelf*, where *sounds* keeps order.
    """

    shelf: Shelf
    sounds: Tidying
    ears: Ears | None
    notes: Speaking | None
    mode: Voicing

    @property
    def voicing(self) -> Voicing | None:
        """When people are answered aloud who have not chosen; None: never."""
        return self.mode if self.notes else None


@asynccontextmanager
async def speech_of(
    settings: Settings,
    database: Database,
    clock: Clock,
    witness: Witness,
    fetches: Mapping[BotName, Fetches],
    *,
    voice: Voice | None = None,
    hearing: Hearing | None = None,
    works: bool = True,
) -> AsyncIterator[Speech]:
    """What *settings* name, or *voice* and *hearing* in its place, open while entered."""
    chosen = settings.voice
    shelf = Shelf(settings.data / "voice", chosen.keep_s, clock)
    async with _both(settings, clock, witness, voice, hearing, works=works) as (mouth, ear):
        yield Speech(
            shelf=shelf,
            sounds=Tidying(shelf, SqlSpoken(database), clock, witness),
            ears=Ears(fetches, ear, witness, _reach(settings)) if ear else None,
            notes=Speaking(mouth, shelf, witness, late_s=chosen.late_s) if mouth else None,
            mode=chosen.mode,
        )


@asynccontextmanager
async def _both(
    settings: Settings,
    clock: Clock,
    witness: Witness,
    voice: Voice | None,
    hearing: Hearing | None,
    *,
    works: bool,
) -> AsyncIterator[tuple[Voice | None, Hearing | None]]:
    """What speaks and what listens; who answers nobody needs neither."""
    if not works:
        yield None, None
        return
    speaks: AbstractAsyncContextManager[Voice | None] = nullcontext(voice)
    listens: AbstractAsyncContextManager[Hearing | None] = nullcontext(hearing)
    if voice is None:
        speaks = voice_of(settings.voice, settings.data, witness, clock)
    if hearing is None:
        listens = hearing_of(settings.hearing)
    async with speaks as mouth, listens as ear:
        yield mouth, ear


def _reach(settings: Settings) -> Reach:
    """How far we listen. Fetching takes some of the time, too."""
    return Reach(most_s=settings.hearing.max_s, within_s=settings.hearing.late_s)
