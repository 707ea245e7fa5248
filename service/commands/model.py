"""`/model use|rollback|canary`: who speaks from now on.

Nothing is done here: what changes are the steps that the answer brings along, and the ledger takes
both together, however often a turn is cut off and begun again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from anima.choosing import EVERYBODY, takes_part
from anima.ids import Ids
from anima.model import Choice
from anima.orders import Obeyed, Order
from anima.ports import Clock
from anima.steps import Changed, Chose, Step, TookBack
from service.commands import model_words as say
from service.commands.mistakes import MISSING
from service.commands.table import Wish
from service.commands.words import Language, listed
from service.souls import Souls


@dataclass(frozen=True, slots=True)
class Switch:
    """Takes and takes back the choices of a version."""

    souls: Souls
    ids: Ids
    clock: Clock

    async def use(self, wish: Wish) -> Obeyed:
        """`/model use NAME [here|everywhere]`."""
        order, soul = wish.order, wish.given["version"]
        here = wish.given.get("where", "here") == "here"
        if here and soul not in (allowed := self.souls.allowed(order.claim)):
            known = listed(allowed, wish.language)
            return Obeyed(say.NOT_OF_THIS_ONE.to(wish.language, soul=soul, known=known))
        if self._is_so(order, soul, here=here):
            same = say.SAME_HERE if here else say.SAME_EVERYWHERE
            return Obeyed(same.to(wish.language, soul=soul))
        before = self._speaks(order, order.claim.choices, here=here)
        steps = self._choose(order, Choice(self.ids.next(), soul, here=here), before)
        everywhere = say.NOW_EVERYWHERE if before == soul else say.USED_EVERYWHERE
        line = say.USED_HERE if here else everywhere
        text = line.to(wish.language, before=before, after=soul)
        return Obeyed(_joined(text, *_afresh(steps, wish.language)), steps)

    async def rollback(self, wish: Wish) -> Obeyed:
        """`/model rollback [here|everywhere]`."""
        where, choices = wish.given.get("where"), wish.order.claim.choices
        fitting = (one for one in choices if where is None or one.here == (where == "here"))
        taken = max(fitting, key=lambda one: one.id, default=None)
        if taken is None:
            return Obeyed(say.NOTHING_TO_TAKE_BACK.to(wish.language))
        rest = tuple(one for one in choices if one.id != taken.id)
        step = TookBack(
            choice=taken.id,
            mark=self.ids.next(),
            by=wish.order.heard.speaker.address,
            before=taken.soul,
            after=self._speaks(wish.order, rest, here=taken.here),
            at=self.clock.now(),
        )
        steps = (step, *self._changed(wish.order, rest))
        return Obeyed(self._took_back(wish, taken, step, rest), steps)

    async def canary(self, wish: Wish) -> Obeyed:
        """`/model canary [NAME] 10%|off`; without a name it is the one that is on trial."""
        order, language, percent = wish.order, wish.language, float(wish.given["share"])
        trial = self.souls.canary(order.claim.choices)
        soul = wish.given.get("version") or (trial.soul if trial else "")
        if not percent:
            return self._end(wish, trial if trial and trial.soul == soul else None)
        if not soul:
            return Obeyed(MISSING.to(language, argument="NAME", form="/model canary NAME 10%"))
        if percent >= EVERYBODY:
            return Obeyed(say.WHOLE.to(language, soul=soul))
        before = self.souls.everywhere(order.claim.choices)
        if soul == before:
            return Obeyed(say.SAME_EVERYWHERE.to(language, soul=soul))
        if trial and (trial.soul, trial.percent) == (soul, percent):
            return Obeyed(say.CANARY_SAME.to(language, soul=soul, percent=_share(trial)))
        choice = Choice(self.ids.next(), soul, here=False, percent=percent)
        steps = self._choose(order, choice, before)
        text = say.CANARY_SET.to(language, soul=soul, percent=_share(choice))
        among = say.AMONG if self._takes_part(order, choice) else say.NOT_AMONG
        return Obeyed(_joined(text, among.to(language), *_afresh(steps, language)), steps)

    def _end(self, wish: Wish, trial: Choice | None) -> Obeyed:
        if trial is None:
            return Obeyed(say.NO_CANARY.to(wish.language))
        over = Choice(self.ids.next(), trial.soul, here=False, percent=0)
        before = self.souls.everywhere(wish.order.claim.choices)
        steps = self._choose(wish.order, over, before)
        text = say.CANARY_OVER.to(wish.language, soul=trial.soul, percent=_share(trial))
        return Obeyed(_joined(text, *_afresh(steps, wish.language)), steps)

    def _is_so(self, order: Order, soul: str, *, here: bool) -> bool:
        """Whether choosing *soul* would change nothing.

        For everywhere that is only sure when this was the newest word of all: places of which we
        know nothing here may have a choice of their own.
        """
        choices = order.claim.choices
        if here:
            return self.souls.here(order.claim, choices) == soul
        newest = max(choices, key=lambda one: one.id, default=None)
        return newest is not None and newest == Choice(newest.id, soul, here=False)

    def _choose(self, order: Order, choice: Choice, before: str) -> tuple[Step, ...]:
        chose = Chose(choice, order.heard.speaker.address, before, self.clock.now())
        return (chose, *self._changed(order, (*order.claim.choices, choice)))

    def _changed(self, order: Order, choices: Sequence[Choice]) -> tuple[Step, ...]:
        """The talk here is another one's, when these *choices* make it so."""
        before = self.souls.here(order.claim, order.claim.choices)
        after = self.souls.here(order.claim, choices)
        return (Changed(after, since=order.turn),) if after != before else ()

    def _speaks(self, order: Order, choices: Sequence[Choice], *, here: bool) -> str:
        return self.souls.here(order.claim, choices) if here else self.souls.everywhere(choices)

    def _takes_part(self, order: Order, trial: Choice) -> bool:
        after = self.souls.here(order.claim, (*order.claim.choices, trial))
        return after == trial.soul and takes_part(trial, order.claim.conversation)

    def _took_back(self, wish: Wish, taken: Choice, step: TookBack, rest: Sequence[Choice]) -> str:
        language, claim = wish.language, wish.order.claim
        if taken.percent < EVERYBODY:
            line = say.TAKEN_CANARY if taken.percent else say.TAKEN_END
            now = self.souls.canary(rest)
        else:
            line, now = (say.TAKEN_HERE if taken.here else say.TAKEN_EVERYWHERE), None
        facts = {"before": step.before, "after": step.after, "soul": taken.soul}
        parts = [line.to(language, percent=_share(taken), **facts)]
        if now:
            parts.append(say.CANARY_NOW.to(language, soul=now.soul, percent=_share(now)))
        here = self.souls.here(claim, rest)
        if here != self.souls.here(claim, claim.choices):
            parts.append(say.AFRESH.to(language))
        elif not taken.here:
            parts.append(say.STILL_HERE.to(language, soul=here))
        return _joined(*parts)


def _afresh(steps: Sequence[Step], language: Language) -> tuple[str, ...]:
    changes = any(isinstance(one, Changed) for one in steps)
    return (say.AFRESH.to(language),) if changes else ()


def _share(choice: Choice) -> str:
    return f"{choice.percent:g}%"


def _joined(*sentences: str) -> str:
    return "\n".join(sentences)
