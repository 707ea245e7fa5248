"""The buttons under a bubble: what it offers to say, and how people like it."""

from collections.abc import Sequence
from typing import Any, Final

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from anima.model import Button
from bots.buttons import pressed, says
from bots.rating import ratings

_HALF_A_ROW: Final = 16
"""Latin letters that fit on a button in half of a phone's width."""
_WIDE: Final = "\u1100"
"""From here on a letter takes the room of two."""


def keyboard(
    said: int, text: str, buttons: Sequence[Button], *, asks: bool
) -> InlineKeyboardMarkup | None:
    """All buttons for the bubble *said*; its *text* tells in which language it *asks*."""
    named = [_button(said, which, one) for which, one in enumerate(buttons)]
    asked = [_rating(*one) for one in ratings(said, text)] if asks else []
    rows = [*_rows(named), *([asked] if asked else [])]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def used(markup: Any) -> InlineKeyboardMarkup | None:
    """*markup*, as a message brought it, without what was there to be said."""
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    left = [
        [
            InlineKeyboardButton(text=str(one.get("text")), callback_data=data)
            for one in row
            if isinstance(one, dict)
            and isinstance(data := one.get("callback_data"), str)
            and not pressed(data)
        ]
        for row in rows or ()
        if isinstance(row, list)
    ]
    kept = [row for row in left if row]
    return InlineKeyboardMarkup(inline_keyboard=kept) if kept else None


def _button(said: int, which: int, button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=button.shown, callback_data=says(said, which))


def _rating(shown: str, brings: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=shown, callback_data=brings)


def _rows(buttons: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    """Two short ones share a row, in their order; a long one has its own."""
    rows: list[list[InlineKeyboardButton]] = []
    open_ = False
    for one in buttons:
        short = _width(one.text) <= _HALF_A_ROW
        if open_ and short:
            rows[-1].append(one)
        else:
            rows.append([one])
        open_ = short and not open_
    return rows


def _width(text: str) -> int:
    return sum(2 if letter >= _WIDE else 1 for letter in text)
