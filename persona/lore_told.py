"""What of the lore is told in one turn: the most important that its budget has room for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from anima.model import Scene
from persona.late import Aside, aside
from persona.lore import Lore
from persona.lore_entry import Entry
from persona.tokens import estimate

SHARE: Final = 4
"""Lore takes at most one part in so many of what is left for talk."""

FEW: Final = 2
"""So many entries a small mind is told at most; it takes more for the subject of the talk."""


@dataclass(frozen=True, slots=True)
class Told:
    """*entries*, the most important first, and the *lines* that tell them."""

    entries: tuple[Entry, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def cost(self) -> int:
        """What all of it costs, line ends included."""
        return sum(_cost(line) for line in self.lines)

    @property
    def text(self) -> str:
        """The lines in the order in which their authors want them."""
        told = zip(self.entries, self.lines, strict=True)
        in_order = sorted(told, key=lambda one: (one[0].order, one[0].name))
        return "\n".join(line for _, line in in_order)

    def dwindling(self) -> Iterator["Told"]:
        """All of it, then less and less, the least important going first, until nothing is left."""
        for count in range(len(self.entries), -1, -1):
            yield Told(self.entries[:count], self.lines[:count])

    def none(self) -> "Told":
        """Nothing of it."""
        return Told()


def told(lore: Lore, scene: Scene, room: int, *, few: bool) -> Told:
    """What *scene* brings to mind of *lore*, where *room* tokens are left for talk.

    To a *few* entries belongs what is always known: it stands on no page then.
    """
    minded = lore.recall(scene.lines, scene.heard)
    if few:
        minded = tuple(sorted((*minded, *lore.always), key=lambda entry: -entry.priority))
    left = min(lore.tokens, room // SHARE)
    entries, lines = list[Entry](), list[str]()
    for entry in minded:
        line = aside(Aside("lore", entry.text), 2 * lore.tokens)
        if _cost(line) <= left and not (few and len(entries) == FEW):
            left -= _cost(line)
            entries.append(entry)
            lines.append(line)
    return Told(tuple(entries), tuple(lines))


def _cost(line: str) -> int:
    return estimate(line) + 1
