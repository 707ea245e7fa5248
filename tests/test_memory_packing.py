"""What of all that was recalled finds room in a prompt."""

from datetime import UTC, datetime, timedelta

from memory.longterm.hits import Detail, Hit
from memory.longterm.packing import PAST_BUDGET, packed

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def words(text: str) -> int:
    """Each word costs a hundred."""
    return 100 * len(text.split())


def hit(number: int, text: str, kind: str = "line", fact: Detail | None = None) -> Hit:
    """A memory; the larger its number, the younger."""
    at = NOON + timedelta(days=number)
    return Hit(number, kind, 1.0, "telegram:1", "", text, at, True, 1, fact=fact)


def detail(*, hearsay: bool = False, current: bool = True) -> Detail:
    """What is known of a fact."""
    return Detail("", "likes", "tea", "tea", None, None, False, hearsay, 0.6, current)


def ids(hits: list[Hit], budget: int = 600, after: dict[int, Hit] | None = None) -> list[int]:
    """What is packed."""
    return [one.id for one in packed(hits, budget, words, after)]


def test_the_best_that_fit_are_told_by_age() -> None:
    """A long one that does not fit leaves its room to the next."""
    hits = [hit(9, "a b"), hit(3, "a b c d"), hit(5, "a"), hit(7, "a")]

    assert [5, 7, 9] == ids(hits)


def test_facts_come_before_lines() -> None:
    """However good the line is."""
    assert [2] == ids([hit(1, "a b c"), hit(2, "a b c", "fact", detail())], 400)


def test_where_there_is_room_a_line_brings_what_followed_it() -> None:
    """Only then, only once, and the line itself is told even if both do not fit."""
    after = {1: hit(2, "a"), 2: hit(3, "a b c d e f g h"), 4: hit(5, "a b c d e f g h")}

    assert [1, 2] == ids([hit(1, "a"), hit(2, "a")], PAST_BUDGET, after)
    assert [1] == ids([hit(1, "a")], PAST_BUDGET - 1, after)
    assert [4] == ids([hit(4, "a b")], PAST_BUDGET, after)


def test_what_is_over_or_hearsay_is_marked() -> None:
    """So that nobody tells it as if it were so."""
    first, second, third = packed(
        [
            hit(1, "a", "fact", detail(current=False)),
            hit(2, "b", "fact", detail(hearsay=True)),
            hit(3, "c"),
        ],
        600,
        words,
    )

    assert [(True, False), (False, True), (False, False)] == [
        (one.over, one.hearsay) for one in (first, second, third)
    ]


def test_nothing_is_packed_of_nothing() -> None:
    """Nor into no room."""
    assert [] == ids([])
    assert [] == ids([hit(1, "a")], 0)
