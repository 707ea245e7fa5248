"""The versions that are served, and which of them speaks where."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from anima import choosing
from anima.model import Choice, Claim, Soul

Kept = Callable[[Claim], Sequence[str]]


def _all_of_them(claim: Claim) -> Sequence[str]:
    del claim
    return ()


class Souls:
    """The port `Souls` over the versions of the settings; the first speaks until one is chosen.

    *kept* tells which of them may speak in a conversation, and names none where all may.
    """

    def __init__(self, souls: Sequence[Soul], kept: Kept = _all_of_them) -> None:
        self._kept = kept
        self._souls = {soul.name: soul for soul in souls}
        self._chains = {soul.name: self._chain(soul) for soul in souls}
        self.names = tuple(self._souls)
        self.first = self.names[0]

    def of(self, claim: Claim) -> tuple[Soul, ...]:
        return self._chains[self.here(claim, claim.choices)]

    def here(self, claim: Claim, choices: Sequence[Choice]) -> str:
        """Who would speak in the claimed conversation, were these the *choices*."""
        names = self.allowed(claim)
        return choosing.chosen(choices, claim.conversation, names, names[0])

    def allowed(self, claim: Claim) -> Sequence[str]:
        """The versions that whoever plays there may speak with, its own first."""
        return self._kept(claim) or self.names

    def everywhere(self, choices: Sequence[Choice]) -> str:
        """Who speaks where nobody chose for the place itself."""
        return choosing.everywhere(choices, self.names, self.first)

    def canary(self, choices: Sequence[Choice]) -> Choice | None:
        """The version that is on trial in a share of the conversations."""
        return choosing.canary(choices, self.names)

    def get(self, name: str) -> Soul | None:
        """The version of exactly this *name*."""
        return self._souls.get(name)

    def alone(self, name: str) -> Soul:
        """The version *name* for a question aside: nobody in its place, no tools to act with."""
        return replace(self._souls[name], fallback=(), form="off", tools=())

    def named(self, text: str) -> str | None:
        """The version that *text* means, however wide or large its letters are."""
        return meant(text, self.names)

    def _chain(self, soul: Soul) -> tuple[Soul, ...]:
        names = [name for name in dict.fromkeys(soul.fallback) if name in self._souls]
        chain = [soul, *(self._souls[name] for name in names if name != soul.name)]
        rest = [one.name for one in chain]
        return tuple(
            replace(one, fallback=tuple(rest[place:])) for place, one in enumerate(chain, start=1)
        )


def meant(text: str, names: Sequence[str]) -> str | None:
    """The one of *names* that is *text*: to the letter, or but for its letters' case and width."""
    if text in names:
        return text
    return next((name for name in names if folded(name) == folded(text)), None)


def nearest(text: str, names: Sequence[str]) -> tuple[str, ...]:
    """All of *names*, the one most like *text* first."""
    originals = {folded(name): name for name in reversed(names)}
    close = get_close_matches(folded(text), originals, n=1, cutoff=0.4)
    return tuple(dict.fromkeys([*(originals[one] for one in close), *names]))


def folded(text: str) -> str:
    """*text* as two are compared that differ only in the case and the width of their letters."""
    return unicodedata.normalize("NFKC", text).strip().casefold()
