"""What of a text is said aloud, and how its numbers are read, in three languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.pieces import pieces
from voice.speakable import speakable

EYE = [
    ("en", "*smiles* Hello!", "Hello!"),
    ("en", "Hello! *waves slowly* How are you?", "Hello! How are you?"),
    ("en", "I *really* mean it.", "I really mean it."),
    ("en", "That is **so** _great_!", "That is so great!"),
    ("en", "(laughs) No way (sighs softly).", "No way."),
    ("en", "Tea (or coffee) please.", "Tea, or coffee, please."),
    ("en", "Good night 😴💤 :) <3 XD", "Good night"),
    ("en", "Look: [the map](https://a.b/c?d=1) and https://e.f/g.", "Look: the map and."),
    ("en", "Run `make test` now.", "Run now."),
    ("en", "Before\n```py\nx = 1\n```\nafter", "Before. after."),
    ("en", "# News\n- one\n- [x] two\n> three", "News. one. two. three."),
    ("en", "Is it ~~bad~~ fine?", "Is it fine?"),
    ("en", "<b>Bold</b> <@123> <:kiss:456> hi", "Bold hi"),
    ("en", "a | b\n--- | ---\nc | d", "a, b. c, d."),
    ("en", "Really?!?! Yes!!!", "Really? Yes!"),
    ("en", "I waited... and waited", "I waited… and waited"),
    ("zh", "（笑）你好呀[微笑]", "你好呀"),
    ("zh", "*挥手* 再见！（小声说）想你", "再见！想你"),
    ("zh", "我*真的*很开心", "我真的很开心"),
    ("zh", "周末（比如周六）见", "周末，比如周六，见"),
    ("zh", "好的😊 明天见 [撒花]", "好的明天见"),
    ("zh", "看[这里](https://a.b)：https://c.d/e 哦", "看这里：哦"),
    ("zh", "【叹气】算了", "算了"),
    ("zh", "“老师”，你好～～", "老师，你好"),
    ("ja", "こんにちは（笑）", "こんにちは"),
    ("ja", "*手を振る*またね！", "またね！"),
    ("ja", "そうだねwww", "そうだね"),
    ("ja", "おはよう(´・ω・`)", "おはよう"),
    ("ja", "「先生」、ありがとう〜", "先生、ありがとう"),
    ("ja", "（照れながら）好きです", "好きです"),
]

NUMBERS = [
    ("en", "2026-11-29", "November twenty-ninth, twenty twenty-six"),
    ("en", "12/25/2005", "December twenty-fifth, two thousand five"),
    ("en", "31/12/1999", "December thirty-first, nineteen ninety-nine"),
    ("en", "born in 1905", "born in nineteen oh five"),
    ("en", "since 1900", "since nineteen hundred"),
    ("en", "1905 apples", "one thousand nine hundred five apples"),
    ("en", "at 3:30 pm", "at three thirty PM"),
    ("en", "at 9:05", "at nine oh five"),
    ("en", "at 15:00", "at three PM"),
    ("en", "at 3:00", "at three o'clock"),
    ("en", "at 0:30", "at twelve thirty AM"),
    ("en", "5pm", "five PM"),
    ("en", "12%", "twelve percent"),
    ("en", "$5", "five dollars"),
    ("en", "$1", "one dollar"),
    ("en", "$5.50", "five dollars fifty"),
    ("en", "$0.99", "ninety-nine cents"),
    ("en", "£3.5", "three point five pounds"),
    ("en", "€1,250", "one thousand two hundred fifty euros"),
    ("en", "3.14", "three point one four"),
    ("en", "-5°C", "minus five degrees Celsius"),
    ("en", "1 km, 2 km", "one kilometer, two kilometers"),
    ("en", "90km/h", "ninety kilometers an hour"),
    ("en", "555-1234", "five five five, one two three four"),
    (
        "en",
        "+44 20 7946 0958",
        "four four, two zero, seven nine four six, zero nine five eight",
    ),
    ("en", "1st 2nd 3rd 21st 30th", "first second third twenty-first thirtieth"),
    ("en", "1/2 3/4 2/3", "one half three quarters two thirds"),
    ("en", "3-5 days", "three to five days"),
    ("en", "1,250,000", "one million two hundred fifty thousand"),
    ("en", "007", "zero zero seven"),
    ("en", "v1.2.3", "v one point two point three"),
    ("en", "2 + 2 = 4", "two plus two equals four"),
    ("en", "You & me, #1", "You and me, number one"),
    ("en", "24/7", "twenty-four seven"),
    ("zh", "１２：３０", "十二点半"),
    ("zh", "2 + 2 = 4", "二加二等于四"),
    ("ja", "#1 + 1", "一たす一"),
    ("zh", "2026-11-29", "二零二六年十一月二十九号"),
    ("zh", "2026年11月29日", "二零二六年十一月二十九号"),
    ("zh", "2026年", "二零二六年"),
    ("zh", "15:30", "十五点半"),
    ("zh", "3:05 pm", "下午三点零五分"),
    ("zh", "9:00 pm", "晚上九点"),
    ("zh", "2:00", "两点"),
    ("zh", "12%", "百分之十二"),
    ("zh", "-3%", "负百分之三"),
    ("zh", "$5", "五美元"),
    ("zh", "¥2", "两元"),
    ("zh", "3.14", "三点一四"),
    ("zh", "-5°C", "零下五度"),
    ("zh", "20℃", "二十摄氏度"),
    ("zh", "2个2月", "两个二月"),
    ("zh", "第3次", "第三次"),
    ("zh", "1/3", "三分之一"),
    ("zh", "3-5天", "三到五天"),
    ("zh", "105，1050，10500，100005", "一百零五，一千零五十，一万零五百，十万零五"),
    ("zh", "13800138000", "幺三八零零幺三八零零零"),
    ("ja", "2026-11-29", "二千二十六年十一月二十九日"),
    ("ja", "15:30", "十五時半"),
    ("ja", "3:05 pm", "午後三時五分"),
    ("ja", "12%", "十二パーセント"),
    ("ja", "¥1,500", "千五百円"),
    ("ja", "$5", "五ドル"),
    ("ja", "3.14", "三点一四"),
    ("ja", "-5°C", "マイナス五度"),
    ("ja", "1/3", "三分の一"),
    ("ja", "3〜5人", "三から五人"),
    ("ja", "12000", "一万二千"),
    ("ja", "090-1234-5678", "ゼロ九ゼロの、一二三四の、五六七八"),
]

SEEN_ONLY = [
    "😊",
    "*waves*",
    "（笑）",
    "[微笑]",
    "(^_^)",
    "https://a.b",
    "```\nx\n```",
    "…",
    "~",
    "",
    " ",
]


@pytest.mark.parametrize(("language", "text", "words"), EYE)
def test_what_is_for_the_eye_is_left_out(language: str, text: str, words: str) -> None:
    """Directions, faces, code, links and markup go; what is merely stressed or aside stays."""
    assert words == speakable(text, language)


@pytest.mark.parametrize(("language", "text", "words"), NUMBERS)
def test_numbers_are_read_as_people_read_them(language: str, text: str, words: str) -> None:
    """Dates, times, money, measures, parts and telephone numbers, in each language's way."""
    assert words == speakable(text, language)


@pytest.mark.parametrize("text", SEEN_ONLY)
def test_what_has_no_words_is_nothing(text: str) -> None:
    """Where nothing can be said, nothing is left."""
    assert not speakable(text)


@pytest.mark.parametrize("text", ["Hi 😊", "Hi :)", "你好[微笑]", "やあ(´・ω・`)", "Hi <:a:1>"])
def test_the_strict_say_nothing_with_a_face(text: str) -> None:
    """In strict mode any emoji or face makes a text one for the eye; in the other it is said."""
    assert not speakable(text, mode="strict")
    assert speakable(text)


def test_the_strict_say_what_has_none() -> None:
    """Stage directions are no faces."""
    assert "Hello." == speakable("*nods* Hello.", "en", "strict")


@pytest.mark.parametrize(
    ("text", "words"), [("5 apples", "five"), ("我有5个", "五"), ("りんごを5つ食べた", "五つ")]
)
def test_the_language_is_seen_where_it_is_not_told(text: str, words: str) -> None:
    """Numbers are read in the language of the words around them."""
    assert words in speakable(text)


def test_other_languages_keep_their_numbers() -> None:
    """What we cannot read, the engine may."""
    assert "Es ist 15:30." == speakable("*winkt* Es ist 15:30.", "de")


@given(st.text(max_size=200), st.sampled_from(["en", "zh", "ja", "de", ""]))
def test_any_text_can_be_asked_about(text: str, language: str) -> None:
    """Whatever it is, it is words or nothing, in one line."""
    words = speakable(text, language)

    assert not words or any(letter.isalnum() for letter in words)
    assert "\n" not in words


PROSE = {
    "en": "Hello there, my friend. It rained; we stayed in, read a book, and talked. Was it nice?",
    "zh": "今天天气很好。我们去公园散步吧，然后喝一杯龙井茶，再去西湖边看一看风景，好不好？",
    "ja": "今日はいい天気です。公園を散歩し、そのあとカフェでコーヒーを飲もう。どうですか？",
}


@pytest.mark.parametrize("limit", [12, 20, 40, 71, 250])
@pytest.mark.parametrize("language", PROSE)
def test_pieces_are_whole_and_fit(language: str, limit: int) -> None:
    """Nothing is lost or said twice, and each piece is one that the engine takes."""
    text = PROSE[language]

    cut = pieces(text, limit)

    assert text.replace(" ", "") == "".join(cut).replace(" ", "")
    assert all(0 < len(piece) <= limit for piece in cut)


@pytest.mark.parametrize("limit", [12, 20, 40])
def test_no_piece_ends_inside_a_word(limit: int) -> None:
    """English is cut between words, numbers and their points included."""
    words = set(PROSE["en"].split())

    assert all(set(piece.split()) <= words for piece in pieces(PROSE["en"], limit))


def test_pieces_end_with_sentences_where_they_can() -> None:
    """A sentence that fits is not torn; short ones go together."""
    assert ("One. Two.", "Three is longer.") == pieces("One. Two. Three is longer.", 16)
    assert ("好。是的。", "我们走吧。") == pieces("好。是的。我们走吧。", 6)


def test_latin_words_in_chinese_stay_whole() -> None:
    """A name in other letters is a word too."""
    cut = pieces("我在用Anima和PostgreSQL写程序", 12)

    assert any("PostgreSQL" in piece for piece in cut)


def test_a_word_without_end_is_cut() -> None:
    """No engine could say it whole."""
    assert ("a" * 10, "a" * 10, "a" * 5) == pieces("a" * 25, 10)


@given(st.text(max_size=300), st.integers(5, 90))
def test_any_text_is_cut_to_fit(text: str, limit: int) -> None:
    """Whatever the text, no piece is too long or empty, and no letter is lost."""
    cut = pieces(text, limit)

    assert all(0 < len(piece) <= limit for piece in cut)
    assert "".join(text.split()) == "".join("".join(cut).split())
