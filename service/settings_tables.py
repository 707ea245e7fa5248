"""All the tables of `anima.toml` together."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from service.settings_forms import Table
from service.settings_manners import Access, Initiative, Limits, Pace
from service.settings_minds import Backend, Memory, Player, Soul
from service.settings_places import Database, Discord, Redis, Telegram, Web
from service.settings_voice import Hearing, Voice


class Settings(Table):
    """All of it."""

    persona: Annotated[Path, Field(strict=False)] = Field(
        default=Path("personas/kokoro"), description="A persona's folder, or a character card."
    )
    data: Annotated[Path, Field(strict=False)] = Field(
        default=Path("data"), description="The folder for what we keep."
    )
    personas: dict[str, Player] = Field(default_factory=dict)
    telegram: Telegram = Telegram()
    discord: Discord = Discord()
    web: Web = Web()
    database: Database = Database()
    redis: Redis = Redis()
    backends: dict[str, Backend] = Field(default_factory=lambda: {"default": Backend()})
    souls: Annotated[tuple[Soul, ...], Field(strict=False)] = (Soul(name="default"),)
    pace: Pace = Pace()
    access: Access = Access()
    limits: Limits = Limits()
    memory: Memory = Memory()
    voice: Voice = Voice()
    hearing: Hearing = Hearing()
    initiative: Initiative = Initiative()
