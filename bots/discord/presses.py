"""What becomes of a pressed button on the screen; nothing depends on it."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from discord.http import HTTPClient, Route

from bots.buttons import pressed
from bots.discord.events import Fields, each, number, perhaps, within, words
from bots.discord.refusals import TROUBLES
from bots.rating import rated, thanks

_PATIENCE_S: Final = 3
"""After so long Discord has told whoever pressed that it did not work."""
_SAYS: Final = 4
_DEFERS: Final = 6
_CHANGES: Final = 7
_FOR_ONE: Final = 1 << 6

Answer = Mapping[str, Any]


async def acknowledge(http: HTTPClient, interaction: Fields) -> None:
    """Whoever pressed a button sees it turn until we say that we know."""
    with suppress(*TROUBLES):
        route = Route(
            "POST",
            "/interactions/{interaction_id}/{token}/callback",
            interaction_id=number(interaction, "id"),
            token=words(interaction, "token"),
        )
        async with asyncio.timeout(_PATIENCE_S):
            await http.request(route, json=answer(interaction))


def answer(interaction: Fields) -> Answer:
    """A rating is thanked for, and what was said by a button can be said once in private.

    In company the buttons stay: who may not press them must not take them from who may.
    """
    brought = words(within(interaction, "data"), "custom_id")
    if rated(brought):
        said = {"content": thanks(words(interaction, "locale")), "flags": _FOR_ONE}
        return {"type": _SAYS, "data": said}
    if pressed(brought) and not perhaps(interaction, "guild_id"):
        return {"type": _CHANGES, "data": {"components": _left(within(interaction, "message"))}}
    return {"type": _DEFERS}


def _left(message: Fields) -> list[Fields]:
    """The rows of buttons without what was there to be said."""
    rows = [
        {
            **row,
            "components": [
                one for one in each(row, "components") if not pressed(words(one, "custom_id"))
            ],
        }
        for row in each(message, "components")
    ]
    return [row for row in rows if row["components"]]
