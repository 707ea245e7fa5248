"""From the deltas of an answer to bubbles that may leave: thoughts and calls out, the rest cut."""

import re
from collections.abc import Collection
from typing import Final

from anima.model import Call, Delta
from persona.bubbles import Bubbles
from persona.calls import Calls
from persona.nature import Rhythm
from persona.reactions import apart, unreacted
from persona.reserve import Habit, Reserve
from persona.signature import unsigned
from persona.think import Thoughts

_DRAFT = 80
"""The first draft has at least so many characters, so that reasoning shows itself in them."""

_USUAL: Final = Rhythm()


class Mouth:
    """Speaks one answer.

    *habit* is what is known of its soul, *signed* what no bubble shall begin with, *rhythm* how
    long and how many bubbles are, *reactions* the faces that are no words.
    """

    def __init__(
        self,
        habit: Habit,
        signed: re.Pattern[str],
        rhythm: Rhythm = _USUAL,
        reactions: Collection[str] = (),
    ) -> None:
        self._reactions = reactions
        self._habit = habit
        self._signed = signed
        self._thoughts = Thoughts()
        self._calls = Calls()
        self._bubbles = Bubbles(soft=rhythm.characters, most=rhythm.bubbles)
        self._reserve = Reserve(habit)
        self._ready: list[str] = []
        self._strays = 0

    def feed(self, delta: Delta, elapsed: float) -> list[str]:
        """The bubbles that may leave now, at *elapsed* on the clock."""
        self._hear(self._thoughts.feed(delta.text))
        if delta.thought or self._thoughts.marked:
            self._reserve.free()
        if not self._ready or not self._reserve.releases(self._ready[0], elapsed):
            return []
        return self._release()

    def close(self) -> list[str]:
        """The rest, when the answer is whole: whatever was held back was speech."""
        self._hear(self._thoughts.close())
        self._ready += self._bubbles.feed(self._calls.close())
        self._ready += self._bubbles.close()
        return self._release()

    @property
    def calls(self) -> list[Call]:
        """The tools it has asked for by now, in its words."""
        return self._calls.calls

    @property
    def begun(self) -> bool:
        """Whether another bubble has begun behind those that left."""
        return bool(self._ready or self._bubbles.held.strip())

    @property
    def draft(self) -> str:
        """How the next bubble begins, once that can be shown; else empty."""
        beginning = self._bubbles.held.strip()
        beginning = unreacted(beginning) if self._reactions else beginning
        shown = len(beginning) >= _DRAFT and not self._ready and self._reserve.shows(beginning)
        return unsigned(beginning, self._signed) if shown else ""

    @property
    def habit(self) -> Habit:
        """What is known of the soul after this answer."""
        if self._habit == "aloud" or self._thoughts.strays:
            return "aloud"
        return "unknown" if self._thoughts.marked else "plain"  # a tag may be missing next time

    def _hear(self, speech: str) -> None:
        if self._thoughts.strays > self._strays:
            self._strays = self._thoughts.strays
            self._ready.clear()
            self._calls.drop()
            self._bubbles.drop()
            self._reserve.free()
        self._ready += self._bubbles.feed(self._calls.feed(speech))

    def _release(self) -> list[str]:
        leaving = [unsigned(bubble, self._signed).strip() for bubble in self._ready]
        self._ready = []
        return [one for bubble in leaving if bubble for one in apart(self._reactions, bubble)]
