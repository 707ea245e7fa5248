"""What a message in a group shows at a glance, in three languages."""

import pytest

from persona.glance import asks, asks_all, matters, names_one


@pytest.mark.parametrize(
    "text",
    [
        "does anyone know a good baker",
        "what time is the picnic",
        "so where are you",
        "I am home. how do I open the door",
        "have you seen my keys",
        "anybody up for a game",
        "really?",
        "ok?? lol",
        "明天下雨吗",
        "怎么办",
        "你们去不去？",
        "这个多少钱？！",
        "有没有人会修自行车",
        "有人知道他在哪",
        "駅はどこですか",
        "誰か傘余ってない？",
        "おすすめ教えて",
        "雨降るかな",
        "あの店何時までだっけ。",
        "知ってる人いる？",
    ],
)
def test_questions_are_known(text: str) -> None:
    """With a mark or without, and whatever stands before."""
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what a day",
        "how nice",
        "have a nice day",
        "I know where it is.",
        "look https://example.org/?q=cats&x=1",
        "看看 https://example.org/?q=猫",
        "好的",
        "没关系",
        "そうですね",
        "了解です",
        "😀",
    ],
)
def test_what_asks_nothing_is_no_question(text: str) -> None:
    """Nor is an address with a question mark in it."""
    assert not asks(text)


@pytest.mark.parametrize(
    ("text", "to_all"),
    [
        ("does anyone know?", True),
        ("any ideas?", True),
        ("who knows a baker?", True),
        ("大家觉得呢？", True),
        ("有人吗", True),
        ("誰かいる？", True),
        ("皆さんはどう思いますか", True),
        ("do you know?", False),
        ("你知道吗", False),
        ("知っていますか", False),
    ],
)
def test_a_question_to_all_is_told_from_one_to_somebody(text: str, to_all: bool) -> None:
    """In each language by its own words."""
    assert to_all == asks_all(text)


def test_a_handle_at_the_beginning_names_somebody() -> None:
    """One in the middle is only spoken of."""
    texts = ("@ann hi", " ＠小明 在吗", "ask @ann", "@ home", "")

    assert [True, True, False, False, False] == [names_one(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I love that Bakery", {"bakery"}),
        ("牛肉很贵", {"牛肉", "肉很", "很贵"}),
        ("ラーメン食べたい", {"ラーメン"}),
        ("김치 좋아", {"김치", "좋아"}),
        ("yes I do", set()),
        ("我们今天", {"们今"}),
        ("https://bakery.example.org", set()),
    ],
)
def test_what_a_line_is_about_is_in_its_longer_words(text: str, words: set[str]) -> None:
    """Short and common ones are about nothing."""
    assert words == matters(text)


def test_of_a_long_message_the_end_is_looked_at() -> None:
    """There people ask; and nobody can make us read for ever."""
    assert [True, False] == [asks("x" * 9999 + " ok?"), asks("ok? " + "x" * 9999)]
