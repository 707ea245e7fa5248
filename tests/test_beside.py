"""What a file is called that comes with a bubble."""

from pathlib import Path

import pytest

from anima.model import NOTHING, Beside

FILE = Path("exports/17.zip")


@pytest.mark.parametrize(
    ("beside", "called"),
    [
        (Beside(document=FILE, name="memory.zip"), "memory.zip"),
        (Beside(document=FILE), "17.zip"),
        (NOTHING, ""),
    ],
)
def test_a_file_has_the_name_that_people_know_it_by(beside: Beside, called: str) -> None:
    """Its own, where it was given none; and where there is no file, none."""
    assert called == beside.called
