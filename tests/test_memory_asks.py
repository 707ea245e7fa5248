"""What is a question, in three languages, and how much of a line is."""

import pytest

from memory.longterm.asks import asks, ends_asking

QUESTIONS = [
    "Did you see it?",
    "Really?!",
    "谁赢了",
    "工作适应不",
    "你家年糕呢",
    "多少钱一节啊",
    "真的吗？",
    "何したん",
    "お祝い何あげたん",
    "何時に来るんかな",
    "いつ",
    "どうするの…",
    "ほんと？",
]
STATEMENTS = [
    "I saw it.",
    "Who knows, we said nothing of it",
    "",
    "?!",
    "我养了一只猫",
    "他们想知道谁来接我们，可是没有一个人告诉我",
    "犬を飼い始めたよ",
    "いつもありがと",
    "うん。",
    "きれいやん",
    "そっか…",
    "あいつはサックス担当",
    "ウクレレとか",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_known_with_its_mark_or_without(text: str) -> None:
    """All of it."""
    assert ends_asking(text)
    assert 1.0 == asks(text)


@pytest.mark.parametrize("text", STATEMENTS)
def test_what_tells_something_is_no_question(text: str) -> None:
    """Nor what is long and only has such words, nor marks alone."""
    assert not ends_asking(text)
    assert 0.0 == asks(text)


@pytest.mark.parametrize(
    ("text", "share", "ends"),
    [
        ("I moved! And you?", 9 / 17, True),
        ("Why not? I did.", 8 / 15, False),
        ("我搬到成都了。你呢", 2 / 9, True),
    ],
)
def test_of_a_line_that_tells_and_asks_a_part_is_a_question(
    text: str, share: float, *, ends: bool
) -> None:
    """What stands last is what the next line answers."""
    assert pytest.approx(share) == asks(text)
    assert ends is ends_asking(text)
