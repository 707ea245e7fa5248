"""How a persona takes what is said: what it does to its mood, to closeness, to what lies ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from anima.bonds import Mood, Relation, Thread
from anima.model import Line
from persona.closeness import met
from persona.mood import moved
from persona.nature import Nature
from persona.threads import opened
from persona.threads_over import closed, kept


@dataclass(frozen=True, slots=True)
class Impression:
    """That of somebody of this *nature*; *zone* is where people's clocks are."""

    nature: Nature
    zone: tzinfo = UTC

    def feels(self, before: Mood | None, lines: Sequence[Line], at: datetime) -> Mood:
        """How it feels after a turn of these *lines*."""
        return moved(before, lines, at, self.nature)

    def stands(self, before: Relation | None, lines: Sequence[Line], at: datetime) -> Relation:
        """How it stands to somebody after those *lines* of theirs."""
        texts = [line.text for line in lines]
        return met(before, texts, at, addressed=any(line.addressed for line in lines))

    def awaits(
        self, before: Sequence[Thread], lines: Sequence[Line], at: datetime
    ) -> Sequence[Thread]:
        """What lies ahead of somebody after those *lines* of theirs."""
        ahead = tuple(before)
        for line in lines:
            over = closed(ahead, line.text, line.at)
            left = [one for one in ahead if one not in over]
            ahead = kept(left, opened(line.text, line.at, self.zone), at)
        return ahead
