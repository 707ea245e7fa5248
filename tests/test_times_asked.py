"""What comes again, and what somebody wants to be reminded of."""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from persona.times_asked import Asked, asked
from persona.times_every import every

NOW: Final = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
"""A Saturday; in Shanghai it is five past ten in the evening."""
SHANGHAI: Final = ZoneInfo("Asia/Shanghai")

EVERY: Final = {
    "every day at 8": "0 8 * * *",
    "every day at 8:30": "30 8 * * *",
    "daily at 9pm": "0 21 * * *",
    "every morning": "0 9 * * *",
    "every evening at 7": "0 19 * * *",
    "every night at 11": "0 23 * * *",
    "every weekday at 9": "0 9 * * mon,tue,wed,thu,fri",
    "weekdays at 9": "0 9 * * mon,tue,wed,thu,fri",
    "every monday 9:30": "30 9 * * mon",
    "every mon and fri at 9": "0 9 * * mon,fri",
    "every monday, wednesday and friday at 6pm": "0 18 * * mon,wed,fri",
    "mondays at 9": "0 9 * * mon",
    "mon-fri 9:30": "30 9 * * mon,tue,wed,thu,fri",
    "every weekend at 10": "0 10 * * sat,sun",
    "every hour": "0 * * * *",
    "every 2 hours": "0 */2 * * *",
    "hourly": "0 * * * *",
    "every month on the 1st at 9": "0 9 1 * *",
    "on the 15th of every month": "0 9 15 * *",
    "every 1st of the month at noon": "0 12 1 * *",
    "every year": "",
    "tomorrow at 8": "",
    "monday at 9": "",
    "every day at 25:00": "",
    "every other day": "",
    "every": "",
    "每天早上8点": "0 8 * * *",
    "每天八点半": "30 8 * * *",
    "每晚10点": "0 22 * * *",
    "每早7点": "0 7 * * *",
    "每周一9点": "0 9 * * mon",
    "每星期一三五上午9点": "0 9 * * mon,wed,fri",
    "每周一、周三 9点": "0 9 * * mon,wed",
    "每个工作日9点": "0 9 * * mon,tue,wed,thu,fri",
    "工作日早上8点": "0 8 * * mon,tue,wed,thu,fri",
    "周一到周五 9点": "0 9 * * mon,tue,wed,thu,fri",
    "每周末10点": "0 10 * * sat,sun",
    "每月1号9点": "0 9 1 * *",
    "每个月十五号": "0 9 15 * *",
    "每小时": "0 * * * *",
    "每两个小时": "0 */2 * * *",
    "每天": "0 9 * * *",
    "明天8点": "",
    "每周": "",
    "毎日8時": "0 8 * * *",
    "毎朝7時": "0 7 * * *",
    "毎晩22時": "0 22 * * *",
    "毎週月曜9時": "0 9 * * mon",
    "毎週月曜日の9時": "0 9 * * mon",
    "毎週月・水・金 9時": "0 9 * * mon,wed,fri",
    "毎週日曜日8時": "0 8 * * sun",
    "毎週土日9時": "0 9 * * sat,sun",
    "平日の朝7時": "0 7 * * mon,tue,wed,thu,fri",
    "平日9時": "0 9 * * mon,tue,wed,thu,fri",
    "毎平日8時": "0 8 * * mon,tue,wed,thu,fri",
    "月曜から金曜まで 9時": "0 9 * * mon,tue,wed,thu,fri",
    "毎週末10時": "0 10 * * sat,sun",
    "毎月1日9時": "0 9 1 * *",
    "毎時": "0 * * * *",
    "2時間ごと": "0 */2 * * *",
    "毎日夕方6時": "0 18 * * *",
    "毎夕6時": "",
    "明日8時": "",
    "each tuesday and thursday at 7:15": "15 7 * * tue,thu",
    "on weekdays at 8": "0 8 * * mon,tue,wed,thu,fri",
    "every saturday, sunday at 10": "0 10 * * sat,sun",
    "on tuesdays 9:00": "0 9 * * tue",
    "every 12 hours": "0 */12 * * *",
    "every hour tea": "",
    "every month on the 32nd": "",
    "monthly on the 3rd at 7": "0 7 3 * *",
    "x" * 100: "",
    "周一至周五": "0 9 * * mon,tue,wed,thu,fri",
    "毎週月曜と木曜の8時": "0 8 * * mon,thu",
    "毎月三日 8時": "0 8 3 * *",
    "从周五到周一 9点": "0 9 * * fri,sat,sun,mon",
}


@pytest.mark.parametrize(("said", "cron"), EVERY.items(), ids=[text[:40] for text in EVERY])
def test_what_comes_again(said: str, cron: str) -> None:
    """Each way to say it is one cron; what is not understood to the last word is none."""
    assert cron == every(said)


WISHES: Final = {
    "me tomorrow at 8 to call mum": ("call mum", "11-22 00:00", True),
    "in 20m tea": ("tea", "11-21 14:25", False),
    "明天早上八点 打电话": ("打电话", "11-22 00:00", True),
    "20分後 お茶": ("お茶", "11-21 14:25", False),
    "20分後にお茶": ("お茶", "11-21 14:25", False),
    "me to call mum tomorrow at 8": ("call mum", "11-22 00:00", True),
    "call mum at 8pm": ("call mum", "11-22 12:00", True),
    "tomorrow call mum at 8": ("call mum", "11-22 00:00", True),
    "on Friday pay rent": ("pay rent", "11-27 01:00", True),
    "next monday 9:30 standup": ("standup", "11-23 01:30", True),
    "every day at 8 pills": ("pills", "0 8 * * *", True),
    "pills every day at 8": ("pills", "0 8 * * *", True),
    "每天早上8点 吃药": ("吃药", "0 8 * * *", True),
    "每天早上8点吃药": ("吃药", "0 8 * * *", True),
    "提醒我20分钟后喝水": ("喝水", "11-21 14:25", False),
    "毎週月曜9時 ゴミ出し": ("ゴミ出し", "0 9 * * mon", True),
    "毎週月曜9時にゴミ出し": ("ゴミ出し", "0 9 * * mon", True),
    "明日の8時に電話": ("電話", "11-22 00:00", True),
    "明日 にんじんを買う": ("にんじんを買う", "11-22 01:00", True),
    "明日8時に電話するってリマインドして": ("電話する", "11-22 00:00", True),
    "明天8点叫我起床": ("起床", "11-22 00:00", True),
    "8 eggs": None,
    "tea": None,
    "": None,
    "tomorrow at 8": ("", "11-22 00:00", True),
    "remind me in 2 hours that the cake is done": ("the cake is done", "11-21 16:05", False),
    "at 18:30: dinner": ("dinner", "11-22 10:30", True),
    "every weekday at 9 standup": ("standup", "0 9 * * mon,tue,wed,thu,fri", True),
    "in 20m": ("", "11-21 14:25", False),
    "我明天8点开会": ("开会", "11-22 00:00", True),
    "2026-12-01T08:00 pay": ("pay", "12-01 00:00", True),
    "buy 8": None,
    "Please remind me about the cake in 4s": ("the cake", "11-21 14:05", False),
    "お茶 20分後": ("お茶", "11-21 14:25", False),
    "开会 下周一上午10点": ("开会", "11-23 02:00", True),
    "next Friday at 5pm drink tea at home": ("drink tea at home", "11-27 09:00", True),
    "tea in 20 minutes please": ("tea", "11-21 14:25", False),
    "day after tomorrow at 7:15 run": ("run", "11-22 23:15", True),
    "3 days before the exam study": ("before the exam study", "11-24 14:05", False),
    "every hour drink water": ("drink water", "0 * * * *", True),
    "drink water every 2 hours": ("drink water", "0 */2 * * *", True),
    "fri call mum": ("call mum", "11-27 01:00", True),
    "我的药 明天8点": ("我的药", "11-22 00:00", True),
    "请提醒我们明天8点开会": ("开会", "11-22 00:00", True),
    "私に20分後 お茶": ("お茶", "11-21 14:25", False),
    "remind us on Monday at 9 to file taxes": ("file taxes", "11-23 01:00", True),
    "pay rent on the 1st of every month at 9": ("pay rent", "0 9 1 * *", True),
    "tomorrow at 8 meet Bo at 9": ("meet Bo at 9", "11-22 00:00", True),
    "at 8 o'clock tea": ("tea", "11-22 00:00", True),
    "吃药 每天8点": ("吃药", "0 8 * * *", True),
    "会議 明日15時": ("会議", "11-22 07:00", True),
    "x " * 200: None,
}


def plain(found: Asked | None) -> tuple[str, str, bool] | None:
    """The words, when that is, and whether the clock mattered."""
    if found is None:
        return None
    return found.text, found.cron or f"{found.due:%m-%d %H:%M}", found.by_clock


@pytest.mark.parametrize(("said", "meant"), WISHES.items(), ids=[text[:40] for text in WISHES])
def test_wishes(said: str, meant: tuple[str, str, bool] | None) -> None:
    """Time and words are told apart, in whichever order they come."""
    assert meant == plain(asked(said, NOW, SHANGHAI))
