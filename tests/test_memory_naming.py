"""Whom a question names, in three languages."""

import pytest

from memory.longterm.naming import is_named, is_of_us, is_of_who_asks, nameless

NAMED = [
    ("Leah", "what is leah's job?"),
    ("Leah Cohen", "did leah move?"),
    ("何一鸣", "何一鸣养了什么？"),
    ("千尋", "千尋さんはどこに住んでる?"),
]
NOT_NAMED = [
    ("Ann", "did anna move?"),
    ("The Gardener", "what is the plan?"),
    ("Jo Lee", "did jo move?"),
    ("", "who is there?"),
]
NAMELESS = [
    ("When did Leah's brother visit Carmen?", ("Leah", "Carmen"), "When did brother visit ?"),
    ("Did leah move?", ("Leah Cohen",), "Did move?"),
    ("许念的猫叫什么？", ("许念",), "的猫叫什么？"),
    ("千尋さんの仕事は?", ("千尋",), "の仕事は?"),
    ("花园里种了什么？", ("花",), "花园里种了什么？"),
    ("Leah?", ("Leah",), "Leah?"),
    ("What did we plan?", ("Leah", ""), "What did we plan?"),
]


@pytest.mark.parametrize(("name", "question"), NAMED)
def test_somebody_is_named_by_name_or_first_name(name: str, question: str) -> None:
    """Whatever follows it."""
    assert is_named(name, question)


@pytest.mark.parametrize(("name", "question"), NOT_NAMED)
def test_part_of_a_word_or_a_small_word_names_nobody(name: str, question: str) -> None:
    """Nor do two letters."""
    assert not is_named(name, question)


@pytest.mark.parametrize(("question", "names", "left"), NAMELESS)
def test_what_a_question_means_has_no_names_in_it(
    question: str, names: tuple[str, ...], left: str
) -> None:
    """But for one that is nothing else, and names that may be a part of other words."""
    assert left == " ".join(nameless(question, names).split())


@pytest.mark.parametrize(
    "question",
    ["what's my job?", "do you remember where I live?", "你还记得我的生日吗", "俺の仕事って何"],
)
def test_who_asks_for_something_of_theirs_is_meant(question: str) -> None:
    """Though we are asked whether we know it."""
    assert is_of_who_asks(question)
    assert not is_of_us(question)


@pytest.mark.parametrize(
    "question", ["what did you recommend to me?", "你给我推荐了什么", "あなたは俺に何をくれた"]
)
def test_what_is_between_us_is_of_neither(question: str) -> None:
    """Both have spoken of it."""
    assert not is_of_who_asks(question)
    assert not is_of_us(question)


@pytest.mark.parametrize("question", ["what's your job?", "你几岁了", "あなたの趣味は"])
def test_what_is_ours_is_not_theirs(question: str) -> None:
    """Nothing they told answers it."""
    assert is_of_us(question)
    assert not is_of_who_asks(question)
