"""What a turn has come to, over all the souls and all the times that are asked in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from anima.model import Account, Bubble, Scene, Speech, Usage
from persona.answer import Answer
from persona.initiative.impelled import reason
from persona.slip_words import Stance

MOST_ROUNDS: Final = 2
"""So often a model that only used tools is asked again for words."""

_FIRM: Final[Mapping[Stance, str]] = MappingProxyType(
    {
        "open": "Answer as {name}, who you are and stay, in your own words. Speak of no models or"
        " makers. If you will not do something, say so the way {name} would.",
        "character": "Answer as {name}, who you are and stay, in your own words. Do not speak of"
        " what you are made of. If you will not do something, say so the way {name} would.",
    }
)


_UNASKED: Final = (
    "Nobody spoke to you: this is the talk of others. Put in one short line, as a friend who"
    " listens would."
)

_ANEW: Final = (
    "You were about to repeat your last message word for word. Unless they asked for that, say"
    " something else, which answers what they have just said."
)


@dataclass(slots=True)
class Exchange:
    """One turn: its *scene*, what the model is told besides, and what was counted.

    *begun*: the soul that is asked now has answered something; *shown*: somebody saw some of it;
    *said*: a whole bubble. *spare* is what only repeated the last reply: better than nothing.
    """

    scene: Scene
    begun: bool = False
    shown: bool = False
    said: bool = False
    slips: int = 0
    rounds: int = 0
    anew: bool = False
    spare: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.scene.impulse:
            self.notes = (*reason(self.scene.impulse, self.scene.now), *self.notes)
        if self.scene.unasked:
            self.notes = (_UNASKED, *self.notes)

    @property
    def untouched(self) -> bool:
        """Whether another soul may answer as if nobody had been asked."""
        return not self.begun and not self.shown

    def may_retry(self, answer: Answer) -> bool:
        """Whether an *answer* that slipped is asked for again: once, and only if nothing stands."""
        return self.slips == 1 and not self.said and not answer.last

    def may_ask_anew(self, answer: Answer) -> bool:
        """Whether an *answer* that only repeats our last reply is asked for again: once a turn."""
        fresh = not self.anew and not self.said and not answer.slipped
        return fresh and bool(answer.repeated)

    def may_go_on(self, answer: Answer) -> bool:
        """Whether words are still to come after an *answer* that only used tools."""
        only = bool(answer.calls) and not answer.words and not answer.slipped
        return only and self.rounds < MOST_ROUNDS

    def sees(self, one: Speech) -> None:
        """Know that *one* goes out."""
        self.shown = True
        self.said = self.said or isinstance(one, Bubble)

    def count(self, answer: Answer) -> None:
        """Add what *answer* cost."""
        self.slips += answer.slipped
        self.spare = answer.repeated or self.spare
        self.usage = Usage(
            self.usage.prompt + answer.usage.prompt, self.usage.completion + answer.usage.completion
        )

    def firmly(self, name: str, stance: Stance) -> None:
        """From now on the model is told who it is once more."""
        self.notes = (*self.notes, _FIRM[stance].format(name=name))

    def freshly(self) -> None:
        """From now on the model knows that it has said this already."""
        self.anew = True
        self.notes = (*self.notes, _ANEW)

    def told(self, results: Sequence[str]) -> None:
        """From now on the model knows what came of its tools."""
        self.rounds += 1
        self.notes = (*self.notes, *results, "Now answer in words.")

    def account(self, soul: str, revision: str) -> Account:
        """What it was all in all, with *soul* as the one that answered."""
        return Account(soul, revision, self.usage, self.slips)
