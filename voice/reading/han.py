"""Numbers in Chinese characters, as Chinese and Japanese write them."""

from collections.abc import Sequence
from typing import Final

DIGITS: Final = "零一二三四五六七八九"
_PLACES: Final = ("", "十", "百", "千")
_MYRIAD: Final = 10_000
_MOST: Final = _MYRIAD**4


def chinese(number: int) -> str:
    """*number* as Chinese says it: gaps are told, and ten to nineteen begin with ten."""
    said = _grouped(number, ("", "万", "亿", "万亿"), gaps=True)
    return said[1:] if said.startswith("一十") else said


def japanese(number: int) -> str:
    """*number* as Japanese says it: no gaps, and one hundred is just hundred."""
    return _grouped(number, ("", "万", "億", "兆"), gaps=False)


def single(digits: str, zero: str = DIGITS[0]) -> str:
    """Each digit by itself."""
    return "".join(zero if digit == "0" else DIGITS[int(digit)] for digit in digits)


def sayable(whole: str) -> bool:
    """Whether *whole* is a number, and no code that is read digit by digit."""
    return int(whole) < _MOST and (len(whole) == 1 or not whole.startswith("0"))


def _grouped(number: int, names: Sequence[str], *, gaps: bool) -> str:
    if not number:
        return DIGITS[0]
    parts: list[str] = []
    for place in range(len(names) - 1, -1, -1):
        group = number // _MYRIAD**place % _MYRIAD
        if not group:
            continue
        gap = DIGITS[0] if gaps and parts and group < _MYRIAD // 10 else ""
        parts.append(gap + _group(group, gaps=gaps) + names[place])
    return "".join(parts)


def _group(number: int, *, gaps: bool) -> str:
    said, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if not digit:
            gap = bool(said)
            continue
        bare = not gaps and digit == 1 and place
        said += (DIGITS[0] if gap and gaps else "") + ("" if bare else DIGITS[digit])
        said += _PLACES[place]
        gap = False
    return said
