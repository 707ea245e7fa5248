"""What a command sets for the whole process."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.cli import main


@pytest.fixture
def switching() -> Iterator[None]:
    """Threads give way as Python has it, and do so again when the test is over."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.005)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("switching", "logging_as_before")
def test_threads_give_way_to_who_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In half a millisecond, or the first answers after a start would have no memories."""
    monkeypatch.chdir(tmp_path)

    assert 0 == main(["db", "upgrade"])

    assert pytest.approx(0.0005) == sys.getswitchinterval()
