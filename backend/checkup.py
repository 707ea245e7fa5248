"""Whether a server that was away is well again."""

import asyncio
from contextlib import aclosing
from dataclasses import replace
from typing import Final

from anima.errors import BackendUnavailable, Refused
from anima.model import Message, Prompt, Soul
from backend.later import Server
from backend.limits import PROBE_S
from backend.signs import dead, failing

WORD: Final[Prompt] = (Message("user", "Hi"),)
"""An engine can be dead while its list of models answers; a real word cannot come from it."""


async def checkup(server: Server, soul: Soul) -> BackendUnavailable | None:
    """What ails *server*, or None: it answers, and with a word of *soul*, in `PROBE_S`."""
    try:
        async with asyncio.timeout(PROBE_S):
            await server.probe()
            await _word(server, replace(soul, max_tokens=1, tools=()))
    except TimeoutError:
        return BackendUnavailable(f"no word in {PROBE_S:g} s", connection=True)
    except BackendUnavailable as error:
        return error
    return None


async def _word(server: Server, soul: Soul) -> None:
    """One real word; a no is a sign of life as well."""
    try:
        async with aclosing(server.stream(WORD, soul)) as deltas:
            await anext(deltas, None)
    except BackendUnavailable as error:
        if dead(error) or failing(error):
            raise
    except Refused:
        return
