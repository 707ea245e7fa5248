"""What of the lore is told in one turn: the most important that its budget has room for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from anima.model import Scene
from persona.late import Aside, aside
from persona.lore import Lore
from persona.lore_entry import Entry
from persona.tokens import Counting, estimate

SHARE: Final = 4
"""Lore takes at most one part in so many of what is left for talk."""

FEW: Final = 2
"""So many entries a small mind is told at most; it takes more for the subject of the talk."""


@dataclass(frozen=True, slots=True)
class Told:
    """*entries*, the most important first, and the *lines* that tell them, with their *costs*.

    *passed* came to mind as well, and was more than lore may take.
    """

    entries: tuple[Entry, ...] = ()
    lines: tuple[str, ...] = ()
    costs: tuple[int, ...] = ()
    passed: tuple[Entry, ...] = ()

    @property
    def cost(self) -> int:
        """What all of it costs, line ends included."""
        return sum(self.costs)

    @property
    def text(self) -> str:
        """The lines in the order in which their authors want them."""
        told = zip(self.entries, self.lines, strict=True)
        in_order = sorted(told, key=lambda one: (one[0].order, one[0].name))
        return "\n".join(line for _, line in in_order)

    def dwindling(self) -> Iterator["Told"]:
        """All of it, then less and less, the least important going first, until nothing is left."""
        for count in range(len(self.entries), -1, -1):
            yield Told(self.entries[:count], self.lines[:count], self.costs[:count], self.passed)

    def none(self) -> "Told":
        """Nothing of it."""
        return Told(passed=self.passed)


def told(lore: Lore, scene: Scene, room: int, *, few: bool, count: Counting = estimate) -> Told:
    """What *scene* brings to mind of *lore*, where *room* tokens are left for talk.

    To a *few* entries belongs what is always known: it stands on no page then.
    """
    minded = lore.recall(scene.lines, scene.heard)
    if few:
        minded = tuple(sorted((*minded, *lore.always), key=lambda entry: -entry.priority))
    left = min(lore.tokens, room // SHARE)
    known, passed = list[tuple[Entry, str, int]](), list[Entry]()
    for entry in minded:
        line = aside(Aside("lore", entry.text), 2 * lore.tokens, count)
        cost = count(line) + 1
        if cost <= left and not (few and len(known) == FEW):
            left -= cost
            known.append((entry, line, cost))
        else:
            passed.append(entry)
    entries, lines, costs = zip(*known, strict=True) if known else ((), (), ())
    return Told(entries, lines, costs, tuple(passed))


def names(entries: Sequence[Entry]) -> tuple[str, ...]:
    """What *entries* are called."""
    return tuple(entry.name for entry in entries)
