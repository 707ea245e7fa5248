"""The filter that takes calls out of speech, in every dress and at every cut."""

import random
import timeit
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anima.model import Call
from persona.calls import LONGEST, Calls, understood
from persona.tools import TOOLS
from tests.calls_examples import PLAIN, SPEECH, TEXT, VENDORS
from tests.persona_fakes import UNHURRIED

ALL = tuple(TOOLS.values())
DRESSES = PLAIN | VENDORS


def filtered(text: str, size: int) -> tuple[str, list[Call]]:
    calls = Calls()
    said = "".join(calls.feed(text[at : at + size]) for at in range(0, len(text), size))
    return said + calls.close(), calls.calls


def test_a_brace_lost_in_a_fence() -> None:
    """A fence and the inside of a call, whose brace was forgotten, are a call all the same."""
    said, calls = filtered('```json\n"tool": "remember", "text": "Bo likes tea"}\n```', 1)

    assert ("", 1) == (said.strip(), len(calls))


@pytest.mark.parametrize("dressed", DRESSES.values(), ids=DRESSES)
@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 999])
def test_a_call_in_every_dress(dressed: str, size: int) -> None:
    """A call is hidden and understood, and what stands around it is said, at every cut."""
    said, calls = filtered(f"Okay.\n{dressed}\nSee you!", size)

    assert ["Okay.", "See", "you!"] == said.split()
    assert [("remember", {"text": TEXT})] == [understood(call, ALL) for call in calls]


@pytest.mark.parametrize("dressed", DRESSES.values(), ids=DRESSES)
@pytest.mark.parametrize("before", ["", "Okay. "])
def test_a_call_ends_the_answer(dressed: str, before: str) -> None:
    """A call with nothing behind it is found, also when words stand on its line."""
    said, calls = filtered(before + dressed, 4)

    assert before.strip() == said.strip()
    assert [("remember", {"text": TEXT})] == [understood(call, ALL) for call in calls]


@pytest.mark.parametrize("text", SPEECH)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 999])
def test_speech_that_looks_like_a_call(text: str, size: int) -> None:
    """What only looks like a call is said whole, in order, and asks for nothing."""
    said, calls = filtered(text, size)

    assert (text, []) == (said, calls)


@pytest.mark.slow
@UNHURRIED
@given(st.lists(st.sampled_from([*SPEECH, *DRESSES.values(), "\n", " ", "}", "x"]), max_size=5))
def test_any_mixture_at_any_cut(parts: list[str]) -> None:
    """Whatever stands beside whatever, the cut of the stream changes nothing."""
    text = "\n".join(parts)

    assert filtered(text, 10_000) == filtered(text, 1) == filtered(text, 7)


@UNHURRIED
@given(st.text("{}[]<>`\"'tol_ca:,\n nme/=()|"))
def test_noise_is_never_refused(text: str) -> None:
    """No text whatever makes the filter fail, and each cut of it says the same."""
    assert filtered(text, 10_000) == filtered(text, 1)


@pytest.mark.slow
@UNHURRIED
@given(st.sampled_from(sorted(PLAIN)), st.randoms(use_true_random=False))
def test_a_damaged_call_is_never_said(dress: str, chance: random.Random) -> None:
    """A call with one sign lost or doubled is repaired or dropped, and none of it is said."""
    whole = PLAIN[dress]
    at = chance.randrange(len(whole))
    damaged = whole[:at] + chance.choice(["", whole[at] * 2]) + whole[at + 1 :]

    said, calls = filtered(f"Okay.\n{damaged}\n\nBye.", 5)

    assert TEXT not in said
    assert "remember" not in said
    assert said.startswith("Okay.")
    meant = [understood(call, ALL) for call in calls]
    assert all(one is None or one[0] == "remember" for one in meant)


@pytest.mark.parametrize(
    "torn",
    [
        '{"tool": "remember", "text": "Bo likes tea"',
        '{"tool": "remember", "text": "Bo likes tea',
        '{"tool": "remember", "text": "Bo likes tea}',
        '<tool_call>{"name": "remember", "arguments": {"text": "Bo likes tea"',
        "<function=remember><parameter=text>Bo likes tea",
        '"tool": "remember", "text": "Bo likes tea"}',
        "'tool': 'remember', 'text': 'Bo likes tea'}",
    ],
)
def test_a_call_without_an_end(torn: str) -> None:
    """A call that is cut off, or begins too late, is understood as far as it got."""
    said, calls = filtered(torn, 3)

    assert not said
    assert [("remember", {"text": TEXT})] == [understood(call, ALL) for call in calls]


@pytest.mark.parametrize(
    "broken",
    [
        '<tool_call>\nname remember, arguments "Bo likes tea"\n</tool_call>',
        '<tool_call>x"name": "remember", "arguments": "Bo likes tea"}',
        '[TOOL_CALLS] [x"name": "remember", "arguments": "Bo likes tea"}]',
        '{"to;ol"; "remember"; "Bo likes tea"',
        '{tool; "remember", "Bo likes tea"}',
        "</tool_call>",
        "<tool_call>",
        "<tool_call>name remember" + ', arguments "Bo likes tea"' * 9,
        "<tool_call",
        "<tool_call>{}</tool_call>",
        '<tool_call>{"a": 1}</tool_call>',
        '<invoke name="',
    ],
)
def test_what_is_beyond_repair_is_dropped(broken: str) -> None:
    """A call of which nothing can be made is neither said nor done."""
    said, calls = filtered(f"Okay.\n{broken}", 2)

    assert "Okay." == said.strip()
    assert [] == [call for call in calls if understood(call, ALL)]


def test_several_calls() -> None:
    """A list brings all of its calls, and so do several one after the other."""
    listed = '[{"tool": "recall", "query": "tea"}, {"tool": "silence"}]'
    rows = '{"tool": "recall", "query": "cat"},\n{"tool": "silence"}'
    python = '[recall(query="dog"), silence()]'

    said, calls = filtered(f"{listed}\n{rows}\n{python}", 6)

    assert not said.strip()
    assert ["recall", "silence"] * 3 == [call.name for call in calls]


@pytest.mark.parametrize(
    "quiet",
    [
        '{"tool": "silence"}',
        '{"silence": {}}',
        "<tool_call>silence</tool_call>",
        "[silence()]",
        '[{"tool": "silence"}, 1]',
        "<tool_call>\nsilence",
        "<function=silence></function>",
        '<invoke name="silence"></invoke>',
    ],
)
def test_a_call_without_arguments(quiet: str) -> None:
    """A tool that takes nothing needs nothing."""
    said, calls = filtered(quiet, 1)

    assert not said
    assert [("silence", {})] == [understood(call, ALL) for call in calls]


def test_an_unknown_tool_in_a_vendors_marks() -> None:
    """What a model calls by its own marks is hidden, though nobody has such a tool."""
    text = '<tool_call>{"name": "weather", "arguments": {"city": "Rome"}}</tool_call>'

    said, calls = filtered(text + "<tool_call><function=weather><parameter=a>b</parameter>", 5)

    assert not said
    assert [] == [call for call in calls if understood(call, ALL)]


def test_speech_streams_at_once() -> None:
    """Nothing is held back but what may begin a call, and no longer than that is so."""
    calls = Calls()

    said = [calls.feed(delta) for delta in ("Hel", "lo <", "3 you {", "x", "} [1", "] `a", " b` ")]

    assert ["Hel", "lo ", "<3 you ", "", "{x} [1", "] ", "`a b` "] == said


def test_what_never_becomes_a_call_is_said() -> None:
    """After some four thousand characters the opening of a call was none."""
    text = '{"tool": "remember", "text": "' + "tea, and " * 600
    calls = Calls()

    said = [calls.feed(text[at : at + 9]) for at in range(0, len(text), 9)]

    held = next(at for at, piece in enumerate(said) if piece) * 9
    assert LONGEST - 9 < held <= LONGEST + 9
    assert text == "".join([*said, calls.close()])


def test_a_long_text_at_once_is_said() -> None:
    """The same holds when all of it comes in one piece."""
    text = '{"tool": "remember", "text": "' + "tea, and " * 600

    assert text == Calls().feed(text)


def test_what_was_a_thought_is_forgotten() -> None:
    """Who thinks of a tool, and is known as thinking too late, has asked for nothing."""
    calls = Calls()
    calls.feed('I could {"tool": "silence"} but {"to')

    calls.drop()

    assert ("hello", []) == (calls.feed("hello") + calls.close(), calls.calls)


def test_plain_speech_costs_nothing() -> None:
    """Speech without a sign of a call takes some microseconds a delta at most."""
    calls = Calls()
    deltas = ["hello ", "there, ", "how are you?\n", "你好，"] * 2500

    def feed() -> None:
        for delta in deltas:
            calls.feed(delta)

    seconds = min(timeit.repeat(feed, timer=process_time, number=1, repeat=3))

    assert 20e-6 > seconds / len(deltas)
