"""Books of lore in character cards, and all the lore of a card on one shelf."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from persona.card import load
from persona.lore import DEAREST
from persona.lore_book import entries
from persona.lore_entry import DEEPEST, FOREVER, Condition, Entry, Logic
from persona.lore_shelf import shelf

CARD = load(Path(__file__).parent.parent / "personas" / "kokoro")
EXAM = {
    "keys": ["exam"],
    "secondary_keys": [],
    "selective": False,
    "content": "Finals are in June.",
    "extensions": {},
    "enabled": True,
    "insertion_order": 10,
    "case_sensitive": False,
    "constant": False,
    "position": "before_char",
    "priority": 5,
    "id": 1,
    "name": "exam",
    "comment": "",
}
READ = Entry("exam", "Finals are in June.", ("exam",), priority=5, order=10)


def read(raw: Mapping[str, object], book: Mapping[str, object] | None = None) -> Entry | None:
    """What one *raw* entry is read as; nothing in it may be wrong."""
    mistakes: list[str] = []
    (found,) = entries([raw], mistakes.append, book or {}) or (None,)
    assert mistakes == []
    return found


def test_a_plain_entry() -> None:
    """An entry of version 2 is read field by field."""
    assert READ == read(EXAM)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"enabled": False}, None),
        ({"content": " \n"}, None),
        ({"content": 3}, None),
        ({"keys": []}, None),
        ({"keys": "exam"}, None),
        ({"keys": [1, " ", "exam"]}, READ),
        ({"keys": [], "constant": True}, replace(READ, keys=(), always=True)),
        ({"keys": ["exam", "期末\n考试"]}, replace(READ, keys=("exam", "期末 考试"))),
        ({"case_sensitive": True}, replace(READ, cased=True)),
        ({"extensions": {"case_sensitive": True}}, replace(READ, cased=True)),
        ({"extensions": {"match_whole_words": False}}, replace(READ, loose=True)),
        ({"extensions": {"scan_depth": 9}}, replace(READ, depth=9)),
        ({"extensions": {"scan_depth": 0}}, replace(READ, depth=1)),
        ({"extensions": {"sticky": 5, "cooldown": 2}}, replace(READ, sticky=3, cooldown=1)),
        ({"extensions": {"delay": 4}}, replace(READ, after=2)),
        ({"extensions": {"exclude_recursion": True}}, replace(READ, called=False)),
        ({"extensions": None}, READ),
        ({"priority": None}, replace(READ, priority=10)),
        ({"priority": True}, replace(READ, priority=10)),
        ({"priority": float("nan")}, replace(READ, priority=10)),
        ({"priority": float("inf")}, replace(READ, priority=FOREVER)),
        ({"insertion_order": "x", "priority": 1.0}, replace(READ, priority=1, order=100)),
        ({"secondary_keys": ["x"]}, READ),
        ({"name": "", "comment": "finals "}, replace(READ, name="finals")),
        ({"name": None}, READ),
    ],
)
def test_fields(change: Mapping[str, object], expected: Entry | None) -> None:
    """Each field means what cards mean by it; what cannot be meant is as if it were not there."""
    assert expected == read({**EXAM, **change})


def test_an_entry_without_any_name() -> None:
    """What is called nothing is called entry."""
    assert replace(READ, name="entry", keys=(), always=True) == read(
        {**EXAM, "name": "", "keys": [], "constant": True}
    )


@pytest.mark.parametrize(
    ("number", "logic"),
    [(0, "any"), (1, "not all"), (2, "not any"), (3, "all"), (7, "any"), (None, "any")],
)
def test_selective_logic(number: int | None, logic: Logic) -> None:
    """Second keys decide by the number of their logic."""
    raw = {"selective": True, "secondary_keys": ["x"], "extensions": {"selectiveLogic": number}}

    found = read({**EXAM, **raw})

    assert replace(READ, conditions=(Condition(logic, ("x",)),)) == found


def test_a_book_speaks_for_its_entries() -> None:
    """Scan depth and recursion of the book hold where an entry says nothing else."""
    book = {"scan_depth": 2, "recursive_scanning": True}
    quiet = {**EXAM, "extensions": {"prevent_recursion": True}}

    found = [read(EXAM, book), read(quiet, book)]

    assert [replace(READ, depth=2, recursion=DEEPEST), replace(READ, depth=2)] == found


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("exam", "exam"),
        ("Mr. Fox", "Mr. Fox"),
        ("cats?", "/cats?/i"),
        ("a/b+", "/a\\/b+/i"),
        ("/x/s", "/x/s"),
        ("C++", "C++"),
    ],
)
def test_patterns_without_slashes(key: str, expected: str) -> None:
    """Where a card says that keys are patterns, those that are more than words are."""
    found = read({**EXAM, "keys": [key], "use_regex": True})

    assert replace(READ, keys=(expected,)) == found


@pytest.mark.parametrize(
    ("decorators", "expected"),
    [
        ("@@depth 4\n@@role system\n@@position x", READ),
        ("@@activate", replace(READ, always=True)),
        ("@@constant", replace(READ, always=True)),
        ("@@dont_activate", None),
        ("@@keep_activate_after_match", replace(READ, sticky=FOREVER)),
        ("@@dont_activate_after_match", replace(READ, cooldown=FOREVER)),
        ("@@activate_only_after 5", replace(READ, after=5)),
        ("@@activate_only_after x", READ),
        ("@@scan_depth 7", replace(READ, depth=7)),
        ("@@scan_depth 0", READ),
        ("@@additional_keys x, y", replace(READ, conditions=(Condition("any", ("x", "y")),))),
        ("@@exclude_keys x", replace(READ, conditions=(Condition("not any", ("x",)),))),
        ("@@exclude_keys ,", READ),
        ("@@ignore_on_max_context", replace(READ, priority=-FOREVER)),
        ("@@unheard_of 3\n@@@scan_depth 2", replace(READ, depth=2)),
    ],
)
def test_decorators(decorators: str, expected: Entry | None) -> None:
    """Decorators of version 3 never reach the text, and those we know are heeded."""
    assert expected == read({**EXAM, "content": f"{decorators}\nFinals are in June."})


def test_what_is_wrong_is_left_out() -> None:
    """A pattern that is too slow costs its key or its entry, and is said in one line."""
    mistakes: list[str] = []
    raws = [
        {**EXAM, "keys": ["/(a+)+/", "exam"]},
        {**EXAM, "keys": ["(a+)+"], "use_regex": True},
        EXAM,
    ]

    found = entries(raws, mistakes.append)

    assert [READ, replace(READ, name="exam 3")] == list(found)
    assert ["lore 'exam': the", "lore 'exam 2': th"] == [line[:17].rstrip() for line in mistakes]


def test_conditions_are_patterns_too() -> None:
    """Keys added by a decorator are made ready like all others, or left out with a line."""
    mistakes: list[str] = []

    found = entries([{**EXAM, "content": "@@exclude_keys /(a+)+/, x\nText"}], mistakes.append)

    assert (Condition("not any", ("x",)),) == found[0].conditions
    assert 1 == len(mistakes)


def test_a_shelf() -> None:
    """A card's lore is its book and its files; mistakes are lines, and the rest goes on."""
    files = {"lore/猫.md": "keys: 猫\n\nText", "lore/bad.md": "kees: x\n\nText"}
    card = replace(CARD, book=(EXAM,), lore=MappingProxyType(files))

    found = shelf(card)

    assert [READ, Entry("猫", "Text", ("猫",))] == list(found.lore.entries)
    assert ("lore/bad.md, line 1: unknown header 'kees'; did you mean 'keys'?",) == found.mistakes


def test_a_shelf_is_read_once() -> None:
    """The same card has the same lore, and another card its own."""
    card = replace(CARD, book=(EXAM,))

    assert shelf(card) is shelf(replace(card, profile="x"))
    assert shelf(card) is not shelf(replace(CARD, book=(dict(EXAM),)))
    assert () == shelf(CARD).lore.entries


def test_a_shelf_has_bounds() -> None:
    """What is never told for its size, and patterns too slow together, are named."""
    slow = {f"lore/s{n:02}.md": f"keys: /x.*{n:02}.*z/\nnot: y, /a/\n\nText" for n in range(9)}
    large = {"lore/t.md": "keys: x\n\n" + "word " * 600}
    page = {f"lore/p{n}.md": "always: true\n\n" + "word " * 700 for n in range(2)}
    card = replace(CARD, lore=MappingProxyType({**slow, **large, **page}))

    found = shelf(card)

    assert 0 < DEAREST < 9 * 5000
    assert [
        "lore 't' has about 1000 tokens, and 800 are told at most; split it",
        "lore 's07': its patterns are too slow beside all others",
        "lore 's08': its patterns are too slow beside all others",
        "lore 'p1' finds no room: what is always known has 2000 tokens in all",
    ] == list(found.mistakes)
    assert 10 == len(found.lore.entries)


def test_a_shelf_knows_itself() -> None:
    """The memory of shelves is asked by cards alone."""
    assert shelf(CARD) == shelf(CARD)
