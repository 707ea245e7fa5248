"""Whose tokens are counted by a tokenizer of their own, as the settings say."""

import asyncio
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from anima.errors import ConfigError
from persona.tokens import Counting
from service.settings import Settings, Soul


async def countings(settings: Settings) -> Mapping[str, Counting]:
    """By a soul's name, what its own tokenizer counts; souls that name none are left out.

    Raises `ConfigError`, a line for each that cannot be used. Large ones take a second to read.
    """
    if not any(soul.tokenizer for soul in settings.souls):
        return {}
    return await asyncio.to_thread(_countings, settings)


def named(settings: Settings) -> Iterator[tuple[str, Soul]]:
    """The souls that name a tokenizer, each with the key that does."""
    for place, soul in enumerate(settings.souls):
        if soul.tokenizer:
            yield f"souls.{place}.tokenizer", soul


def counting(soul: Soul) -> Counting:
    """What the tokenizer of *soul* counts. Raises `ConfigError` where it cannot be used."""
    return _read(soul.tokenizer)


def _read(path: str) -> Counting:
    # whoever names no tokenizer shall not wait for it to load
    from backend.counted import Counted  # noqa: PLC0415
    from backend.tokenizer import tokenizer  # noqa: PLC0415 - as above

    return Counted(tokenizer(Path(path)))


def _countings(settings: Settings) -> Mapping[str, Counting]:
    read = cache(_read)
    found: dict[str, Counting] = {}
    wrong: list[str] = []
    for key, soul in named(settings):
        try:
            found[soul.name] = read(soul.tokenizer)
        except ConfigError as error:
            wrong.append(f"{key}: {error}")
    if wrong:
        raise ConfigError("\n".join(wrong))
    return found
