"""One answer of one soul on its way: what of it may leave, and what it was all in all."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from anima.model import Bubble, Call, Delta, Draft, Scene, Speech, Usage
from persona.echo import Echo
from persona.emotes import begun
from persona.mouth import Mouth
from persona.plainly import plainly, so_far
from persona.recital import Recital
from persona.slips import Slips


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What is never said: the page that tells who it is, and what breaks the spell.

    Nor is the last reply said again, an *echo*; and who does not write *markdown* does not say it.
    """

    recital: Recital
    slips: Slips
    echo: Echo
    markdown: bool = True


class Answer:
    """Lets bubbles leave one behind, so that it is known which of them is the last.

    That one is *last*, once the answer is over. Drafts come where *scene* wants them, and nothing
    that its turn had said before. *slipped*: the answer broke the spell, which ended it; what
    came before that stands. *words*: it had any.
    """

    def __init__(self, mouth: Mouth, scene: Scene, unsaid: Unsaid) -> None:
        self.mouth = mouth
        self.last = ""
        self.words = False
        self.slipped = False
        self.usage = Usage()
        self._unsaid = unsaid
        self._drafts = scene.drafts
        self._draft = self._shown = ""
        self._left = False
        self._dropped: list[str] = []
        self._before = Counter(map(_letters, scene.spoken))
        self._native: list[Call] = []

    @property
    def repeated(self) -> tuple[str, ...]:
        """All that the answer came to, if it was no more than the last reply had said."""
        if self._left or (self.last and not self._unsaid.echo.holds(self.last)):
            return ()
        return (*self._dropped, *filter(None, [self.last]))

    @property
    def calls(self) -> list[Call]:
        """The tools it asks for, in its words and in its backend's protocol."""
        return [*self.mouth.calls, *self._native]

    def feed(self, delta: Delta, elapsed: float) -> list[Speech]:
        """What may leave now. After a slip nothing does."""
        self.usage = delta.usage or self.usage
        if delta.call:
            self._native.append(delta.call)
        leaving = self._taken(self.mouth.feed(delta, elapsed))
        if self.slipped:
            return leaving
        if self.last and self.mouth.begun:
            leaving.append(Bubble(self.take()))
        return [*leaving, *self._drafted()]

    def close(self) -> list[Speech]:
        """What leaves when the answer is over, but for the *last*."""
        return [] if self.slipped else self._taken(self.mouth.close())

    def take(self) -> str:
        """The *last* bubble, which is none any more then."""
        last, self.last, self._left = self.last, "", True
        return last

    def _taken(self, bubbles: Iterable[str]) -> list[Speech]:
        leaving: list[Speech] = []
        for bubble in bubbles:
            if self._unsaid.slips.holds(bubble):
                self.slipped = True
                break
            if said := self._sayable(bubble):
                if self.last:
                    leaving.append(Bubble(self.take()))
                self.last = said
        return leaving

    def _sayable(self, bubble: str) -> str:
        """*bubble* as the persona says it, or nothing where it is not to be said."""
        if self._unsaid.recital.holds(bubble):
            return ""
        said = bubble if self._unsaid.markdown else plainly(bubble)
        if not said or not self._is_new(said):
            return ""
        if not self._unsaid.echo.drops(said):
            return said
        self._dropped.append(said)
        return ""

    def _is_new(self, bubble: str) -> bool:
        self.words = True
        repeated = self._before[_letters(bubble)] > 0
        self._before[_letters(bubble)] -= repeated
        return not repeated

    def _drafted(self) -> list[Speech]:
        draft = self.mouth.draft if self._drafts else ""
        if not draft or draft == self._draft or self._never(draft):
            return []
        self._draft = draft
        shown = begun(draft if self._unsaid.markdown else so_far(draft)).rstrip()
        if shown == self._shown:
            return []
        self._shown = shown
        return [Draft(shown)]

    def _never(self, draft: str) -> bool:
        unsaid = self._unsaid
        never = unsaid.recital.holds(draft) or unsaid.slips.doubtful(draft)
        return never or unsaid.echo.begins(draft)


def _letters(text: str) -> str:
    """*text* without its white space, which a cut may have changed."""
    return "".join(text.split())
