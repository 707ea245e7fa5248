"""What becomes of what is known when people say something new, say it again, or take it back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.facts.kinds import SINGLE, Fact, Slot, aspect, normal
from persona.facts.resolve import Known, Resolution, resolve
from persona.facts.sameness import alike, same
from tests.persona_fakes import UNHURRIED

MAY = datetime(2026, 5, 2, 9, tzinfo=UTC)
JUNE = datetime(2026, 6, 2, 9, tzinfo=UTC)
JULY = datetime(2026, 7, 2, 9, tzinfo=UTC)


def fact(
    slot: Slot, norm: str, subject: str = "", since: datetime | None = None, **told: bool
) -> Fact:
    """Something found."""
    found = Fact(subject, slot, norm, norm, norm, "en", norm, since)
    return replace(found, **told) if told else found


def known(
    slot: Slot, norm: str, at: datetime = MAY, number: int = 7, subject: str = "", **told: bool
) -> Known:
    """Something held since it was said."""
    held = Known(number, subject, slot, norm, at, at)
    return replace(held, **told) if told else held


def test_what_is_new_is_added() -> None:
    """Nothing was known."""
    assert Resolution("add") == resolve([], fact("lives_in", "osaka"), JUNE)


def test_the_same_value_confirms() -> None:
    """Said twice, it is held once."""
    held = [known("lives_in", "osaka")]

    assert Resolution("confirm", (7,)) == resolve(held, fact("lives_in", "osaka"), JUNE)


def test_a_newer_value_of_a_single_slot_ends_the_older() -> None:
    """The older is kept, and ends when the newer begins: at the word, or when that was told."""
    held = [known("lives_in", "osaka")]
    moved = fact("lives_in", "kyoto", since=JUNE)

    assert Resolution("supersede", (7,), JULY) == resolve(held, fact("lives_in", "kyoto"), JULY)
    assert Resolution("supersede", (7,), JUNE) == resolve(held, moved, JULY)


def test_nothing_ends_before_it_began() -> None:
    """Who says that they moved before we heard where they lived."""
    held = [known("lives_in", "osaka", JUNE)]

    resolution = resolve(held, fact("lives_in", "kyoto", since=MAY), JULY)

    assert Resolution("supersede", (7,), JUNE) == resolution


def test_a_slot_of_many_values_holds_both() -> None:
    """One likes cats and tea."""
    assert Resolution("add") == resolve([known("likes", "cats")], fact("likes", "tea"), JUNE)


def test_each_aspect_of_a_slot_has_its_own_value() -> None:
    """A nurse who works at St Mary's is both, and a new hospital leaves the nurse a nurse."""
    held = [known("job", "nurse", number=1), known("job", "at:st mary's", number=2)]

    moved = resolve(held, fact("job", "at:st john's"), JUNE)

    assert Resolution("supersede", (2,), JUNE) == moved


def test_a_denial_ends_what_it_denies() -> None:
    """No longer: the row ends, and no row is added."""
    held = [known("likes", "coffee", number=1), known("likes", "tea", number=2)]

    resolution = resolve(held, fact("likes", "coffee", negated=True), JUNE)

    assert Resolution("close", (1,), JUNE) == resolution


@pytest.mark.parametrize(
    ("norm", "ended"),
    [("", (1, 2)), ("at:", (2,))],
)
def test_a_denial_without_a_value_ends_all_of_it(norm: str, ended: tuple[int, ...]) -> None:
    """I quit: whatever the job was; or only where it was."""
    held = [
        known("job", "nurse", number=1),
        known("job", "at:st mary's", number=2),
        known("lives_in", "york", number=3),
    ]

    resolution = resolve(held, fact("job", norm, negated=True), JUNE)

    assert Resolution("close", ended, JUNE) == resolution


def test_a_denial_of_nothing_known_is_kept_once() -> None:
    """It is not so: that is worth knowing too, unless it does not say what."""
    denied = fact("allergy", "nuts", negated=True)

    assert Resolution("add") == resolve([], denied, JUNE)
    assert Resolution("confirm", (7,)) == resolve(
        [known("allergy", "nuts", negated=True)], denied, JUNE
    )
    assert Resolution("nothing") == resolve([], fact("job", "", negated=True), JUNE)


def test_what_was_denied_may_come_true() -> None:
    """Not allergic, then allergic after all: the denial ends."""
    held = [known("allergy", "nuts", negated=True)]

    assert Resolution("supersede", (7,), JUNE) == resolve(held, fact("allergy", "nuts"), JUNE)


def test_a_denial_said_earlier_ends_nothing() -> None:
    """An import brings an old word late."""
    held = [known("likes", "coffee", JULY)]

    resolution = resolve(held, fact("likes", "coffee", negated=True), JUNE)

    assert Resolution("nothing") == resolution


def test_an_older_statement_that_comes_late_ends_nothing() -> None:
    """It is added as what was, until the newer began."""
    held = [known("lives_in", "kyoto", JULY)]

    resolution = resolve(held, fact("lives_in", "osaka"), MAY)

    assert Resolution("add", over=JULY) == resolution


def test_liking_ends_disliking() -> None:
    """Tastes turn: the opposite of the same thing ends, that of another does not."""
    held = [known("dislikes", "cilantro", number=1), known("dislikes", "okra", number=2)]

    resolution = resolve(held, fact("likes", "cilantro"), JUNE)

    assert Resolution("supersede", (1,), JUNE) == resolution


def test_hearsay_never_ends_what_somebody_said_themself() -> None:
    """A friend's word against one's own is not taken; a friend's against a friend's is."""
    own = [known("lives_in", "osaka", subject="Tom")]
    told = [known("lives_in", "osaka", subject="Tom", hearsay=True)]
    rumour = fact("lives_in", "kyoto", "Tom", hearsay=True)
    denial = fact("lives_in", "osaka", "Tom", hearsay=True, negated=True)

    assert Resolution("nothing") == resolve(own, rumour, JUNE)
    assert Resolution("nothing") == resolve(
        own, replace(denial, norm="osaka"), MAY - MAY.resolution
    )
    assert Resolution("supersede", (7,), JUNE) == resolve(told, rumour, JUNE)


def test_hearsay_does_not_deny_a_word_at_first_hand() -> None:
    """A friend says that it is over: one's own word stands."""
    own = [known("likes", "tea", subject="Tom")]
    denial = fact("likes", "tea", "Tom", hearsay=True, negated=True)

    assert Resolution("nothing") == resolve(own, denial, JUNE)


def test_a_word_at_first_hand_takes_the_place_of_hearsay() -> None:
    """The same value, now from who knows it: the new row is the better source."""
    held = [known("likes", "tea", subject="Tom", hearsay=True)]

    assert Resolution("supersede", (7,), JUNE) == resolve(held, fact("likes", "tea", "Tom"), JUNE)
    assert Resolution("confirm", (7,)) == resolve(
        held, fact("likes", "tea", "Tom", hearsay=True), JUNE
    )


def test_what_is_over_or_of_another_does_not_count() -> None:
    """A closed row and another's row are left as they are."""
    held = [
        replace(known("lives_in", "osaka"), until=JUNE),
        known("lives_in", "york", subject="mum", number=2),
    ]

    assert Resolution("add") == resolve(held, fact("lives_in", "osaka"), JULY)


def test_a_birthday_gains_its_year() -> None:
    """With a year it says more, and takes the place; without it, it only confirms."""
    assert Resolution("supersede", (7,), JUNE) == resolve(
        [known("birthday", "05-12")], fact("birthday", "1990-05-12"), JUNE
    )
    assert Resolution("confirm", (7,)) == resolve(
        [known("birthday", "1990-05-12")], fact("birthday", "05-12"), JUNE
    )
    assert Resolution("supersede", (7,), JUNE) == resolve(
        [known("birthday", "1990-05-12")], fact("birthday", "1991-05-12"), JUNE
    )
    assert Resolution("supersede", (7,), JUNE) == resolve(
        [known("birthday", "1990")], fact("birthday", "05-12"), JUNE
    )


def test_the_same_plan_on_another_day_is_another() -> None:
    """The dentist on two days is two visits; on one day one."""
    held = [known("plan", "dentist", JULY)]
    again = fact("plan", "dentist", since=JULY)
    later = fact("plan", "dentist", since=JULY + timedelta(days=7))

    assert Resolution("confirm", (7,)) == resolve(held, again, MAY)
    assert Resolution("add") == resolve(held, later, MAY)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("strawberry ice cream", "strawberry ice creams", True),
        ("strawberries", "blueberries", False),
        ("two cats called miso", "three cats called miso", False),
        ("model 3 of the car", "model 4 of the car", False),
        ("草莓冰淇淋蛋糕", "草莓冰淇淋蛋糕", True),
        ("草莓", "蓝莓", False),
        ("", "tea", False),
        ("x", "y", False),
    ],
)
def test_duplicates_are_found_by_letters(one: str, other: str, *, alike: bool) -> None:
    """Nearly the same letters and the same numbers are the same; all else is two things."""
    assert alike == same("likes", one, other)


@pytest.mark.parametrize(
    ("value", "norm"),
    [
        ("  The   Beatles! ", "beatles"),
        ("a dog", "dog"),
        ("ＡＢＣ商事", "abc商事"),
        ("mum’s cooking", "mum's cooking"),
        ("「猫」", "猫"),
        ("C++", "c++"),
        ("...", ""),
    ],
)
def test_values_are_compared_without_what_does_not_matter(value: str, norm: str) -> None:
    """Case, width, articles and marks."""
    assert norm == normal(value)


def test_an_aspect_stands_before_a_colon() -> None:
    """Most values have none."""
    assert ["at", ""] == [aspect("at:google"), aspect("nurse")]


VALUES = st.sampled_from(["", "a1", "b2", "at:c", "at:", "mother:ann", "05-12", "1990-05-12"])
SLOTS = st.sampled_from(["job", "lives_in", "likes", "dislikes", "plan", "birthday"])
TIMES = st.sampled_from([MAY, JUNE, JULY])
ROWS = st.lists(
    st.builds(
        Known,
        id=st.integers(1, 99),
        subject=st.sampled_from(["", "Tom"]),
        slot=SLOTS,
        norm=VALUES,
        since=TIMES,
        at=TIMES,
        until=st.none() | TIMES,
        negated=st.booleans(),
        hearsay=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda one: one.id,
)


@pytest.mark.slow
@given(held=ROWS, slot=SLOTS, norm=VALUES, negated=st.booleans(), hearsay=st.booleans(), at=TIMES)
@UNHURRIED
def test_no_word_ends_what_it_must_not(
    held: list[Known], slot: Slot, norm: str, *, negated: bool, hearsay: bool, at: datetime
) -> None:
    """Whatever is held: only rows of the subject end, that live, after they began, by no rumour."""
    found = fact(slot, norm, "Tom", negated=negated, hearsay=hearsay)

    resolution = resolve(held, found, at)

    targets = [one for one in held if one.id in resolution.targets]
    assert bool(targets) == (resolution.kind in {"confirm", "supersede", "close"})
    assert all(one.subject == "Tom" and (one.until is None or one.until > at) for one in targets)
    if resolution.ends:
        assert all(one.since <= resolution.ends and one.at <= at for one in targets)
        assert not (hearsay and any(not one.hearsay for one in targets))


def test_single_slots_are_those_of_which_one_has_one() -> None:
    """Nobody has one like, one pet or one plan only."""
    assert not SINGLE & {"likes", "dislikes", "pet", "plan", "allergy", "family", "skill", "owns"}
    assert alike("ab", "ab") == 1
