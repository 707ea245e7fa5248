"""`/persona list|use|reload`: who of the house plays here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from anima.model import Claim
from anima.orders import Obeyed
from anima.ports import Clock
from anima.roles import Role
from anima.steps import Changed, Recast, Reloaded
from service.commands import casting_words as say
from service.commands.model_words import AFRESH
from service.commands.parts import short
from service.commands.table import Argument, Wish
from service.commands.words import Words, listed
from service.souls import Souls, meant

HOME: Final = "home"

PERSONA: Final = Argument(
    "persona",
    "persona",
    "NAME|home",
    Words(
        en="a name out of the list; home: whoever lives on this platform",
        zh="列表里的名字；home：这个平台上默认的那位",
        ja="一覧の名前。home：このプラットフォームにいつもいる人",
    ),
)


@dataclass(frozen=True, slots=True)
class Known:
    """A persona of the house as people are told of it: what it is called, and where it is home."""

    name: str
    title: str
    homes: tuple[str, ...] = ()


class Company(Protocol):
    """Every persona of the house, and how they are read anew."""

    def of(self, claim: Claim) -> Role: ...

    def known(self) -> Sequence[Known]:
        """All of them, the main one first."""

    async def reload(self) -> Sequence[str]:
        """Read all again; a line for each that cannot be read and goes on as it was."""


@dataclass(frozen=True, slots=True)
class Casting:
    """Tells and changes who plays."""

    company: Company
    souls: Souls
    clock: Clock

    async def list(self, wish: Wish) -> Obeyed:
        """`/persona list`."""
        here = self.company.of(wish.order.claim).name
        lines = [self._line(one, wish, here) for one in self.company.known()]
        return Obeyed("\n".join([*lines, say.HOW.to(wish.language)]))

    async def use(self, wish: Wish) -> Obeyed:
        """`/persona use NAME|home`: the talk begins afresh, and nobody's memories mix."""
        claim, language = wish.order.claim, wish.language
        names = [one.name for one in self.company.known()]
        wanted = wish.given["persona"]
        name = meant(wanted, [*names, HOME])
        if name is None:
            known = listed([*names, HOME], language)
            return Obeyed(say.UNKNOWN.to(language, word=short(wanted), known=known))
        before = self.company.of(claim)
        after_claim = replace(claim, role="" if name == HOME and HOME not in names else name)
        after = self.company.of(after_claim)
        if after.name == before.name:
            return Obeyed(say.SAME.to(language, name=after.name))
        recast = Recast(
            claim.role, after_claim.role, wish.order.heard.speaker.address, self.clock.now()
        )
        soul = self.souls.here(after_claim, claim.choices)
        changed = Changed(soul, since=wish.order.turn, persona=after.name)
        text = say.USED.to(language, before=before.name, after=after.name)
        return Obeyed(f"{text}\n{AFRESH.to(language)}", (recast, changed))

    async def reload(self, wish: Wish) -> Obeyed:
        """`/persona reload`: whoever cannot be read goes on as it was."""
        wrong = await self.company.reload()
        step = Reloaded(wish.order.heard.speaker.address, self.clock.now())
        names = listed([one.name for one in self.company.known()], wish.language)
        done = say.RELOADED.to(wish.language, names=names)
        lines = [say.UNREADABLE.to(wish.language), *wrong] if wrong else [done]
        return Obeyed("\n".join(lines), (step,))

    def _line(self, one: Known, wish: Wish, here: str) -> str:
        marks = [say.HERE.to(wish.language)] if one.name == here else []
        if one.homes:
            marks.append(say.AT_HOME.to(wish.language, places=listed(one.homes, wish.language)))
        line = say.LINE if marks else say.PLAIN
        notes = listed(marks, wish.language)
        sign = "▶ " if one.name == here else ""
        return sign + line.to(wish.language, name=one.name, title=one.title, notes=notes)
