"""What our tokenizer makes of what people write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.longterm.words import asked, tokens


def shared(one: str, other: str) -> set[str]:
    """What a question and a line have in common."""
    return set(asked(one)) & set(tokens(other))


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("What did she buy?", "I bought a camera"),
        ("Where are we going camping?", "we camped by the lake"),
        ("her studies", "I study law"),
        ("Is Anna's cat ill?", "anna says hello"),
        ("cafe", "the café on the corner"),
        ("ＡＢＣ１２３", "abc123"),
        ("妈妈做什么菜", "我妈妈喜欢唱歌"),
        ("東京はどう？", "昨日、東京に行った"),
        ("ｺｰﾋｰ", "コーヒーが好き"),
        ("猫", "猫"),
        ("雨の日の犬", "犬と歩いたら雨が降った"),
        ("김치를 먹다", "김치가 좋아"),
        ("привет", "Привет, мир"),
    ],
)
def test_a_question_and_its_line_share_a_token(question: str, line: str) -> None:
    """In English, Chinese, Japanese and others, whatever the form of the word."""
    assert shared(question, line)


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("What did you drink?", "you did what the others do"),
        ("need", "the sea is cold"),
        ("これはなんですか", "それはいいですね"),
    ],
)
def test_words_that_say_nothing_find_nothing(question: str, line: str) -> None:
    """Those of grammar are not asked, nor do unlike words fall together."""
    assert not shared(question, line)


def test_a_question_of_small_words_alone_is_asked_as_it_stands() -> None:
    """Otherwise nothing could be found at all."""
    assert asked("who are you") == ("who", "are", "you")


def test_a_token_is_asked_once_and_kept_as_often_as_it_is_there() -> None:
    """How often a word stands in a line counts; how often it is asked does not."""
    assert (["tea", "tea"], ("tea",)) == (tokens("Tea, tea!"), asked("Tea, tea!"))


def test_a_katakana_word_is_also_kept_whole() -> None:
    """So that the whole outweighs a part of another word."""
    (whole,) = set(tokens("カメラ")) - set(tokens("カメ")) - set(tokens("メラ"))

    assert whole in asked("そのカメラ")


def test_hiragana_between_words_leaves_no_pairs_of_its_own() -> None:
    """Only what touches a character of content is kept."""
    assert [] == tokens("それでいいのです")
    assert ["x732b306f", "x732b"] == tokens("猫はいぬ")


@pytest.mark.parametrize("text", ["", "   ", "👍🏽👍🏽", "\ud83d", "\0", "。。。", "_____"])
def test_what_holds_no_word_holds_no_token(text: str) -> None:
    """An emoji, half of one, or nothing at all."""
    assert ([], ()) == (tokens(text), asked(text))


def test_a_very_long_text_is_cut() -> None:
    """Twenty thousand characters of any kind are a bounded number of short tokens."""
    for letter in "x語カ ":
        found = tokens(f"{letter}y" * 10_000 + letter * 20_000)

        assert len(found) <= 4_000
        assert all(len(one) <= 300 for one in found)


@given(st.text(alphabet=st.characters()))
def test_every_token_is_plain_ascii(text: str) -> None:
    """No tokenizer of a database finds anything to change in it, and every question is found."""
    found = tokens(text)

    assert all(one.isascii() and one.isalnum() for one in found)
    assert set(asked(text)) <= set(found)
