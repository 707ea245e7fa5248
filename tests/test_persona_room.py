"""When the persona speaks in a group: a scripted day, and what each rule forbids or allows."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anima.model import Decision, Line, Speaker
from persona.card import load
from persona.dial import manners
from persona.room import weigh
from persona.topics import Topics, topics
from tests.persona_fakes import ANN, BO, KEN, NOW, UNHURRIED, heard, ours, scene, theirs
from tests.scripted_room import SCRIPT, TOPICS, Room, Spoken, message, page, played, script

KOKORO = load(Path(__file__).parents[1] / "personas" / "kokoro")
GOLDEN = Path(__file__).parent / "golden" / "room_decisions.txt"
DIALS = range(6)


def spoken(line: Line, seconds: float) -> Line:
    """The same so many seconds before now."""
    return replace(line, at=NOW - timedelta(seconds=seconds))


def decided(
    text: str, *lines: Line, dial: int = 3, who: Speaker = ANN, reply_to: str = ""
) -> Decision:
    """What is decided when *who* says that after *lines*, to nobody of ours."""
    said = replace(heard(text, who), addressed=False, reply_to=reply_to)
    return weigh(replace(scene(said, lines=lines, title="Friends"), unasked=True), dial, TOPICS)


def why(text: str, *lines: Line, dial: int = 3, who: Speaker = ANN) -> str:
    """The reason of that."""
    return decided(text, *lines, dial=dial, who=who).reason


def test_a_scripted_day_is_decided_as_it_is_written_down() -> None:
    """Two hundred lines in three languages, each with the decision at dial 3 and its reason."""
    lines = tuple(script(SCRIPT.read_text(encoding="utf-8")))

    decisions = page(3, lines)

    assert 200 == len(lines)
    assert GOLDEN.read_text(encoding="utf-8") == decisions


@pytest.mark.slow
def test_the_scripted_day_gets_livelier_with_the_dial() -> None:
    """At 0 and 1 it answers who asks, and from there on it says more at each step."""
    lines = tuple(script(SCRIPT.read_text(encoding="utf-8")))

    counts = [sum(one.speaks for _, one in played(dial, lines)[1]) for dial in DIALS]

    assert counts[0] == counts[1]
    assert sorted(counts) == counts
    assert len(set(counts[1:])) == len(counts[1:])


def test_who_asks_is_answered_at_any_dial() -> None:
    """Also at 0; and in private, where nobody weighs anything."""
    group = scene(heard("Kokoro?"), title="Friends")
    private = scene(heard("hi"))

    reasons = {(weigh(one, dial, TOPICS).reason) for one in (group, private) for dial in DIALS}

    assert {"addressed", "private"} == reasons


@pytest.mark.parametrize("dial", [0, 1])
def test_below_two_nobody_hears_it_unasked(dial: int) -> None:
    """Whatever speaks for it."""
    assert Decision(speaks=False, reason="unasked") == decided("does anyone know?", dial=dial)


@pytest.mark.parametrize(
    ("text", "dials"),
    [
        ("does anyone know a good baker?", [3, 4, 5]),
        ("有人知道哪里有面包店吗", [3, 4, 5]),
        ("誰かおすすめのパン屋教えて", [3, 4, 5]),
        ("does anyone know 京都 well?", [2, 3, 4, 5]),
        ("where is the baker?", [4, 5]),
        ("面包店在哪里", [4, 5]),
        ("パン屋はどこですか", [4, 5]),
        ("京都 is lovely", [4, 5]),
        ("I ate bread", []),
    ],
)
def test_what_speaks_for_it_is_weighed(text: str, dials: list[int]) -> None:
    """A question to all weighs most, then one to somebody, then a word that it knows."""
    assert dials == [dial for dial in DIALS if decided(text, dial=dial).speaks]


def test_what_nearly_suffices_is_unsure_and_silent() -> None:
    """Nobody is asked yet who could tell; the sign that it rests on is kept."""
    decision = decided("where is the baker?")

    assert Decision(speaks=False, reason="unsure question", sure=False) == decision


def test_a_question_that_somebody_answered_is_not_open() -> None:
    """The next one to speak is taken for the one who knows."""
    asked = spoken(theirs("does anyone know a baker?", BO), 60)

    assert ["question", "nothing"] == [
        why("anyone?", asked, who=BO),
        why("round the corner", asked),
    ]


def test_a_question_stays_open_while_only_its_asker_goes_on() -> None:
    """They need not ask again to be heard; after a quarter of an hour it is forgotten."""
    fresh = spoken(theirs("does anyone know a baker?", BO), 60)
    old = spoken(theirs("does anyone know a baker?", BO), 1000)

    reasons = [why("I am so hungry", line, who=BO) for line in (fresh, old)]

    assert ["question", "nothing"] == reasons


@pytest.mark.parametrize("text", ["@ben does anyone know?", "＠小明 有人知道吗"])
def test_words_for_somebody_else_are_left_to_them(text: str) -> None:
    """A handle at the beginning tells whom they are for."""
    assert "other" == why(text, dial=5)


def test_a_reply_is_for_whom_it_answers() -> None:
    """Were it ours that it answers, it would be addressed to us."""
    assert "other" == decided("does anyone know?", dial=5, reply_to="9").reason


@pytest.mark.parametrize(
    ("others", "bubbles", "reason"),
    [
        (3, 1, "share 1 6"),
        (4, 1, "question"),
        (8, 2, "share 2 12"),
        (9, 2, "question"),
    ],
)
def test_its_share_of_the_talk_stays_small(others: int, bubbles: int, reason: str) -> None:
    """At dial 3 five lines of others come after each of ours, however many it had said."""
    said = [spoken(ours("so it is"), 900)] * bubbles
    talk = [spoken(theirs("Kokoro?"), 901), *said]
    talk[0] = replace(talk[0], addressed=True)
    talk += [spoken(theirs("well", BO), 800 - n) for n in range(others)]

    assert reason == why("does anyone know?", *talk)


def test_what_it_said_hours_ago_is_no_share_of_this_talk() -> None:
    """A new talk begins with nobody's share."""
    night = replace(spoken(theirs("good night, Kokoro"), 9000), addressed=True)

    assert "question" == why("is anybody awake?", night, spoken(ours("Good night."), 9000))


def put_in(seconds: float, *after: Line, text: str = "The baker has bread.") -> list[Line]:
    """It spoke up so many seconds ago; five more lines were said, then *after*."""
    before = spoken(theirs("does anyone know a baker?", BO), seconds + 1)
    said = spoken(ours(text), seconds)
    rest = [spoken(theirs("well", KEN), seconds - 30 - n) for n in range(5)]
    return [before, said, *after, *rest]


@pytest.mark.parametrize(
    ("dial", "cools_s"),
    [(dial, step.cool_s) for dial in DIALS if (step := manners(dial)) is not None],
)
def test_after_being_ignored_it_cools_down(dial: int, cools_s: float) -> None:
    """Words that nobody took up are followed by silence, the longer the lower the dial."""
    many = [spoken(theirs("well", KEN), 200 - n) for n in range(10)]
    text = "does anyone know 京都 well?"

    before = decided(text, *put_in(cools_s - 10), *many, dial=dial)
    after = decided(text, *put_in(cools_s + 1), *many, dial=dial)

    assert (f"ignored {1}", True) == (before.reason, after.speaks)


@pytest.mark.parametrize(
    "reaction",
    [
        replace(theirs("thank you, Kokoro", KEN), addressed=True),
        theirs("the baker, of course!", BO),
    ],
    ids=["to us", "of what we said"],
)
def test_who_is_taken_up_need_not_cool_down(reaction: Line) -> None:
    """Somebody thanked it, or went on with its words while they were fresh."""
    assert "question" == why("does anyone know?", *put_in(600, spoken(reaction, 590)))


def test_what_is_said_of_it_much_later_is_no_reaction() -> None:
    """By then they have come to it by themselves."""
    late = spoken(theirs("the baker was closed", BO), 300)

    assert "ignored 50" == why("does anyone know?", *put_in(600), late)


def test_who_answers_only_when_asked_was_not_ignored() -> None:
    """An answer needs no thanks; and words of ours that nothing is known before are let be."""
    asked = [replace(line, addressed=line.speaker == BO) for line in put_in(600)]

    reasons = [why("does anyone know?", *lines) for lines in (asked, put_in(600)[1:])]

    assert ["question", "question"] == reasons


def test_a_line_of_ours_before_counts_until_its_own_end() -> None:
    """What somebody asked earlier does not make the later line an answer."""
    earlier = [replace(spoken(theirs("Kokoro?"), 3000), addressed=True), spoken(ours("Yes?"), 2999)]

    assert "ignored 50" == why("does anyone know?", *earlier, *put_in(600))


def test_it_does_not_speak_twice_in_a_breath() -> None:
    """After an answer, too, there are two minutes at dial 3 in which it only listens."""
    asked = [replace(line, addressed=line.speaker == BO) for line in put_in(60)]

    assert "soon 60" == why("does anyone know?", *asked)


def test_what_it_spoke_of_lately_is_a_reason_at_the_highest_dial() -> None:
    """It knows what it is about, in either script."""
    lines = [spoken(ours("The bakery opens at seven."), 2000), spoken(ours("红烧牛肉最好"), 1999)]
    many = [spoken(theirs("well", BO), 500 - n * 20) for n in range(9)]
    texts = ("I love that bakery", "牛肉太贵", "yes, I see")

    reasons = [why(text, *lines, *many, dial=5) for text in texts]

    assert ["lately bakery", "lately 牛肉", "nothing"] == reasons


@pytest.mark.parametrize(
    ("lull_s", "took_part", "reason"),
    [
        (700, True, "return"),
        (300, True, "nothing"),
        (90000, True, "nothing"),
        (700, False, "nothing"),
    ],
)
def test_after_a_lull_it_is_still_a_part_of_the_talk(
    lull_s: float, took_part: bool, reason: str
) -> None:
    """Somebody takes a talk up again, to which it had spoken."""
    ours_ = [replace(spoken(theirs("Kokoro?"), lull_s + 99), addressed=True)]
    ours_ += [spoken(ours("Yes?"), lull_s + 98)] if took_part else []
    rest = [spoken(theirs("well", BO), lull_s + 9 - n) for n in range(10)]

    assert reason == why("so, here I am", *ours_, *rest, dial=5)


@pytest.mark.parametrize("dial", DIALS)
def test_in_a_new_room_it_is_quiet_and_whole(dial: int) -> None:
    """With no line before there is nothing to go by, and nothing breaks."""
    assert not decided("hello", dial=dial).speaks


@pytest.mark.parametrize(
    "name", ["HelperBot", "News Bot", "ping_bot", "天气机器人", "お天気ボット"]
)
def test_whoever_is_called_a_bot_moves_it_to_nothing(name: str) -> None:
    """However readily it speaks with people."""
    bot = Speaker("telegram", "9", name)

    assert "machine" == why("does anyone need help?", dial=5, who=bot)


@pytest.mark.parametrize("name", ["Talbot", "Abbot", "Robotnik", "Botticelli"])
def test_people_may_be_called_nearly_so(name: str) -> None:
    """A name is no proof."""
    assert "question" == why("does anyone know?", who=Speaker("telegram", "9", name))


def test_who_says_the_same_for_the_third_time_is_not_talked_to() -> None:
    """Such lines are posted, not said."""
    posted = [spoken(theirs("who wants cheap watches?"), n * 700) for n in (2, 1)]

    assert "machine" == why("who wants cheap watches?", *posted, dial=5)


LONG = "That is a truly interesting thought, and I would love to hear what you think of it next."
PUZZLED = "Sorry, I did not understand that. Try !help."


def rounds(count: int, *texts: str, after_s: float = 1) -> list[Line]:
    """We speak and they answer, so many times, and we have spoken once more."""
    lines = list[Line]()
    for n in range(count):
        lines.append(spoken(ours(f"thought {n}"), 100 * (count - n) + after_s))
        text = texts[n % len(texts)]
        lines.append(replace(spoken(theirs(text), 100 * (count - n)), addressed=True))
    return [*lines, spoken(ours("thought"), after_s)]


def answered(text: str, *lines: Line, who: Speaker = ANN) -> bool:
    """Whether somebody who says that to us gets an answer."""
    return weigh(scene(heard(text, who), lines=lines, title="Friends"), 3, TOPICS).speaks


def test_two_quick_long_answers_are_enough_to_be_no_reason() -> None:
    """Nobody reads and types so fast; what comes unasked is not for such a one."""
    talk = rounds(1, LONG)

    assert "machine" == why(LONG.replace("next", "now"), *talk, dial=5)


@pytest.mark.parametrize(
    ("count", "texts", "goes_on"),
    [
        (0, (PUZZLED,), True),
        (1, (PUZZLED,), False),
        (5, ("Kokoro, are you there?",), True),
        (2, ("Kokoro, what is two and two?", "Kokoro, what is two and three?"), True),
        (6, (LONG, LONG + " And now?"), True),
        (8, (LONG, LONG + " And now?"), False),
    ],
)
def test_a_talk_with_a_machine_ends(count: int, texts: tuple[str, ...], goes_on: bool) -> None:
    """The same words at once end it after two answers, any others only when there is no doubt."""
    assert goes_on == answered(texts[count % len(texts)], *rounds(count, *texts))


def test_people_may_say_the_same_in_their_own_time() -> None:
    """Who asks again after a while is answered again."""
    assert answered(PUZZLED, *rounds(2, PUZZLED, after_s=40))


def test_somebody_between_breaks_the_loop() -> None:
    """Then it is a talk of several, in which a machine may have its say."""
    talk = rounds(3, PUZZLED)

    assert [False, True] == [
        answered(PUZZLED, *lines) for lines in (talk, [*talk, theirs("haha", BO)])
    ]


WORDS = (
    "does anyone know?",
    "where is it",
    "京都 is lovely",
    "well",
    "有人吗",
    "教えて",
    "Mm.",
    "the baker",
)
LINE = st.builds(
    Spoken,
    after_s=st.integers(0, 1500),
    who=st.sampled_from(("Ann", "Bo", "Ken", "HelperBot")),
    text=st.sampled_from(WORDS),
    addressed=st.integers(0, 9).map(lambda n: n == 0),
    replies=st.integers(0, 9).map(lambda n: n == 0),
    ours=st.sampled_from(("Mm.", "the baker knows", "京都")),
)


@pytest.mark.slow
@UNHURRIED
@given(st.lists(LINE, max_size=40), st.integers(2, 5), LINE)
def test_who_speaks_at_one_step_speaks_at_the_next(
    lines: list[Spoken], dial: int, last: Spoken
) -> None:
    """In whatever room: turning the dial up never makes it more silent."""
    room, _ = played(dial, lines)
    now = room.scene(message(last, room.at + timedelta(seconds=last.after_s)))

    speaks = [weigh(now, step, TOPICS).speaks for step in DIALS]

    assert sorted(speaks) == speaks


@pytest.mark.slow
@UNHURRIED
@given(st.lists(LINE, min_size=20, max_size=120), st.integers(2, 5))
def test_the_share_holds_in_any_room(lines: list[Spoken], dial: int) -> None:
    """Among any so many lines in a row at most one is ours unasked, as the dial says."""
    step = manners(dial)
    asked_by_nobody = [replace(one, addressed=False, after_s=one.after_s % 120) for one in lines]

    room, _ = played(dial, asked_by_nobody)

    assert step is not None
    mine = [line.speaker is None for line in room.lines]
    windows = [mine[n : n + step.one_in] for n in range(len(mine))]
    assert max(sum(window) for window in windows) <= 1


@pytest.mark.slow
@UNHURRIED
@given(st.lists(LINE, max_size=60), st.integers(0, 5))
def test_a_bot_never_opens_a_turn_and_gets_two_answers_in_a_row(
    lines: list[Spoken], dial: int
) -> None:
    """Alone with one that asks and asks, it soon falls silent."""
    bot = [replace(one, who="HelperBot") for one in lines]

    _, decisions = played(dial, bot)

    answers = [spoken.addressed for spoken, decision in decisions if decision.speaks]
    assert [True] * len(answers) == answers
    assert len(answers) <= 2


def test_a_card_knows_its_names_and_the_words_of_its_lore() -> None:
    """Latin words stand alone, others anywhere; a pattern is no word."""
    known = topics(
        replace(
            KOKORO,
            lore={"lore/tea.md": "keys: tea, 红茶, /gr.y/\n\nIt loves tea."},
        )
    )

    found = [known.in_(text) for text in ("my Tea!", "喝红茶吧", "こころは？", "steam", "grey", "")]

    assert ["Tea", "红茶", "こころ", "", "", ""] == found


def test_who_is_known_by_nothing_finds_nothing() -> None:
    """Blank names are no words."""
    assert "" == Topics(["", " "]).in_("anything")
    assert Room(3).dial == 3
