"""What is said aloud is measured and judged."""

import pytest

from tests.bench import voice


@pytest.mark.slow
async def test_every_bar_of_the_voice_is_measured() -> None:
    """Each in a row of its own, and what does not hold is named."""
    told, missed = await voice.measured()

    rows = told.splitlines()[2:]
    assert ["≤ 30", "≤ 20", "≤ 10"] == [row.split("|")[3].strip() for row in rows]
    assert len(missed) == sum("NO" in row for row in rows)
