"""When somebody means."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from persona.times import when

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
"""A Saturday."""

MOMENTS = {
    "in 20m": "21 14:25",
    "in 2h": "21 16:05",
    "in 3d": "24 14:05",
    "20m": "21 14:25",
    "1h30m": "21 15:35",
    "in 1 hour and 30 minutes": "21 15:35",
    "in a minute": "21 14:06",
    "in half an hour": "21 14:35",
    "an hour later": "21 15:05",
    "in two hours": "21 16:05",
    "at 18:30": "21 18:30",
    "18:30": "21 18:30",
    "at 8": "22 08:00",
    "at 8pm": "21 20:00",
    "8 a.m.": "22 08:00",
    "12 am": "22 00:00",
    "tomorrow at 8": "22 08:00",
    "In 20M": "21 14:25",
    "tomorrow": "22 09:00",
    "tomorrow morning": "22 09:00",
    "tonight": "21 20:00",
    "tonight at 9": "21 21:00",
    "today at 3": "21 15:00",
    "tomorrow 8:00 pm": "22 20:00",
    "2026-11-22T08:00": "22 08:00",
    "2026-11-22T08:00Z": "22 08:00",
    "2026-11-22": "22 09:00",
    "2026-11-22T08:00+09:00": "21 23:00",
    "on Monday at 9": "23 09:00",
    "noon": "22 12:00",
    "day after tomorrow at 7:15": "23 07:15",
    "midnight": "22 00:00",
    "sat": "28 09:00",
    "tomorrow evening at 7": "22 19:00",
    "8 o'clock": "22 08:00",
    "today at 23": "21 23:00",
    "20分钟后": "21 14:25",
    "两小时后": "21 16:05",
    "半小时后": "21 14:35",
    "3天后": "24 14:05",
    "一个半小时后": "21 15:35",
    "明天早上8点": "22 08:00",
    "今晚8点半": "21 20:30",
    "今晚八点半": "21 20:30",
    "明早8点": "22 08:00",
    "后天下午三点一刻": "23 15:15",
    "下周一上午10点": "23 10:00",
    "周五晚上7点": "27 19:00",
    "11月25日 9点": "25 09:00",
    "今晚12点": "22 00:00",
    "今晚1点": "22 01:00",
    "凌晨2点": "22 02:00",
    "中午": "22 12:00",
    "中午1点": "22 13:00",
    "下午5点": "21 17:00",
    "大后天": "24 09:00",
    "三点三刻": "22 03:45",
    "明天十二点二十五分": "22 12:25",
    "周日": "22 09:00",
    "晚上22点": "21 22:00",
    "20分後": "21 14:25",
    "2時間後": "21 16:05",
    "1時間半後": "21 15:35",
    "８時に": "22 08:00",
    "明日の8時": "22 08:00",
    "明日の朝8時": "22 08:00",
    "今夜9時半": "21 21:30",
    "あさっての午後3時": "23 15:00",
    "月曜日の9時": "23 09:00",
    "来週の火曜日": "24 09:00",
    "あと5分": "21 14:10",
    "午前12時": "22 00:00",
    "30分前": None,
    "8時5分ごろ": "22 08:05",
    "soon": None,
    "when I get home": None,
    "": None,
    "in a while": None,
    "in m": None,
    "25:00": None,
    "at 99": None,
    "in 999999w": None,
    "2月30日": None,
    "8:75": None,
    "in 2 days at 8": None,
    "x" * 100: None,
    "later": None,
    "2026-13-40T08:00": None,
}


@pytest.mark.parametrize(("said", "meant"), MOMENTS.items(), ids=[text[:40] for text in MOMENTS])
def test_moments(said: str, meant: str | None) -> None:
    """Each way to say a time means one moment; what is not understood means none."""
    found = when(said, NOW)

    assert meant == (found and f"{found:%d %H:%M}")


def test_seconds() -> None:
    """A few seconds are a time as well, in each language."""
    found = {when(said, NOW) for said in ("in 4s", "4 seconds", "4秒后", "4秒後", "四秒钟后")}

    assert {NOW.replace(second=4)} == found


def test_a_zone() -> None:
    """A time of day is that of the person's own clock, and comes back in UTC."""
    zone = ZoneInfo("Asia/Shanghai")

    assert datetime(2026, 11, 22, 0, 0, tzinfo=UTC) == when("明天早上8点", NOW, zone)
    assert datetime(2026, 11, 22, 0, 0, tzinfo=UTC) == when("2026-11-22T08:00", NOW, zone)
    assert datetime(2026, 11, 22, 0, 0, tzinfo=UTC) == when("8:00", NOW, zone)


def test_a_date_without_a_year_is_the_next() -> None:
    """The third of March, said in November, is next year's."""
    assert datetime(2027, 3, 3, 9, 0, tzinfo=UTC) == when("3月3日", NOW)


def test_a_past_moment_is_what_was_said() -> None:
    """What is over is understood as such, and is for others to refuse."""
    assert datetime(2025, 1, 1, 8, 0, tzinfo=UTC) == when("2025-01-01T08:00", NOW)
    assert datetime(2026, 11, 21, 8, 0, tzinfo=UTC) == when("today at 8 am", NOW)
