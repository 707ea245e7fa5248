"""What the doctor finds: a line for each part, which says what is wrong and what to do."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "off", "WRONG"]


@dataclass(frozen=True, slots=True)
class Finding:
    """How one part is, in *words* of one line."""

    state: State
    part: str
    words: str

    def __str__(self) -> str:
        return f"{self.state:<5} {self.part}: {' '.join(self.words.split())}"


@dataclass(frozen=True, slots=True)
class Part:
    """One part and how to try it; *advice* is for when it does not answer in time."""

    name: str
    examine: Callable[[], Awaitable[Sequence[Finding]]]
    advice: str


def ok(part: str, *words: str) -> Finding:
    """It works; more *words* than one are hints."""
    return Finding("ok", part, "; ".join(word for word in words if word))


def off(part: str, words: str) -> Finding:
    """The settings do not want it."""
    return Finding("off", part, words)


def wrong(part: str, what: str, advice: str) -> Finding:
    """It does not work: *what* is wrong, and what to do."""
    return Finding("WRONG", part, f"{what} — {advice}")
