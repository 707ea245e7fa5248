"""Pushing updates to the bot's webhook: one after the other, again until it takes them."""

import asyncio
from typing import Final

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.far_side.botapi.inbox import Pending
from tests.far_side.botapi.world import Mishap, Webhook, World

_PATIENCE: Final = ClientTimeout(total=60)


async def push(world: World, again_after_s: float) -> None:
    """Push what waits, while there is a webhook, until cancelled."""
    async with ClientSession(timeout=_PATIENCE) as http:
        while True:
            hook, update = await _next(world)
            reason = await _deliver(http, hook, update)
            if not reason:
                world.inbox.pushed(update)
                continue
            world.mishap = Mishap(world.at(), reason)
            world.journal.turned()
            await asyncio.sleep(again_after_s)


async def _next(world: World) -> tuple[Webhook, Pending]:
    while True:
        # While the bot polls, nobody is woken by every call.
        await world.inbox.hooked.wait()
        await world.journal.until(lambda: not world.webhook or world.inbox.first(), None)
        update = world.inbox.first()
        if world.webhook and update:
            return world.webhook, update


async def _deliver(http: ClientSession, hook: Webhook, update: Pending) -> str:
    """Why *update* was not taken; empty when it was."""
    headers = {"Content-Type": "application/json"}
    if hook.secret:
        headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret
    try:
        async with http.post(hook.url, data=update.body, headers=headers) as answer:
            if answer.ok:
                return ""
            return f"Wrong response from the webhook: {answer.status} {answer.reason}"
    except (ClientError, TimeoutError) as error:
        return f"Connection failed: {type(error).__name__}"
