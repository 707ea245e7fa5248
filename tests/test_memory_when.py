"""Of which time a question speaks."""

from datetime import UTC, date, datetime

import pytest

from memory.longterm.when import past_is_asked, time_asked

NOW = datetime(2026, 5, 7, 15, 30, tzinfo=UTC)
"""A Thursday."""


def span(question: str) -> tuple[date, date] | None:
    """From which day until before which one."""
    found = time_asked(question, NOW)
    return found and (found[0].date(), found[1].date())


@pytest.mark.parametrize(
    ("question", "first", "end"),
    [
        ("what did we eat yesterday?", date(2026, 5, 6), date(2026, 5, 7)),
        ("昨天吃了什么", date(2026, 5, 6), date(2026, 5, 7)),
        ("一昨日は何を食べた？", date(2026, 5, 5), date(2026, 5, 6)),
        ("where was I last week", date(2026, 4, 27), date(2026, 5, 4)),
        ("先週どこにいた？", date(2026, 4, 27), date(2026, 5, 4)),
        ("上个月怎么样", date(2026, 4, 1), date(2026, 5, 1)),
        ("what happened last year", date(2025, 1, 1), date(2026, 1, 1)),
        ("what was on March 3rd?", date(2026, 3, 3), date(2026, 3, 4)),
        ("on 12 June, 2024", date(2024, 6, 12), date(2024, 6, 13)),
        ("on 12 June", date(2025, 6, 12), date(2025, 6, 13)),
        ("in december", date(2025, 12, 1), date(2026, 1, 1)),
        ("2026-02-28?", date(2026, 2, 28), date(2026, 3, 1)),
        ("2月14日你说了什么", date(2026, 2, 14), date(2026, 2, 15)),
        ("去了哪里，3月的时候", date(2026, 3, 1), date(2026, 4, 1)),
        ("2025年8月に何をした", date(2025, 8, 1), date(2025, 9, 1)),
    ],
)
def test_a_time_is_understood(question: str, first: date, end: date) -> None:
    """A day, a week, a month or a year; without a year the last one that has begun."""
    assert (first, end) == span(question)


@pytest.mark.parametrize(
    "question", ["what is my name?", "you may go", "on April 31", "第3个月球", "1/2 of it", ""]
)
def test_where_no_time_is_named_there_is_none(question: str) -> None:
    """Nor is there a 31st of April."""
    assert span(question) is None


@pytest.mark.parametrize(
    ("question", "past"),
    [
        ("where did I live before?", True),
        ("以前住在哪里", True),
        ("前はどこに住んでた？", True),
        ("where do I live?", False),
        ("我住在哪里", False),
        ("どこに住んでる？", False),
    ],
)
def test_the_past_is_heard_in_the_words(question: str, past: bool) -> None:
    """In each language."""
    assert past == past_is_asked(question)
