"""What we promised to come back with: I'll tell you tomorrow."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from persona.clauses import clauses
from persona.folding import folded
from persona.glance import asks
from persona.times_within import Dated, dates_in

_NEAREST: Final = timedelta(minutes=30)
_FARTHEST: Final = timedelta(days=60)
_MORNING: Final = timedelta(hours=10)
"""What was promised for a day is told in its forenoon."""

_OURS: Final = re.compile(
    r"\b(?:i'll|i will|i'm going to|i'm gonna|let me)\b[^.!?]{0,40}?"
    r"\b(?:tell|show|write|text|message|send|check|ask|let you know|get back|come back|remind"
    r"|say|share|explain|sing|read|answer|call|ping)\b"
    r"|(?:告诉|告訴|讲|講|说|說|发|發|给|給|问|問|找|叫|陪|唱|答复|回复)(?:给|給|一下)?(?:你|妳|您)"
    r"|(?:教え|話し|送っ|見せ|連絡し|聞い|メッセージし|歌っ|起こし|声かけ|声をかけ)(?:て|てあげ)?"
    r"(?:る|ます|あげる|あげます|おく|みる|みます|よう|ましょう)?(?:から)?[ねよ]"
    r"|(?:教える|話す|送る|見せる|連絡する|聞く|伝える|書く|知らせる|お伝えします|お知らせします|教えます"
    r"|話します|送ります|連絡します|見せます|聞きます|書きます|伝えます)(?:から|わ)?[ねよ]?[\s。!~♪]*\Z"
)
_MAYBE: Final = re.compile(_OURS.pattern.replace(r"[\s。!~♪]*\Z", ""))
"""Where this is nowhere in a text, no clause of it is a promise."""

_NOT: Final = re.compile(
    r"\b(?:not|never|if|unless|would|could|might|maybe|won't|can't|yesterday|already)\b"
    r"|不会|不會|不能|没有|沒有|如果|要是|也许|也許|可能|已经|已經|你告诉我|你告訴我"
    r"|もし|かも|ない(?!と)|なければ|たら"
)


def promised(text: str, at: datetime, zone: tzinfo) -> Iterator[datetime]:
    """When we said that we would come back with something, in UTC."""
    if not _MAYBE.search(folded(text)):  # as a rule; to cut it and look for times takes long
        return
    for clause in clauses(text, at, zone):
        said = folded(clause)
        if _OURS.search(said) and not _NOT.search(said) and not asks(said):
            yield from _times(clause, at, zone)


def _times(clause: str, at: datetime, zone: tzinfo) -> Iterator[datetime]:
    for one in dates_in(clause, at, zone)[:1]:
        due = _when(one)
        if _NEAREST <= due - at <= _FARTHEST:
            yield due.astimezone(UTC)


def _when(time: Dated) -> datetime:
    return time.moment if time.until - time.moment < timedelta(days=1) else time.moment + _MORNING
