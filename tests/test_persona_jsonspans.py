"""A JSON text is changed in places, and nowhere else."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.jsonspans import Spot, changed, read, without
from tests.persona_fakes import UNHURRIED

TEXT = ' { "a" : 1.0,\n"b":[ 1e5 , {"c":"\\u732b"} ], "a": 2.50 , "d" : { } , "e":[]}\n'
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ({}, "", ""),
        ({("a",): 3}, "2.50", "3"),
        ({("b", 1, "c"): "猫"}, '"\\u732b"', '"猫"'),
        ({("b", 0): [], ("a",): None}, "", ""),
        ({("b", 2): 7}, '"} ]', '"},7 ]'),
        ({("b", 2): 7, ("b", 3): 8}, '"} ]', '"},7,8 ]'),
        ({("b", 1, "x"): 7}, '"}', '","x":7}'),
        ({("d", "x"): {"y": 1}}, "{ }", '{"x":{"y": 1} }'),
        ({("e", 0): 7}, "[]", "[7]"),
        ({("é",): 7}, "[]}", '[],"é":7}'),
    ],
)
def test_the_rest_stays(changes: dict[Spot, object], old: str, new: str) -> None:
    """A value is replaced or added, and every other letter is as it was."""
    expected = TEXT.replace(old, new) if old else TEXT
    if ("b", 0) in changes:
        expected = TEXT.replace("1e5", "[]").replace("2.50", "null")

    assert expected == changed(TEXT, changes)


def test_all_of_it_may_change() -> None:
    """The empty spot is the whole value."""
    assert " 7\n" == changed(TEXT, {(): 7})


def test_no_way_leads_there() -> None:
    """What is to be added needs something to be added to."""
    with pytest.raises(KeyError):
        changed(TEXT, {("x", "y"): 1})


def test_items_are_left_out() -> None:
    """Those that stay are as they were written."""
    assert TEXT.replace('[ 1e5 , {"c":"\\u732b"} ]', "[1e5]") == without(TEXT, ("b",), [1])


@pytest.mark.slow
@UNHURRIED
@given(st.dictionaries(st.text(), VALUES), st.dictionaries(st.text(), VALUES))
def test_any_change_is_what_was_meant(old: dict[str, Any], new: dict[str, Any]) -> None:
    """Whatever is changed or added, it is read back so, and the rest as well."""
    text = json.dumps({"x": old})

    made = changed(text, {("x", key): value for key, value in new.items()})

    assert {"x": {**old, **new}} == read(made)
