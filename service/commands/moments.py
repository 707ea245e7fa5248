"""A moment, as people of our languages write it, by the clock of somebody."""

from datetime import datetime
from typing import Final

from anima.zones import zone
from service.commands.words import Language

_EN: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_ZH: Final = "一二三四五六日"
_JA: Final = "月火水木金土日"


def moment(at: datetime, clock: str, language: Language) -> str:
    """*at* by the clock of that name, which is told with it."""
    there = at.astimezone(zone(clock))
    month, day, time = there.month, there.day, f"{there:%H:%M}"
    name = f" ({clock or 'UTC'})" if language == "en" else f"（{clock or 'UTC'}）"
    match language:
        case "zh":
            return f"{month}月{day}日 周{_ZH[there.weekday()]} {time}{name}"
        case "ja":
            return f"{month}月{day}日（{_JA[there.weekday()]}）{time}{name}"
    return f"{_EN[there.weekday()]} {day} {_MONTHS[month - 1]}, {time}{name}"
