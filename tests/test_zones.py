"""By whose clock somebody lives."""

from datetime import UTC, datetime, timedelta

import pytest

from anima.zones import offset, zone

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Europe/Berlin", "14:00 CEST"),
        ("Asia/Kolkata", "17:30 IST"),
        ("UTC+08:00", "20:00 UTC+08:00"),
        ("UTC-03:30", "08:30 UTC-03:30"),
        ("", "12:00 UTC"),
        ("UTC", "12:00 UTC"),
        ("Nowhere/Land", "12:00 UTC"),
        ("Europe", "12:00 UTC"),
        ("../../etc/passwd", "12:00 UTC"),
    ],
)
def test_clocks(name: str, shown: str) -> None:
    """A place's clock knows of summer; one that nobody knows shows UTC."""
    assert shown == f"{NOON.astimezone(zone(name)):%H:%M %Z}"


@pytest.mark.parametrize(
    ("minutes", "name"),
    [(480, "UTC+08:00"), (-210, "UTC-03:30"), (0, "UTC+00:00"), (345, "UTC+05:45")],
)
def test_so_far_from_utc(minutes: int, name: str) -> None:
    """Its name tells how far, and is read back as that."""
    assert name == offset(minutes)
    assert timedelta(minutes=minutes) == zone(name).utcoffset(None)
