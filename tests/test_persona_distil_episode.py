"""A talk in a few sentences: written by a model and checked, or the most telling lines."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.distil.episode import DENSE, WORDS, asked_episode, extracted, written, wrong
from persona.distil.rollup import asked_rollup
from persona.distil.telling import most_telling
from persona.distil.told import Told
from tests.distil_words import ANN, BOB, MONDAY, OURS, told
from tests.persona_fakes import UNHURRIED

ENGLISH = told(
    (ANN, "hi!"),
    ("", "Hello Ann."),
    (ANN, "I passed my driving test in Lisbon with 2 mistakes"),
    (BOB, "Congratulations!"),
    (ANN, "ok"),
)
CHINESE = told((ANN, "我今天面试了，王先生人很好，三年的合同"), ("", "恭喜你"))
JAPANESE = told((ANN, "メイと京都のカフェに行ったよ。3時間も話した"), ("", "いいね"), name="アン")


@pytest.mark.parametrize(
    ("episode", "lines"),
    [
        ("Ann passed her driving test in Lisbon with two mistakes, and I'm glad.", ENGLISH),
        ("Bob congratulated Ann's success. Laughing, they went on.", ENGLISH),
        ("Ann今天去面试，和王先生谈得很好，签了三年的合同。", CHINESE),
        ("アンさんはメイさんと京都のカフェに行き、三時間話した。お母さんの話もした。", JAPANESE),
    ],
)
def test_what_tells_of_the_talk_stands(episode: str, lines: list[Told]) -> None:
    """In its own language, with its names and numbers, in digits or in words."""
    assert "" == wrong(episode, lines, OURS)


@pytest.mark.parametrize(
    ("episode", "lines", "why"),
    [
        ("", ENGLISH, "it says nothing"),
        ("!!!", ENGLISH, "it says nothing"),
        ("安通过了驾照考试。", ENGLISH, "it is not in English"),
        ("Ann had a job interview and it was good.", CHINESE, "it is not in Chinese"),
        ("Ann had a talk in a café.", JAPANESE, "it is not in Japanese"),
        ("so " * (WORDS + 1), ENGLISH, "it is longer than 80 words"),
        ("谈" * (DENSE + 1), CHINESE, "it is longer than 160 characters"),
        ("Okay, let me think. Ann passed.", ENGLISH, "it tells of the task"),
        ("I am sorry, I cannot do that.", ENGLISH, "it tells of the task"),
        ("Everything went well for everybody.", ENGLISH, "it is not about the talk"),
        ("They are.", ENGLISH, "it is not about the talk"),
        ("用户要求总结。Ann面试了。", CHINESE, "it tells of the task"),
        ("Her password is kitten7", ENGLISH, "it holds a secret"),
        ("She paid with 4111 1111 1111 1111.", ENGLISH, "it holds a secret"),
        ("Ann passed with 3 mistakes.", ENGLISH, "nobody said '3'"),
        ("Ann passed with seven mistakes.", ENGLISH, "nobody said 'seven'"),
        ("Ann passed in Porto.", ENGLISH, "nobody said 'Porto'"),
        ("Zoe passed in Lisbon.", ENGLISH, "nobody said 'Zoe'"),
        ("Ann passed the NASA test.", ENGLISH, "nobody said 'NASA'"),
        ("Ann和李先生谈得很好。", CHINESE, "nobody said '和李先生'"),
        ("她的猫叫小黑。", CHINESE, "nobody said '小黑'"),
        ("合同是五年的。", CHINESE, "nobody said '五'"),
        ("アンは「雪国」の話をした。", JAPANESE, "nobody said '雪国'"),
        ("アンは田中さんとカフェに行った。", JAPANESE, "nobody said '田中さん'"),
        ("アンはレストランに行った。", JAPANESE, "nobody said 'レストラン'"),
    ],
)
def test_what_nobody_said_does_not_stand(episode: str, lines: list[Told], why: str) -> None:
    """Nor what is in another language, too long, or about the task."""
    assert why == wrong(episode, lines, OURS)


def test_an_answer_is_unwrapped() -> None:
    """A heading in front and marks around are no part of it."""
    wrapped = [
        "**Summary:** Ann passed.\n\nShe is glad.",
        "Ann passed. She is glad.",
        "# 摘要：好。",
    ]

    assert ["Ann passed. She is glad."] * 2 + ["好。"] == [written(text) for text in wrapped]


def test_the_question_is_in_the_language_of_the_talk() -> None:
    """It names the language and how much room there is, and shows the lines as material."""
    english, chinese = (asked_episode(lines, OURS) for lines in (ENGLISH, CHINESE))
    other = asked_episode([replace(ENGLISH[0], text="Привет, как дела?")], OURS)

    assert "Write in English, in one to four plain sentences of at most 80 words" in (
        english[0].content
    )
    assert "160 characters" in chinese[0].content
    assert "Write in Russian" in other[0].content
    assert english[1].content.startswith("[1] 2026-01-05 Mon 08:01 ‹Ann› hi!\n")


def test_without_a_model_the_most_telling_lines_stand() -> None:
    """In their order, with who said them; greetings and the like tell nothing."""
    assert "Ann: I passed my driving test in Lisbon with 2 mistakes" in extracted(ENGLISH, OURS)
    assert "Ann: 我今天面试了，王先生人很好，三年的合同 / Kokoro: 恭喜你" == extracted(
        CHINESE, OURS
    )
    assert "" == extracted(told((ANN, "ok"), (BOB, "😀")), OURS)
    assert "" == extracted([], OURS)


def test_an_extract_holds_no_secret_and_no_mark() -> None:
    """A line with a key is left out, and a name cannot open a line."""
    lines = told(
        (ANN, "my api_key=abcdef123456 works"),
        (BOB, "the garden is full of tulips ‹x›"),
        name="Ann",
        other="‹Kokoro›\n",
    )

    assert "(Kokoro): the garden is full of tulips (x)" == extracted(lines, OURS)
    assert "?: " == extracted(told((ANN, "tulips"), name="\n"), OURS)[:3]


def test_statements_tell_more_than_questions() -> None:
    """And people more than we."""
    lines = told(("", "we grow tulips"), (ANN, "do you grow roses?"), (BOB, "I grow lilies"))

    assert ["I grow lilies"] == [one.text for one in most_telling(lines, 1)]


@pytest.mark.slow
@given(st.lists(st.text(max_size=400), max_size=6))
@UNHURRIED
def test_an_extract_is_bounded(texts: list[str]) -> None:
    """However long the lines are."""
    text = extracted(told(*((ANN, one) for one in texts)), OURS)

    assert "longer" not in wrong(text, told(*((ANN, one) for one in texts)), OURS)
    assert "\n" not in text


def test_long_lines_are_cut() -> None:
    """Fewer of them first, then the end of the last one."""
    lines = told((ANN, "tulips " * 70), (BOB, "lilies " * 70), (ANN, "roses " * 120))
    alone = told((ANN, "猫" * 400))

    assert 1 == len(extracted(lines, OURS).split(" / "))
    assert extracted(alone, OURS).endswith("…")
    assert DENSE >= len(extracted(alone, OURS)) - len("Ann: …")


def test_a_week_is_asked_for_from_its_episodes() -> None:
    """Each with its day; in the language that they are in."""
    episodes = [
        Told(1, "", "", "Ann passed her test.", MONDAY),
        Told(2, "", "", "Ann went to ‹Lisbon›.", MONDAY.replace(day=6)),
    ]

    system, page = asked_rollup(episodes, OURS, "week")

    assert "entries of one week" in system.content
    assert "Write in English" in system.content
    assert "2026-01-05 Mon: Ann passed her test.\n2026-01-06 Tue: Ann went to (Lisbon)." == (
        page.content
    )
