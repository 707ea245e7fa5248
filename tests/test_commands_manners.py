"""`/language`, `/why` and `/talk`: what people want of the persona, and why it did as it did."""

from dataclasses import replace

import pytest

from anima.model import Heard, Speaker
from anima.orders import Obeyed, Order
from anima.steps import Dialled, Preferred, Step
from memory.reasons import Decided
from persona.tongue import LANGUAGES
from service.commands.language import NAMES, meant_language
from service.commands.why import told
from service.commands.why_words import KEEPING, SPEAKING
from tests.counter import ANN, HOME, KEN, LI, NOBODY, TURN, Counter, Diary, claimed, says
from tests.persona_fakes import NOW

PLACE = 3
OWNERS = ("telegram:7",)


async def obeyed(
    text: str,
    speaker: Speaker = ANN,
    *,
    counter: Counter | None = None,
    dial: int = 1,
    private: bool = False,
    tongue: str = "",
) -> Obeyed:
    """What comes of a command in a group with this *dial*, from somebody with a chosen *tongue*."""
    counter = counter or Counter()
    claim = replace(claimed(), conversation=HOME, private=private, dial=dial)
    heard: Heard = replace(says(text, speaker), tongue=tongue)
    return await counter.door.obey(Order(claim, heard, TURN))


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("ja", "ja"),
        ("JA", "ja"),
        ("ｊａ", "ja"),
        ("ja-JP", "ja"),
        ("zh_Hans", "zh"),
        ("日本語", "ja"),
        ("日语", "ja"),
        ("中文", "zh"),
        ("中国語", "zh"),
        ("繁體中文", "zh"),
        ("English", "en"),
        ("英語", "en"),
        ("Deutsch", "de"),
        ("german", "de"),
        ("FRANÇAIS", "fr"),
        ("русский", "ru"),
    ],
)
async def test_a_language_is_understood_by_any_of_its_names(word: str, code: str) -> None:
    """Its code, with or without a region, or what people call it."""
    answer = await obeyed(f"/language {word}")

    assert (Preferred(ANN.address, code, NOW),) == answer.steps
    assert NAMES[code] in answer.text


def test_every_language_can_be_chosen_by_its_own_name() -> None:
    """And by the English one, and by its code."""
    assert set(LANGUAGES) == set(NAMES)
    for code, english in LANGUAGES.items():
        names = [code, english.casefold(), NAMES[code].casefold()]
        assert [code] * 3 == [meant_language(name) for name in names]


@pytest.mark.parametrize(
    ("word", "begins"),
    [
        ("ja", "これからは"),
        ("zh", "好的，以后"),
        ("en", "I answer you in English"),
        ("ko", "I answer"),
    ],
)
async def test_the_answer_is_in_the_chosen_language_already(word: str, begins: str) -> None:
    """As far as the house speaks it; whatever the client's is."""
    assert (await obeyed(f"/language {word}", LI)).text.startswith(begins)


async def test_auto_takes_a_choice_back() -> None:
    """The answer is in the language of the client again."""
    answer = await obeyed("/language auto", KEN, tongue="zh")

    assert (Preferred(KEN.address, "", NOW),) == answer.steps
    assert "あなたが書いた言葉で答えます。" == answer.text


@pytest.mark.parametrize(
    ("text", "tongue", "begins"),
    [
        ("/language", "", "I answer you in the language that you write in."),
        ("/language", "ja", "これからは、どこで話しかけられても日本語で"),
        ("/language auto", "", "I answer you in the language"),
        ("/language ja", "ja", "これからは"),
    ],
)
async def test_what_holds_already_is_told_and_nothing_is_written(
    text: str, tongue: str, begins: str
) -> None:
    """Asking changes nothing, and neither does choosing the same again."""
    answer = await obeyed(text, tongue=tongue)

    assert (True, ()) == (answer.text.startswith(begins), answer.steps)


async def test_an_unknown_language_is_answered_with_those_that_are_known() -> None:
    """In one line with the right form, and nothing is written."""
    answer = await obeyed("/language klingon", NOBODY)

    assert answer.text.startswith("“klingon” is not one of en, zh, ja, ko")
    assert answer.text.endswith("Like this: /language [en|zh|ja|…|auto]")
    assert (1, ()) == (len(answer.text.splitlines()), answer.steps)


async def test_everybody_may_choose_a_language_anywhere() -> None:
    """No admin is needed, neither in a group nor alone."""
    counter = Counter(admins=OWNERS)

    answers = [
        await obeyed("/language ja", LI, counter=counter, private=private)
        for private in (True, False)
    ]

    assert [(Preferred(LI.address, "ja", NOW),)] * 2 == [one.steps for one in answers]


@pytest.mark.parametrize(("tongue", "word"), [("zh", "直接跟我说话"), ("de", "Just write")])
async def test_a_chosen_language_holds_for_every_command(tongue: str, word: str) -> None:
    """The house answers in it, too; in English where it does not speak it."""
    assert word in (await obeyed("/help", KEN, tongue=tongue)).text


async def test_a_stranger_is_refused_in_the_chosen_language() -> None:
    """Also when they write in another one."""
    door = Counter(who="listed", admins=[]).door
    heard = replace(says("Hello, who are you?", ANN), tongue="zh")

    told = await door.refuse(Order(claimed(), heard, TURN), "stranger")

    assert told.text.startswith("我只和")


@pytest.mark.parametrize("dial", range(6))
@pytest.mark.parametrize("speaker", [ANN, LI, KEN])
async def test_the_dial_is_turned_and_told_in_words(dial: int, speaker: Speaker) -> None:
    """By an admin, with what it means, in their language; the ledger is told from what it was."""
    answer = await obeyed(f"/talk {dial}", speaker, dial=(dial + 1) % 6)

    assert (Dialled((dial + 1) % 6, dial, speaker.address, NOW),) == answer.steps
    assert answer.text.startswith(f"/talk {dial} · ")
    assert answer.text != (await obeyed(f"/talk {dial}", NOBODY, dial=dial)).text or speaker is ANN


@pytest.mark.parametrize("text", ["/talk", "/talk 3", "／talk　３"])
async def test_the_dial_as_it_stands_is_only_told(text: str) -> None:
    """Nothing is written where nothing changes."""
    answer = await obeyed(text, dial=3)

    expected = "I speak up by myself now and then: at most one line in six is mine."
    assert Obeyed(f"/talk 3 · {expected}") == answer


@pytest.mark.parametrize("word", ["6", "-1", "3.5", "loud", "三"])
async def test_a_dial_that_does_not_exist_is_told(word: str) -> None:
    """In one line with the right form."""
    answer = await obeyed(f"/talk {word}")

    expected = f"“{word}” is not one of 0, 1, 2, 3, 4, 5. Like this: /talk [0-5]"
    assert Obeyed(expected) == answer


async def test_alone_there_is_no_dial() -> None:
    """Who writes to us alone is always answered."""
    assert Obeyed("That is for groups; here I always answer.") == await obeyed(
        "/talk 0", private=True
    )


async def why(decided: Decided | None, speaker: Speaker = ANN, *, private: bool = False) -> str:
    """What is told of *decided*."""
    past = Diary(PLACE)
    past.decided = decided
    counter = Counter(past=past, admins=OWNERS)
    return (await obeyed("/why", speaker, counter=counter, private=private)).text


@pytest.mark.parametrize(
    ("speaker", "line"),
    [
        (ANN, "I kept silent: nobody asked me, and I had spoken 2 of the last 6 lines."),
        (LI, "我没有说话：没人叫我，而且最近 6 句里已有 2 句是我说的。"),
        (KEN, "黙っていました。呼ばれておらず、直近の 6 行のうち 2 行が私の発言でした。"),
    ],
)
async def test_why_is_told_to_anybody_in_a_group(speaker: Speaker, line: str) -> None:
    """In their own language, with the facts on which it rests."""
    assert line == await why(Decided("silent", "share 2 6"), speaker)


@pytest.mark.parametrize(
    ("decided", "line"),
    [
        (Decided("answered", "addressed"), "I spoke: I was spoken to."),
        (
            Decided("answered", "topic red tea"),
            "I spoke: nobody asked me, but it was about “red tea”, of which I know.",
        ),
        (
            Decided("silent", "question"),
            (
                "I thought of speaking (nobody asked me, but a question was open),"
                " but had nothing to add."
            ),
        ),
        (
            Decided("failed", "addressed"),
            "I wanted to speak (I was spoken to), but something went wrong.",
        ),
        (Decided("expired", "addressed"), "I kept silent: it had come too late to be answered."),
        (
            Decided("silent", "ignored 12"),
            (
                "I kept silent: nobody asked me, and nobody took up what I had put in;"
                " I wait 12 more minutes."
            ),
        ),
        (Decided("refused", "stranger"), "I kept silent: I only talk with people I know."),
        (Decided("silent", "whim of tomorrow"), "I kept silent: whim of tomorrow."),
        (None, "Nothing has been decided here yet."),
    ],
)
async def test_each_decision_has_its_words(decided: Decided | None, line: str) -> None:
    """Also one whose reason we do not know."""
    assert line == await why(decided)


@pytest.mark.parametrize("language", ["en", "zh", "ja"])
def test_no_reason_is_without_words(language: str) -> None:
    """In none of the languages a brace is left, nor a word of another form."""
    for kind in (*SPEAKING, *KEEPING):
        for outcome in ("answered", "silent", "failed"):
            line = told(Decided(outcome, f"{kind} 2 6"), language)  # type: ignore[arg-type]  # as listed
            assert "{" not in line
            assert len(line) > 8


async def test_alone_only_admins_are_told_why() -> None:
    """The others are refused by one line in the persona's voice."""
    decided = Decided("answered", "private")

    lines = [await why(decided, who, private=True) for who in (ANN, LI)]

    assert ["I spoke: you wrote to me alone.", "sorry (forbidden) zh-hans"] == lines


async def test_nothing_but_words_comes_of_why() -> None:
    """It writes nothing."""
    steps: tuple[Step, ...] = (await obeyed("/why")).steps

    assert () == steps
