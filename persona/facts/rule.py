"""What the rules of a language are made of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from persona.facts.kinds import Slot

Who = Literal["self", "mine", "kin", "named", "bare", "same", "other"]
"""Of whom or what a clause speaks.

Its speaker, something of theirs, somebody of theirs, somebody by name, nobody that is named,
the one of theirs who was named before, or what does not concern us.
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """A way to tell something, matched right behind the subject.

    The group `v` is the value, else all of it is; `k` is the aspect, *side* where there is none.
    Groups of other names tell more at once, see `ALSO`. *who* may be the subject; *many*: the
    value may be a list, parted by *listed* where that is not done as elsewhere; *refused* are
    values that say nothing.
    """

    slot: Slot
    pattern: re.Pattern[str]
    who: frozenset[Who] = frozenset(("self",))
    side: str = ""
    negated: bool = False
    importance: int = 3
    many: bool = False
    refused: re.Pattern[str] | None = None
    listed: re.Pattern[str] | None = None


class Subject(NamedTuple):
    """How a clause names whom it speaks of; the group `s` is the name, where there is one."""

    pattern: re.Pattern[str]
    who: Who


@dataclass(frozen=True, slots=True)
class Tongue:
    """How one language tells facts.

    A clause may begin after each *head*, behind all that is *fill*. Nothing is taken from a
    sentence that is *framed*, nor from the clause on in which something is *shut* (from the word
    on where that is its group `own`), nor by a rule that reads over what is *void*. *listed* parts
    the values of a list, *refused* are no values at all. Some *letters* are read as others.
    *remember*, *forget* and *promise* tell what by any of their groups; where a sentence is
    *idle*, nobody wishes anything of memory.
    """

    code: str
    head: re.Pattern[str]
    fill: re.Pattern[str]
    subjects: tuple[Subject, ...]
    rules: tuple[Rule, ...]
    framed: re.Pattern[str]
    shut: re.Pattern[str]
    void: re.Pattern[str]
    listed: re.Pattern[str]
    refused: re.Pattern[str]
    remember: re.Pattern[str]
    forget: re.Pattern[str]
    promise: re.Pattern[str]
    idle: re.Pattern[str]
    letters: Mapping[int, int] = field(default_factory=dict)


ALSO: Final[tuple[tuple[str, Slot, str], ...]] = (
    ("at", "job", "at"),
    ("trade", "job", ""),
    ("trade2", "job", ""),
    ("home", "lives_in", ""),
    ("origin", "from", ""),
    ("learns_at", "school", "at"),
    ("subject", "school", "studies"),
    ("age", "other", "age"),
)
"""Names of further groups in a rule's pattern, and the slots and aspects that they fill."""

MINE: Final[frozenset[Who]] = frozenset(("mine",))
SELF: Final[frozenset[Who]] = frozenset(("self",))
BARE: Final[frozenset[Who]] = frozenset(("self", "bare"))
NEAR: Final[frozenset[Who]] = frozenset(("self", "bare", "kin"))
ANY: Final[frozenset[Who]] = frozenset(("self", "bare", "kin", "named"))
