"""JSON as models write it, and what can be made of it."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.repair import arguments, flat, read, unpacked
from tests.persona_fakes import UNHURRIED

REPAIRED = {
    "sound": ('{"text": "x"}', {"text": "x"}),
    "single quotes": ("{'text': 'Bo's cat'}", {"text": "Bo's cat"}),
    "a comma too many": ('{"text": "x",}', {"text": "x"}),
    "no end": ('{"text": "x"', {"text": "x"}),
    "no end of the text": ('{"text": "x', {"text": "x"}),
    "no quote at the end": ('{"text": "x}', {"text": "x"}),
    "smart quotes and wide signs": (
        "{“text”：“你好”，“when”：“later”}",
        {"text": "你好", "when": "later"},
    ),
    "Japanese quotes": ("｛「text」：「猫」｝", {"text": "猫"}),
    "bare words": ('{text: "x", when: in 20m}', {"text": "x", "when": "in 20m"}),
    "quotes in a text": (
        '{"text": "he said "hi", then left", "n": 3}',
        {"text": 'he said "hi", then left', "n": "3"},
    ),
    "Python's words": ('{"a": True, "b": None, "c": 1.5}', {"a": "true", "c": "1.5"}),
    "a comment": ('{"text": "x" // so\n, # or\n "when": /* oh */ "y"}', {"text": "x", "when": "y"}),
    "words around it": ('Sure: {"text": "x"} ok', {"text": "x"}),
    "a quote of a key lost": ('{"text: "x", "when": "y"}', {"text": "x", "when": "y"}),
    "a quote of a value lost": ('{"text": "x, "when": "y"}', {"text": "x", "when": "y"}),
    "its first quote lost": ('{"text": x", "when": "y"}', {"text": "x", "when": "y"}),
    "a comma lost": ('{"text": "x" "when": "y"}', {"text": "x", "when": "y"}),
    "a colon lost": ('{"text" "x"}', {"text": "x"}),
    "a colon too many": ('{"text":: "x"}', {"text": "x"}),
    "the brace lost": ('"text": "x"}', {"text": "x"}),
    "another bracket": ('{"text": "x"]', {"text": "x"}),
    "wrapped": ('{"arguments": {"text": "x"}}', {"text": "x"}),
    "wrapped as a text": ('{"arguments": "{\\"text\\": \\"x\\"}"}', {"text": "x"}),
    "in a list": ('[{"text": "x"}]', {"text": "x"}),
    "in a list without an end": ('[{"text": "x"', {"text": "x"}),
    "escapes": ('{"text": "a\\u4f60\\n\\"b\\ud83d', {"text": 'a你\n"b�'}),
    "half a pair, soundly": ('{"text": "\\ud83d"}', {"text": "�"}),
    "a pair": ('{"text": "\\ud83d\\ude00"}', {"text": "😀"}),
    "a raw new line": ('{"text": "a\nb"}', {"text": "a\nb"}),
    "speech behind it": ('{"text": "x"\nGot it!', {"text": "x"}),
    "speech behind a lost quote": ('{"text": "x}\nGot it', {"text": "x"}),
    "a new paragraph": ('{"text": "x\n\nGot it', {"text": "x"}),
    "nested": ('{"when": {"in": 5}, "tags": ["a", 2]}', {"when": '{"in": 5}', "tags": "a, 2"}),
    "a broken list": ('{"tags": ["a", "b", c, }', {"tags": "a, b, c"}),
    "strange signs": ('{"text": "x", "~" ! "when": "y"}', {"text": 'x", "~" ! "when": "y'}),
    "strange words": ('{"a"; "b", "text": "x"}', {"text": "x"}),
    "a key without a value": ('{"text": "x", "when', {"text": "x"}),
    "a bare value without an end": ("{when: in 20m", {"when": "in 20m"}),
    "an empty value": ('{"text": , "when": "y"}', {"text": "", "when": "y"}),
    "a number too long": ('{"n": ' + "9" * 5000 + "}", {"n": "9" * 5000}),
    "empty": ("{}", {}),
    "only a brace": ("{", {}),
    "nothing": ("", None),
    "no object": ("nope", None),
    "a list of texts": ('["a"]', None),
    "far too deep": ('{"a":' * 30, None),
    "deeper than Python goes": ('{"a":' * 100_000, None),
}


@pytest.mark.parametrize(("text", "meant"), REPAIRED.values(), ids=REPAIRED)
def test_what_is_repaired(text: str, meant: object) -> None:
    """What can be understood is, as flat texts; what cannot is nothing."""
    assert meant == arguments(text)


ARGUMENTS = st.dictionaries(
    st.sampled_from(["text", "when", "query"]), st.text("ab 你好,:'!?\n", min_size=1), min_size=1
)


@pytest.mark.slow
@UNHURRIED
@given(ARGUMENTS)
def test_sound_json_is_read_as_it_is(given_: dict[str, str]) -> None:
    """What is JSON means what JSON says, escaped or not."""
    assert given_ == arguments(json.dumps(given_))
    assert given_ == arguments(json.dumps(given_, ensure_ascii=False))


@pytest.mark.slow
@UNHURRIED
@given(ARGUMENTS, st.randoms(use_true_random=False))
def test_damage_in_one_place(given_: dict[str, str], chance: random.Random) -> None:
    """One sign lost, doubled or changed: flat texts come out, or nothing; it never fails."""
    whole = json.dumps(given_, ensure_ascii=False)
    at = chance.randrange(len(whole))
    damaged = whole[:at] + chance.choice(["", whole[at] * 2, *'",:{}[]x\\']) + whole[at + 1 :]

    found = arguments(damaged)

    assert found is None or all(isinstance(value, str) for value in found.values())


@UNHURRIED
@given(st.text("{}[]\"'“：,:/*#\\ntx \n1-"))
def test_noise(text: str) -> None:
    """No text at all makes it fail, and what is read lies within it."""
    reading = read(text)

    assert reading is None or 0 <= reading.end <= len(text)


def test_where_it_ends() -> None:
    """Whoever reads on knows where the value was over, and whether it was."""
    whole, torn = read('x {"a": "b"} c', 2), read('{"a": "b')

    assert whole is not None
    assert torn is not None
    assert ((12, True), (8, False)) == ((whole.end, whole.whole), (torn.end, torn.whole))


def test_flat_keeps_what_is_no_wrapper() -> None:
    """An object of one member is only taken off where it is known to wrap."""
    assert {"text": '{"a": 1}'} == flat({"text": {"a": 1}})
    assert {"input": "x"} == flat({"input": "x"})


def test_unpacked() -> None:
    """A text that is an object becomes one; another stays."""
    assert {"a": 1} == unpacked(' {"a": 1}')
    assert "x" == unpacked("x")
    assert '{"a":' * 30 == unpacked('{"a":' * 30)
