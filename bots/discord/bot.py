"""The account as a part of a process: one that hears, or one that only sends."""

import asyncio
from collections.abc import Callable

from bots.discord.account import Account, Me
from bots.discord.gateway import Gateway

Begins = Callable[[Me], Gateway]
"""Makes ready what hears, now that it is known who we are."""


class Listener:
    """The port `Bot`: logs in, however long it takes, and hears."""

    def __init__(self, account: Account, begins: Begins) -> None:
        self._account = account
        self._begins = begins
        self._gateway: Gateway | None = None

    async def run(self) -> None:
        """Hear until cancelled. Raises `ConfigError` for a bad token, or one that may not read."""
        self._gateway = self._begins(await self._account.introduced())
        await self._gateway.run()

    async def probe(self) -> None:
        """Raise `Unreachable` when we are deaf."""
        await self._account.probe()
        if self._gateway:
            await self._gateway.connections.probe()


class Sender:
    """The port `Bot` of a process that opens no gateway: *present* learns who we are."""

    def __init__(self, account: Account, present: Callable[[Me], object]) -> None:
        self._account = account
        self._present = present

    async def run(self) -> None:
        """Log in and stay. Raises `ConfigError` for a bad token."""
        self._present(await self._account.introduced())
        await asyncio.Event().wait()
