"""How Chinese reads numbers."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from voice.reading.han import chinese, sayable, single

_TWO_OF: Final = re.compile(
    r"\s?[个只条张本件位杯天年周岁次种块点口家场双对倍份句步间辆部座名瓶碗遍层篇首封台支把颗粒群套]"
)
"""What is counted by the other word for two."""

_AFTER_NOON: Final = 12
_NIGHT: Final = 18
_CURRENCIES: Final[Mapping[str, str]] = {
    "$": "美元",
    "US$": "美元",
    "€": "欧元",
    "£": "英镑",
    "¥": "元",
    "￥": "元",
}
_UNITS: Final[Mapping[str, str]] = {
    "km/h": "公里每小时",
    "kph": "公里每小时",
    "mph": "英里每小时",
    "m/s": "米每秒",
    "km": "公里",
    "cm": "厘米",
    "mm": "毫米",
    "kg": "公斤",
    "mg": "毫克",
    "ml": "毫升",
    "kWh": "千瓦时",
    "kW": "千瓦",
    "GB": "G B",
    "MB": "兆",
    "KB": "K B",
    "TB": "T B",
    "Hz": "赫兹",
    "°C": "摄氏度",
    "°F": "华氏度",
    "℃": "摄氏度",
    "℉": "华氏度",
    "°": "度",
    "m²": "平方米",
    "m": "米",
    "g": "克",
    "l": "升",
    "L": "升",
}
_HALF_PAST: Final = 30
_TEN: Final = 10


class Chinese:
    """The port `Reader`."""

    def number(self, number: str, following: str) -> str:
        if number == "2" and _TWO_OF.match(following):
            return "两"
        sign = "负" if number.startswith("-") else ""
        whole, *parts = number.lstrip("-").split(".")
        said = chinese(int(whole)) if sayable(whole) else single(whole)
        return sign + "点".join((said, *map(single, parts)))

    def digits(self, groups: Sequence[str]) -> str:
        """On the telephone one is said so that nobody takes it for seven."""
        return "，".join(single(group).replace("一", "幺") for group in groups)

    def date(self, year: int, month: int, day: int) -> str:
        return f"{self.year(str(year))}年{chinese(month)}月{chinese(day)}号"

    def year(self, year: str) -> str:
        return single(year)

    def clock(self, hour: int, minute: int, half: str) -> str:
        when = ""
        if half:
            when = "上午" if half == "am" else "下午" if hour % 12 < _NIGHT - 12 else "晚上"
            hour = hour % _AFTER_NOON or _AFTER_NOON
        said = "两" if hour == len("两点") else chinese(hour)
        return f"{when}{said}点{self._minutes(minute)}"

    def ordinal(self, number: int) -> str:
        return f"第{chinese(number)}"

    def money(self, amount: str, currency: str) -> str:
        said = "两" if amount == "2" else self.number(amount, "")
        return f"{said}{_CURRENCIES[currency]}"

    def percent(self, number: str) -> str:
        sign = "负" if number.startswith("-") else ""
        return f"{sign}百分之{self.number(number.lstrip('-'), '')}"

    def fraction(self, upper: int, lower: int) -> str:
        return f"{chinese(lower)}分之{chinese(upper)}"

    def span(self, first: str, last: str) -> str:
        return f"{first}到{last}"

    def measure(self, number: str, unit: str) -> str:
        said = "零下" if number.startswith("-") and "度" in _UNITS[unit] else ""
        number = number.lstrip("-") if said else number
        unit_words = _UNITS[unit]
        if unit_words == "摄氏度" and said:
            unit_words = "度"
        counted = "两" if number == "2" and not said else self.number(number, "")
        return f"{said}{counted}{unit_words}"

    def _minutes(self, minute: int) -> str:
        if not minute:
            return ""
        if minute == _HALF_PAST:
            return "半"
        return f"{'零' if minute < _TEN else ''}{chinese(minute)}分"
