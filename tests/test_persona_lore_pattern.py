"""Patterns among the keys of lore: what they find, what is refused, and that none keeps us busy."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anima.errors import ConfigError
from persona.lore_pattern import DEAREST, REACH, pattern, shaped
from tests.persona_fakes import UNHURRIED


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("/cat/", "a cat"),
        ("/CAT/i", "a cat"),
        (r"/\bcats?\b/", "我的cat很乖"),
        (r"/\Bcat/", "concat"),
        ("/猫|ねこ/", "ねこが好き"),
        ("/colou?r/", "color"),
        ("/a{3}/", "aaa"),
        ("/^a{2,}$/", "aaaa"),
        ("/^a{1,2}?b/", "ab"),
        ("/drag[oa]ns+/", "dragonsss"),
        ("/[^a-c]x/", "dx"),
        (r"/[\d-]+号/", "12-3号"),
        (r"/[a\]\-]x/", "]x"),
        ("/[a-]x/", "-x"),
        (r"/[\w-.]x/", "-x"),
        ("/[+--]x/", ",x"),
        ("/[[&&]x/", "&x"),
        (r"/[\u732b\x41]/", "猫"),
        (r"/\u{1F600}/", "😀"),
        (r"/\x2b\+\//", "++/"),
        ("/(?<name>fire) (?:and) (water)/", "fire and water"),
        ("/fire(?=fly)/", "firefly"),
        ("/(?<!no )dragon/", "a dragon"),
        ("/fire(?!fly)/", "fire."),
        ("/dragon.*fire.*x/", "dragon and fire and x"),
        ("/(?:fire|water)+/", "firewater"),
        ("/(?:|a)b/", "b"),
        ("/^b/m", "a\nb"),
        ("/a.b/s", "a\nb"),
        ("/a{/", "a{"),
        ("/g+/gu", "ggg"),
        (r"/\s\S\w\W\D\t?/", " xx!y"),
        ("{,}", "{,}"),
    ],
)
def test_what_a_pattern_finds(key: str, text: str) -> None:
    """A pattern finds what its author means, beside scripts without spaces too."""
    found = pattern(key).compiled.search(text)

    assert found is not None


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("/CAT/", "a cat"),
        (r"/\bcat\b/", "concat"),
        (r"/\Bcat/", "a cat"),
        ("/^b/", "a\nb"),
        (f"/a{{{REACH},}}b/", "b"),
        ("/a.*b/", "a" + "x" * (REACH + 1) + "b"),
    ],
)
def test_what_a_pattern_does_not_find(key: str, text: str) -> None:
    """Case counts without its flag, words have ends, and `*` has a reach."""
    found = pattern(key).compiled.search(text)

    assert found is None


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("/(a+)+$/", "several ways"),
        ("/(a|aa)+$/", "several ways"),
        ("/(?:a?b)*c/", "several ways"),
        ("/(.*)*x/", "several ways"),
        ("/(?:a{1,3}){2}/", "several ways"),
        ("/.*.*.*x/", "too long"),
        (r"/\w+\s*\w+\s*\w+!/", "too long"),
        ("/((x{100}){100}){100}/", "too long"),
        ("/a{101}/", "101 to 101"),
        ("/a{3,2}/", "3 to 2"),
        (f"/{'a' * 250}/", "over 200"),
        ("/(a/", "a ( without"),
        ("/a)/", "a ) too many"),
        ("/[a/", "a [ without"),
        ("/[a-/", "a [ without"),
        ("/[]/", "an empty []"),
        ("/*a/", "nothing before '*'"),
        ("/(a)\\1/", "a \\1 that we do not know"),
        (r"/\p{Han}/", "a \\p that"),
        ("\\", "a \\ that"),
        (r"/\u{FFFFFF}/", "no character"),
        (r"/[\cA]/", "a \\c that"),
        ("/(?i)a/", "a kind of group"),
        (f"/{'(' * 20}a{')' * 20}/", "too many inside"),
        ("/[z-a]/", "bad character range"),
        ("/(?<=a+)b/", "is broken"),
    ],
)
def test_what_is_refused(key: str, why: str) -> None:
    """What is broken, unknown or too slow is refused in one line that says why."""
    with pytest.raises(ConfigError, match=re.escape(why)) as caught:
        pattern(key)

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("/a/", True), ("/a/gi", True), ("/a/b/", False), ("/path/to", False), ("a/i", False)],
)
def test_what_looks_like_a_pattern(text: str, expected: bool) -> None:
    """A pattern stands between two slashes, and only flags are behind them."""
    assert expected == shaped(text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "key", ["x{0,40}x{0,40}z", ".*x.*z", "(?:x|y)*x*w", "(?:xx){0,40}x*y", "x*(?=x*z)"]
)
def test_the_dearest_patterns_end_soon(key: str) -> None:
    """The slowest pattern that we take needs far less than a second on its worst text."""
    compiled = pattern(f"/{key}/").compiled
    began = process_time()

    compiled.search("x" * 500)

    assert process_time() - began < 0.5


@UNHURRIED
@given(st.text(alphabet="ab.*+?|()[]{}^$\\dw,0123-", max_size=24), st.text("ab ", max_size=60))
def test_any_text_is_a_pattern_or_a_mistake(body: str, text: str) -> None:
    """Whatever stands between two slashes is taken at a price or refused; nothing else happens."""
    try:
        taken = pattern(f"/{body}/")
    except ConfigError:
        return
    taken.compiled.search(text)

    assert taken.cost <= DEAREST


def test_case_may_be_decided_from_outside() -> None:
    """A pattern ignores case where its entry does, whatever its flags say."""
    assert pattern("cat", cased=False).compiled.search("CAT")
