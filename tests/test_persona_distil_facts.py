"""What was noted becomes facts that the rules of contradictions know."""

from dataclasses import replace

import pytest

from persona.distil.facts import facts_of
from persona.distil.ops import checked
from persona.distil.rollup import extracted_rollup
from persona.distil.telling import tells_something
from persona.distil.told import Known
from persona.facts.kinds import Fact
from tests.distil_words import ANN, KNOWN, LISBON, MONDAY, OURS, TALK, answer, told

HOME = Known(70, ANN, "", "lives_in", "Ann lives in Porto", norm="porto")
JOB = Known(80, ANN, "", "job", "Ann works at Google", norm="at:google")
PET = Known(90, ANN, "", "pet", "Ann has a cat", norm="cat:miso")


def facts(change: dict[str, object], target: Known | None = None) -> tuple[Fact, ...]:
    """What an operation on the first line becomes."""
    (noted,) = checked(
        answer({**LISBON, **change}), TALK, [target] if target else KNOWN, OURS
    ).noted
    return facts_of(noted, TALK[0], target)


def test_what_is_new_is_one_fact() -> None:
    """With its value as values are compared."""
    (found,) = facts({})

    assert (
        Fact(
            "",
            "lives_in",
            "Lisbon",
            "lisbon",
            "Ann lives in Lisbon.",
            "en",
            "I moved to Lisbon",
            confidence=0.7,
        )
        == found
    )


@pytest.mark.parametrize(
    ("text", "quote", "value", "norm"),
    [
        ("my birthday is 3 May", "my birthday is 3 May", "3 May", "05-03"),
        ("I was born on 3 May 1990", "I was born on 3 May 1990", "3 May 1990", "1990-05-03"),
        ("my birthday is soon", "my birthday is soon", "soon", "soon"),
    ],
)
def test_a_birthday_is_compared_by_its_day(text: str, quote: str, value: str, norm: str) -> None:
    """And by its year where it was told."""
    lines = told((ANN, text))
    op = {**LISBON, "slot": "birthday", "quote": quote, "value": value, "text": f"Ann: {value}"}
    (noted,) = checked(answer(op), lines, (), OURS).noted

    naive = replace(lines[0], at=MONDAY)
    assert [norm] == [one.norm for one in facts_of(noted, naive, None)]


def test_a_change_names_what_it_changes() -> None:
    """By the value of the known one; where many hold, the old one is denied first."""
    lives = facts({"op": "supersede", "target": "F1"}, HOME)
    job = facts({"op": "supersede", "target": "F1", "slot": "job"}, JOB)
    again = facts({"op": "confirm", "target": "F1"}, HOME)
    gone = facts({"op": "retract", "target": "F1", "valid_to": "2026-01-05"}, HOME)
    pet = facts({"op": "supersede", "target": "F1", "slot": "pet"}, PET)

    assert [("lisbon", False)] == [(one.norm, one.negated) for one in lives]
    assert [("at:lisbon", False)] == [(one.norm, one.negated) for one in job]
    assert [("porto", False)] == [(one.norm, one.negated) for one in again]
    assert [("porto", True, TALK[0].at)] == [
        (one.norm, one.negated, one.valid_from) for one in gone
    ]
    assert [("cat:miso", True), ("cat:lisbon", False)] == [(one.norm, one.negated) for one in pet]


def test_some_lines_tell_nothing() -> None:
    """Greetings, faces, and what is nobody's to read."""
    said = told((ANN, "ok"), (ANN, "😀"), (ANN, "my password is kitten7"), (ANN, "I love fado"))

    assert [False, False, False, True] == [tells_something(line) for line in said]


def test_a_week_without_a_model_is_its_most_telling_episodes() -> None:
    """In their own words and order."""
    episodes = told(("", "Ann flew to Lisbon."), ("", "ok"), ("", "Ann heard\nfado."))

    assert "Ann flew to Lisbon. / Ann heard fado." == extracted_rollup(episodes)
