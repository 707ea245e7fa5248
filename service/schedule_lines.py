"""What is said of a job on the schedule: that it is time, or that it was missed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from anima.zones import zone
from memory.schedule import Job, Next
from service.commands.parts import short
from service.commands.words import Language, Words, listed, ours

_LINES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": "You wanted me to remind you{}: {}",
        "zh": "你让我提醒你{}：{}",
        "ja": "リマインドのお約束でした{}：{}",
        "ko": "알려 달라고 하셨던 일이에요{}: {}",
        "de": "Ich sollte dich erinnern{}: {}",
        "fr": "Tu voulais que je te rappelle{} : {}",
        "es": "Querías que te recordara{}: {}",
        "ru": "Ты просил напомнить{}: {}",
    }
)
_FROM: Final = Words(en=" (from {when})", zh="（原定 {when}）", ja="（{when} の分）")
_AND_BEFORE: Final = Words(
    en=" (from {when}, and {count} × before it that I missed)",
    zh="（原定 {when}，之前还错过了 {count} 次）",
    ja="（{when} の分。その前にも {count} 回逃しました）",
)
_ONE_MISSED: Final = Words(
    en="“{text}” ({when})", zh="“{text}”（{when}）", ja="「{text}」（{when}）"
)
_MORE_MISSED: Final = Words(
    en="“{text}” ({count} × since {when})",
    zh="“{text}”（{when} 起 {count} 次）",
    ja="「{text}」（{when} から {count} 回）",
)
_MISSED: Final = Words(
    en="I was away and missed what you wanted at that time: {jobs}.",
    zh="我不在的时候错过了你交代的事：{jobs}。",
    ja="不在のあいだに、頼まれていたことを逃してしまいました：{jobs}。",
)
_OTHERS: Final = Words(en="and {count} more", zh="还有 {count} 件", ja="ほか {count} 件")
_SHOWN: Final = 5
_TEXT: Final = 60


def reminded(job: Job, due: datetime | None, before: int = 0) -> str:
    """The persona's line for *job* in the person's language, else in English.

    *due*: when it should have been said, for one that comes late; *before*: so many times missed.
    """
    line = _LINES.get(job.language, _LINES["en"])
    if not due:
        return line.format("", job.text)
    language = ours(job.language)
    late = _AND_BEFORE if before else _FROM
    return line.format(late.to(language, when=clock_time(due, job), count=before), job.text)


def missed(jobs: Sequence[tuple[Job, Next]]) -> str:
    """One line for all *jobs* of one who asked, in the language of the first."""
    language = ours(jobs[0][0].language)
    told = [_missed(job, then, language) for job, then in jobs[:_SHOWN]]
    if more := len(jobs) - _SHOWN:
        told += [_OTHERS.to(language, count=more)] if more > 0 else []
    return _MISSED.to(language, jobs=listed(told, language))


def clock_time(moment: datetime, job: Job) -> str:
    """*moment* by the clock of who asked, with its date: it may be another day by now."""
    return f"{moment.astimezone(zone(job.zone)):%Y-%m-%d %H:%M}"


def _missed(job: Job, then: Next, language: Language) -> str:
    line = _MORE_MISSED if then.missed > 1 else _ONE_MISSED
    when = clock_time(job.due, job)
    return line.to(language, text=short(job.text, _TEXT), count=then.missed, when=when)
