"""The registry of tools, how a prompt tells of them, and what a call means."""

import pytest

from anima.model import Call, Tool
from persona.material import defuse
from persona.meant import understood
from persona.nearly import nearly
from persona.tokens import estimate
from persona.toolpage import page
from persona.tools import RECALL, REMEMBER, REMIND, SILENCE, TOOLS, offered

ALL = tuple(TOOLS.values())


def test_the_registry() -> None:
    """There are four tools, each with a purpose, and each under its own name."""
    assert ["remember", "recall", "remind", "silence"] == list(TOOLS)
    assert all(name == tool.name and tool.purpose for name, tool in TOOLS.items())


def test_silence_is_for_groups() -> None:
    """Nobody is met with silence in private; all else is offered everywhere."""
    assert ALL == offered(TOOLS, private=False)
    assert (REMEMBER, RECALL, REMIND) == offered(TOOLS, private=True)


def test_only_what_the_card_names_is_offered() -> None:
    """A card says what its persona can do; the order is the registry's."""
    assert (REMEMBER, REMIND) == offered(["remind", "remember"], private=False)
    assert () == offered([], private=False)


def test_the_page_is_short_and_stable() -> None:
    """The block for all tools costs few tokens, is the same each time, and holds no mark."""
    told = page(ALL)

    assert estimate(told) <= 120
    assert page(ALL) == told == defuse(told)
    assert all(f'{{"tool": "{name}"' in told for name in TOOLS)


def test_no_tools_no_page() -> None:
    """Without tools the prompt says nothing of them."""
    assert not page(())


def test_a_tool_of_somebody_elses() -> None:
    """A tool that the page has no example for is told by its purpose."""
    assert '{"tool": "wave"} move the hand' in page([Tool("wave", "move the hand")])


MEANT = {
    "as it should be": ("remember", '{"text": "x"}', ("remember", {"text": "x"})),
    "a slip in the name": ("rememer", '{"text": "x"}', ("remember", {"text": "x"})),
    "a namespace": ("functions.remember:0", '{"text": "x"}', ("remember", {"text": "x"})),
    "capitals": ("Remember", '{"text": " x "}', ("remember", {"text": "x"})),
    "a slip in the parameter": ("remember", '{"txt": "x"}', ("remember", {"text": "x"})),
    "another parameter": ("remember", '{"note": "x"}', ("remember", {"text": "x"})),
    "too many": ("remember", '{"text": "x", "why": "y"}', ("remember", {"text": "x"})),
    "two strange ones": ("remind", '{"a": "x", "b": "y"}', None),
    "one of two is strange": (
        "remind",
        '{"text": "x", "time": "in 2m"}',
        ("remind", {"text": "x", "when": "in 2m"}),
    ),
    "no time": ("remind", '{"text": "x"}', ("remind", {"text": "x"})),
    "no text": ("remind", '{"when": "in 2m", "text": ""}', None),
    "a bare text": ("remember", "Bo has a dog", ("remember", {"text": "Bo has a dog"})),
    "a bare quoted text": ("remember", '"Bo has a dog"', ("remember", {"text": "Bo has a dog"})),
    "nothing": ("remember", "", None),
    "nothing for one that takes nothing": ("silence", "", ("silence", {})),
    "something for one that takes nothing": ("silence", '{"why": "busy"}', ("silence", {})),
    "nonsense for one that takes nothing": ("silence", "null", ("silence", {})),
    "an unknown tool": ("weather", '{"city": "Rome"}', None),
    "no name": ("", '{"text": "x"}', None),
    "the page's own example": ("remember", '{"text": "Bo has a cat"}', None),
}


@pytest.mark.parametrize(("name", "arguments", "meant"), MEANT.values(), ids=MEANT)
def test_what_a_call_means(name: str, arguments: str, meant: object) -> None:
    """A call is fitted to the tool that was offered, or dropped."""
    assert meant == understood(Call(name, arguments), ALL)


def test_a_tool_that_was_not_offered() -> None:
    """Who is not offered a tool cannot use it."""
    assert understood(Call("silence", "{}"), (REMEMBER,)) is None
    assert ("silence", {}) == understood(Call("silence", "{}"), (SILENCE,))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("remember", "remember"),
        ("remembe", "remember"),
        ("rremember", "remember"),
        ("remxmber", "remember"),
        ("remembering", None),
        ("mind", None),
        ("", None),
        ("not", None),
    ],
)
def test_nearly(said: str, meant: str | None) -> None:
    """One slip of the pen is forgiven, in words that are long enough."""
    assert meant == nearly(said, ["remember", "recall", "no"])
