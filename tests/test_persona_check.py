"""`anima persona check`: what a folder holds, its mistakes by file and line, and what it lacks."""

import io
from pathlib import Path

import pytest

from persona.card import load
from service.persona_check import check
from service.persona_hints import count
from tests.cards import dumped

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


def test_all_mistakes_are_told(tmp_path: Path) -> None:
    """Not only the first one: every file is looked at, lore included."""
    folder(tmp_path, BARE.replace("name =", "nam =") + 'fr = "Salut."\n[sorry.server]\nenn = 3\n')
    (tmp_path / "profile.md").write_text(" ")
    (tmp_path / "lore").mkdir()
    (tmp_path / "lore" / "cat.md").write_text("keyz: cat\n\nCats.")
    (tmp_path / "lore" / "dog.md").write_text("keys: dog\n\nDogs.")

    code, lines = told(tmp_path)

    assert 1 == code
    for place in (
        "persona.toml, line 2: unknown key 'nam'; did you mean 'name'?",
        "persona.toml, line 8: 'sorry.server.enn'",
        "profile.md is empty",
        "lore/cat.md, line 1: unknown header 'keyz'",
    ):
        assert any(line.startswith(f"WRONG {tmp_path}/{place}") for line in lines), place
    assert not [line for line in lines if "dog" in line]


def test_a_mistake_in_lore_alone(tmp_path: Path) -> None:
    """A file of lore that cannot be read is a mistake though the persona lives without it."""
    folder(tmp_path)
    (tmp_path / "lore").mkdir()
    (tmp_path / "lore" / "cat.md").write_text("keyz: cat\n\nCats.")

    code, lines = told(tmp_path)

    assert (1, 1) == (code, len(lines))
    assert lines[0].startswith(f"WRONG {tmp_path}/lore/cat.md, line 1: unknown header 'keyz'")


def test_a_card_is_checked_as_well(tmp_path: Path) -> None:
    """A character card is told like a folder: what it is, or what is wrong."""
    (tmp_path / "a.json").write_bytes(dumped(description="A cat.", first_mes="x" * 700))
    (tmp_path / "b.json").write_bytes(dumped(description=7, scenario=7))

    good, bad = told(tmp_path / "a.json"), told(tmp_path / "b.json")

    assert (0, 1, 2) == (good[0], bad[0], len(bad[1]))
    assert "depth: a sketch" in good[1][0]
    assert any("[greeting] 'en' has 700 characters" in line for line in good[1])


def test_one_exchange_is_not_enough(tmp_path: Path) -> None:
    """A single exchange may be chance; a heavy page without a brief form is told."""
    heavy = "# Where I stop\n" + "A long habit of talk. " * 900
    _, lines = told(folder(tmp_path, profile=heavy, examples="- Hello you\n- What is it?\n"))

    assert [line for line in lines if "examples.md has one exchange in 'en'" in line]
    assert [line for line in lines if "brief.md is missing" in line]
