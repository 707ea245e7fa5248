"""How Japanese reads numbers."""

from collections.abc import Mapping, Sequence
from typing import Final

from voice.reading.han import japanese, sayable, single

_CURRENCIES: Final[Mapping[str, str]] = {
    "$": "ドル",
    "US$": "ドル",
    "€": "ユーロ",
    "£": "ポンド",
    "¥": "円",
    "￥": "円",
}
_UNITS: Final[Mapping[str, str]] = {
    "km/h": "キロメートル毎時",
    "kph": "キロメートル毎時",
    "mph": "マイル毎時",
    "m/s": "メートル毎秒",
    "km": "キロメートル",
    "cm": "センチメートル",
    "mm": "ミリメートル",
    "kg": "キログラム",
    "mg": "ミリグラム",
    "ml": "ミリリットル",
    "kWh": "キロワット時",
    "kW": "キロワット",
    "GB": "ギガバイト",
    "MB": "メガバイト",
    "KB": "キロバイト",
    "TB": "テラバイト",
    "Hz": "ヘルツ",
    "°C": "度",
    "°F": "カ氏の度",
    "℃": "度",
    "℉": "カ氏の度",
    "°": "度",
    "m²": "平方メートル",
    "m": "メートル",
    "g": "グラム",
    "l": "リットル",
    "L": "リットル",
}
_HALF_PAST: Final = 30
_NOON: Final = 12


class Japanese:
    """The port `Reader`."""

    def number(self, number: str, following: str) -> str:
        del following  # the engine knows how people and days are counted
        sign = "マイナス" if number.startswith("-") else ""
        whole, *parts = number.lstrip("-").split(".")
        said = japanese(int(whole)) if sayable(whole) else single(whole, "ゼロ")
        return sign + "点".join((said, *(single(part, "ゼロ") for part in parts)))

    def digits(self, groups: Sequence[str]) -> str:
        return "の、".join(single(group, "ゼロ") for group in groups)

    def date(self, year: int, month: int, day: int) -> str:
        return f"{self.year(str(year))}年{japanese(month)}月{japanese(day)}日"

    def year(self, year: str) -> str:
        return japanese(int(year))

    def clock(self, hour: int, minute: int, half: str) -> str:
        when = {"am": "午前", "pm": "午後"}.get(half, "")
        hour = hour % _NOON if half else hour
        minutes = "半" if minute == _HALF_PAST else f"{japanese(minute)}分" if minute else ""
        return f"{when}{japanese(hour)}時{minutes}"

    def ordinal(self, number: int) -> str:
        return f"{japanese(number)}番目"

    def money(self, amount: str, currency: str) -> str:
        return f"{self.number(amount, '')}{_CURRENCIES[currency]}"

    def percent(self, number: str) -> str:
        return f"{self.number(number, '')}パーセント"

    def fraction(self, upper: int, lower: int) -> str:
        return f"{japanese(lower)}分の{japanese(upper)}"

    def span(self, first: str, last: str) -> str:
        return f"{first}から{last}"

    def measure(self, number: str, unit: str) -> str:
        return f"{self.number(number, '')}{_UNITS[unit]}"
