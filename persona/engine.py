"""Speaks: scene in, bubbles out."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from types import MappingProxyType

from anima.errors import BackendUnavailable, Refused
from anima.model import (
    Bubble,
    Decision,
    Heard,
    Prompt,
    Scene,
    Soul,
    Speech,
    Tool,
)
from anima.ports import Backend, Clock, Deeds, Trouble, Witness
from persona.answer import Answer, Unsaid
from persona.card import Card
from persona.compose import compose
from persona.doing import Doing
from persona.echo import Echo
from persona.exchange import MOST_ROUNDS, Exchange
from persona.initiative.fitting import fit
from persona.macros import greeted
from persona.mouth import Mouth
from persona.names import clean
from persona.ponder import Ponder
from persona.recital import Recital
from persona.reserve import Habit
from persona.room import weigh
from persona.signature import signature
from persona.slips import Slips
from persona.sorry import sorry
from persona.tokens import Counting, estimate
from persona.tongue import tongue
from persona.toolpage import page
from persona.tools import SILENCE
from persona.topics import topics


class Engine:
    """A persona that is alive: *card* says who, the scene's souls on *backend* think of the words.

    What it can do besides speaking are *deeds*; without them it is offered no tools. *counts* tell
    by a soul's name what its tokenizer counts; others are estimated.
    """

    def __init__(
        self,
        card: Card,
        backend: Backend,
        clock: Clock,
        witness: Witness,
        deeds: Deeds | None = None,
        *,
        counts: Mapping[str, Counting] = MappingProxyType({}),
    ) -> None:
        self._card = card
        self._backend = backend
        self._clock = clock
        self._witness = witness
        self._counts = counts
        self._doing = Doing(card.tools, deeds, witness)
        self._topics = topics(card)
        self._ponder = Ponder(card, backend, clock, witness)
        self._signed = signature(card.called)
        self._slips = Slips(card.called, card.stance)
        self._habits: dict[str, Habit] = {}

    def speak(self, scene: Scene) -> AsyncGenerator[Speech, None]:
        """The answer to *scene*, as for the port; of what we write first, only what is fit."""
        return fit(self._speak(scene), self._witness) if scene.impulse else self._speak(scene)

    async def _speak(self, scene: Scene) -> AsyncGenerator[Speech, None]:
        """The answer to *scene*, without thoughts and without what this turn has said already.

        A soul that is out of reach before its first word is left for the next one; when all are,
        the first one's trouble is raised. An answer that breaks the spell is asked for once more;
        raises `Refused` when nothing else comes.
        """
        exchange = Exchange(scene)
        failures: list[BackendUnavailable] = []
        for soul in scene.souls:
            if failures:
                self._note_fall(scene.souls[len(failures) - 1], soul, failures[-1])
            try:
                async with aclosing(self._speak_as(soul, exchange)) as speech:
                    async for one in speech:
                        exchange.sees(one)
                        yield one
            except (BackendUnavailable, Refused) as error:
                if exchange.spare and not exchange.said:
                    for one in self._spared(soul, exchange):
                        yield one
                    return
                if isinstance(error, Refused) or not exchange.untouched:
                    raise
                failures.append(error)
            else:
                return
        raise failures[0]

    def weigh(self, scene: Scene, dial: int) -> Decision:
        """Whether to say something to *scene*, where this *dial* is set."""
        return weigh(scene, dial, self._topics)

    async def ponder(self, scene: Scene, decision: Decision) -> Decision:
        """What becomes of a *decision* that was not sure, when a model is asked for a word."""
        return await self._ponder(scene, decision)

    def sorry(self, trouble: Trouble, heard: Sequence[Heard], reference: str) -> str:
        return sorry(self._card, trouble, tongue(self._card, heard), reference)

    def greeting(self, heard: Heard) -> str:
        """The card's greeting in the person's language, else in English or the card's first."""
        card = self._card
        wanted = (tongue(card, [heard]), "en", *card.languages, *card.greeting)
        code = next(code for code in wanted if code in card.greeting)
        text = card.welcome.get(code, card.greeting[code])
        return greeted(text, clean(heard.speaker.name), code)

    async def _speak_as(self, soul: Soul, exchange: Exchange) -> AsyncGenerator[Speech, None]:
        """Ask *soul*, and again after a slip or for words after a tool, until it has answered."""
        tools = self._doing.offered(soul, exchange.scene)
        while True:
            answer, prompt = self._prepared(soul, exchange, tools)
            async with aclosing(self._answered(answer, prompt, soul, exchange, tools)) as speech:
                async for one in speech:
                    yield one
            self._note_end(soul, answer, exchange)
            if answer.slipped and exchange.may_retry(answer):
                exchange.firmly(self._card.name, self._card.stance)
                continue
            if exchange.may_ask_anew(answer):
                self._witness.note("repeated itself", soul=soul.name)
                exchange.freshly()
                continue
            meant = self._doing.meant(answer, tools)
            if meant and answer.last:  # nobody waits for what it does
                yield Bubble(answer.take(), asks=self._card.feedback)
            results = await self._doing.do(meant, exchange.scene)
            silent = not answer.words and any(name == SILENCE.name for name, _ in meant)
            silent = silent or exchange.scene.impulse is not None
            if exchange.may_go_on(answer) and not silent:
                exchange.told(results)
                continue
            for one in self._conclusion(soul, answer, exchange, silent=silent):
                yield one
            return

    async def _answered(
        self, answer: Answer, prompt: Prompt, soul: Soul, exchange: Exchange, tools: Sequence[Tool]
    ) -> AsyncGenerator[Speech, None]:
        """What leaves of *answer* until its end, but for its last bubble."""
        native = soul.form == "native" and exchange.rounds < MOST_ROUNDS
        asked = replace(soul, tools=tuple(tools) if native else ())
        exchange.begun = False
        async with aclosing(self._backend.stream(prompt, asked)) as deltas:
            async for delta in deltas:
                exchange.begun = True
                for one in answer.feed(delta, self._clock.elapsed()):
                    yield one
                if answer.slipped:
                    return
        for one in answer.close():
            yield one

    def _prepared(
        self, soul: Soul, exchange: Exchange, tools: Sequence[Tool]
    ) -> tuple[Answer, Prompt]:
        told = page(tools) if soul.form == "prompt" else ""
        count = self._counts.get(soul.name, estimate)
        notes = exchange.notes
        prompt = compose(self._card, exchange.scene, soul, notes=notes, tools=told, count=count)
        echo, nature = Echo(exchange.scene.lines), self._card.nature
        recital = Recital(prompt[0], self._card)
        unsaid = Unsaid(recital, self._slips, echo, markdown=nature.habits.markdown)
        habit = self._habits.get(soul.name, "unknown")
        mouth = Mouth(habit, self._signed, nature.rhythm, self._card.reactions)
        return Answer(mouth, exchange.scene, unsaid), prompt

    def _conclusion(
        self, soul: Soul, answer: Answer, exchange: Exchange, *, silent: bool
    ) -> list[Speech]:
        """The last bubble with the account, or the account alone."""
        account = exchange.account(soul.name, self._card.revision)
        if answer.last:
            return [Bubble(answer.take(), account, asks=self._card.feedback)]
        if exchange.said or exchange.scene.spoken or silent:
            return [account]
        if exchange.spare:
            return self._spared(soul, exchange)
        if exchange.slips:
            broke = "the model broke the spell, and when it was asked again had no answer"
            raise Refused(broke, slips=exchange.slips)
        raise BackendUnavailable("the model said nothing")

    def _spared(self, soul: Soul, exchange: Exchange) -> list[Speech]:
        """The repeat after all, where nothing else came."""
        account = exchange.account(soul.name, self._card.revision)
        *before, last = exchange.spare
        return [*map(Bubble, before), Bubble(last, account, asks=self._card.feedback)]

    def _note_end(self, soul: Soul, answer: Answer, exchange: Exchange) -> None:
        exchange.count(answer)
        if answer.slipped:
            self._witness.note("slip", soul=soul.name)
        else:
            self._learn(soul, answer.mouth.habit)

    def _note_fall(self, soul: Soul, following: Soul, error: BackendUnavailable) -> None:
        self._witness.note("fell back", soul=soul.name, to=following.name, reason=str(error))

    def _learn(self, soul: Soul, habit: Habit) -> None:
        """Remember how the soul thinks; say once that it does so without an opening tag."""
        if habit == "aloud" != self._habits.get(soul.name):
            self._witness.note("soul thinks without an opening tag", soul=soul.name)
        self._habits[soul.name] = habit
