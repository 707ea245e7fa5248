"""How much of what a careful person takes from written lines the rules take, and what more."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from persona.facts.extract import extract
from persona.facts.kinds import Fact, Found, normal
from persona.facts.sameness import alike

CORPORA: Final = Path(__file__).parent / "corpora"
ZONES: Final[Mapping[str, str]] = {"en": "Europe/London", "zh": "Asia/Shanghai", "ja": "Asia/Tokyo"}
_HELD_OUT: Final = 3
"""Of so many lines the last one was never looked at while the rules were made."""
_NEAR: Final = 0.4
_SHARE: Final = 0.3

Wanted = Mapping[str, Any]


@dataclass(slots=True)
class Tally:
    """How many findings are right, wrong and missed; *slips* in words."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    slips: list[str] = field(default_factory=list)

    def precision(self, slot: str = "all") -> float:
        """How much of what was found is right."""
        return self.right[slot] / max(1, self.right[slot] + self.wrong[slot])

    def recall(self, slot: str = "all") -> float:
        """How much of what is there was found."""
        return self.right[slot] / max(1, self.right[slot] + self.missed[slot])


def spoken_at(language: str) -> datetime:
    """When the lines of a corpus are said: on a Wednesday morning."""
    return datetime(2026, 11, 25, 10, tzinfo=ZoneInfo(ZONES[language]))


def lines(language: str, *, held_out: bool) -> Iterator[tuple[str, Sequence[Wanted]]]:
    """One part of a corpus."""
    texts = (CORPORA / f"facts_{language}{more}.jsonl" for more in ("", "_more"))
    rows = (row for text in texts for row in enumerate(text.read_text("utf-8").splitlines()))
    for number, row in rows:
        if (number % _HELD_OUT == _HELD_OUT - 1) == held_out:
            read = json.loads(row)
            yield read["line"], read["found"]


def score(language: str, *, held_out: bool) -> Tally:
    """What the rules make of one part of a corpus."""
    tally = Tally()
    for line, wanted in lines(language, held_out=held_out):
        _score(tally, line, wanted, extract(line, spoken_at(language), language))
    return tally


def _score(tally: Tally, line: str, wanted: Sequence[Wanted], found: Sequence[Found]) -> None:
    open_still = list(wanted)
    for one in found:
        match = next((want for want in open_still if _meets(one, want)), None)
        if match is not None:
            open_still.remove(match)
            if match.get("may"):
                continue
        _count(tally.wrong if match is None else tally.right, _slot(one))
        if match is None:
            tally.slips.append(f"WRONG  {line}  →  {_told(one)}")
    for want in (one for one in open_still if not one.get("may")):
        _count(tally.missed, want.get("wish") or want["slot"][0])
        tally.slips.append(f"MISSED {line}  →  {want}")


def _count(counter: Counter[str], slot: str) -> None:
    counter.update(("all", slot))


def _slot(one: Found) -> str:
    return one.slot if isinstance(one, Fact) else one.kind


def _told(one: Found) -> str:
    if not isinstance(one, Fact):
        return f"{one.kind}: {one.about}"
    mark = "not " if one.negated else ""
    return f"{mark}{one.slot}@{one.subject}: {one.value} [{one.norm}] {one.valid_from or ''}"


def _meets(one: Found, want: Wanted) -> bool:
    if not isinstance(one, Fact):
        about = [normal(said) for said in want.get("about", ())]
        return one.kind == want.get("wish") and any(_near(normal(one.about), a) for a in about)
    if one.slot not in want.get("slot", ()) or one.negated != want.get("negated", False):
        return False
    if normal(one.subject) != normal(want.get("subject", "")):
        return False
    return _means(one, want)


def _means(one: Fact, want: Wanted) -> bool:
    if one.slot == "birthday":
        return one.norm in want["value"]
    if one.slot == "plan" and want["on"] not in {"", f"{one.valid_from:%Y-%m-%d}"}:
        return False
    return any(_near(normal(one.value), normal(value)) for value in want["value"])


def _near(found: str, value: str) -> bool:
    """Equal, or one is most of the other."""
    if found == value:
        return True
    short, long = sorted((found, value), key=len)
    inside = short in long and len(short) >= _SHARE * len(long)
    return bool(short) and (inside or alike(found, value) >= _NEAR)
