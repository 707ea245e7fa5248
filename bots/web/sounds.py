"""What was said aloud, for whom it was meant: its sound, and the levels to draw it by."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.responses import FileResponse, JSONResponse, Response

from anima.sound import VoiceNote

_NEVER_KEPT: Final = {"cache-control": "no-store"}


@dataclass(frozen=True, slots=True)
class Sounds:
    """Where notes are *kept*, by the ids of their bubbles, and in which *file* each is."""

    kept: Callable[[int], Awaitable[VoiceNote | None]]
    file: Callable[[int], Path]

    async def heard(self, said: int) -> Response | None:
        """The sound of the bubble *said*; nothing when it is gone."""
        if await self.kept(said) is None:
            return None
        return FileResponse(self.file(said), headers=_NEVER_KEPT, media_type="audio/ogg")

    async def drawn(self, said: int) -> Response | None:
        """How long it is, and its levels from 0 to 255; nothing when it is gone."""
        note = await self.kept(said)
        if note is None:
            return None
        facts = {"seconds": note.duration_s, "levels": [*note.waveform], "rest": note.rest}
        return JSONResponse(facts, headers=_NEVER_KEPT)
