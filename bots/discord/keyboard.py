"""The buttons under a bubble: what it offers to say, and how people like it."""

from collections.abc import Sequence
from typing import Final

import discord

from anima.model import Button
from bots.buttons import says
from bots.rating import ratings

_LONGEST_LABEL: Final = 80
_IN_A_ROW: Final = 5
_ROWS: Final = 5


def keyboard(said: int, text: str, buttons: Sequence[Button], *, asks: bool) -> discord.ui.View:
    """All buttons for the bubble *said*; its *text* tells in which language it *asks*.

    Discord takes five rows of five; of more, the first are shown.
    """
    view = discord.ui.View(timeout=None)
    room = _IN_A_ROW * (_ROWS - asks)
    for which, one in enumerate(buttons[:room]):
        view.add_item(_button(one.shown, says(said, which), which // _IN_A_ROW))
    last = -(-min(len(buttons), room) // _IN_A_ROW)
    for shown, brings in ratings(said, text) if asks else ():
        view.add_item(_button(shown, brings, last))
    return view


def _button(shown: str, brings: str, row: int) -> discord.ui.Button[discord.ui.View]:
    label = shown if len(shown) <= _LONGEST_LABEL else f"{shown[: _LONGEST_LABEL - 1]}…"
    style = discord.ButtonStyle.secondary
    return discord.ui.Button(style=style, label=label, custom_id=brings, row=row)
