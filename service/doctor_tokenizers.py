"""The doctor at the tokenizers that souls name: whether each can be read and counts."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from anima.errors import ConfigError
from service.counting import counting, named
from service.findings import Finding, Part, ok, wrong
from service.settings import Settings, Soul


def tokenizers(settings: Settings) -> list[Part]:
    """A part for each soul that names one."""
    advice = "put the file on a disk that answers"
    return [Part(key, Trial(key, soul), advice) for key, soul in named(settings)]


@dataclass(frozen=True, slots=True)
class Trial:
    """Reads the tokenizer of *soul*, named by *key*, and counts its name."""

    key: str
    soul: Soul

    async def __call__(self) -> Sequence[Finding]:
        """One line."""
        try:
            count = await asyncio.to_thread(counting, self.soul)
        except ConfigError as error:
            return [wrong(self.key, str(error), "or take the key out: tokens are estimated then")]
        told = f"{self.soul.tokenizer!r} counts for soul {self.soul.name!r}"
        return [ok(self.key, f"{told}, whose name has {count(self.soul.name)} tokens")]
