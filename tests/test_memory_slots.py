"""What kind of fact a question is after, in three languages."""

import pytest

from memory.longterm.slots import mark, marks_asked
from memory.longterm.words import tokens
from persona.facts.kinds import SINGLE


@pytest.mark.parametrize(
    ("slot", "question"),
    [
        ("name", "what's my name?"),
        ("name", "我叫什么？"),
        ("name", "僕の名前、覚えてる？"),
        ("birthday", "How old am I?"),
        ("birthday", "我女儿几岁了"),
        ("birthday", "誕生日いつだっけ"),
        ("lives_in", "Where do I live?"),
        ("lives_in", "我住哪儿？"),
        ("lives_in", "今どこに住んでる？"),
        ("from", "where am I from?"),
        ("from", "我是哪里人？"),
        ("from", "出身はどこだと思う？"),
        ("job", "What do I do for a living?"),
        ("job", "我是做什么的？"),
        ("job", "私の職業は？"),
        ("partner", "what is my husband like"),
        ("partner", "我老公呢？"),
        ("partner", "夫は元気かな"),
        ("family", "how many kids do I have"),
        ("family", "我妹妹叫啥"),
        ("family", "娘の名前は？"),
        ("pet", "do I have pets?"),
        ("pet", "我的宠物叫什么？"),
        ("pet", "ペットの名前は？"),
        ("allergy", "which foods should I avoid?"),
        ("allergy", "有什么我不能吃的？"),
        ("allergy", "食べられないものは？"),
        ("dislikes", "what herb can't I stand?"),
        ("dislikes", "我讨厌什么？"),
        ("dislikes", "苦手なものは？"),
        ("plan", "When do I see the dentist?"),
        ("plan", "我什么时候去看牙？"),
        ("plan", "歯医者の予約はいつ？"),
    ],
)
def test_a_question_tells_what_it_is_after(slot: str, question: str) -> None:
    """Whatever words it takes."""
    assert mark(slot) in marks_asked(question)


@pytest.mark.parametrize(
    "question",
    [
        "What's your job?",
        "你叫什么名字？",
        "あなたの趣味は？",
        "who won the world cup?",
        "谁发明了电灯？",
        "日本で一番高い山は？",
        "大丈夫だよ",
        "",
    ],
)
def test_what_is_no_fact_of_somebody_is_after_none(question: str) -> None:
    """Ours are not kept as facts, and the world's are in no memory."""
    assert marks_asked(question) == ()


def test_no_word_is_taken_for_a_mark() -> None:
    """And each slot has its own."""
    assert len({mark(slot) for slot in SINGLE}) == len(SINGLE)
    assert mark("lives_in") not in tokens("slot lives in lives_in slot_lives_in slot 0 livesin")
