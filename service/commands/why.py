"""`/why`: why we spoke or kept silent, when that was decided here last."""

from collections.abc import Callable
from dataclasses import dataclass

from anima.model import Heard
from anima.orders import Obeyed
from anima.roles import Cast
from memory.reasons import Decided
from service.commands import why_words as say
from service.commands.known import Past
from service.commands.table import Who, Wish
from service.commands.welcome import wordless
from service.commands.words import Language


@dataclass(frozen=True, slots=True)
class Why:
    """Tells what was decided. *who* tells what somebody is to the house."""

    past: Past
    cast: Cast
    who: Callable[[Heard], Who]

    async def why(self, wish: Wish) -> Obeyed:
        """`/why`: in a group for anybody, in private for those who look after the house."""
        claim, heard = wish.order.claim, wish.order.heard
        if claim.private and self.who(heard) != "admins":
            persona = self.cast.of(claim).persona
            return Obeyed(persona.sorry("forbidden", [wordless(heard)], ""))
        decided = await self.past.why(claim.id)
        return Obeyed(told(decided, wish.language) if decided else say.NOTHING.to(wish.language))


def told(decided: Decided, language: Language) -> str:
    """The decision in words; what an older or newer Anima meant by its reason is only shown."""
    kind, _, facts = decided.reason.partition(" ")
    if decided.outcome == "expired":
        return say.LATE.to(language)
    if words := say.SPEAKING.get(kind):
        frame = {"answered": say.SPOKE, "silent": say.CHOSE}.get(decided.outcome, say.BROKE)
        return frame.to(language, why=words.to(language, fact=facts))
    first, _, second = facts.partition(" ")
    known = say.KEEPING.get(kind)
    why = known.to(language, first=first, second=second) if known else decided.reason
    return say.SILENT.to(language, why=why)
