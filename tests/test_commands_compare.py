"""`/model compare` and `/replay`: what another version would say, and nothing done by it."""

import pytest

from anima.errors import BackendUnavailable, Refused
from anima.model import Account, Draft, Line, Soul, Speaker
from anima.orders import Obeyed
from tests.counter import ANN, HOME, KEN, LI, Counter, Diary, Play, past_turn
from tests.persona_fakes import NOW

PLACE = 3
"""The ledger's id of Ann's conversation."""
OLD = past_turn(0xABCDEF1, "KU1.0", "Where were you?", "At sea.", "For a year.", lines=["Hi"])
NEWER = past_turn(0xABCDEF2, "KU5.0", "And now?", "Home, and I " + "do " * 40)
SILENT = past_turn(0xABCDEF3, "KU5.0", "psst")
UNASKED = past_turn(0xABCDEF4, "KU5.0", "", "You wanted to be reminded.")


def counter(**plays: Play) -> Counter:
    """A counter with a past; `KU5` plays for KU5.0."""
    named = {f"{name}.0": play for name, play in plays.items()}
    return Counter(plays=named, past=Diary(PLACE, UNASKED, SILENT, NEWER, OLD))


async def test_two_versions_answer_side_by_side() -> None:
    """Each under its name, with its time."""
    both = counter(KU5=(0.5, "Hello.", "Come in."), KU6=("Hi!", Account("KU6.0", "r")))

    answer = await both.obey("/model compare KU5.0 ku6.0 Are you there?")

    assert Obeyed("KU5.0 · 0.5 s\nHello.\nCome in.\n\nKU6.0 · 0.0 s\nHi!") == answer


async def test_they_hear_the_same_words_and_nothing_else() -> None:
    """No memory, nobody in their place, nothing to act with; said by who wrote the command."""
    both = counter(KU5=("a",), KU6=("b",))

    await both.obey('/model compare KU5.0 KU6.0  Was ist\n "das"?', speaker=LI)

    scenes = both.voice.scenes
    assert [(Soul("KU5.0", "default", "ku-5", temperature=0.8),)] == [scenes[0].souls]
    assert ("off", (), ()) == (
        scenes[1].souls[0].form,
        scenes[1].souls[0].tools,
        scenes[1].souls[0].fallback,
    )
    assert [((), (), 0, HOME, True)] * 2 == [
        (one.lines, one.spoken, one.place, one.conversation, one.private) for one in scenes
    ]
    assert [[('Was ist\n "das"?', LI)]] * 2 == [
        [(heard.text, heard.speaker) for heard in one.heard] for one in scenes
    ]
    assert both.voice.closed == 2


@pytest.mark.parametrize(
    ("trouble", "line"),
    [
        (BackendUnavailable("http://10.0.0.1 said no", connection=True), "[It cannot be reached"),
        (BackendUnavailable("500 KeyError"), "[It gave no whole answer.]"),
        (Refused("content filter 10013"), "[It did not want to answer that.]"),
    ],
)
async def test_one_that_fails_leaves_the_other_its_answer(trouble: Exception, line: str) -> None:
    """In its place stands one plain line, and nothing of the machinery."""
    both = counter(KU5=(trouble,), KU6=("Hi!",))

    text = await both.told("/model compare KU5.0 KU6.0 Hello")

    assert text.startswith(f"KU5.0 · 0.0 s\n{line}")
    assert text.endswith("KU6.0 · 0.0 s\nHi!")
    assert not [word for word in ("http", "500", "filter", "Key") if word in text]


async def test_what_was_said_before_it_failed_is_shown() -> None:
    """With the line after it; drafts are no answer."""
    both = counter(KU5=(Draft("I th"), "I think", BackendUnavailable("cut")), KU6=())

    text = await both.told("/model compare KU5.0 KU6.0 Hello")

    assert text == (
        "KU5.0 · 0.0 s\nI think\n[It gave no whole answer.]\n\nKU6.0 · 0.0 s\n[It kept silent.]"
    )


@pytest.mark.parametrize(
    ("speaker", "lines"),
    [
        (LI, ["KU5.0 · 0.0 秒", "[暂时连不上它。]"]),
        (KEN, ["KU5.0 · 0.0 秒", "[今はつながりません。]"]),
    ],
)
async def test_troubles_are_told_in_the_language_of_the_client(
    speaker: Speaker, lines: list[str]
) -> None:
    """As all of the house's words."""
    both = counter(KU5=(BackendUnavailable("x", connection=True),), KU6=("b",))

    text = await both.told("/model compare KU5.0 KU6.0 hi", speaker=speaker)

    assert lines == text.splitlines()[:2]


@pytest.mark.parametrize(
    "text", ["/model compare KU5.0 KU6.0 Hello", "/model compare", "/replay", "/replay last KU5.0"]
)
async def test_comparing_is_for_private_places(text: str) -> None:
    """In a group one line says so, and no model is asked."""
    group = counter(KU5=("a",), KU6=("b",))

    answer = await group.obey(text, private=False)

    path = "model compare" if "compare" in text else "replay"
    line = f"That is for the two of us alone: write /{path} to me in a private chat."
    assert Obeyed(line) == answer
    assert [] == group.voice.scenes
    assert [] == group.past.asked


async def test_replay_lists_the_last_answers() -> None:
    """By reference, version and first words, the newest first."""
    lines = (await counter().told("/replay")).splitlines()

    assert [
        "bcdef4 · KU5.0 · You wanted to be reminded.",
        "bcdef3 · KU5.0 · [nothing]",
        "bcdef2 · KU5.0 · Home, and I do do do do do do do do do do do do do do do do…",
        "bcdef1 · KU1.0 · At sea. For a year.",
        "Again with another version: /replay TURN|last NAME",
    ] == lines


async def test_replay_lists_no_more_than_five() -> None:
    """A phone has no room for more."""
    turns = [past_turn(number, "KU1.0", "a", "b") for number in range(9)]

    lines = (await Counter(past=Diary(PLACE, *turns)).told("/replay")).splitlines()

    assert len(lines) == 6


@pytest.mark.parametrize(
    ("speaker", "line"),
    [
        (ANN, "Nothing has been answered here yet."),
        (LI, "这里还没有回答过什么。"),
        (KEN, "ここではまだ何も答えていません。"),
    ],
)
async def test_a_place_without_a_past_says_so(speaker: Speaker, line: str) -> None:
    """What was answered in other places is not shown."""
    elsewhere = Counter(past=Diary(PLACE + 1, OLD))

    assert line == await elsewhere.told("/replay", speaker=speaker)


async def test_replay_asks_again_what_was_asked_then() -> None:
    """The same words after the same lines at the same time, of another version."""
    again = counter(KU6=(1.5, "Far away."))

    text = await again.told("/replay bcdef1 KU6.0")

    (scene,) = again.voice.scenes
    assert text == "KU1.0 · then\nAt sea.\nFor a year.\n\nKU6.0 · 1.5 s\nFar away."
    assert (OLD.heard, OLD.lines) == (scene.heard, scene.lines)
    assert (Line(ANN, "Hi", NOW),) == scene.lines
    assert OLD.at == scene.now
    assert 0 == scene.place
    assert ("KU6.0", "off", ()) == (
        scene.souls[0].name,
        scene.souls[0].form,
        scene.souls[0].fallback,
    )


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("/replay last KU6.0", "last"),
        ("/replay LAST ku6.0", "last"),
        ("/replay BCDEF2 KU6.0", "bcdef2"),
        ("／replay　ｂｃｄｅｆ２　KU6.0", "bcdef2"),
        ("/replay (bcdef2) KU6.0", "bcdef2"),
    ],
)
async def test_a_turn_is_named_as_it_was_shown(text: str, asked: str) -> None:
    """Or by the word last; letters may be large or wide."""
    again = counter(KU6=("x",))

    await again.obey(text)

    assert [asked] == again.past.asked


async def test_an_answer_of_silence_can_be_asked_again() -> None:
    """It is shown as nothing."""
    text = await counter(KU6=("Yes?",)).told("/replay bcdef3 KU6.0")

    assert text == "KU5.0 · then\n[nothing]\n\nKU6.0 · 0.0 s\nYes?"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("bcdef9 KU6.0", "“bcdef9” is not one of this talk; /replay shows the last ones."),
        ("bcdef4 KU6.0", "“bcdef4” answered nobody, so there is nothing to ask again."),
        ("last", "NAME is missing. Like this: /replay TURN|last NAME"),
    ],
)
async def test_what_cannot_be_asked_again_is_told(text: str, line: str) -> None:
    """In one line, and no model is asked."""
    again = counter(KU6=("x",))

    assert Obeyed(line) == await again.obey(f"/replay {text}")
    assert [] == again.voice.scenes


async def test_a_turn_of_another_conversation_is_not_shown() -> None:
    """Not even when its reference is known."""
    elsewhere = Counter(plays={"KU6.0": ("x",)}, past=Diary(PLACE + 1, OLD))

    line = await elsewhere.told("/replay bcdef1 KU6.0")

    assert line == "“bcdef1” is not one of this talk; /replay shows the last ones."
    assert [] == elsewhere.voice.scenes
