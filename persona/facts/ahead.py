"""Plans that have a date, found as open threads are."""

# one rule a row
# fmt: off
# ruff: noqa: E501

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from persona.clauses import clauses
from persona.facts.kinds import Fact, normal
from persona.folding import folded
from persona.plans import is_event, is_intended, is_own, words_for
from persona.tense import is_past
from persona.times_within import Dated, dates_in

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_SOON: Final = timedelta(hours=1)  # what is over before anybody needs to remember it
_LASTS: Final = timedelta(hours=2)  # what was told by the clock
_MAY_DATE: Final = re.compile(
    r"\d|tomorrow|tmrw?\b|tonight|today|week|month|day\b|morning|evening|afternoon|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\b(?:mon|tue|wed|thu|fri|sat|sun)|[明后後今][天儿日晚早年]|あした|あさって|今夜|今晩|[周週]|星期|[礼禮]拜|[月号號日曜]|来年",
    re.IGNORECASE,
)
_FEAST: Final = re.compile(
    r"birthday|b-?day|anniversary|誕生日|記念日|生日|纪念日|紀念日|\bturn(?:ing)? \d\d\b"
)
_BIG: Final = re.compile(r"party|dinner|trip|パーティ|旅行|会|聚会|派对|吃饭")
_LEAD: Final = re.compile(
    r"(?:(?:so|and|but|also|ok|omg|yay|ugh|well|anyway|btw|i'?m|i am|i've got|i've|i have|i got|i|we're|we are|we've got|we have|we|my|our|got|an?|the|gonna|just|finally|have|there's)\s+)+|(?:[我咱]们?|的|在|就|要|得|会|會|有个?|有一个|准备|打算|想|终于|还|需要|,|，|\s)+|(?:私|僕|俺)(?:は|も)?|(?:から|まで|[、,はにのでもがと])+",
    re.IGNORECASE,
)
_OVER: Final = re.compile(
    r"\b(?:got|was|were|been) (?:fired|sacked|dumped|laid off|let go|robbed|rejected|promoted)\b"
)
_PARTED: Final = re.compile(r"[、，；;:：（）()]|楽しみは|唯一")
_TAIL: Final = re.compile(
    r"(?:(?:\s+|\A)(?:on|at|in|by|for|this|next|the|and|so|is|['’]s|starts?|will be)|[\s,，。!！~～、.はにのでも]|があ(?:る|り)(?:ます)?|なんだ(?:よね)?|なんです|なの|です|だよ?|だ|よね?|ね|ー|[了啦呢哦呀啊吧]|笑|(?<![a-z])w+)+\Z",
    re.IGNORECASE,
)


def plans(text: str, at: datetime, language: str) -> Iterator[Fact]:
    """The plans that *text* tells, said *at* that time by the clock of who spoke."""
    zone = at.tzinfo
    if zone is None or not _MAY_DATE.search(text):
        return
    for clause in clauses(text, at, zone):
        said = folded(clause)
        if clause not in text or not _MAY_DATE.search(clause) or not is_own(said):
            continue
        coming = [one for one in dates_in(clause, at, zone) if _comes(said, one, at)]
        ahead = min(coming, key=lambda one: one.precision in {"week", "month"}, default=None)
        if ahead and not (_FEAST.search(said) and not _BIG.search(_FEAST.sub("", said))):
            yield _plan(clause, said, ahead, language)


def _comes(said: str, time: Dated, at: datetime) -> bool:
    """Whether *said* tells of something that will be over later, at that *time*."""
    begun = time.moment <= at
    if _OVER.search(said):
        return False
    soon = time.precision == "minute" and time.moment - at < _SOON
    if soon or time.until <= at or (begun and is_past(said)):
        return False
    today = begun and time.until - time.moment in {_DAY, _WEEK}  # how one is, not what will be
    return is_event(said) or (is_intended(said) and not today)


def _plan(clause: str, said: str, time: Dated, language: str) -> Fact:
    over = time.until + (_LASTS if time.precision == "minute" else timedelta())
    events = sorted(set(words_for(said).event.findall(said)))
    value = _value(clause, time)
    norm = " ".join(events) or normal(value)
    return Fact(
        "", "plan", value, norm, clause, language, clause, time.moment, over, time.precision,
    )  # fmt: skip


def _value(clause: str, time: Dated) -> str:
    """*clause* without its time, and without what only says that it is one's own."""
    before, behind = _bare(clause[: time.start]), _bare(clause[time.end :])
    whole = " ".join(filter(None, (before, behind)))
    parts = [part for part in _PARTED.split(whole) if part.strip()]
    return next((part.strip() for part in parts if is_event(folded(part))), whole) or clause


def _bare(part: str) -> str:
    kept = _TAIL.sub("", part.strip())
    lead = _LEAD.match(kept)
    return (kept[lead.end() :] if lead else kept).strip()
