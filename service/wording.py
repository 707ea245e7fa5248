"""Has the persona put an intention into words, where nobody has just spoken to it."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from typing import Final

from anima.model import Bubble, Claim, Line, Scene
from anima.ports import Clock, Souls
from anima.roles import Cast
from anima.zones import zone
from memory.schedule import Job

_LINES: Final = 24
"""So much of the talk it knows when it answers, too."""

Looks = Callable[[int, int], Awaitable[tuple[Claim, tuple[Line, ...]] | None]]
"""Who plays in a place, and the last lines there; nothing where it is shut to us."""


class Worded:
    """The port `Wording` over whoever plays where the job belongs."""

    def __init__(self, looks: Looks, cast: Cast, souls: Souls, clock: Clock) -> None:
        self._looks = looks
        self._cast = cast
        self._souls = souls
        self._clock = clock

    async def words(self, job: Job) -> Sequence[str]:
        """What it says; nothing when it would rather be silent, or may not speak there."""
        seen = await self._looks(job.place, _LINES)
        if seen is None or seen[0].conversation.connection:
            return ()
        claim, lines = seen
        role = self._cast.of(claim)
        async with aclosing(role.persona.speak(self._scene(job, claim, lines))) as speech:
            return [
                one.text async for one in speech if isinstance(one, Bubble) and one.text.strip()
            ]

    def _scene(self, job: Job, claim: Claim, lines: tuple[Line, ...]) -> Scene:
        return Scene(
            conversation=claim.conversation,
            private=claim.private,
            title=claim.title,
            lines=lines,
            heard=(),
            now=self._clock.now().astimezone(zone(job.zone)),
            souls=self._souls.of(claim),
            place=claim.id,
            persona=self._cast.of(claim).name,
            mood=claim.mood,
            intention=job.text,
        )
