"""Which soul speaks: what people chose, newest first, and the canary's share."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from anima.choosing import canary, chosen, everywhere, takes_part
from anima.model import Choice, Conversation
from tests.persona_fakes import UNHURRIED

HOME = Conversation("telegram", "ku", "7")
KNOWN = ("KU1.0", "KU5.0", "KU6.0")
PLACES = [Conversation("telegram", "ku", str(chat)) for chat in range(10_000)]


def here(number: int, soul: str) -> Choice:
    return Choice(number, soul)


def for_all(number: int, soul: str, percent: float = 100) -> Choice:
    return Choice(number, soul, here=False, percent=percent)


def in_share(soul: str, percent: float) -> Conversation:
    """A place that the canary reaches."""
    return next(place for place in PLACES if takes_part(for_all(1, soul, percent), place))


def out_of_share(soul: str, percent: float) -> Conversation:
    """A place that it does not."""
    return next(place for place in PLACES if not takes_part(for_all(1, soul, percent), place))


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ((), "KU1.0"),
        ((here(1, "KU5.0"),), "KU5.0"),
        ((for_all(1, "KU6.0"),), "KU6.0"),
        ((here(1, "KU5.0"), for_all(2, "KU6.0")), "KU6.0"),
        ((for_all(1, "KU6.0"), here(2, "KU5.0")), "KU5.0"),
        ((here(1, "KU5.0"), here(2, "KU6.0")), "KU6.0"),
        ((here(2, "KU6.0"), here(1, "KU5.0")), "KU6.0"),
        ((here(1, "KU5.0"), here(2, "gone")), "KU5.0"),
        ((for_all(1, "KU5.0"), for_all(2, "gone")), "KU5.0"),
        ((here(1, "KU5.0"), for_all(2, "gone")), "KU5.0"),
        ((here(1, "gone"), for_all(2, "gone")), "KU1.0"),
    ],
)
def test_the_newest_choice_that_can_be_served_counts(
    choices: tuple[Choice, ...], expected: str
) -> None:
    """For the place or for everywhere, whichever came later; without any it is the first soul."""
    assert expected == chosen(choices, HOME, KNOWN, "KU1.0")


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ((), "KU1.0"),
        ((here(1, "KU5.0"),), "KU1.0"),
        ((for_all(1, "KU5.0"), here(2, "KU6.0")), "KU5.0"),
        ((for_all(1, "KU5.0"), for_all(2, "KU6.0", 10)), "KU5.0"),
    ],
)
def test_everywhere_leaves_own_choices_and_canaries_out(
    choices: tuple[Choice, ...], expected: str
) -> None:
    """It is what speaks where nobody chose for the place and no canary reaches it."""
    assert expected == everywhere(choices, KNOWN, "KU1.0")


def test_a_canary_speaks_in_its_share_only() -> None:
    """Elsewhere the choice for everywhere goes on to count."""
    choices = (for_all(1, "KU5.0"), for_all(2, "KU6.0", 10))
    places = (in_share("KU6.0", 10), out_of_share("KU6.0", 10))

    speaking = [chosen(choices, place, KNOWN, "KU1.0") for place in places]

    assert ["KU6.0", "KU5.0"] == speaking


def test_a_canary_needs_no_choice_before_it() -> None:
    """The first soul of the settings is what it is tried against."""
    place = in_share("KU6.0", 10)

    assert chosen((for_all(1, "KU6.0", 10),), place, KNOWN, "KU1.0") == "KU6.0"


@pytest.mark.parametrize("choices", [(1, 2), (2, 1)], ids=["canary later", "choice later"])
def test_a_canary_never_takes_a_place_that_chose_for_itself(choices: tuple[int, int]) -> None:
    """Whoever chose for a place keeps what they chose."""
    own, trial = here(choices[0], "KU5.0"), for_all(choices[1], "KU6.0", 99.9)

    assert chosen((own, trial), in_share("KU6.0", 99.9), KNOWN, "KU1.0") == "KU5.0"


def test_a_place_whose_choice_was_overruled_may_be_tried() -> None:
    """A newer word for everywhere ended its own choice, so the canary after that reaches it."""
    choices = (here(1, "KU5.0"), for_all(2, "KU1.0"), for_all(3, "KU6.0", 50))

    assert chosen(choices, in_share("KU6.0", 50), KNOWN, "KU1.0") == "KU6.0"


@pytest.mark.parametrize(
    "after",
    [for_all(2, "KU5.0"), for_all(2, "gone"), for_all(2, "KU6.0", 0), for_all(2, "gone", 0)],
    ids=["everywhere", "everywhere, gone since", "ended", "ended, gone since"],
)
def test_a_canary_is_over(after: Choice) -> None:
    """A newer choice for everywhere ends it, and a share of nothing; also by souls gone since."""
    assert canary((for_all(1, "KU6.0", 50), after), KNOWN) is None


def test_the_newest_canary_that_can_be_served_is_the_one() -> None:
    """One whose soul is gone leaves the trial to the one before."""
    trials = (for_all(1, "KU5.0", 10), for_all(2, "KU6.0", 20), for_all(3, "gone", 30))

    assert trials[1] == canary(trials, KNOWN)


def test_a_place_has_no_canary_of_its_own() -> None:
    """A share of the conversations is a matter of everywhere."""
    assert canary((Choice(1, "KU6.0", here=True, percent=10),), KNOWN) is None


def test_the_share_is_what_was_asked_for() -> None:
    """Of ten thousand conversations ten in a hundred take part, give or take one."""
    count = sum(takes_part(for_all(1, "KU6.0", 10), place) for place in PLACES)

    assert 900 <= count <= 1_100


def test_two_canaries_do_not_try_the_same_people() -> None:
    """The share depends on the soul's name: it is not always the same tenth that is tried on."""
    both = [
        place
        for place in PLACES
        if takes_part(for_all(1, "KU6.0", 10), place) and takes_part(for_all(1, "KU7.0", 10), place)
    ]

    assert len(both) < 200


words = some.text(max_size=8)


@UNHURRIED
@given(
    some.builds(Conversation, words, words, words, words, words),
    words,
    some.floats(0, 100),
    some.floats(0, 100),
    some.integers(1),
)
def test_whoever_takes_part_stays_when_the_share_grows(
    place: Conversation, soul: str, one: float, other: float, number: int
) -> None:
    """And it does not matter when the canary was begun."""
    less, more = sorted((one, other))

    before = takes_part(for_all(1, soul, less), place)

    assert not before or takes_part(for_all(number, soul, more), place)


@pytest.mark.parametrize(
    "other",
    [
        Conversation("telegram", "ku", "", "7"),
        Conversation("telegram", "ku7", ""),
        Conversation("telegram", "ku", "", "", "7"),
    ],
)
def test_places_are_told_apart_by_their_whole_address(other: Conversation) -> None:
    """The same letters in another part of it are another place, with a lot of its own."""
    shares = range(1, 100)

    lots = [
        [takes_part(for_all(1, "KU6.0", share), place) for share in shares]
        for place in (Conversation("telegram", "ku", "7"), other)
    ]

    assert lots[0] != lots[1]
