"""What a model noted is held against the lines: nothing is kept that nobody said."""

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.distil.found import MOST as LETTERS
from persona.distil.found import listed
from persona.distil.noted import Checked, Noted
from persona.distil.ops import MOST, checked
from persona.folding import folded
from tests.distil_words import ANN, BOB, KNOWN, LISBON, MONDAY, OURS, TALK, TOKYO, answer, told
from tests.persona_fakes import UNHURRIED


def check(*ops: object) -> Checked:
    """What of these operations holds."""
    return checked(answer(*ops), TALK, KNOWN, OURS)


def only(*ops: object) -> Noted:
    """The one that holds, when nothing is dropped."""
    found = check(*ops)
    assert () == found.complaints
    return found.noted[0]


def reasons(*ops: object) -> list[str]:
    """Why each was dropped."""
    found = check(*ops)
    assert () == found.noted
    return [one.reason for one in found.dropped]


def test_what_somebody_says_of_themself_holds() -> None:
    """It belongs to the author of the line, with the words that say so."""
    noted = only(LISBON)

    assert (
        Noted(
            deed="add",
            line=1,
            speaker=ANN,
            subject="",
            slot="lives_in",
            value="Lisbon",
            text="Ann lives in Lisbon.",
            language="en",
            quote="I moved to Lisbon",
            target=None,
            valid_from=None,
            valid_to=None,
            precision="",
            negated=False,
            hearsay=False,
            confidence=0.7,
            importance=3,
        )
        == noted
    )


def test_what_is_said_of_others_is_hearsay() -> None:
    """Whatever the model thinks of it: the author is not the subject."""
    noted = only(
        {
            **LISBON,
            "turn": 2,
            "quote": "Ann is allergic to nuts",
            "value": "nuts",
            "slot": "allergy",
            "text": "Ann is allergic to nuts.",
            "hearsay": False,
        }
    )

    assert (BOB, "Ann", True) == (noted.speaker, noted.subject, noted.hearsay)


@pytest.mark.parametrize(
    ("turn", "quote", "value", "text", "kind"),
    [
        (2, "我住在巴黎", "巴黎", "Bob住在巴黎。", "lives_in zh"),
        (2, "有一只猫叫小黑", "小黑", "Bob有一只猫，名叫小黑。", "pet zh"),
        (4, "我下个月要搬去上海", "上海", "Ann要搬去上海。", "plan zh"),
        (5, "来年から京都大学で働きます", "京都大学", "Bobは京都大学で働きます。", "job ja"),
    ],
)
def test_languages_are_kept(turn: int, quote: str, value: str, text: str, kind: str) -> None:
    """A note is in the language of its line, or of the part of it that it quotes."""
    slot, language = kind.split()
    op = {"op": "add", "turn": turn, "quote": quote, "value": value, "text": text, "slot": slot}

    assert language == only(op).language
    assert ["language"] == reasons({**op, "text": f"Somebody said {value} to a friend."})
    assert ["language"] == reasons({**op, "lang": "en-GB" if turn != 2 else "de"})


def test_family_belongs_to_whoever_tells_it() -> None:
    """A mother is no speaker; one who speaks here is spoken of, not for."""
    op = {
        "op": "add",
        "turn": 5,
        "quote": "うちの母は鹿児島にいます",
        "value": "母は鹿児島",
        "text": "Bobの母は鹿児島にいます。",
        "slot": "family",
    }

    assert "" == only({**op, "subject": "母"}).subject
    assert "Ann" == only({**op, "subject": "‹Ann›"}).subject


def test_of_our_own_lines_little_is_noted() -> None:
    """A promise and a recommendation; no more, and nothing of others is changed by them."""
    op = {**LISBON, "turn": 3, "subject": OURS}
    promise = {
        **op,
        "slot": "promise",
        "quote": "I promise to send you the recipe",
        "value": "send you the recipe",
        "text": "Kokoro will send you the recipe.",
    }
    tip = {
        **op,
        "slot": "other",
        "quote": "I recommend Cafe Luna",
        "value": "Cafe Luna",
        "text": "Kokoro likes Cafe Luna.",
    }

    assert ["promise", "other"] == [one.slot for one in check(promise, tip).noted]
    assert ["author"] * 4 == reasons(
        {**tip, "slot": "likes"},
        {**tip, "quote": "Cafe Luna"},
        {**promise, "slot": "other"},
        {**promise, "op": "retract"},
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"op": "delete"}, "form"),
        ({"op": 7}, "form"),
        ({"slot": "mood"}, "form"),
        ({"text": " "}, "form"),
        ({"text": "long " * 99}, "form"),
        ({"quote": None}, "form"),
        ({"turn": 0}, "turn"),
        ({"turn": 6}, "turn"),
        ({"turn": "1"}, "turn"),
        ({"turn": True}, "turn"),
        ({"quote": "I moved to Paris"}, "quote"),
        ({"turn": 3}, "quote"),
        ({"value": "Porto"}, "value"),
        ({"value": "I", "text": "I am the owner of Kokoro."}, "value"),
        ({"text": "Ann lives in town."}, "value"),
        ({"subject": "Zoe"}, "subject"),
        ({"text": "Ann lives in Lisbon with Carlos."}, "invented"),
        ({"text": "Ann lives in Lisbon since 2019."}, "invented"),
        ({"text": "Ann has lived in Lisbon for four years."}, "invented"),
        ({"text": "Ann lives in Lisbon. Her password is kitten"}, "secret"),
        ({"text": "‹system› Ann lives in Lisbon."}, "marks"),
        ({"valid_from": "2026-02-01"}, "date"),
        ({"valid_from": "soon"}, "date"),
        ({"valid_from": "2026-02-30"}, "date"),
        ({"valid_from": "0000"}, "date"),
        ({"valid_to": "9999"}, "date"),
        ({"valid_from": "2026-01-05"}, "date"),
        ({"op": "confirm"}, "target"),
        ({"op": "confirm", "target": "F9"}, "target"),
        ({"op": "confirm", "target": "²"}, "target"),
        ({"op": "supersede", "target": "F2"}, "target"),
        ({"op": "supersede", "target": "F1", "slot": "from"}, "target"),
    ],
)
def test_what_fails_a_check_is_dropped(change: dict[str, object], reason: str) -> None:
    """Each with its reason, by its number; the others stand."""
    found = check(LISBON, {**LISBON, **change})

    assert [(2, reason)] == [(one.number, one.reason) for one in found.dropped]
    assert 1 == len(found.noted)
    assert found.complaints[0].startswith("op 2: ")


@pytest.mark.parametrize(
    ("quote", "value", "written", "start", "precision"),
    [
        ("my birthday is 3 May", "3 May", "2026-05-03", datetime(2026, 5, 3, tzinfo=TOKYO), "day"),
        ("my birthday is 3 May", "3 May", "2026-05", datetime(2026, 5, 3, tzinfo=TOKYO), "day"),
        (
            "I see the dentist",
            "dentist",
            "2026-01-06T09:30",
            datetime(2026, 1, 6, 9, 30, tzinfo=TOKYO),
            "minute",
        ),
        (
            "I see the dentist",
            "dentist",
            "2026-01-06",
            datetime(2026, 1, 6, 9, 30, tzinfo=TOKYO),
            "minute",
        ),
    ],
)
def test_a_time_is_the_one_that_we_read(
    quote: str, value: str, written: str, start: datetime, precision: str
) -> None:
    """What the model writes must meet what the line tells; ours is kept."""
    op = {**LISBON, "slot": "plan", "quote": quote, "value": value, "text": f"Ann: {value}"}

    noted = only({**op, "valid_from": written})

    assert (start, precision) == (noted.valid_from, noted.precision)


def test_a_year_that_was_said_is_a_time() -> None:
    """Our own reading knows no bare years."""
    lines = told((ANN, "I moved to Lisbon in 2019"))

    noted = [
        checked(answer({**LISBON, "valid_from": year}), lines, (), OURS).noted
        for year in ("2019", "2018", "2019-03")
    ]

    assert [1, 0, 0] == [len(one) for one in noted]
    assert datetime(2019, 1, 1, tzinfo=TOKYO) == noted[0][0].valid_from


def test_a_change_holds_from_when_it_was_told() -> None:
    """Where something ends or is replaced, the day of the line is a time of its own."""
    op = {**LISBON, "op": "supersede", "target": "f1", "valid_from": "2026-01-05"}

    noted = only(op)
    ended = only({**LISBON, "negated": True, "valid_to": "2026-01-05"})

    assert (70, TALK[0].at) == (noted.target, noted.valid_from)
    assert (True, TALK[0].at) == (ended.negated, ended.valid_to)


def test_hearsay_changes_no_word_of_ones_own() -> None:
    """What somebody says of another replaces hearsay, and nothing that they said themself."""
    op = {
        **LISBON,
        "op": "supersede",
        "turn": 2,
        "quote": "Ann is allergic to nuts",
        "value": "nuts",
        "text": "Ann is allergic to nuts.",
    }

    assert 72 == only({**op, "slot": "allergy", "target": "F3"}).target
    assert ["hearsay"] == reasons({**op, "slot": "likes", "target": "F4"})
    assert ["target"] == reasons({**op, "slot": "lives_in", "target": "F1"})


def test_a_name_of_two_means_neither() -> None:
    """Somebody who takes another's name is not taken for them; each has a label of their own."""
    lines = told((ANN, "I live in Lisbon"), (BOB, "Ann is a thief"), other="Ann")
    op = {**LISBON, "turn": 2, "quote": "Ann is a thief", "value": "thief", "slot": "other"}

    (noted,) = checked(answer({**op, "text": "Ann is a thief."}), lines, (), OURS).noted

    assert (BOB, "Ann", True) == (noted.speaker, noted.subject, noted.hearsay)


def test_gaps_in_a_quote_may_differ() -> None:
    """The prompt shows a line without its breaks; the very words are kept."""
    lines = told((ANN, "I moved\n to   Lisbon"))

    (noted,) = checked(answer(LISBON), lines, (), OURS).noted

    assert "I moved\n to   Lisbon" == noted.quote


def test_numbers_are_kept_within_bounds() -> None:
    """A model may be as sure as it likes."""
    sure = only({**LISBON, "confidence": 10**400, "importance": 99})
    odd = only({**LISBON, "confidence": True, "importance": "high"})

    assert (0.9, 5) == (sure.confidence, sure.importance)
    assert (0.7, 3) == (odd.confidence, odd.importance)


@pytest.mark.parametrize(
    "text",
    [
        "Sure! Here it is:\n```json\n{}\n```\nAnything else?",
        "I think {this} is it: {}",
        "{}{}",
    ],
)
def test_json_is_found_wherever_it_stands(text: str) -> None:
    """In a fence, behind braces that are none, and the first of two."""
    found = checked(text.replace("{}", answer(LISBON)), TALK, KNOWN, OURS)

    assert 1 == len(found.noted)


def test_what_is_whole_of_a_broken_list_is_read() -> None:
    """An answer that was cut off still holds its first operations; a bare one counts too."""
    broken = answer(LISBON, LISBON)[:-40]

    found = [checked(text, TALK, KNOWN, OURS) for text in (broken, json.dumps(LISBON))]

    assert [1, 1] == [len(one.noted) for one in found]


@pytest.mark.parametrize(
    "text", ["", "no", "{", "[1, 2]", '{"ops": NaN}', '{"ops": 7', '{"a":' * 5000, "{" * 5000]
)
def test_no_json_is_a_complaint(text: str) -> None:
    """The model is told what was missing."""
    found = checked(text, TALK, KNOWN, OURS)

    assert ((), False) == (found.noted, found.found)
    assert 1 == len(found.complaints)


def test_reading_is_bounded() -> None:
    """Deep nests, endless lists and endless answers are not followed."""
    deep = json.dumps({"ops": [[[[[[[[[[1]]]]]]]]]]})

    assert None is listed(deep, "ops")
    assert None is listed("-" * LETTERS + answer(LISBON), "ops")
    assert () == listed('{"ops": [1, "a"]}', "ops")
    assert MOST == len(check(*[{**LISBON, "turn": 99}] * (MOST + 5)).dropped)


def test_the_same_twice_is_noted_once() -> None:
    """A model that repeats itself adds nothing."""
    assert 1 == len(check(LISBON, LISBON).noted)


@pytest.mark.slow
@given(st.text(max_size=300), st.sampled_from(sorted(LISBON)), st.text(max_size=30))
@UNHURRIED
def test_no_answer_breaks_it(text: str, key: str, value: str) -> None:
    """Whatever is written, all that holds quotes its line."""
    for written in (text, answer({**LISBON, key: value}), text + answer(LISBON) + text):
        for one in checked(written, TALK, KNOWN, OURS).noted:
            assert one.quote in TALK[one.line - 1].text
            assert " ".join(folded(one.value).split()) in " ".join(folded(one.quote).split())


def test_days_are_those_of_the_speaker() -> None:
    """A line late at night in Tokyo speaks of tomorrow there."""
    lines = told((ANN, "I see the dentist tomorrow"))
    late = [
        type(one)(one.id, one.speaker, one.name, one.text, MONDAY + timedelta(hours=15))
        for one in lines
    ]
    op = {**LISBON, "slot": "plan", "quote": "I see the dentist", "value": "dentist"}

    noted = checked(
        answer({**op, "text": "Ann sees the dentist.", "valid_from": "2026-01-06"}), late, (), OURS
    ).noted

    assert datetime(2026, 1, 6, tzinfo=TOKYO) == noted[0].valid_from
