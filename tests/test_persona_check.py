"""`anima persona check`: what a folder holds, its mistakes by file and line, and what it lacks."""

import io
from pathlib import Path

import pytest

from persona.card import load
from service.persona_check import check, count

ROOT = Path(__file__).parent.parent
BARE = """
name = "Bo"
languages = ["en", "zh"]
[greeting]
en = "Hello."
"""


def folder(place: Path, toml: str = BARE, profile: str = "Quiet.", examples: str = "") -> Path:
    """A persona's folder in *place*."""
    (place / "persona.toml").write_text(toml, encoding="utf-8")
    (place / "profile.md").write_text(profile, encoding="utf-8")
    if examples:
        (place / "examples.md").write_text(examples, encoding="utf-8")
    return place


def told(path: Path) -> tuple[int, list[str]]:
    """The exit code, and the lines."""
    write = io.StringIO()
    return check(path, write), write.getvalue().splitlines()


@pytest.mark.parametrize("name", ["kokoro", "harrow"])
def test_those_that_are_shipped_are_deep(name: str) -> None:
    """Name, languages, size and revision in one line, and nothing that would make them deeper."""
    code, lines = told(Path("personas") / name)

    card = load(ROOT / "personas" / name)
    assert 0 == code
    assert 1 == len(lines), lines
    assert lines[0].startswith(f"ok    {card.name}, languages: {', '.join(card.languages)}, ")
    assert f"revision: {card.revision}" in lines[0]


def test_a_bare_one_works_and_gets_hints(tmp_path: Path) -> None:
    """Each thing that is missing is a line; the persona can be used all the same."""
    code, lines = told(folder(tmp_path))

    hints = "\n".join(lines[1:])
    assert 0 == code
    assert all(line.startswith("hint  ") for line in lines[1:])
    for lack in (
        "profile.md has about 1 words",
        "no section on where it stops",
        "examples.md is missing",
        "[manners] has no 'en'",
        "[manners] has no 'zh'",
        "[greeting] has no 'zh'",
        "[names] has no 'zh'",
    ):
        assert lack in hints


def test_examples_in_one_language_are_not_enough(tmp_path: Path) -> None:
    """The language without an example is named, the other is not."""
    _, lines = told(folder(tmp_path, examples="- Hello you\n- What is it that you want?\n"))

    assert [line for line in lines if "examples.md has no line in 'zh'" in line]
    assert not [line for line in lines if "examples.md has no line in 'en'" in line]


def test_a_heavy_page_is_a_hint(tmp_path: Path) -> None:
    """What goes out with every turn should be short."""
    _, lines = told(folder(tmp_path, profile="# Where I stop\n" + "A long habit of talk. " * 900))

    assert [line for line in lines if "tokens, sent with every turn" in line]
    assert not [line for line in lines if "where it stops" in line]


@pytest.mark.parametrize(
    ("toml", "place"),
    [
        (BARE.replace("[greeting]", "[greetin]"), "persona.toml, line 4: unknown key 'greetin'"),
        (BARE.replace('"Bo"', '""'), "persona.toml, line 2: 'name'"),
        ("name = [", "persona.toml: not TOML"),
    ],
)
def test_a_mistake_is_a_line_with_its_place(tmp_path: Path, toml: str, place: str) -> None:
    """File, line and what would be right; the exit code says that it cannot be used."""
    code, lines = told(folder(tmp_path, toml))

    assert 1 == code
    assert lines[0].startswith("WRONG ")
    assert place in lines[0]


def test_a_profile_that_is_missing_is_told(tmp_path: Path) -> None:
    """The file is named."""
    folder(tmp_path)
    (tmp_path / "profile.md").unlink()

    code, lines = told(tmp_path)

    assert 1 == code
    assert "profile.md is missing" in lines[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("one two - three", 3), ("今天好累啊", 2), ("hello 世界", 2)],
)
def test_words_are_counted_in_any_script(text: str, words: int) -> None:
    """Marks are no words, and a few characters are one."""
    assert words == count(text)
