"""`/timezone`: by which clock somebody lives."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from anima.orders import Obeyed
from anima.ports import Clock
from anima.steps import Clocked
from anima.zones import offset, zone
from service.commands.cities import CITIES
from service.commands.parts import short
from service.commands.table import Argument, Command, Wish
from service.commands.words import Words, listed

_PLACE: Final = Argument(
    "place",
    "text",
    "CITY|UTC+8|off",
    Words(
        en="a city, a zone, or so many hours from UTC",
        zh="城市、时区，或与 UTC 相差的小时数",
        ja="都市、タイムゾーン、または UTC との差",
    ),
    required=False,
)
_OFFSET: Final = re.compile(r"(?:utc|gmt)?([+-])(\d{1,2})(?::?([0-5]\d))?", re.ASCII)
_FARTHEST: Final = 14 * 60
_OFF: Final = frozenset({"off", "auto", "none", "关", "關", "オフ"})
_SAID: Final = Words(
    en="Your clock is {zone}: it is {now} there.",
    zh="你的时区是 {zone}：那边现在是 {now}。",
    ja="あなたの時計は {zone} で、いま {now} です。",
)
_SET: Final = Words(
    en="I go by your clock from now on, {zone}: it is {now} there.",
    zh="好的，以后按你的时区 {zone} 来：那边现在是 {now}。",
    ja="これからはあなたの時計 {zone} に合わせます。いま {now} ですね。",
)
_UNKNOWN: Final = Words(
    en="I do not know your clock and go by UTC, where it is {now}. Tell me, like this:"
    " /timezone Berlin, or /timezone UTC+8",
    zh="我还不知道你的时区，先按 UTC 算，那边现在是 {now}。可以这样告诉我：/timezone 上海，"
    "或 /timezone UTC+8",
    ja="あなたの時計を知らないので UTC で数えています。いま {now} です。こう教えてください："
    "/timezone 東京、または /timezone UTC+9",
)
_NO_SUCH: Final = Words(
    en="I know no clock called “{word}”{near}. Like this: /timezone Berlin, or /timezone UTC+8",
    zh="我不知道 “{word}” 是哪个时区{near}。写法：/timezone 上海，或 /timezone UTC+8",
    ja="「{word}」という時計は知りません{near}。書き方：/timezone 東京、または /timezone UTC+9",
)
_NEAR: Final = Words(
    en="; do you mean {names}?", zh="，是不是：{names}？", ja="。もしかして：{names}？"
)
_MOST_NEAR: Final = 3


@dataclass(frozen=True, slots=True)
class Clocks:
    """Tells and keeps where somebody's clock is."""

    clock: Clock

    async def timezone(self, wish: Wish) -> Obeyed:
        """`/timezone [CITY|UTC+8|off]`; without a place it only tells."""
        said, known = wish.given.get("place", ""), wish.order.heard.zone
        if not said:
            return Obeyed(self._told(_SAID if known else _UNKNOWN, known, wish))
        wanted = "" if _folded(said) in _OFF else meant_zone(said)
        if wanted is None:
            return Obeyed(_wrong(said, wish))
        step = Clocked(wish.order.heard.speaker.address, wanted, self.clock.now())
        text = self._told(_SET if wanted else _UNKNOWN, wanted, wish)
        return Obeyed(text, () if wanted == known else (step,))

    def _told(self, line: Words, name: str, wish: Wish) -> str:
        now = self.clock.now().astimezone(zone(name))
        return line.to(wish.language, zone=name, now=f"{now:%H:%M}")


def timezone(clock: Clock) -> Command:
    """The command."""
    return Command(
        "timezone",
        Words(en="by which clock you live", zh="你的时区", ja="あなたのタイムゾーン"),
        arguments=(_PLACE,),
        how=Clocks(clock).timezone,
    )


def meant_zone(text: str) -> str | None:
    """The name of the clock that *text* means: a city's, a zone's, or one so far from UTC."""
    said = _folded(text)
    if found := _OFFSET.fullmatch(said):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        far = minutes > _FARTHEST
        return None if far else offset(-minutes if found[1] == "-" else minutes)
    place = re.sub(r"(?:时间|時間|市|time)\Z", "", said)
    known = _zones()
    return CITIES.get(said) or known.get(said) or CITIES.get(place) or known.get(place)


def near_zones(text: str) -> list[str]:
    """The places whose names are nearest to *text*, as people write them."""
    known = {**_zones(), **CITIES}
    found = get_close_matches(_folded(text), known, n=2 * _MOST_NEAR, cutoff=0.7)
    names = dict.fromkeys(known[one] for one in found)
    return [name.rpartition("/")[2].replace("_", " ") for name in names][:_MOST_NEAR]


def _wrong(said: str, wish: Wish) -> str:
    names = near_zones(said)
    near = _NEAR.to(wish.language, names=listed(names, wish.language)) if names else ""
    return _NO_SUCH.to(wish.language, word=short(said), near=near)


def _folded(text: str) -> str:
    """Small and narrow, without gaps and with one kind of minus."""
    narrow = unicodedata.normalize("NFKC", text).casefold().replace("−", "-")
    return re.sub(r"[\s_.'’“”\"「」]+", "", narrow)


@cache
def _zones() -> dict[str, str]:
    """All zones of this machine, by their whole names and by those of their cities."""
    names = sorted(available_timezones(), key=_is_old)
    found: dict[str, str] = {}
    for name in names:
        if not name.startswith(("Etc/", "SystemV/")):
            found.setdefault(_folded(name.rpartition("/")[2]), name)
            found.setdefault(_folded(name), name)
    return found


def _is_old(name: str) -> tuple[bool, str]:
    """Names that only stand for others come last."""
    area = name.partition("/")[0]
    areas = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    return area not in areas, name
