"""Small numbers as people write them: `20`, `two`, `二十五`, `两`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_WORDS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
        "nine": 9, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30,
    }
)  # fmt: skip
_DIGITS: Final = ("零〇", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九")
_SIGNS: Final[Mapping[str, int]] = MappingProxyType(
    {sign: value for value, signs in enumerate(_DIGITS) for sign in signs}
)

NUMBER: Final = rf"(?:\d{{1,6}}(?:\.\d{{1,2}})?|{'|'.join(_WORDS)}|[{''.join(_SIGNS)}十]{{1,3}})"
"""What `number` reads."""


def number(said: str) -> float:
    """The value of what `NUMBER` matched."""
    if said in _WORDS:
        return _WORDS[said]
    if said.replace(".", "").isdecimal() and said.isascii():
        return float(said)
    tens, ten, ones = said.rpartition("十")
    return (_SIGNS.get(tens, 1) if ten else 0) * 10 + _SIGNS.get(ones, 0)
