"""An entry of lore made ready: whether what was said brings it to mind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from persona.lore_entry import Entry, Logic
from persona.lore_talk import Talk

_HOLDS: Final[Mapping[Logic, tuple[bool, bool]]] = MappingProxyType(
    {"any": (False, True), "all": (True, True), "not any": (False, False), "not all": (True, False)}
)
"""By logic: whether all keys are asked for or one, and whether that must be so or must not."""

Found = Sequence[int]
"""By the number of a key, the messages in which it was said, a bit each."""


@dataclass(frozen=True, slots=True)
class Ready:
    """An *entry* whose *keys* and those of its *conditions* are numbers of keys."""

    entry: Entry
    keys: tuple[int, ...]
    conditions: tuple[tuple[Logic, tuple[int, ...]], ...]

    def stands(self, found: Found, talk: Talk) -> bool:
        """Whether it is in mind now: by what was said last, or still by what was said before."""
        said = self.said(found)
        if not said:
            return False
        stays, away = self._timed(found, said, talk)
        return stays or (not away and self._met(found, said, talk, len(talk.moments) - 1))

    def called_by(self, found: Found, said: Found, talk: Talk) -> bool:
        """Whether texts in which keys were *said* bring it to mind now, beside what was *found*."""
        if not self.entry.called or not self.said(said):
            return False
        if self._timed(found, self.said(found), talk)[1]:
            return False
        beyond = 1 << talk.moments[-1]
        seen = [old | (beyond if new else 0) for old, new in zip(found, said, strict=True)]
        return self._met(seen, beyond, talk, len(talk.moments) - 1, beyond)

    def said(self, found: Found) -> int:
        """The messages in which any of its keys was *found*."""
        said = 0
        for key in self.keys:
            said |= found[key]
        return said

    def _met(self, found: Found, said: int, talk: Talk, moment: int, beyond: int = 0) -> bool:
        """Whether keys and conditions are met at this *moment*, the messages *beyond* seen too."""
        window = talk.windows(self.entry.depth)[moment] | beyond
        if not said & window or talk.answers_before(moment) < self.entry.after:
            return False
        return all(
            _holds(logic, (found[key] & window for key in keys)) for logic, keys in self.conditions
        )

    def _timed(self, found: Found, said: int, talk: Talk) -> tuple[bool, bool]:
        """Whether it stays now because it came before, and whether it is away for that."""
        sticky, cooldown = self.entry.sticky, self.entry.cooldown
        stays = away = -1
        windows = talk.windows(self.entry.depth)
        now = len(windows) - 1
        for moment in range(now) if said and (sticky or cooldown) else ():
            near = moment > away and said & windows[moment]
            if near and self._met(found, said, talk, moment):
                stays, away = moment + sticky, moment + sticky + cooldown
        return now <= stays, stays < now <= away


def _holds(logic: Logic, said: Iterable[int]) -> bool:
    every, wanted = _HOLDS[logic]
    return (all(said) if every else any(said)) == wanted
