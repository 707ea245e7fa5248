"""Codes are read on one screen and typed on another, by people."""

import pytest

from memory import link_codes

CODE = "ABCD2345"


def test_a_code_has_no_letter_that_looks_like_another() -> None:
    """However many are made, each is of eight letters that cannot be mistaken, and its own."""
    codes = [link_codes.fresh() for _ in range(500)]

    assert {8} == {len(code) for code in codes}
    assert set() == set("".join(codes)) & set("01ILOU")
    assert 500 == len(set(codes))


def test_a_code_is_shown_in_two_groups() -> None:
    """As one reads it to oneself."""
    assert "ABCD-2345" == link_codes.shown(CODE)


@pytest.mark.parametrize(
    "text",
    [
        "ABCD2345",
        "abcd-2345",
        " AbCd 2345 ",
        "A B C D 2 3 4 5",
        "ＡＢＣＤ－２３４５",
        "ａｂｃｄ　２３４５",
        "ABCD–2345",
        "abcd\u00ad2345\u200b",
        "ABCD‑2345",
        "ABCD−2345",
    ],
)
def test_it_is_understood_however_it_was_typed(text: str) -> None:
    """In small letters, in wide ones, with any gap or dash."""
    assert CODE == link_codes.typed(text)


@pytest.mark.parametrize(
    "text",
    ["", "ABCD", "ABCD23456", "ABCD-234O", "ABCD-2340", "代码代码代码代码", "ABCD,2345", "/link"],
)
def test_what_is_no_code_is_none(text: str) -> None:
    """Too short, too long, or with a letter that no code has."""
    assert "" == link_codes.typed(text)


def test_what_is_kept_tells_only_who_knows_the_code() -> None:
    """With another salt it is another one."""
    one, other = link_codes.salted(), link_codes.salted()
    kept = link_codes.digest(one, CODE)

    assert link_codes.is_it(CODE, one, kept)
    assert not link_codes.is_it(CODE, other, kept)
    assert not link_codes.is_it("ABCD2346", one, kept)
    assert CODE not in kept
