"""Whether a persona stays itself: what is counted of a talk, and what is found."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from persona.card import load
from persona.drift import Drift, Utterance, drift
from persona.nature import Habits, Nature
from persona.signs import CODE, EMOJI, KAOMOJI, politeness

KOKORO = load(Path(__file__).parents[1] / "personas" / "kokoro")
ASKED = ("How was your day?", "今天过得怎么样？", "今日はどうでしたか？")
STEADY = (
    "Quite lovely, Sensei! I sorted the letters.",
    "挺好的呀，老师，我把信都收好了哦。",
    "とても楽しかったです、先生。お手紙も片付けました。",
)


def talk(*replies: str, asked: Sequence[str] = ASKED) -> list[Utterance]:
    """Each reply to a question in the next of three languages; no two replies are the same."""
    lines = []
    for number, reply in enumerate(replies):
        lines.append(Utterance("person", asked[number % len(asked)]))
        lines.append(Utterance("persona", f"{reply} {number}"))
    return lines


def rates(measured: Drift, name: str) -> tuple[float | None, ...]:
    return next(row.thirds for row in measured.rows if row.name == name)


def test_a_steady_one() -> None:
    """Fifty turns in three languages without a change find nothing."""
    measured = drift(KOKORO, talk(*(STEADY[number % 3] for number in range(50))))

    assert ((), 50) == (measured.findings, len(measured.replies))
    assert (1, 1, 1) == rates(measured, "says Sensei (en)")
    assert (1, 1, 1) == rates(measured, "です・ます (ja)")


def test_forms_of_address_fade() -> None:
    """Who stops saying Sensei is found, by the rates of the thirds."""
    measured = drift(
        KOKORO,
        talk(*[STEADY[0]] * 8, *["Quite lovely! I sorted the letters."] * 4, asked=ASKED[:1]),
    )

    assert (1, 1, 0) == rates(measured, "says Sensei (en)")
    assert ("says Sensei (en): 100% of the first third, 0% of the last",) == measured.findings


def test_another_form_of_address() -> None:
    """A translated form, or one of another language, is found with its line."""
    measured = drift(
        KOKORO,
        talk(
            "Yes, Sensei. Not Teacher to me.",
            "Yes, Sensei. 老师, as they say.",
            "Good morning to you, Sensei.",
            asked=ASKED[:1],
        ),
    )

    assert ("does not keep Sensei (en): line 2, 4",) == measured.findings


def test_the_wrong_language() -> None:
    """An answer in another language than the question's is found; many are counted."""
    measured = drift(KOKORO, talk(*[STEADY[0]] * 12, asked=ASKED[1:2]))

    assert (
        "answered in another language: line 2, 4, 6, 8, 10, 12, 14, 16 and 4 more",
    ) == measured.findings


def test_a_language_that_it_does_not_speak() -> None:
    """Nobody is to answer in a language that is not the card's."""
    measured = drift(KOKORO, talk(STEADY[0], asked=["Was ist das für ein Tag, und wie ist er?"]))

    assert () == measured.findings


@pytest.mark.parametrize(
    ("tone", "reply", "found"),
    [
        ("polite", "まあ普通だったよ、先生。", 3),
        ("mixed", "まあ普通だったよ、先生。", 3),
        ("plain", "とても楽しかったです、先生。", 3),
        ("plain", "まあ普通だったよ、先生。", 0),
        ("polite", "とても楽しかったです、先生。", 0),
        ("as it comes", "まあ普通だったよ、先生。", 0),
    ],
)
def test_the_tone_of_the_card(tone: str, reply: str, found: int) -> None:
    """A register that the card names is held against each third."""
    card = replace(KOKORO, nature=Nature(tone={"ja": tone}))

    measured = drift(card, talk(*[reply] * 6, asked=ASKED[2:]))

    assert found == len(measured.findings), measured.findings


def test_politeness_that_goes() -> None:
    """From です・ます to タメ口 is a finding, where there is enough to judge by."""
    replies = [*["とても楽しかったです、先生。"] * 3, *["まあ普通だったよ、先生。"] * 6]
    card = replace(KOKORO, nature=Nature())

    assert ("です・ます (ja): 100% of the first third, 0% of the last",) == drift(
        card, talk(*replies, asked=ASKED[2:])
    ).findings
    assert () == drift(card, talk(*replies[1:4], asked=ASKED[2:])).findings


def test_signs() -> None:
    """What the card never writes is found by line, what comes or goes by its rate."""
    card = replace(KOKORO, nature=Nature(habits=Habits(emoji="never")))
    replies = [*[f"{STEADY[0]} 😊"] * 1, *[STEADY[0]] * 8, *[f"{STEADY[0]} (^_^)[微笑]"] * 3]

    assert (
        "emoji, never by its card: line 2",
        "kaomoji: 0% of the first third, 75% of the last",
        "emotes: 0% of the first third, 75% of the last",
    ) == drift(card, talk(*replies, asked=ASKED[:1])).findings


def test_particles() -> None:
    """The small words that the card likes are counted in their language."""
    measured = drift(KOKORO, talk(*[STEADY[1]] * 3, *["好的，老师。"] * 6, asked=ASKED[1:2]))

    assert (1, 0, 0) == rates(measured, "particles (zh)")
    assert "particles (zh): 100% of the first third, 0% of the last" in measured.findings


def test_slips_repeats_and_markdown() -> None:
    """What should never be there is found by line."""
    card = replace(KOKORO, nature=Nature(habits=Habits(markdown=False)))
    lines = talk(STEADY[0], "As an AI language model, I cannot, Sensei.", asked=ASKED[:1])
    lines += [Utterance("person", "go on"), Utterance("persona", "**Tea**, Sensei.")]
    lines += [Utterance("person", "go on"), Utterance("persona", "Tea, Sensei!")]
    lines += [Utterance("person", "go on"), Utterance("persona", "hm</think> Cake, Sensei!")]

    assert (
        "slips and stock refusals: line 4",
        "thinks aloud: line 10",
        "repeats itself: line 8",
        "markdown: line 6",
    ) == drift(card, lines).findings


def test_length() -> None:
    """Replies that grow to twice their length are found."""
    measured = drift(KOKORO, talk(*[STEADY[0]] * 5, *[STEADY[0] * 3] * 4, asked=ASKED[:1]))

    assert ("length: 45 characters at first, 131 at last",) == measured.findings


def test_bubbles_are_one_reply() -> None:
    """What the persona says in a row is one reply, named by its first line."""
    lines = [Utterance("persona", "Hello, Sensei."), Utterance("persona", "Tea?")]

    (reply,) = drift(KOKORO, lines).replies

    assert (1, "Hello, Sensei.\n\nTea?", "en") == (reply.line, reply.text, reply.code)


def test_nothing_said() -> None:
    """A talk without a reply has no findings, and no numbers."""
    measured = drift(KOKORO, [])

    assert ((), (None, None, None)) == (measured.findings, rates(measured, "emoji"))


@pytest.mark.parametrize(
    "face", ["(^_^)", "(｡･ω･｡)", "（￣▽￣）", "^_^", "T_T", ">_<", "QAQ", "orz"]
)
def test_kaomoji(face: str) -> None:
    """Faces made of characters are known."""
    assert KAOMOJI.search(f"好的{face}" if "(" in face else f"well {face} yes")


@pytest.mark.parametrize(
    "text", ["(20°C)", "（ジョン・スミス）", "snake_case", "(a > b)", "(see below)"]
)
def test_no_kaomoji(text: str) -> None:
    """Brackets alone make no face."""
    assert not KAOMOJI.search(text)


def test_emoji_and_codes() -> None:
    """Emoji are pictures, not notes and stars; a code is short and no link."""
    assert [True, True, True, False, False] == [
        bool(EMOJI.search(text)) for text in ("a😊", "❤️", "☕", "♪ ★ →", "好")
    ]
    assert [True, True, False, False, False] == [
        bool(CODE.search(text)) for text in ("[微笑]", "[Smile]", "[1]", "[OK](http://x)", "[X]")
    ]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("楽しかったです、先生。", (1, 1)),
        ("行きましょうか？ええ、そうですね！", (2, 2)),
        ("楽しかったよ。そうだね、行こう。", (0, 2)),
        ("うん。えっ！", (0, 0)),
        ("楽しかったですけど……眠いんだ。", (1, 2)),
    ],
)
def test_politeness(text: str, counted: tuple[int, int]) -> None:
    """Sentences that end in です・ます are polite; sounds are not judged."""
    assert counted == politeness(text)
