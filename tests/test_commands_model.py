"""`/model list|use|rollback|canary`: what is said, and what the ledger shall write down."""

import pytest

from anima.choosing import takes_part
from anima.model import Choice, Conversation, Speaker
from anima.orders import Obeyed
from anima.steps import Changed, Chose, Step, TookBack
from tests.counter import ANN, HOME, KEN, LI, TURN, Counter, Shelf, claimed, version
from tests.persona_fakes import NOW

AFRESH = "The talk here starts afresh; long-term memory stays."
JA_AFRESH = "ここの会話は新しく始まります。長期の記憶は残ります。"
KU5_HERE = Choice(1, "KU5.0")
KU5_ALL = Choice(2, "KU5.0", here=False)
TRIAL = Choice(3, "KU6.0", here=False, percent=10)


def chose(answer: Obeyed) -> Chose:
    """The choice among the steps of *answer*."""
    step = answer.steps[0]
    assert isinstance(step, Chose)
    return step


def took_back(answer: Obeyed) -> TookBack:
    """What was taken back among the steps of *answer*."""
    step = answer.steps[0]
    assert isinstance(step, TookBack)
    return step


def changed(answer: Obeyed) -> tuple[Step, ...]:
    """Whatever the steps after the first say of the talk here."""
    return answer.steps[1:]


def place_in(trial: Choice, *, inside: bool) -> Conversation:
    """A conversation that is, or is not, among those of a canary."""
    places = (Conversation("telegram", "ku", str(chat)) for chat in range(1_000))
    return next(place for place in places if takes_part(trial, place) == inside)


async def test_the_list_marks_the_one_that_speaks_here() -> None:
    """A line each, with the backend that serves it."""
    lines = (await Counter().told("/model list")).splitlines()

    assert ["▶ KU1.0 (default): speaks everywhere", "· KU5.0 (default)", "· KU6.0 (gpu)"] == lines


async def test_the_list_tells_what_is_different_elsewhere() -> None:
    """The place's own choice, the one for everywhere, the canary's share, and those retired."""
    register = Shelf(version("KU1.0"), version("KU0.9", retired_at=NOW))
    choices = (KU5_ALL, TRIAL, Choice(9, "KU1.0"))

    lines = (await Counter(register=register).told("/model list", *choices)).splitlines()

    assert [
        "▶ KU1.0 (default): speaks here",
        "· KU5.0 (default): speaks elsewhere",
        "· KU6.0 (gpu): canary, 10%",
        "· KU0.9 (old): retired",
    ] == lines


async def test_the_list_shows_a_canary_that_speaks_here() -> None:
    """In its share it is both."""
    counter = Counter()

    answer = await counter.obey("/model list", TRIAL, conversation=place_in(TRIAL, inside=True))

    assert "▶ KU6.0 (gpu): speaks here, canary, 10%" in answer.text.splitlines()
    assert () == answer.steps


@pytest.mark.parametrize(
    ("speaker", "line"),
    [(LI, "▶ KU1.0 (default)：在各处说话"), (KEN, "▶ KU1.0 (default)：どこでも話しています")],
)
async def test_the_list_speaks_three_languages(speaker: Speaker, line: str) -> None:
    """That of the admin's client."""
    assert (await Counter().told("/model list", speaker=speaker)).startswith(line)


async def test_use_switches_here() -> None:
    """One choice for this place, and the talk is the new version's from this turn on."""
    answer = await Counter().obey("/model use KU5.0")

    step = chose(answer)

    assert answer.text == f"KU1.0 → KU5.0, here, from now on.\n{AFRESH}"
    assert step == Chose(Choice(step.choice.id, "KU5.0"), "telegram:7", "KU1.0", NOW)
    assert changed(answer) == (Changed("KU5.0", since=TURN),)
    assert not answer.talk


@pytest.mark.parametrize("text", ["/model use KU5.0 here", "／model　use　ku5.0　HERE"])
async def test_here_is_what_use_means(text: str) -> None:
    """Saying so changes nothing."""
    assert chose(await Counter().obey(text)).choice.here


async def test_use_switches_everywhere() -> None:
    """One choice for all places, this one included."""
    answer = await Counter().obey("/model use KU5.0 everywhere")

    step = chose(answer)

    assert answer.text == f"KU1.0 → KU5.0, everywhere, from now on.\n{AFRESH}"
    assert step == Chose(Choice(step.choice.id, "KU5.0", here=False), "telegram:7", "KU1.0", NOW)
    assert changed(answer) == (Changed("KU5.0", since=TURN),)


async def test_a_choice_is_younger_than_those_before_it() -> None:
    """Its id rises with time, so it is the newest that the next claim sees."""
    counter = Counter()

    ids = [chose(await counter.obey("/model use KU5.0")).choice.id for _ in range(2)]

    assert ids[0] < ids[1]
    assert "KU5.0" == counter.souls.here(claimed(), (Choice(1, "KU6.0"), Choice(ids[0], "KU5.0")))


@pytest.mark.parametrize(
    ("speaker", "text"),
    [
        (LI, "KU1.0 → KU5.0，从现在起在这里生效。\n这里的对话重新开始，长期记忆保留。"),
        (
            KEN,
            f"KU1.0 → KU5.0。今からここで有効です。\n{JA_AFRESH}",
        ),
    ],
)
async def test_a_switch_is_told_in_three_languages(speaker: Speaker, text: str) -> None:
    """From which, to which, where, and what becomes of the talk."""
    answer = await Counter().obey("/model use KU5.0", speaker=speaker)

    assert text == answer.text
    assert speaker.address == chose(answer).by


@pytest.mark.parametrize(
    ("text", "choices", "line"),
    [
        ("/model use KU1.0", (), "KU1.0 speaks here already. Nothing has changed."),
        ("/model use KU5.0", (KU5_ALL,), "KU5.0 speaks here already. Nothing has changed."),
        (
            "/model use KU5.0 everywhere",
            (KU5_ALL,),
            "KU5.0 speaks everywhere already. Nothing has changed.",
        ),
    ],
)
async def test_what_is_so_already_is_said_and_not_done(
    text: str, choices: tuple[Choice, ...], line: str
) -> None:
    """Nothing is written down for a choice that changes nothing."""
    assert Obeyed(line) == await Counter().obey(text, *choices)


@pytest.mark.parametrize(
    "choices",
    [(), (KU5_ALL, Choice(3, "KU1.0")), (KU5_ALL, TRIAL)],
    ids=["nobody said so", "this place chose later", "a canary is on"],
)
async def test_everywhere_means_every_place(choices: tuple[Choice, ...]) -> None:
    """Other places may have chosen for themselves: unless it was the newest word, it is said."""
    soul = "KU5.0" if choices else "KU1.0"

    answer = await Counter().obey(f"/model use {soul} everywhere", *choices)

    assert answer.text.startswith(f"{soul} speaks everywhere from now on, also where another")
    assert (soul, False) == (chose(answer).choice.soul, chose(answer).choice.here)
    assert soul == chose(answer).before


async def test_a_switch_elsewhere_leaves_the_talk_here_alone() -> None:
    """Where the new version speaks already, no talk starts afresh."""
    answer = await Counter().obey("/model use KU5.0 everywhere", KU5_HERE)

    assert answer.text == "KU1.0 → KU5.0, everywhere, from now on."
    assert changed(answer) == ()


async def test_it_works_in_groups_too() -> None:
    """For admins."""
    answer = await Counter().obey("/model use KU5.0", private=False)

    assert "KU5.0" == chose(answer).choice.soul


async def test_rollback_takes_the_newest_choice_back() -> None:
    """Whoever spoke before it speaks again, and the talk is theirs."""
    answer = await Counter().obey("/model rollback", KU5_HERE, Choice(5, "KU6.0"))

    step = took_back(answer)

    assert answer.text == f"Taken back, here: KU6.0 → KU5.0.\n{AFRESH}"
    assert step == TookBack(5, step.mark, "telegram:7", before="KU6.0", after="KU5.0", at=NOW)
    assert step.mark > 5
    assert changed(answer) == (Changed("KU5.0", since=TURN),)


async def test_rollback_of_the_only_choice_leads_to_the_first_soul() -> None:
    """Which spoke before anybody chose."""
    answer = await Counter().obey("/model rollback everywhere", KU5_ALL)

    assert answer.text == f"Taken back, everywhere: KU5.0 → KU1.0.\n{AFRESH}"
    assert changed(answer) == (Changed("KU1.0", since=TURN),)


@pytest.mark.parametrize(
    ("where", "taken"), [("", 2), ("here", 1), ("everywhere", 2)], ids=["newest", "here", "all"]
)
async def test_rollback_may_be_told_where(where: str, taken: int) -> None:
    """The newest choice of that kind."""
    answer = await Counter().obey(f"/model rollback {where}", KU5_HERE, KU5_ALL)

    assert taken == took_back(answer).choice


async def test_rollback_elsewhere_says_who_goes_on_speaking_here() -> None:
    """This place has a newer choice of its own."""
    answer = await Counter().obey("/model rollback everywhere", KU5_ALL, Choice(3, "KU6.0"))

    assert answer.text == "Taken back, everywhere: KU5.0 → KU1.0.\nHere KU6.0 goes on speaking."
    assert changed(answer) == ()


async def test_rollback_of_a_hidden_choice_changes_nothing_here() -> None:
    """A newer word for everywhere had overruled it."""
    answer = await Counter().obey("/model rollback here", KU5_HERE, KU5_ALL)

    assert (1, ()) == (took_back(answer).choice, changed(answer))


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("/model rollback", ()),
        ("/model rollback here", (KU5_ALL, TRIAL)),
        ("/model rollback everywhere", (KU5_HERE,)),
    ],
)
async def test_where_nothing_was_chosen_nothing_is_taken_back(
    text: str, choices: tuple[Choice, ...]
) -> None:
    """It is said, and nothing is written."""
    assert Obeyed("There is nothing to take back.") == await Counter().obey(text, *choices)


async def test_rollback_takes_a_canary_back() -> None:
    """Where it spoke, the version for everywhere speaks again."""
    place = place_in(TRIAL, inside=True)

    answer = await Counter().obey("/model rollback", KU5_ALL, TRIAL, conversation=place)

    assert answer.text == f"Taken back: the canary KU6.0 10%.\n{AFRESH}"
    assert ("KU6.0", "KU5.0") == (took_back(answer).before, took_back(answer).after)
    assert changed(answer) == (Changed("KU5.0", since=TURN),)


async def test_rollback_of_a_grown_canary_tells_its_share_before() -> None:
    """The smaller one holds again."""
    grown = Choice(4, "KU6.0", here=False, percent=50)
    place = place_in(TRIAL, inside=True)

    answer = await Counter().obey("/model rollback", TRIAL, grown, conversation=place)

    assert answer.text.splitlines() == [
        "Taken back: the canary KU6.0 50%.",
        "The canary is KU6.0 10% now.",
        "Here KU6.0 goes on speaking.",
    ]


async def test_rollback_of_an_end_brings_the_canary_back() -> None:
    """What is taken back is the end, and no canary of nothing."""
    over = Choice(4, "KU6.0", here=False, percent=0)
    place = place_in(TRIAL, inside=False)

    answer = await Counter().obey("/model rollback", TRIAL, over, conversation=place)

    assert answer.text.splitlines() == [
        "Taken back: the end of the canary KU6.0.",
        "The canary is KU6.0 10% now.",
        "Here KU1.0 goes on speaking.",
    ]


async def test_a_canary_is_set_for_a_share() -> None:
    """One choice for everywhere with its percent; those outside of it notice nothing."""
    place = place_in(TRIAL, inside=False)

    answer = await Counter().obey("/model canary KU6.0 10%", KU5_ALL, conversation=place)

    step = chose(answer)
    expected = Choice(step.choice.id, "KU6.0", here=False, percent=10)
    assert step == Chose(expected, "telegram:7", "KU5.0", NOW)
    assert changed(answer) == ()
    assert answer.text.endswith("keep it.\nThis one is not among them.")
    assert answer.text.startswith("KU6.0 speaks in 10% of the conversations, always the same ones")


async def test_a_canary_that_reaches_this_place_begins_its_talk() -> None:
    """And says so."""
    place = place_in(TRIAL, inside=True)

    answer = await Counter().obey("/model canary ku6.0 10", conversation=place)

    assert changed(answer) == (Changed("KU6.0", since=TURN),)
    assert answer.text.endswith(f"\nThis one is among them.\n{AFRESH}")


async def test_a_place_with_a_choice_of_its_own_is_not_among_them() -> None:
    """Wherever its lot falls."""
    place = place_in(TRIAL, inside=True)

    answer = await Counter().obey("/model canary KU6.0 10%", KU5_HERE, conversation=place)

    assert answer.text.endswith("This one is not among them.")
    assert changed(answer) == ()


async def test_a_canary_grows_under_its_name_or_without() -> None:
    """Without one it is the version that is on trial."""
    counter = Counter()

    steps = [
        chose(await counter.obey(f"/model canary {name}20%", TRIAL)) for name in ("", "KU6.0 ")
    ]

    assert [("KU6.0", 20.0)] * 2 == [(step.choice.soul, step.choice.percent) for step in steps]


@pytest.mark.parametrize("text", ["off", "0%", "0", "KU6.0 off", "ku6.0 ０％", "关", "オフ"])
async def test_a_canary_is_ended(text: str) -> None:
    """A share of nothing is the newest word, so no older canary comes back."""
    place, older = place_in(TRIAL, inside=True), Choice(1, "KU5.0", here=False, percent=99)

    answer = await Counter().obey(f"/model canary {text}", older, TRIAL, conversation=place)

    step = chose(answer)
    assert Choice(step.choice.id, "KU6.0", here=False, percent=0) == step.choice
    assert answer.text == f"The canary KU6.0 10% is over.\n{AFRESH}"
    assert changed(answer) == (Changed("KU1.0", since=TURN),)


@pytest.mark.parametrize(
    ("text", "choices", "line"),
    [
        ("off", (), "There is no canary to end."),
        ("KU5.0 off", (TRIAL,), "There is no canary to end."),
        ("10%", (), "NAME is missing. Like this: /model canary NAME 10%"),
        ("KU6.0 100%", (), "That would be everybody. Like this: /model use KU6.0 everywhere"),
        ("KU1.0 10%", (), "KU1.0 speaks everywhere already. Nothing has changed."),
        ("KU6.0 10%", (TRIAL,), "KU6.0 is the canary with 10% already. Nothing has changed."),
    ],
)
async def test_a_canary_that_makes_no_sense_is_not_set(
    text: str, choices: tuple[Choice, ...], line: str
) -> None:
    """One line says why, and nothing is written."""
    assert Obeyed(line) == await Counter().obey(f"/model canary {text}", *choices)


@pytest.mark.parametrize("speaker", [ANN, LI, KEN])
@pytest.mark.parametrize(
    "text",
    [
        "use KU5.0",
        "use KU1.0",
        "use KU5.0 everywhere",
        "use KU6.0 everywhere",
        "rollback",
        "rollback here",
        "rollback everywhere",
        "canary KU5.0 10%",
        "canary off",
        "canary KU6.0 100%",
        "canary KU6.0 10%",
    ],
)
async def test_nothing_said_has_a_gap(text: str, speaker: Speaker) -> None:
    """Every fact finds its place in every language."""
    said = await Counter().told(f"/model {text}", KU5_HERE, TRIAL, speaker=speaker)

    assert said
    assert "{" not in said


async def test_obeying_twice_is_obeying_once() -> None:
    """A turn that is cut off before its answer was written is begun again, with the same result."""
    counter = Counter()

    first, again = [await counter.obey("/model use KU5.0", conversation=HOME) for _ in range(2)]

    assert first.text == again.text
    assert changed(first) == changed(again)
    assert chose(first).choice.soul == chose(again).choice.soul
