"""What comes to mind: keys in three languages, conditions, depth, time, calls and budgets."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anima.errors import ConfigError
from anima.model import Line
from persona.lore import PAGE_TOKENS, Lore
from persona.lore_entry import Condition, Entry, Logic
from persona.lore_keys import Spoken, key
from persona.lore_told import told
from persona.tokens import estimate
from tests.persona_fakes import BO, UNHURRIED, heard, ours, scene, theirs


def entry(name: str, *keys: str, **more: Any) -> Entry:
    return replace(Entry(name, f"text of {name}", keys), **more)


def minded(entries: Sequence[Entry], *said: str, lines: Sequence[Line] = ()) -> list[str]:
    """The names of what comes to mind when this was *said* after *lines*."""
    return [one.name for one in Lore(tuple(entries)).recall(lines, [heard(text) for text in said])]


def turns(*texts: str) -> list[Line]:
    """A talk in which each of *texts* was answered."""
    return list(chain.from_iterable((theirs(text), ours("Hm.")) for text in texts))


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("猫", "我家小猫咪很乖"),
        ("ねこ", "こねこが好き"),
        ("龙之谷", "去龙之谷吧"),
        ("cat", "the Cat."),
        ("cat", "我的cat很乖"),
        ("cat", "cat's"),
        ("CAT", "ｃａｔ"),
        ("ネコ", "ﾈｺ"),
        ("ice  cream", "Ice cream!"),
        ("T恤", "我的t恤呢"),
        ("C++", "I like c++20"),
        ("Straße", "STRASSE"),
        ("кот", "Кот спит"),
        ("고양이", "고양이가 좋아"),
        ("/dra+gon/i", "DRAAGON"),
    ],
)
def test_a_key_is_found(written: str, text: str) -> None:
    """Chinese, Japanese and Korean keys are parts of what is said, others are whole words."""
    assert ["a"] == minded([entry("a", written)], text)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("cat", "concatenate"),
        ("cat", "cats"),
        ("cat", "a_cat"),
        ("кот", "который"),
        ("T恤", "xT恤"),
        ("猫", "犬"),
        ("été", "étés"),
    ],
)
def test_a_key_is_not_found(written: str, text: str) -> None:
    """A word of a script with spaces is no part of another word."""
    assert [] == minded([entry("a", written)], text)


def test_case_and_bounds() -> None:
    """Case counts only where it is wanted, and loose keys stand anywhere."""
    entries = [entry("cased", "Cat", cased=True), entry("loose", "cat", loose=True)]

    found = [minded(entries, text) for text in ("Cat", "cat", "concat")]

    assert [["cased", "loose"], ["loose"], ["loose"]] == found


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        ("any", [False, True, True, True]),
        ("all", [False, False, False, True]),
        ("not any", [True, False, False, False]),
        ("not all", [True, True, True, False]),
    ],
)
def test_conditions(logic: Logic, expected: list[bool]) -> None:
    """Further keys decide by each of the four logics, and never without a first key."""
    entries = [entry("a", "k", conditions=(Condition(logic, ("x", "y")),))]

    found = [minded(entries, text) for text in ("k", "k x", "k y", "k y x", "x y")]

    assert [*(["a"] if one else [] for one in expected), []] == found


def test_depth() -> None:
    """A key counts in the last messages alone; what one speaker says in a row is one message."""
    entries = [entry("four", "cat"), entry("two", "cat", depth=2), entry("all", "cat", depth=99)]
    long_ago, lately = turns("cat", "x", "y"), turns("cat")
    burst = [theirs("cat", BO), *(theirs(f"line {n}", BO) for n in range(9))]

    found = [minded(entries, "now", lines=lines) for lines in (long_ago, lately, burst)]

    assert [["all"], ["all", "four"], ["all", "four", "two"]] == found


def test_our_own_words_count() -> None:
    """What we said ourselves may bring something to mind, too."""
    assert ["a"] == minded([entry("a", "cat")], "who?", lines=[ours("The cat did it.")])


def held(one: Entry, *said: str) -> list[bool]:
    """Turn by turn, whether *one* is in mind when each of *said* is answered."""
    return [bool(minded([one], text, lines=turns(*said[:at]))) for at, text in enumerate(said)]


def test_sticky() -> None:
    """An entry that came stays for so many turns, whatever is said, and may then come anew."""
    one = entry("a", "cat", depth=1, sticky=2)

    found = held(one, "x", "cat", "x", "x", "x", "cat", "cat", "x", "x", "x")

    assert [False, True, True, True, False, True, True, True, False, False] == found


def test_cooldown() -> None:
    """An entry that has gone is away for so many turns, even if its key is said."""
    one = entry("a", "cat", depth=1, cooldown=2)

    found = held(one, "cat", "cat", "cat", "cat", "x", "x", "cat")

    assert [True, False, False, True, False, False, True] == found


def test_sticky_and_then_cooldown() -> None:
    """It cools down from when it has gone."""
    one = entry("a", "cat", depth=1, sticky=1, cooldown=1)

    found = held(one, "cat", "x", "cat", "cat", "x")

    assert [True, True, False, True, True] == found


def test_after() -> None:
    """An entry may wait for so many answers of ours."""
    one = entry("a", "cat", after=2)

    found = held(one, "cat", "cat", "cat")

    assert [False, False, True] == found
    assert ["a"] == minded([one], "cat", lines=[ours("Hello!"), *turns("x")])


@pytest.mark.slow
@UNHURRIED
@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from(["cat", "x"])), max_size=40),
    st.integers(0, 4),
    st.integers(0, 4),
)
def test_the_same_lines_bring_the_same(
    said: list[tuple[bool, str]], sticky: int, cooldown: int
) -> None:
    """What comes to mind hangs on the lines alone, however often it is asked for."""
    lore = Lore((entry("a", "cat", sticky=sticky, cooldown=cooldown),))
    lines = [(ours if own else theirs)(text) for own, text in said]

    first = lore.recall(lines, [heard("x")])
    lore.recall(lines[:5], [heard("cat")])

    assert first == lore.recall(lines, [heard("x")])


def test_lore_calls_no_lore() -> None:
    """The text of an entry brings nothing else to mind where it does not ask for it."""
    assert ["cat"] == minded([entry("cat", "cat", text="a dog"), entry("dog", "dog")], "cat")


def chain_of(length: int, recursion: int) -> list[Entry]:
    """Entries of which each calls the next, the first one so many steps deep."""
    names = "abcdefgh"[:length]
    entries = [entry(name, name, text=chr(ord(name) + 1)) for name in names]
    return [replace(entries[0], recursion=recursion), *entries[1:]]


@pytest.mark.parametrize(("recursion", "expected"), [(0, "a"), (1, "ab"), (2, "abc"), (3, "abcd")])
def test_recursion_is_bounded(recursion: int, expected: str) -> None:
    """Lore calls up lore only as many steps deep as it asks for."""
    assert list(expected) == minded(chain_of(8, recursion), "a")


def test_recursion_ends() -> None:
    """Lore that calls itself, or each other, or everything, ends after three steps."""
    own = entry("own", "own", text="own other", recursion=3)
    other = entry("other", "other", text="own other", recursion=3)
    deep = [replace(one, recursion=3) for one in chain_of(8, 3)]

    found = [minded([own, other], "own"), minded(deep, "a")]

    assert [["own", "other"], list("abcd")] == found


def test_what_may_be_called() -> None:
    """Conditions and rest hold for what is called as well, and some are never called."""
    caller = entry("caller", "cat", text="a dog and a cow", recursion=1)
    called = entry("dog", "dog")
    never = entry("never", "dog", called=False)
    unmet = entry("unmet", "dog", conditions=(Condition("not any", ("cow",)),))
    resting = entry("resting", "dog", cooldown=5)
    lines = [theirs("my dog"), ours("Nice."), *turns("x", "y", "z")]

    found = minded([caller, called, never, unmet, resting], "cat", lines=lines)

    assert ["caller", "dog"] == found


def test_what_is_always_known() -> None:
    """It never comes to mind, for it stands on the page; its text may call others."""
    lore = Lore(
        (
            entry("z", always=True, order=1),
            entry("a", always=True, text="dog", recursion=1),
            entry("dog", "dog"),
        )
    )

    found = lore.recall([], [heard("hi")])

    assert (["z", "a"], ["dog"]) == ([e.name for e in lore.always], [e.name for e in found])


def test_a_page_has_an_end() -> None:
    """Where more is always known than a page holds, the important ones stand there, in order."""
    big = "abc" * (PAGE_TOKENS * 2 // 5)
    entries = [entry(name, always=True, text=big, priority=n) for n, name in enumerate("abc")]

    always = Lore(tuple(entries)).always

    assert ["b", "c"] == [one.name for one in always]


def test_the_most_important_first() -> None:
    """What comes to mind is ranked by priority, and then stands as its authors order it."""
    entries = [entry("a", "k", priority=1), entry("b", "k", priority=9), entry("c", "k", order=1)]

    told_now = told(Lore(tuple(entries)), scene(heard("k")), 4000, few=False)

    assert ["b", "a", "c"] == [one.name for one in told_now.entries]
    assert ["text of c", "text of a", "text of b"] == re.findall("text of .", told_now.text)


@pytest.mark.parametrize("room", [-50, 0, 60, 200, 500, 4000])
def test_the_budget(room: int) -> None:
    """Lore takes at most a quarter of what is left for talk, and never over its own limit."""
    entries = [entry(f"e{n:02}", "k", text=f"{n} " + "猫" * 40, priority=n) for n in range(40)]

    told_now = told(Lore(tuple(entries)), scene(heard("k")), room, few=False)

    assert told_now.cost <= max(0, min(room // 4, 800))
    assert estimate(told_now.text) <= told_now.cost
    assert bool(told_now.entries) == (room >= 400)


def test_what_is_too_large_makes_room() -> None:
    """An entry that never fits does not keep out the next one."""
    entries = [entry("large", "k", text="word " * 2000, priority=9), entry("small", "k")]

    told_now = told(Lore(tuple(entries)), scene(heard("k")), 4000, few=False)

    assert ["small"] == [one.name for one in told_now.entries]


def test_few() -> None:
    """A small mind is told the two best, of all that it always knows as well."""
    entries = [entry(f"e{n}", "k", priority=n) for n in range(4)]
    always = entry("always", always=True, priority=8)

    told_now = told(Lore((*entries, always)), scene(heard("k")), 4000, few=True)

    assert ["always", "e3"] == [one.name for one in told_now.entries]


def test_no_lore() -> None:
    """Without entries, or with none that has keys, nothing is looked for."""
    lores = [Lore(), Lore((entry("a", always=True),))]

    assert [((), False), ((), False)] == [(one.recall([], []), one.triggered) for one in lores]


def test_patterns_have_a_price_together() -> None:
    """So many slow patterns that a turn would be late are refused together."""
    slow = [entry(f"e{n}", f"/x.*{n}.*z/") for n in range(9)]

    with pytest.raises(ConfigError, match="together would take too long"):
        Lore(tuple(slow))


def test_long_talk_is_looked_at_in_part() -> None:
    """Of huge messages the beginning counts, of very many the newest; patterns see less."""
    texts = ["cat old", *(f"{'x' * 1990} {n}" for n in range(40)), "cat" + " y" * 5000 + " dog"]
    spoken = Spoken(texts)

    found = [spoken.find(key(one)) for one in ("cat", "dog", "39", "0", "/x 39/", "/cat/")]

    newest = 1 << len(texts) - 1
    assert [newest, 0, newest >> 1, 0, 0, newest] == found


def test_every_message_with_a_key_is_found() -> None:
    """A key is found once in each message that holds it, bound words after unbound ones too."""
    spoken = Spoken(["cat cat", "dog", "concat cat", "concat", "cat"])

    assert 0b10101 == spoken.find(key("cat"))


def test_patterns_look_back_a_little() -> None:
    """A pattern is tried on the newest messages until it has seen enough."""
    spoken = Spoken(["fire", *["x" * 600] * 5, "fire"])

    assert 1 << 6 == spoken.find(key("/fire/"))
