"""Finds what people tell of themselves by rules, whatever model answers them."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from importlib import import_module
from typing import Protocol

from persona.facts.kinds import Found


class Extract(Protocol):
    """What a line tells, said *at* that time; of *ours* only promises."""

    def __call__(
        self, line_text: str, at: datetime, language: str | None, *, ours: bool
    ) -> Sequence[Found]: ...


class Finding:
    """The port `Finds`. Of lines without a *speaker*, which are ours, only promises count.

    The rules of three languages take a second to load, for which no start waits.
    """

    async def prepare(self) -> None:
        """Have them ready before somebody tells something."""
        await asyncio.to_thread(lambda: self._extract)

    def found(self, line_text: str, at: datetime, speaker: str, language: str) -> Sequence[Found]:
        return self._extract(line_text, at, language or None, ours=not speaker)

    @cached_property
    def _extract(self) -> Extract:
        extract: Extract = import_module("persona.facts.extract").extract
        return extract
