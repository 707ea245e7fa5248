"""Reading a persona folder, and every mistake in one."""

import os
from pathlib import Path

import pytest

from anima.errors import ConfigError
from persona.card import load
from persona.character import character

SHIPPED = sorted(f.parent for f in (Path(__file__).parents[1] / "personas").glob("*/persona.toml"))
GOOD = 'name = "Ku"\nlanguages = ["en"]\n[greeting]\nen = "Hi"\n'


def folder(path: Path, toml: str | bytes = GOOD, profile: str | bytes = "Somebody.") -> Path:
    for name, content in (("persona.toml", toml), ("profile.md", profile)):
        (path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_shipped_personas_are_whole(path: Path) -> None:
    """A shipped persona greets, has manners and an address in English, Chinese and Japanese."""
    card = load(path)

    assert [["en", "ja", "zh"]] * 4 == [
        sorted(table) for table in (card.names, card.address, card.manners, card.greeting)
    ]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_shipped_personas_have_examples(path: Path) -> None:
    """A shipped persona has examples, a profile of some depth, and a revision."""
    card = load(path)

    depth = len(card.profile) + len(character(card))
    assert (True, True, 12) == (depth > 1500, bool(card.examples), len(card.revision))


def test_kokoro_says_sensei() -> None:
    """Kokoro's form of address is the published one."""
    card = load(SHIPPED[0].parent / "kokoro")

    assert {"en": "Sensei", "zh": "老师", "ja": "先生"} == dict(card.address)


def test_the_least_card(tmp_path: Path) -> None:
    """A name, a language, a greeting and a profile are enough."""
    card = load(folder(tmp_path))

    assert ("Ku", ("en",), ("Ku",), "Somebody.", "", {}) == (
        card.name,
        card.languages,
        card.called,
        card.profile,
        card.examples,
        dict(card.sorry["late"]),
    )


def test_brief_forms(tmp_path: Path) -> None:
    """A brief form of a language and one of none are read, an empty one is none."""
    folder(tmp_path, GOOD.replace('["en"]', '["en", "zh"]'))
    for name, text in (("brief.md", "Ku.\n"), ("brief.en.md", "Ku!"), ("brief.zh.md", "\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")

    assert {"": "Ku.", "en": "Ku!"} == dict(load(tmp_path).brief)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_shipped_personas_have_brief_forms(path: Path) -> None:
    """A shipped persona has a brief form in each of its languages."""
    card = load(path)

    assert set(card.languages) == set(card.brief)


def test_a_brief_form_in_a_strange_language(tmp_path: Path) -> None:
    """A brief form of a language that the persona does not speak is a mistake."""
    (folder(tmp_path) / "brief.fr.md").write_text("Ku.", encoding="utf-8")

    with pytest.raises(ConfigError, match=r"brief.fr.md is of no language .*: brief.en.md"):
        load(tmp_path)


def test_names_are_each_once(tmp_path: Path) -> None:
    """A persona goes by its name and by every alias, each once."""
    names = '[names]\nen = ["Ku", "Kay"]\n'

    card = load(folder(tmp_path, GOOD + names))

    assert ("Ku", "Kay") == card.called


def test_the_revision_follows_the_words(tmp_path: Path) -> None:
    """The revision is the same for the same words and another when any word changes."""
    first = load(folder(tmp_path)).revision
    same = load(folder(tmp_path)).revision
    revisions = []

    for name in ("examples.md", "brief.md"):
        (tmp_path / name).write_text("- hi\n- ho", encoding="utf-8")
        revisions.append(load(tmp_path).revision)

    assert (True, 3) == (first == same, len({first, *revisions}))


def test_windows_files_are_fine(tmp_path: Path) -> None:
    """A byte order mark and Windows line ends change nothing."""
    plain = load(folder(tmp_path))

    windows = load(folder(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()))

    assert plain == windows


BROKEN = {
    "not TOML": ('name = "Ku"\nlanguages = [\n', "not TOML: invalid value .at end of document"),
    "not TOML in a line": (GOOD + "x = = 1\n", "not TOML: invalid value .at line 5, column 5"),
    "a misspelt key that is needed": (
        GOOD.replace("greeting", "greting"),
        "line 3: unknown key 'greting'; did you mean 'greeting'",
    ),
    "unknown key": (
        'langauges = ["en"]\n' + GOOD,
        r"line 1: unknown key 'langauges'; did you mean 'languages'\?",
    ),
    "unknown key far from any": (
        "x9 = 1\n" + GOOD,
        "line 1: unknown key 'x9'; known are name, languages",
    ),
    "unknown trouble": (
        GOOD + '[sorry.sever]\nen = "x"\n',
        r"line 5: unknown key 'sorry.sever'; did you mean 'server'\?",
    ),
    "missing name": (GOOD.replace("name", "#"), r"persona.toml: 'name' is missing"),
    "missing greeting": (
        GOOD.split("[greeting]", maxsplit=1)[0],
        r"persona.toml: 'greeting' is missing",
    ),
    "a wrong kind": (
        GOOD.replace('"Ku"', "7"),
        "line 1: 'name' is 7; input should be a valid string",
    ),
    "an empty name": (
        GOOD.replace('"Ku"', '""'),
        "line 1: 'name' is ''; string should have at least 1",
    ),
    "no languages": (
        GOOD.replace('["en"]', "[]"),
        r"line 2: 'languages' is \[\]; list should have at least 1",
    ),
    "a wrong language": (
        GOOD.replace('["en"]', '["zh_CN"]'),
        "line 2: 'languages.0' names no language; .* as 'zh'",
    ),
    "a wrong language as key": (
        GOOD + 'zh-CN = "x"\n',
        "line 5: 'greeting.zh-CN' names no language",
    ),
    "a language not spoken": (
        GOOD + '[address]\nfr = "toi"\n',
        r"line 6: address.fr speaks .* among languages = \['en'\]; add 'fr'",
    ),
    "sorry not spoken": (GOOD + '[sorry]\nlate.fr = "non"\n', "line 6: sorry.late.fr speaks"),
    "behind a text of lines": (
        GOOD + '[manners]\nen = """\nname = 1\n[x]\n"""\nxx = "y"\n',
        "line 10: manners.xx speaks",
    ),
}


@pytest.mark.parametrize(("toml", "message"), BROKEN.values(), ids=BROKEN)
def test_a_mistake_is_one_clear_line(tmp_path: Path, toml: str, message: str) -> None:
    """A mistake in persona.toml names file, line, key, and what would be right."""
    folder(tmp_path, toml)

    with pytest.raises(ConfigError, match=message) as error:
        load(tmp_path)

    assert (True, False) == (
        str(tmp_path / "persona.toml") in str(error.value),
        "\n" in str(error.value),
    )


def test_no_folder(tmp_path: Path) -> None:
    """A path that is no folder is told so."""
    with pytest.raises(ConfigError, match=r"'.*nobody' is no folder; it should hold persona.toml"):
        load(tmp_path / "nobody")


@pytest.mark.parametrize("name", ["persona.toml", "profile.md"])
def test_a_missing_file(tmp_path: Path, name: str) -> None:
    """A missing file is named."""
    (folder(tmp_path) / name).unlink()

    with pytest.raises(ConfigError, match=rf"{name} is missing"):
        load(tmp_path)


def test_an_unreadable_file(tmp_path: Path) -> None:
    """A file that cannot be read is named with the system's reason."""
    (folder(tmp_path) / "profile.md").unlink()
    (tmp_path / "profile.md").mkdir()

    with pytest.raises(ConfigError, match=rf"profile.md cannot be read: {os.strerror(21)}"):
        load(tmp_path)


def test_an_empty_profile(tmp_path: Path) -> None:
    """A profile without a word is refused."""
    with pytest.raises(ConfigError, match=r"profile.md is empty; it should say who"):
        load(folder(tmp_path, profile=" \n"))


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    """A file in another encoding is refused with the line."""
    with pytest.raises(ConfigError, match=r"profile.md, line 2: not UTF-8"):
        load(folder(tmp_path, profile=b"a\n\xff"))


def test_a_huge_file(tmp_path: Path) -> None:
    """A file far larger than any profile is refused."""
    with pytest.raises(ConfigError, match=r"profile.md is larger than 256 KiB"):
        load(folder(tmp_path, profile="x" * 300_000))


def test_what_holds_when_a_card_says_nothing(tmp_path: Path) -> None:
    """It is open about being an AI, asks nobody how they like it, and has no tools."""
    card = load(folder(tmp_path))

    assert ("open", False, ()) == (card.stance, card.feedback, card.tools)


def test_stance_feedback_and_tools(tmp_path: Path) -> None:
    """The card sets what it says of being an AI, whether it asks, and what it can do."""
    toml = (
        'feedback = true\ntools = ["recall", "silence"]\n' + GOOD + '[ai]\nstance = "character"\n'
    )

    card = load(folder(tmp_path, toml))

    assert ("character", True, ("recall", "silence")) == (card.stance, card.feedback, card.tools)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (
            GOOD + '[ai]\nstance = "veiled"\n',
            "line 6: 'ai.stance' is 'veiled'; input should be 'open'",
        ),
        (
            GOOD + '[ai]\nstanse = "open"\n',
            "line 6: unknown key 'ai.stanse'; did you mean 'stance'",
        ),
        ("feedback = 1\n" + GOOD, "line 1: 'feedback' is 1; input should be a valid boolean"),
        ('tools = ["rember"]\n' + GOOD, "line 1: no tool 'rember'; did you mean 'remember'"),
        (
            'tools = ["x9"]\n' + GOOD,
            "line 1: no tool 'x9'; known are remember, recall, remind, sil",
        ),
        ("tools = 3\n" + GOOD, "line 1: 'tools' is 3; input should be a valid list"),
    ],
)
def test_mistakes_in_them(tmp_path: Path, toml: str, message: str) -> None:
    """Each mistake is one line with its place and what would be right."""
    folder(tmp_path, toml)

    with pytest.raises(ConfigError, match=message):
        load(tmp_path)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_shipped_personas_refuse_in_their_own_words(path: Path) -> None:
    """A shipped persona has its own words for what only its owner may, in each language."""
    card = load(path)

    assert set(card.languages) == set(card.sorry["forbidden"])
