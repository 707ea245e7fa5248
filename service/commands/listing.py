"""`/model list`: every version, and where each one speaks."""

from collections.abc import Iterator
from dataclasses import dataclass

from anima.model import Claim
from anima.orders import Obeyed
from service.commands import model_words as say
from service.commands.known import Register
from service.commands.table import Wish
from service.commands.words import Language, listed
from service.souls import Souls


@dataclass(frozen=True, slots=True)
class Listing:
    """Knows all versions: those that are served, and those that once were."""

    souls: Souls
    register: Register

    async def list(self, wish: Wish) -> Obeyed:
        """`/model list`: a line each, short enough for a phone."""
        claim, language = wish.order.claim, wish.language
        lines = [self._line(name, claim, language) for name in self.souls.names]
        lines += [
            _noted(f"· {version.name} ({version.backend})", say.RETIRED.to(language), language)
            for version in await self.register.versions()
            if version.name not in self.souls.names
        ]
        return Obeyed("\n".join(lines))

    def _line(self, name: str, claim: Claim, language: Language) -> str:
        soul = self.souls.get(name)
        backend = soul.backend if soul else ""
        notes = listed(self.roles(name, claim, language), language)
        mark = "▶" if self.souls.here(claim, claim.choices) == name else "·"
        return _noted(f"{mark} {name} ({backend})", notes, language)

    def roles(self, name: str, claim: Claim, language: Language) -> Iterator[str]:
        """Where the version *name* speaks, as far as it is worth telling in this conversation."""
        here = self.souls.here(claim, claim.choices)
        everywhere = self.souls.everywhere(claim.choices)
        trial = self.souls.canary(claim.choices)
        if name == here:
            yield (say.EVERYWHERE if here == everywhere else say.HERE).to(language)
        elif name == everywhere:
            yield say.ELSEWHERE.to(language)
        if trial and trial.soul == name:
            yield say.CANARY.to(language, percent=f"{trial.percent:g}%")


def _noted(line: str, notes: str, language: Language) -> str:
    return say.NOTED.to(language, line=line, notes=notes) if notes else line
