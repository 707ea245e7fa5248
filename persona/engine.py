"""Speaks: scene in, bubbles out."""

from collections import Counter
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from dataclasses import replace

from anima.errors import BackendUnavailable
from anima.model import Account, Bubble, Delta, Draft, Heard, Scene, Soul, Speech, Usage
from anima.ports import Backend, Clock, Trouble, Witness
from persona.card import Card
from persona.compose import compose
from persona.mouth import Mouth
from persona.recital import Recital
from persona.reserve import Habit
from persona.signature import signature
from persona.sorry import sorry
from persona.tongue import tongue


class Engine:
    """A persona that is alive: *card* says who, *soul* on *backend* thinks of the words."""

    def __init__(
        self, card: Card, backend: Backend, soul: Soul, clock: Clock, witness: Witness
    ) -> None:
        self._card = card
        self._backend = backend
        self._soul = soul
        self._clock = clock
        self._witness = witness
        self._signed = signature(card.called)
        self._habits: dict[str, Habit] = {}

    async def speak(self, scene: Scene) -> AsyncGenerator[Speech, None]:
        """The answer to *scene*, without thoughts and without what this turn has said already."""
        prompt = compose(self._card, scene, self._soul)
        mouth = Mouth(self._habits.get(self._soul.name, "unknown"), self._signed)
        answer = _Answer(mouth, scene, Recital(prompt[0], self._card))
        async with aclosing(self._backend.stream(prompt, self._soul)) as deltas:
            async for delta in deltas:
                for step in answer.feed(delta, self._clock.elapsed()):
                    yield step
        rest = answer.close()
        self._learn(answer.habit)
        if not answer.spoke:
            raise BackendUnavailable("the model said nothing")
        account = Account(self._soul.name, self._card.revision, answer.usage)
        for bubble in rest[:-1]:
            yield bubble
        yield replace(rest[-1], account=account) if rest else account

    def sorry(self, trouble: Trouble, heard: Sequence[Heard], reference: str) -> str:
        return sorry(self._card, trouble, tongue(self._card, heard), reference)

    def greeting(self, heard: Heard) -> str:
        """The card's greeting in the person's language, else in English or the card's first."""
        card = self._card
        wanted = (tongue(card, [heard]), "en", *card.languages, *card.greeting)
        return next(card.greeting[code] for code in wanted if code in card.greeting)

    def _learn(self, habit: Habit) -> None:
        """Remember how the soul thinks; say once that it does so without an opening tag."""
        if habit == "aloud" != self._habits.get(self._soul.name):
            self._witness.note("soul thinks without an opening tag", soul=self._soul.name)
        self._habits[self._soul.name] = habit


class _Answer:
    """One answer on its way: drafts where they are wanted, nothing said before, no recital."""

    def __init__(self, mouth: Mouth, scene: Scene, recital: Recital) -> None:
        self._mouth = mouth
        self._recital = recital
        self._drafts = scene.drafts
        self._draft = ""
        self._before = Counter(map(_letters, scene.spoken))
        self.spoke = bool(scene.spoken)
        self.usage = Usage()

    @property
    def habit(self) -> Habit:
        return self._mouth.habit

    def feed(self, delta: Delta, elapsed: float) -> list[Speech]:
        self.usage = delta.usage or self.usage
        return [*self._new(self._mouth.feed(delta, elapsed)), *self._drafted()]

    def close(self) -> list[Bubble]:
        return self._new(self._mouth.close())

    def _new(self, bubbles: Iterable[str]) -> list[Bubble]:
        own = (bubble for bubble in bubbles if not self._recital.holds(bubble))
        return [Bubble(bubble) for bubble in own if self._is_new(bubble)]

    def _is_new(self, bubble: str) -> bool:
        self.spoke = True
        repeated = self._before[_letters(bubble)] > 0
        self._before[_letters(bubble)] -= repeated
        return not repeated

    def _drafted(self) -> list[Speech]:
        draft = self._mouth.draft if self._drafts else ""
        if not draft or draft == self._draft or self._recital.holds(draft):
            return []
        self._draft = draft
        return [Draft(draft)]


def _letters(text: str) -> str:
    """*text* without its white space, which a cut may have changed."""
    return "".join(text.split())
