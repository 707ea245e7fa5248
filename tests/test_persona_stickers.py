"""A persona's stickers: what is one, which text means which, and what is wrong with others."""

from dataclasses import replace
from pathlib import Path

import pytest

from anima.errors import ConfigError
from anima.model import Sticker
from persona.card import load
from persona.layers import first
from persona.stickers import MOST, sticker, stickers_in

PICTURE = b"RIFF0000WEBPVP8 "


def somebody(folder: Path) -> Path:
    """The folder of a persona of few words."""
    card = 'name = "Ku"\nlanguages = ["en"]\n[greeting]\nen = "Hi."\n'
    (folder / "persona.toml").write_text(card, "utf-8")
    (folder / "profile.md").write_text("Ku keeps the lamp.", "utf-8")
    return folder


def drawer(folder: Path, *names: str, content: bytes = PICTURE) -> Path:
    """A folder with these files in its `stickers/`."""
    (folder / "stickers").mkdir()
    for name in names:
        (folder / "stickers" / name).write_bytes(content)
    return folder


def test_files_are_found_by_their_names(tmp_path: Path) -> None:
    """Each file that a platform takes, in any script; hidden files are nobody's."""
    known, wrong = stickers_in(drawer(tmp_path, "抱抱.webp", "ok.PNG", "wave.tgs", ".DS_Store"))

    assert ({"抱抱", "ok", "wave"}, []) == (set(known), wrong)


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.gif", PICTURE, "no sticker; its name should end in one of .webp, .png, .webm, .tgs"),
        ("a[1].webp", PICTURE, "its name is its code; give it 1 to 40 letters without brackets"),
        ("a.webp", b"", "it has 0 bytes; a .webp may have 1 to 524288"),
        ("a.tgs", b"x" * 65537, "it has 65537 bytes; a .tgs may have 1 to 65536"),
    ],
)
def test_what_is_no_sticker_says_what_would_be(
    tmp_path: Path, name: str, content: bytes, line: str
) -> None:
    """One line with the file and what is right."""
    _, wrong = stickers_in(drawer(tmp_path, name, content=content))

    assert [f"{tmp_path / 'stickers' / name}: {line}"] == wrong


def test_a_code_means_one_picture(tmp_path: Path) -> None:
    """Two files of one name are told, and so are more than a prompt can name."""
    names = [f"s{number:02}.png" for number in range(MOST + 1)]

    _, wrong = stickers_in(drawer(tmp_path, *names, "s00.webp"))

    twice = "s00.png has that name already; a code means one picture"
    assert [
        f"{tmp_path / 'stickers' / 's00.webp'}: {twice}",
        f"{tmp_path / 'stickers'}: 61 stickers; 60 is what a prompt can name",
    ] == wrong


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[抱抱]", "抱抱"),
        (" [ok]\n", "ok"),
        ("好呀[抱抱]", None),
        ("[抱抱][抱抱]", None),
        ("[unknown]", None),
        ("抱抱", None),
        ("", None),
    ],
)
def test_a_code_alone_means_its_picture(text: str, code: str | None) -> None:
    """In the midst of words it stays a code."""
    known = {"抱抱": Path("a.webp"), "ok": Path("b.webp")}

    found = sticker(known, text)

    assert code == (found and found.code)


def test_a_known_code_has_a_face_too() -> None:
    """Where no picture can be sent the emoji stands for it, if there is one."""
    known = {"微笑": Path("a.webp"), "抱抱猫": Path("b.webp")}

    assert Sticker("微笑", Path("a.webp"), "😊") == sticker(known, "[微笑]")
    assert Sticker("抱抱猫", Path("b.webp"), "") == sticker(known, "[抱抱猫]")
    assert sticker({}, "[微笑]") is None


def test_a_model_is_told_which_there_are(tmp_path: Path) -> None:
    """In its manners, and without stickers not a word."""
    folder = somebody(tmp_path)
    bare = load(folder)
    drawer(folder, "抱抱.webp")

    card = load(folder)

    assert "You have stickers: [抱抱]." in first(card).content
    assert "stickers" not in first(bare).content
    assert card.revision != bare.revision
    assert first(bare).content == first(replace(card, stickers={})).content


def test_a_wrong_file_stops_the_persona(tmp_path: Path) -> None:
    """The line says which file; a persona that runs already goes on without the change."""
    folder = drawer(somebody(tmp_path), "a.gif")

    with pytest.raises(ConfigError, match=r"a\.gif: no sticker"):
        load(folder)
