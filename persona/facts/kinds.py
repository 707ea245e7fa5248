"""What can be known of somebody, and what they may wish of memory."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

Slot = Literal[
    "name", "nickname", "birthday", "lives_in", "from", "job", "school", "partner", "family",
    "pet", "likes", "dislikes", "allergy", "health", "skill", "owns", "plan", "promise",
    "boundary", "other",
]  # fmt: skip
"""What kind of thing is known."""

SINGLE: Final[frozenset[Slot]] = frozenset(
    ("name", "birthday", "lives_in", "from", "job", "school", "partner")
)
"""Slots that hold one value at a time, for each aspect; a newer one ends the older."""

Precision = Literal["", "minute", "day", "week", "month", "year"]
"""How exactly the beginning of something was told; empty: it was not."""

SURE: Final = 0.6
"""What a rule's finding is worth at first."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a line tells of its speaker, or of the *subject* that it names.

    *value* is in the language of the line and *quote* is a part of it, letter for letter; *text*
    is the clause that one reads. *norm* is the value as values are compared: where a slot has
    aspects it begins with one and a colon, such as `at:google`, `mother:ann` or `cat:miso`, and
    it is empty where something ended that was not named. *negated*: it is not so, or no longer.
    *hearsay*: it is about somebody who could tell it themself.
    """

    subject: str
    slot: Slot
    value: str
    norm: str
    text: str
    language: str
    quote: str
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    precision: Precision = ""
    negated: bool = False
    confidence: float = SURE
    importance: int = 3
    hearsay: bool = False
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """That *about* be remembered or forgotten; where it is empty, what was said just before."""

    kind: Literal["remember", "forget"]
    about: str


Found = Fact | Wish
"""What a line may hold."""

_HEAD = re.compile(r"\A(?:(?:the|an?|my|our|some|any)\s+)+")
_MARKS = re.compile(r"[^\w\s:/+#&'.-]|\A[\s.'-]+|[\s.'-]+\Z")


def normal(value: str) -> str:
    """*value* as it is compared: without case, width, articles and marks."""
    small = unicodedata.normalize("NFKC", value).casefold().replace("’", "'")
    return _HEAD.sub("", " ".join(_MARKS.sub(" ", small).split()))


def aspect(norm: str) -> str:
    """The part of *norm* that tells which side of a slot it is about; mostly empty."""
    return norm.partition(":")[0] if ":" in norm else ""
