"""What somebody wants to be reminded of, and when: `tomorrow at 8 to call mum`, `20分後 お茶`.

The time may stand before the words, behind them, or on either side: `tomorrow call mum at 8`.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final, NamedTuple

from persona.times import when
from persona.times_every import every

_LONGEST: Final = 80
"""A time takes no more."""
_ELSEWHERE: Final = timezone(timedelta(hours=7))
_BARE: Final = re.compile(r"\s*\d*\s*")
_OPENING: Final = re.compile(
    r"(?:请|請)?提醒我(?:们|們)?[,,::]?\s*|我(?=[\s\d今明后後下每周週早晚上一二两兩三四五六七八九十半])"
    r"|(?:私|僕|俺)に[、,]?\s*"
    r"|(?:(?:please|pls)\s+)?(?:remind\s+)?(?:me|us)\b[,:]?\s*|(?:please|pls)\s+",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(r"[\s,]+(?:please|pls|thanks|thank you)\W*\Z", re.IGNORECASE)
_HALF_A_WORD: Final = re.compile(r"\sに\Z")
_LEAD: Final = re.compile(
    r"\Aに(?=\S)(?!んじん)\s*|\A[\s,,、::;;.。\-–—]*(?:(?:to|that|about)\b\s*)?"
    r"(?:(?:请|請)?(?:提醒|叫)我(?:们|們)?\s*)?",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(
    r"(?:(?:って|と|のを|を)?(?:リマインド|思い出させ)(?:して|て)(?:ください|ね|よ)?)?[\s,,、::;;。\-–—]*\Z"
)
_EDGE: Final = re.compile(r"[\s\u3040-\u9fff,,、::]")


class Asked(NamedTuple):
    """*text* at a *due* time, or whenever its *cron* comes. *by_clock*: the zone matters for it."""

    text: str
    due: datetime | None = None
    cron: str = ""
    by_clock: bool = False


def asked(text: str, now: datetime, zone: tzinfo) -> Asked | None:
    """What *text* wants of us, by the clock of *zone*; None: I cannot tell when that is."""
    said = " ".join(unicodedata.normalize("NFC", text).split())
    opening = _OPENING.match(said)
    said = _CLOSING.sub("", said[opening.end() :] if opening else said)
    return _before(said, now, zone) or _behind(said, now, zone)


def _before(said: str, now: datetime, zone: tzinfo) -> Asked | None:
    for at in sorted(_edges(said[:_LONGEST], len(said)), reverse=True):
        found = None if _HALF_A_WORD.search(said[:at]) else _read(said[:at], now, zone)
        if found:
            rest = said[at:]
            both = _on_both_sides(said[:at], rest, now, zone)
            return both or found._replace(text=_clean(rest))
    return None


def _on_both_sides(time: str, rest: str, now: datetime, zone: tzinfo) -> Asked | None:
    """`tomorrow call mum at 8`: neither half alone is what was meant."""
    for at in sorted(_edges(rest, len(rest))):
        found = at and _read(rest[at:], now, zone) and _read(f"{time} {rest[at:]}", now, zone)
        if found:
            return found._replace(text=_clean(rest[:at]))
    return None


def _behind(said: str, now: datetime, zone: tzinfo) -> Asked | None:
    for at in sorted(_edges(said, len(said))):
        if len(said) - at <= _LONGEST and (found := _read(said[at:], now, zone)):
            return found._replace(text=_clean(said[:at]))
    return None


def _edges(said: str, end: int) -> Iterator[int]:
    """Where a word may end and another begin; the *end* is one as well."""
    for at in range(1, len(said)):
        if _EDGE.match(said[at]) or _EDGE.match(said[at - 1]):
            yield at
    if end == len(said):
        yield end


def _read(said: str, now: datetime, zone: tzinfo) -> Asked | None:
    """The time that is all of *said*; a bare number may be anything."""
    if _BARE.fullmatch(said):
        return None
    if cron := every(said):
        return Asked("", cron=cron, by_clock=True)
    due = when(said, now, zone)
    if due is None:
        return None
    return Asked("", due, by_clock=when(said, now, UTC) != when(said, now, _ELSEWHERE))


def _clean(text: str) -> str:
    """What is left when the time is taken out, without what only joined them."""
    return _TAIL.sub("", _LEAD.sub("", text, count=1)).strip()
