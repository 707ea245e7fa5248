"""The whole service in the test's own process, on a clock that jumps, between real far sides."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from anima.ports import Hearing, Voice
from service.compose import House, composed
from service.run import live
from service.settings import Settings
from service.telegram import telegram as telegram_bot
from service.web import app, serve
from tests.far_side.botapi import BotApi, Group, Person
from tests.far_side.model import ModelServer
from tests.jump import JumpClock
from tests.living import TOKEN
from tests.migrated import sqlite_at

T = TypeVar("T")

KEY: Final = "sk-canary-0123456789"
"""The model's key, which must never be seen anywhere."""

PATIENCE_S: Final = 600
"""On the jumping clock: longer than all retries together."""


@dataclass(slots=True)
class Inside:
    """A house that lives, its far sides, and what its ledger holds."""

    telegram: BotApi
    model: ModelServer
    house: House
    clock: JumpClock
    folder: Path

    def person(self, number: int = 7, name: str = "Ann", language: str = "en") -> Person:
        """Somebody to talk with."""
        return self.telegram.person(number, name, language)

    async def until(self, condition: Callable[[], T | None]) -> T:
        """What *condition* returns once it is true, looked at when something happens there."""
        return await self.telegram.until(condition, timeout=PATIENCE_S)

    async def gets(self, chat: Person | Group, count: int = 1) -> list[str]:
        """What was said in *chat*, once there are *count* bubbles."""
        await self.until(lambda: len(self.telegram.texts(chat)) >= count)
        return self.telegram.texts(chat)

    async def rests(self) -> None:
        """Wait until nothing is being done here and nothing is due."""
        await self.house.attendant.rested()

    def rows(self, query: str) -> list[Any]:
        """What the ledger's file holds, read by somebody else."""
        with closing(sqlite3.connect(self.folder / "anima.db")) as ledger:
            return [row[0] if len(row) == 1 else row for row in ledger.execute(query)]

    def execute(self, statement: str) -> None:
        """Do something to the ledger's file behind its back."""
        with closing(sqlite3.connect(self.folder / "anima.db", isolation_level=None)) as ledger:
            ledger.execute(statement)


def chosen(
    folder: Path,
    telegram: BotApi,
    model: ModelServer,
    /,
    souls: Sequence[Mapping[str, object]] = ({"name": "KU1.0", "model": "base"},),
    persona: str = "personas/kokoro",
    *,
    context: int = 8192,
    **tables: Mapping[str, object],
) -> Settings:
    """Settings for these far sides; *tables* go on top of the quick ones."""
    tree: dict[str, Any] = {
        "persona": persona,
        "data": folder,
        "telegram": {"token": TOKEN, "api_base": telegram.url},
        "database": {"url": f"sqlite:///{folder / 'anima.db'}"},
        "web": {"port": 0},
        "memory": {"embeddings": "off"},
        "backends": {"default": {"kind": "openai", "base_url": model.url}},
        "souls": [dict(soul) for soul in souls],
        "pace": {"linger_s": 0, "typing": False},
    }
    for name, table in tables.items():
        tree[name] = tree.get(name, {}) | table
    tree["backends"]["default"] = {"context": context} | tree["backends"]["default"]
    tree["backends"]["default"] |= {"api_key": KEY}
    return Settings.model_validate(tree)


@asynccontextmanager
async def far_sides() -> AsyncIterator[tuple[BotApi, ModelServer, JumpClock]]:
    """Both servers, and the clock that Telegram dates its messages by."""
    clock = JumpClock()
    async with (
        BotApi(TOKEN, now=lambda: clock.now().timestamp()) as telegram,
        ModelServer() as model,
    ):
        yield telegram, model, clock


@asynccontextmanager
async def composed_inside(
    folder: Path, *, mouth: Voice | None = None, ear: Hearing | None = None, **tables: Any
) -> AsyncIterator[Inside]:
    """Everything put together, and nothing running yet. It speaks by *mouth*, and has an *ear*."""
    async with far_sides() as (telegram, model, clock):
        settings = chosen(folder, telegram, model, **tables)
        if not (folder / "anima.db").exists():
            sqlite_at(folder / "anima.db")
        async with (
            composed(settings, clock=clock, voice=mouth, hearing=ear) as house,
            telegram_bot(settings, house) as routes,
            AsyncExitStack() as stack,
        ):
            if routes:
                site = app(house.health(), house.registry, routes)
                port = int(settings.telegram.public_url.rpartition(":")[2])
                await stack.enter_async_context(serve(site, "127.0.0.1", port))
            yield Inside(telegram, model, house, clock, folder)


@asynccontextmanager
async def living_inside(folder: Path, **tables: Any) -> AsyncIterator[Inside]:
    """The same, alive until left; then it drains as on SIGTERM."""
    async with composed_inside(folder, **tables) as inside, asyncio.TaskGroup() as group:
        stopped = asyncio.Event()
        group.create_task(live(inside.house, stopped))
        try:
            yield inside
        finally:
            inside.telegram.faults.clear()
            inside.model.flow()
            stopped.set()
