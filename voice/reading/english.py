"""How English reads numbers."""

from collections.abc import Mapping, Sequence
from typing import Final

_SMALL: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES: Final = (
    (10**12, "trillion"),
    (10**9, "billion"),
    (10**6, "million"),
    (1000, "thousand"),
    (100, "hundred"),
)
_ORDINALS: Final[Mapping[str, str]] = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_CURRENCIES: Final[Mapping[str, tuple[str, str, str]]] = {
    "$": ("dollar", "dollars", "cents"),
    "US$": ("dollar", "dollars", "cents"),
    "€": ("euro", "euros", "cents"),
    "£": ("pound", "pounds", "pence"),
    "¥": ("yen", "yen", ""),
    "￥": ("yen", "yen", ""),
}
_UNITS: Final[Mapping[str, str]] = {
    "km/h": "kilometers an hour",
    "kph": "kilometers an hour",
    "mph": "miles an hour",
    "m/s": "meters a second",
    "km": "kilometers",
    "cm": "centimeters",
    "mm": "millimeters",
    "kg": "kilograms",
    "mg": "milligrams",
    "ml": "milliliters",
    "kWh": "kilowatt hours",
    "kW": "kilowatts",
    "GB": "gigabytes",
    "MB": "megabytes",
    "KB": "kilobytes",
    "TB": "terabytes",
    "Hz": "hertz",
    "°C": "degrees Celsius",
    "°F": "degrees Fahrenheit",
    "℃": "degrees Celsius",
    "℉": "degrees Fahrenheit",
    "°": "degrees",
    "m²": "square meters",
    "m": "meters",
    "g": "grams",
    "l": "liters",
    "L": "liters",
}
_NOON: Final = 12
_MOST: Final = 10**15
_CENTURY: Final = 100
_TEEN: Final = 10
_OWN_WORDS: Final = 20
_RECENT: Final = range(2000, 2010)


def cardinal(number: int) -> str:
    """*number* in words: `one thousand two hundred fifty`."""
    if number < _OWN_WORDS:
        return _SMALL[number]
    for scale, name in _SCALES:
        if number >= scale:
            whole, rest = divmod(number, scale)
            return f"{cardinal(whole)} {name}{' ' + cardinal(rest) if rest else ''}"
    tens, ones = divmod(number, 10)
    return _TENS[tens - 2] + (f"-{_SMALL[ones]}" if ones else "")


class English:
    """The port `Reader`."""

    def number(self, number: str, following: str) -> str:
        del following
        sign = "minus " if number.startswith("-") else ""
        whole, *parts = number.lstrip("-").split(".")
        if int(whole) >= _MOST or (whole.startswith("0") and len(whole) > 1):
            said = self.digits([whole])
        else:
            said = cardinal(int(whole))
        return sign + " point ".join((said, *(self.digits([part]) for part in parts)))

    def digits(self, groups: Sequence[str]) -> str:
        return ", ".join(" ".join(_SMALL[int(digit)] for digit in group) for group in groups)

    def date(self, year: int, month: int, day: int) -> str:
        return f"{_MONTHS[month - 1]} {self.ordinal(day)}, {self.year(str(year))}"

    def year(self, year: str) -> str:
        century, rest = divmod(int(year), _CENTURY)
        if int(year) in _RECENT or (not rest and not century % 10):
            return cardinal(int(year))
        if not rest:
            return f"{cardinal(century)} hundred"
        return f"{cardinal(century)} {'oh ' if rest < _TEEN else ''}{cardinal(rest)}"

    def clock(self, hour: int, minute: int, half: str) -> str:
        if not half and (hour > _NOON or hour == 0):
            half = "pm" if _NOON < hour < 2 * _NOON else "am"
        said = cardinal(hour % _NOON or _NOON)
        if minute:
            said += f" {'oh ' if minute < _TEEN else ''}{cardinal(minute)}"
        elif not half:
            said += " o'clock"
        return f"{said} {half.upper()}" if half else said

    def ordinal(self, number: int) -> str:
        said = cardinal(number)
        last = said.replace("-", " ").split()[-1]
        body = said[: len(said) - len(last)]
        if last in _ORDINALS:
            return body + _ORDINALS[last]
        return f"{body}{last[:-1]}ieth" if last.endswith("y") else f"{body}{last}th"

    def money(self, amount: str, currency: str) -> str:
        one, many, small = _CURRENCIES[currency]
        whole, _, part = amount.partition(".")
        if part and (not small or len(part) != len("00")):
            return f"{self.number(amount, '')} {many}"
        said = f"{cardinal(int(whole))} {one if int(whole) == 1 else many}"
        if not part or not int(part):
            return said
        return (
            f"{cardinal(int(part))} {small}" if not int(whole) else f"{said} {cardinal(int(part))}"
        )

    def percent(self, number: str) -> str:
        return f"{self.number(number, '')} percent"

    def fraction(self, upper: int, lower: int) -> str:
        if lower < 2:  # noqa: PLR2004  # no part of a whole
            return f"{cardinal(upper)} over {cardinal(lower)}"
        if lower == 2:  # noqa: PLR2004  # has a word of its own
            return "one half" if upper == 1 else f"{cardinal(upper)} halves"
        if (upper, lower) == (24, 7):
            return "twenty-four seven"
        part = "quarter" if lower == 4 else self.ordinal(lower)  # noqa: PLR2004  # so has this
        return f"{cardinal(upper)} {part}{'s' if upper > 1 else ''}"

    def span(self, first: str, last: str) -> str:
        return f"{first} to {last}"

    def measure(self, number: str, unit: str) -> str:
        said = _UNITS[unit]
        if number == "1":
            first, _, rest = said.partition(" ")
            said = f"{first.removesuffix('s')}{' ' if rest else ''}{rest}"
        return f"{self.number(number, '')} {said}"
