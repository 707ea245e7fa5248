"""`/model info`, and how sure a win rate is."""

import pytest

from anima.model import Choice, Speaker
from memory.figures import Figures
from service.commands.figures import interval
from tests.counter import KEN, LI, Counter, Shelf, version
from tests.persona_fakes import NOW

BUSY = Figures(
    answers=120,
    good=30,
    bad=5,
    unlike=2,
    first_median_s=0.834,
    first_p95_s=2.05,
    refused=1,
    failed=2,
    slips=3,
)


@pytest.mark.parametrize(
    ("good", "trials", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (81, 263, 0.2553, 0.3662),
        (500_000, 1_000_000, 0.499, 0.501),
    ],
)
def test_the_interval_is_as_wilson_wrote_it(
    good: int, trials: int, low: float, high: float
) -> None:
    """Values that others have worked out; few trials leave much open."""
    assert interval(good, trials) == pytest.approx((low, high), abs=5e-5)


async def test_a_version_tells_what_it_is_and_how_it_does() -> None:
    """From the settings, the register and what people thought of it."""
    register = Shelf(
        version(
            "KU5.0",
            backend="default",
            model="ku-5",
            temperature=0.8,
            max_tokens=1024,
            dataset="sha256:ab12",
            notes="a year of letters",
        ),
        KU5_0=BUSY,
    )

    lines = (await Counter(register=register).told("/model info ku5.0")).splitlines()

    assert [
        "KU5.0",
        "Backend: default",
        "Model: ku-5",
        "Sampling: temperature 0.8, max_tokens 1024",
        "When out of reach: KU1.0",
        "Data set: sha256:ab12",
        "Notes: a year of letters",
        "Registered: 2026-01-05 08:00 UTC",
        "Answers: 120",
        "Ratings: 👍 30 · 👎 5 · not like me 2",
        "Win rate: 81% (95%: 66% to 91%)",
        "First word: median 0.83 s, p95 2.05 s",
        "Refused: 1 · failed: 2 · slips caught: 3",
    ] == lines


async def test_a_version_that_never_spoke_has_no_rates() -> None:
    """Nothing is divided by nothing; what the register lacks is told from the settings."""
    lines = (await Counter().told("/model info KU6.0")).splitlines()

    assert [
        "KU6.0",
        "Backend: gpu",
        "Model: ku-6",
        "Adapter: adapters/ku6",
        "Sampling: temperature 0.9, top_p 0.9, max_tokens 1024",
        "Answers: 0",
        "Refused: 0 · failed: 0 · slips caught: 0",
    ] == lines


async def test_a_retired_version_is_still_known() -> None:
    """With what it was and since when it speaks no more."""
    register = Shelf(version("KU0.9", retired_at=NOW))

    lines = (await Counter(register=register).told("/model info ＫＵ０．９")).splitlines()

    assert [
        "KU0.9",
        "Backend: old",
        "Registered: 2026-01-05 08:00 UTC",
        "Retired: 2026-11-21 10:48 UTC",
        "Answers: 0",
        "Refused: 0 · failed: 0 · slips caught: 0",
    ] == lines


async def test_without_a_name_it_is_the_one_that_speaks_here() -> None:
    """And its part is told with it."""
    text = await Counter().told("/model info", Choice(1, "KU5.0"))

    assert text.startswith("KU5.0: speaks here\n")


async def test_one_that_never_was_is_unknown() -> None:
    """The register's names are offered too."""
    register = Shelf(version("KU0.9", retired_at=NOW))

    line = await Counter(register=register).told("/model info KU0.8")

    assert line == (
        "There is no KU0.8; I have KU0.9, KU1.0, KU5.0, KU6.0. Like this: /model info [NAME]"
    )


@pytest.mark.parametrize(
    ("speaker", "words"),
    [
        (LI, ["KU5.0", "后端：default", "回答：120", "胜率：81%（95%：66% 到 91%）"]),
        (KEN, ["KU5.0", "バックエンド：default", "回答：120", "勝率：81%（95%：66%〜91%）"]),
    ],
)
async def test_it_is_told_in_the_language_of_the_client(speaker: Speaker, words: list[str]) -> None:
    """Numbers and names stay what they are."""
    lines = (
        await Counter(register=Shelf(KU5_0=BUSY)).told("/model info KU5.0", speaker=speaker)
    ).splitlines()

    assert [word for word in words if word in lines] == words
    assert "{" not in "".join(lines)
