"""What the house says itself: commands, and who may come in."""

import pytest

from anima.clock import SystemClock
from anima.model import Heard, Soul, Speaker
from backend.scripted import Scripted
from persona.card import load
from persona.engine import Engine
from service.house import FrontDoor
from service.settings import Settings
from service.shipped import found
from tests.backend_fakes import NOW, Notes

ANN = Speaker("telegram", "7", "Ann", "en")
LI = Speaker("telegram", "8", "小丽", "zh-hans")
KEN = Speaker("telegram", "9", "健", "ja")
NOBODY = Speaker("telegram", "10", "?")


def says(text: str, speaker: Speaker = ANN) -> Heard:
    """A message of *speaker*."""
    return Heard(1, speaker, text, NOW, NOW, "1")


@pytest.fixture
def engine() -> Engine:
    """Kokoro."""
    card = load(found(Settings().persona))
    return Engine(card, Scripted(["."]), Soul("KU1.0", "default"), SystemClock(), Notes())


def door(engine: Engine, **access: object) -> FrontDoor:
    """The door under these settings of `[access]`."""
    return FrontDoor(Settings.model_validate({"access": access}), engine)


def test_everyone_may_come_in(engine: Engine) -> None:
    """Without a list nobody is turned away."""
    assert door(engine).admits(says("Hi"))


def test_only_those_on_the_list_may(engine: Engine) -> None:
    """With a list, they and the admins; the same number elsewhere is somebody else."""
    listed = door(engine, who="listed", listed=["telegram:7"], admins=["telegram:8"])

    admitted = [
        listed.admits(says("Hi", one)) for one in (ANN, LI, KEN, Speaker("discord", "7", "Ann"))
    ]

    assert [True, True, False, False] == admitted


@pytest.mark.parametrize(
    ("heard", "begins"),
    [
        (says("Hello, who are you?", KEN), "I only talk"),
        (says("你好，你是谁？"), "我只和"),
        (says("こんにちは、だれですか？"), "知っている人"),
        (says("/start", LI), "我只和"),
        (says("/start", NOBODY), "I only talk"),
    ],
    ids=["en", "zh", "ja", "command", "no language"],
)
def test_a_stranger_is_told_once(heard: Heard, begins: str, engine: Engine) -> None:
    """One polite line in their own language, and then nothing more."""
    listed = door(engine, who="listed")

    lines = [listed.refusal(heard) for _ in range(3)]

    assert lines[0].startswith(begins)
    assert ["", ""] == lines[1:]


def test_each_stranger_is_told(engine: Engine) -> None:
    """That one has heard it says nothing of another."""
    listed = door(engine, who="listed")
    listed.refusal(says("Hi", ANN))

    assert listed.refusal(says("Hi", KEN))


def test_it_does_not_remember_every_stranger_for_ever(engine: Engine) -> None:
    """After ten thousand others the first one may hear it again."""
    listed = door(engine, who="listed")
    listed.refusal(says("Hi", ANN))

    for number in range(10_000):
        listed.refusal(says("Hi", Speaker("telegram", f"x{number}", "X")))

    assert listed.refusal(says("Hi", ANN))


def test_talk_is_no_command(engine: Engine) -> None:
    """What does not begin with a command we know goes to the persona."""
    house = door(engine)

    answers = [
        house.answer(says(text)) for text in ("Hi", "", "/unknown", "say /start", "/startle")
    ]

    assert [None] * 5 == answers


@pytest.mark.parametrize(
    ("speaker", "word"), [(ANN, "Kokoro"), (LI, "心心"), (KEN, "こころ"), (NOBODY, "Kokoro")]
)
def test_start_is_answered_by_the_persona(speaker: Speaker, word: str, engine: Engine) -> None:
    """Whoever comes in is greeted in their language, by the persona's own words."""
    answer = door(engine).answer(says("/start", speaker))

    assert answer is not None
    assert word in answer


def test_a_start_may_bring_something_along(engine: Engine) -> None:
    """A deep link's word after the command changes nothing."""
    house = door(engine)

    assert house.answer(says("/start")) == house.answer(says("/start ref_17"))


@pytest.mark.parametrize(
    ("speaker", "begins"),
    [(ANN, "Just write"), (LI, "直接"), (KEN, "ふつう"), (NOBODY, "Just write")],
)
def test_help_names_the_commands(speaker: Speaker, begins: str, engine: Engine) -> None:
    """In the language of the person's client, for a command has none itself."""
    answer = door(engine).answer(says("/help", speaker))

    assert answer is not None
    assert answer.startswith(begins)
    assert "/start" in answer
