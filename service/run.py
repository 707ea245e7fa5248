"""The life of the service: start, listen, and stop without losing a word."""

import asyncio
import gc
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from typing import Final, Literal

import structlog
from starlette.routing import BaseRoute

from anima.errors import ConfigError
from service.chat_page import chat_page
from service.compose import House, composed
from service.settings import Settings
from service.web import app, serve

log = structlog.stdlib.get_logger("anima")

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


Role = Literal["listen", "work", "web"]
"""What a process does: hears the platforms, answers, serves pages and hooks."""

ALL: Final[frozenset[Role]] = frozenset({"listen", "work", "web"})


async def run(
    settings: Settings, told: Callable[[str], object], roles: frozenset[Role] = ALL
) -> None:
    """Play *roles* until SIGTERM or SIGINT, then drain. *told* gets the web server's address.

    Raises `ConfigError` for what cannot be started.
    """
    async with AsyncExitStack() as stack:
        stopped = stack.enter_context(signalled())
        house = await stack.enter_async_context(composed(settings, works="work" in roles))
        page = await stack.enter_async_context(chat_page(settings, house))
        routes: list[BaseRoute] = [*page.routes]
        if settings.telegram.token.get_secret_value():
            # aiogram takes three seconds to load, and not everybody wants Telegram
            from service.telegram import telegram  # noqa: PLC0415

            routes += await stack.enter_async_context(
                telegram(settings, house, listens="listen" in roles)
            )
        if settings.discord.token.get_secret_value() and roles != {"web"}:
            # the same holds for discord.py
            from service.discord import discord  # noqa: PLC0415

            await stack.enter_async_context(discord(settings, house, listens="listen" in roles))
        if "web" in roles:
            site = app(house.health(), house.registry, routes, page.guarded)
            web = settings.web
            told(await stack.enter_async_context(serve(site, web.host, web.port)))
            stack.callback(page.close)  # or the server would wait for readers who never leave
        _settle()
        await live(house, stopped, roles)


async def _prepare(house: House) -> None:
    """Have ready what the first answer needs, while nobody waits for it yet."""
    async with asyncio.TaskGroup() as group:
        for prepare in house.prepare:
            group.create_task(_awaited(prepare))


async def _awaited(prepare: Callable[[], Awaitable[object]]) -> None:
    await prepare()


def _settle() -> None:
    """From here on there is garbage; what has been loaded by now is none and is left alone."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


async def live(house: House, stopped: asyncio.Event, roles: frozenset[Role] = ALL) -> None:
    """Listen and attend until *stopped*; then go deaf first, and finish what is running."""
    workers = (house.attendant,) if "work" in roles else ()
    try:
        async with asyncio.TaskGroup() as group:
            listening = [group.create_task(bot.run()) for bot in (*house.bots, *house.watching)]
            if workers:
                group.create_task(_prepare(house))
            working = [group.create_task(worker.run()) for worker in workers]
            beside = [group.create_task(one.run()) for one in house.beside] if workers else []
            await stopped.wait()
            log.info("stopping")
            for ears in listening:
                ears.cancel()
            for worker in workers:
                worker.stop()
            if working:
                await asyncio.wait(working)
            for one in beside:
                one.cancel()
    except* ConfigError as wrong:
        told = dict.fromkeys(map(str, wrong.exceptions))  # several may stumble over the same
        raise ConfigError("\n".join(told)) from None
    log.info("stopped")


@contextmanager
def signalled() -> Iterator[asyncio.Event]:
    """An event that SIGTERM or SIGINT sets; a second signal ends the process as usual."""
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()

    def stop() -> None:
        stopped.set()
        _unhook(loop)

    for number in _SIGNALS:
        loop.add_signal_handler(number, stop)
    try:
        yield stopped
    finally:
        _unhook(loop)


def _unhook(loop: asyncio.AbstractEventLoop) -> None:
    for number in _SIGNALS:
        loop.remove_signal_handler(number)
