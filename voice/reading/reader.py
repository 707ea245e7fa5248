"""What a language must know to read numbers aloud."""

from collections.abc import Sequence
from typing import Protocol


class Reader(Protocol):
    """Numbers come as they were written, without commas: `1250`, `-3.14`."""

    def number(self, number: str, following: str) -> str:
        """A number as people say it; *following* is what stands after it."""

    def digits(self, groups: Sequence[str]) -> str:
        """A telephone number, digit by digit."""

    def date(self, year: int, month: int, day: int) -> str:
        """A day of the calendar."""

    def year(self, year: str) -> str:
        """The number of a year."""

    def clock(self, hour: int, minute: int, half: str) -> str:
        """A time of the day; *half* is `am`, `pm` or empty."""

    def ordinal(self, number: int) -> str:
        """A place in a row."""

    def money(self, amount: str, currency: str) -> str:
        """An amount in a *currency* that a sign names."""

    def percent(self, number: str) -> str:
        """So many of a hundred."""

    def fraction(self, upper: int, lower: int) -> str:
        """A part of a whole."""

    def span(self, first: str, last: str) -> str:
        """From one number, read already, to another."""

    def measure(self, number: str, unit: str) -> str:
        """A number of a *unit* that stands there as its sign."""
