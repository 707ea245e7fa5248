"""Finds what people tell of themselves by rules, whatever model answers them."""

from collections.abc import Sequence
from datetime import datetime

from persona.facts.extract import extract
from persona.facts.kinds import Found


class Finding:
    """The port `Finds`. Of lines without a *speaker*, which are ours, only promises count."""

    def found(self, line_text: str, at: datetime, speaker: str, language: str) -> Sequence[Found]:
        return extract(line_text, at, language or None, ours=not speaker)
